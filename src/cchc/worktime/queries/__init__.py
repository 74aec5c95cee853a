"""What others want to see of working time."""
