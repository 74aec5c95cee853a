"""What happens to jobs and to long work."""
