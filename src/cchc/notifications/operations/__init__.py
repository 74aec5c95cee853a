"""What happens to messages and notices."""
