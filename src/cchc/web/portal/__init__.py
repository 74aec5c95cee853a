"""The citizen's side: what to do, how to do it, where a file is. Public, roomy, one question at a time."""
