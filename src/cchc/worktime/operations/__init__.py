"""What may happen to calendars, schedules and clocks."""
