"""Working time: the official calendar, schedules, deadlines, clocks and reporting periods. One implementation for everybody."""
