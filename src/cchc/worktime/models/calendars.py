"""The official calendar and the hours fixed by law, as rows that an office can correct."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from cchc.worktime.terms import Confidence, DayKind, Origin, YearStatus


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    """Which rows are in force."""

    def in_force(self) -> "CalendarDayQuerySet":
        """Return the rows that were not withdrawn, in order of day."""
        return self.filter(withdrawn_at__isnull=True).order_by("day")


class CalendarDay(models.Model):
    """A day that differs from the official week. Withdrawn rows stay, so that seeding does not bring them back.

    ``for_date`` is the other half of a swap, or the holiday a compensatory day stands for.
    """

    day = models.DateField()
    kind = models.CharField(max_length=20, choices=DayKind.choices())
    name = models.CharField(max_length=200)
    for_date = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500)
    confidence = models.CharField(max_length=20, choices=Confidence.choices(), default=Confidence.SURE)
    origin = models.CharField(max_length=20, choices=Origin.choices(), default=Origin.OFFICE)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["day"], condition=Q(withdrawn_at__isnull=True), name="worktime_day_has_one_row"),
            models.CheckConstraint(condition=Q(kind__in=DayKind.values()), name="worktime_day_kind_known"),
            models.CheckConstraint(condition=Q(confidence__in=Confidence.values()), name="worktime_day_confidence_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values()), name="worktime_day_origin_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=[DayKind.MAKEUP_WORK, DayKind.SWAPPED_OFF]) | Q(for_date__isnull=False),
                name="worktime_swap_names_its_other_half",
            ),
            models.CheckConstraint(condition=~Q(for_date=F("day")), name="worktime_day_is_not_swapped_for_itself"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(source=""), name="worktime_day_has_name_and_source"),
        )

    def __str__(self) -> str:
        """Return the day and its name."""
        return f"{self.day:%d/%m/%Y} {self.name}"


class CalendarYear(models.Model):
    """How far the calendar of a year can be trusted. What the office has said of a year, seeding leaves alone."""

    year = models.PositiveSmallIntegerField(unique=True)
    status = models.CharField(max_length=20, choices=YearStatus.choices())
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500)
    origin = models.CharField(max_length=20, choices=Origin.choices(), default=Origin.REFERENCE)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(status__in=YearStatus.values()), name="worktime_year_status_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values()), name="worktime_year_origin_known"),
        )

    def __str__(self) -> str:
        """Return the year."""
        return str(self.year)


class Setting(models.Model):
    """A parameter of the law for a period: ``forward_cutoff``, ``same_day_cutoff`` (hours). One value at a time."""

    key = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    period = DateRangeField()
    source = models.CharField(max_length=500)
    confidence = models.CharField(max_length=20, choices=Confidence.choices(), default=Confidence.SURE)
    origin = models.CharField(max_length=20, choices=Origin.choices(), default=Origin.OFFICE)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="worktime_setting_one_value_at_a_time",
                expressions=[("key", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=~Q(source=""), name="worktime_setting_has_source"),
        )

    def __str__(self) -> str:
        """Return the key, the value and since when."""
        return f"{self.key} = {self.value} {self.period}"
