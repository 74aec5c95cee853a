"""Points as they were last computed, their course from day to day, and points that others published."""

from django.db import models
from django.db.models import F, Q

from cchc.scoring.terms import PeriodKind


class Computation(models.Model):
    """The last time the points of a set were computed for a period: when, and up to which day the files were counted.

    Everything stored here can be computed again from figures; nothing rests on it.
    """

    set_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=PeriodKind.choices())
    start = models.DateField()
    last = models.DateField()
    counted_to = models.DateField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["set_code", "start", "last"], name="scoring_computation_one_of_a_period"),
            models.CheckConstraint(condition=Q(last__gt=F("start")), name="scoring_computation_period_has_days"),
            models.CheckConstraint(
                condition=Q(counted_to__gte=F("start")) & Q(counted_to__lte=F("last")), name="scoring_computation_counted_within_its_period"
            ),
        )

    def __str__(self) -> str:
        """Return the set and the days."""
        return f"{self.set_code} {self.start} {self.last}"


class Score(models.Model):
    """The points of one unit, with all that stands under it, for one period.

    ``measures`` maps a criterion to ``[numerator, denominator]``, ``metrics`` to its points as text (null: left out), ``groups`` a group to
    ``[points, out of]``. ``fewest`` is the smallest number of files that one of the points counted here is a share of (0: none), by which the
    public is not told the points. ``rank`` is the place among the ``ranked`` units of the same kind under the same unit. ``changed_at`` is when
    one of these last became another.
    """

    computation = models.ForeignKey(Computation, on_delete=models.CASCADE, related_name="scores", db_index=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    measures = models.JSONField()
    metrics = models.JSONField()
    groups = models.JSONField()
    total = models.DecimalField(max_digits=12, decimal_places=6)
    out_of = models.DecimalField(max_digits=12, decimal_places=6)
    rank = models.PositiveIntegerField()
    ranked = models.PositiveIntegerField()
    fewest = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["computation", "unit"], name="scoring_score_one_of_a_unit_and_period"),
            models.CheckConstraint(condition=Q(total__gte=0) & Q(total__lte=F("out_of")), name="scoring_score_total_within_reach"),
            models.CheckConstraint(condition=Q(rank__gte=1) & Q(rank__lte=F("ranked")), name="scoring_score_rank_among_those_ranked"),
        )

    def __str__(self) -> str:
        """Return the unit and its points."""
        return f"{self.unit_id} {self.total}"


class DailyTotal(models.Model):
    """The total of a unit for a running period as it stood when a day was last computed: the course of the points."""

    computation = models.ForeignKey(Computation, on_delete=models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    total = models.DecimalField(max_digits=12, decimal_places=6)
    out_of = models.DecimalField(max_digits=12, decimal_places=6)
    rank = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["computation", "unit", "day"], name="scoring_dailytotal_one_of_a_day"),)

    def __str__(self) -> str:
        """Return the unit and the day."""
        return f"{self.unit_id} {self.day}"


class PublishedScore(models.Model):
    """Points that somebody else published for a unit and a period; ``value`` is empty where they left it out.

    ``item`` is the code of a criterion, of a group, or ``total``. A later import takes the place of the former; the journal keeps both.
    """

    set_code = models.CharField(max_length=40)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    start = models.DateField()
    last = models.DateField()
    item = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    source = models.CharField(max_length=500)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["set_code", "start", "last", "unit", "item"], name="scoring_publishedscore_one_of_an_item"),
            models.CheckConstraint(condition=Q(last__gt=F("start")), name="scoring_publishedscore_period_has_days"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="scoring_publishedscore_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="scoring_publishedscore_says_where_it_is_from"),
        )

    def __str__(self) -> str:
        """Return the unit and the item."""
        return f"{self.unit_id} {self.item}"
