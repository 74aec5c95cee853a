"""Named schedules: which there are, who keeps them, a new one, giving one to a unit."""
