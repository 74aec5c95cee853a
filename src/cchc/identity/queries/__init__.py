"""Who holds which post, and what it lets them do."""
