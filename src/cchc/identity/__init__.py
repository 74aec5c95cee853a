"""People, the posts they hold for a period, and what a post may do."""
