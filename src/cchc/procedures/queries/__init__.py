"""What somebody wants to see of the catalogue."""
