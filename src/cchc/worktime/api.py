"""The face of working time.

Pure values and arithmetic (``TimeLimit``, ``Calendar``, ``Schedule``, ``due`` …) need no database; ``reference_calendar`` and
``reference_schedule`` read the reference files; ``load_calendar``, ``schedule`` and the clocks live in the database. Instants are
aware datetimes, except in ``due_dates``, whose arrays hold Viet Nam wall time.
"""

from cchc.worktime.events import CalendarChanged
from cchc.worktime.operations.calendars import edit_day, remove_day, set_day, set_year_status, swap_days
from cchc.worktime.operations.clocks import (
    extend_clock,
    finish_clock,
    pause_clock,
    restart_clock,
    resume_clock,
    settle_clock,
    start_clock,
)
from cchc.worktime.operations.schedules import define_schedule
from cchc.worktime.operations.seed import seed
from cchc.worktime.operations.settings import set_cutoff
from cchc.worktime.queries.clocks import ClockView, Move, clock, clocks, inconsistencies, unsettled
from cchc.worktime.queries.editing import (
    KeptDay,
    KeptSchedule,
    KeptSetting,
    KeptYear,
    days_of_year,
    kept_schedules,
    kept_settings,
    kept_years,
)
from cchc.worktime.queries.in_force import cutoff, default_schedule, load_calendar, schedule, schedules
from cchc.worktime.queries.reference import reference_calendar, reference_schedule
from cchc.worktime.rules.bulk import due_dates
from cchc.worktime.rules.calendars import Calendar, DayRow, swap_rows
from cchc.worktime.rules.deadlines import Countdown, Due, Elapsed, Remaining, due, elapsed, forward_by, on_time, remaining, urgency
from cchc.worktime.rules.explanations import DayLine, Explanation, explain
from cchc.worktime.rules.ledger import LedgerEntry, Projection, next_entry, project, replay, settled
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.rules.periods import ReportingPeriod, reporting_period, reporting_period_of
from cchc.worktime.rules.schedules import Schedule, Session
from cchc.worktime.rules.timetable import Timetable
from cchc.worktime.rules.worked import worked_minutes
from cchc.worktime.terms import (
    ClockAct,
    ClockState,
    Confidence,
    Cutoff,
    DayKind,
    DayRole,
    LimitUnit,
    Origin,
    ReportingKind,
    ResumeMode,
    Urgency,
    YearStatus,
)

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "Calendar",
    "CalendarChanged",
    "ClockAct",
    "ClockState",
    "ClockView",
    "Confidence",
    "Countdown",
    "Cutoff",
    "DayKind",
    "DayLine",
    "DayRole",
    "DayRow",
    "Due",
    "Elapsed",
    "Explanation",
    "KeptDay",
    "KeptSchedule",
    "KeptSetting",
    "KeptYear",
    "LedgerEntry",
    "LimitUnit",
    "Move",
    "Origin",
    "Projection",
    "Remaining",
    "ReportingKind",
    "ReportingPeriod",
    "ResumeMode",
    "Schedule",
    "Session",
    "TimeLimit",
    "Timetable",
    "Urgency",
    "YearStatus",
    "clock",
    "clocks",
    "cutoff",
    "days_of_year",
    "default_schedule",
    "define_schedule",
    "due",
    "due_dates",
    "edit_day",
    "elapsed",
    "explain",
    "extend_clock",
    "finish_clock",
    "forward_by",
    "inconsistencies",
    "kept_schedules",
    "kept_settings",
    "kept_years",
    "load_calendar",
    "next_entry",
    "on_time",
    "pause_clock",
    "project",
    "reference_calendar",
    "reference_schedule",
    "remaining",
    "remove_day",
    "replay",
    "reporting_period",
    "reporting_period_of",
    "restart_clock",
    "resume_clock",
    "schedule",
    "schedules",
    "seed",
    "set_cutoff",
    "set_day",
    "set_year_status",
    "settle_clock",
    "settled",
    "start_clock",
    "swap_days",
    "swap_rows",
    "unsettled",
    "urgency",
    "worked_minutes",
]
