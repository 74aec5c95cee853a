"""What others want to see of scoring."""
