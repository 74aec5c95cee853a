"""What happens to papers: issued, drawn, forgotten; forms loaded; numbers taken."""
