"""What happens to people and posts."""
