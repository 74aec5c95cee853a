"""Schema of the procedures."""
