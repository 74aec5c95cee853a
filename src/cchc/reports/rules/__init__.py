"""How forms are read, filled, compared and put into words. No ORM, no clock, no files."""
