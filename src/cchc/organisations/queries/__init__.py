"""What somebody wants to know of units."""
