"""Where a unit's boundary runs, for a period: what the office has loaded, made simple enough to draw."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from cchc.organisations.models.units import OVERLAP, SAME, Unit


class UnitBoundary(models.Model):
    """The polygons of a unit: lists of rings of (longitude, latitude) in degrees of WGS 84, the first ring of each the outer one.

    They are for drawing, simplified by ``metres``; no area and no border dispute is settled by them. ``source`` says which file of whom.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="boundaries")
    period = DateRangeField()
    polygons = models.JSONField()
    metres = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="organisations_unitboundary_one_at_a_time",
                expressions=[("unit", SAME), ("period", OVERLAP)],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="organisations_unitboundary_lasts_at_least_a_day"),
            models.CheckConstraint(condition=~Q(source=""), name="organisations_unitboundary_has_a_source"),
        )

    def __str__(self) -> str:
        """Return the unit and the source."""
        return f"{self.unit_id}: {self.source}"
