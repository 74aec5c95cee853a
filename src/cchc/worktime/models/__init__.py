"""The tables of working time."""

from cchc.worktime.models.calendars import CalendarDay, CalendarYear, Setting
from cchc.worktime.models.clocks import Clock, ClockEntry
from cchc.worktime.models.schedules import Schedule, Session

__all__ = ["CalendarDay", "CalendarYear", "Clock", "ClockEntry", "Schedule", "Session", "Setting"]
