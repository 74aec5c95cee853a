"""What somebody wants to see of papers."""
