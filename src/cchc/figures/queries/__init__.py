"""What somebody wants to know of figures."""
