"""Which working hours a unit keeps, for a period."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from cchc.organisations.models.units import OVERLAP, SAME, Unit


class UnitSchedule(models.Model):
    """A schedule given to a unit, and by it to the units below that have none of their own."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="schedules")
    schedule = models.ForeignKey(
        "worktime.Schedule",
        to_field="code",
        db_column="schedule_code",
        on_delete=models.PROTECT,
        related_name="+",
    )
    period = DateRangeField()
    act = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="organisations_unitschedule_one_at_a_time",
                expressions=[("unit", SAME), ("period", OVERLAP)],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="organisations_unitschedule_lasts_at_least_a_day"),
        )

    def __str__(self) -> str:
        """Return the unit and the schedule."""
        return f"{self.unit_id}: {self.schedule_id}"
