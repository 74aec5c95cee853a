"""What somebody wants to see of cases."""
