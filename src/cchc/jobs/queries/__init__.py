"""What somebody wants to see of jobs."""
