"""What may be sent where, and what may be shown of it."""
