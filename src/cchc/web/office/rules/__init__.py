"""The limits on supplements, extensions and reminders: what holds now, on which ground, and another value from a day on."""
