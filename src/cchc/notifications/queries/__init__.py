"""What somebody wants to see of messages and notices."""
