"""Reports on their way: what is owed, what was locked and signed, what came in from below."""
