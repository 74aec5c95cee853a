"""Named schedules and their sessions. A schedule that clocks use never changes: new hours get a new code."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from cchc.worktime.terms import Origin


class MinuteRange(Func):
    """The minutes of a session as a half-open range, which PostgreSQL can keep apart."""

    template = "int4range(%(expressions)s)"
    arg_joiner = ", "
    output_field = IntegerRangeField()


class Minute(Func):
    """A time of day as a number of minutes."""

    template = "((EXTRACT(EPOCH FROM %(expressions)s) / 60)::int)"
    output_field = models.IntegerField()


class Schedule(models.Model):
    """The hours of a unit's week. The value that rules use is ``rules.schedules.Schedule``."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    result_time = models.TimeField(null=True, blank=True)
    results_on_makeup_days = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=20, choices=Origin.choices(), default=Origin.OFFICE)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="worktime_schedule_one_default"),
            models.CheckConstraint(condition=~Q(name=""), name="worktime_schedule_has_name"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Session(models.Model):
    """One session of a weekday, 0 is Monday. It counts as working time, or the counter is open, or both."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="sessions")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    counts = models.BooleanField(default=True)
    counter = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(weekday__lte=6), name="worktime_session_weekday_known"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="worktime_session_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(counts=True) | Q(counter=True), name="worktime_session_is_for_something"),
            ExclusionConstraint(
                name="worktime_sessions_do_not_overlap",
                expressions=[
                    ("schedule", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (MinuteRange(Minute("opens"), Minute("closes")), RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        """Return the weekday and the hours."""
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"
