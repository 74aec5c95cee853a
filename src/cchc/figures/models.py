"""The rollups of flows, what has gone stale in them, imported values, and what was contested."""

import secrets

from django.db import models
from django.db.models import F, Q

from cchc.figures.terms import Flow, Verdict


class Flows(models.Model):
    """One column for each flow: how many files it happened to in the bucket."""

    received = models.IntegerField(default=0)
    online = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    given = models.IntegerField(default=0)
    early = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    extended = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    first_kept = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    became_late = models.IntegerField(default=0)
    left_late = models.IntegerField(default=0)
    paused = models.IntegerField(default=0)
    resumed = models.IntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Return the bucket."""
        return " ".join(str(getattr(self, self._meta.get_field(name).attname)) for name in self._meta.total_unique_constraints[0].fields)


class ProvinceFlows(Flows):
    """Flows of the units that stood under a province on the day."""

    province = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True


class UnitFlows(Flows):
    """Flows of one unit by itself, whatever stands under it."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True


class ProcedureDayFlow(ProvinceFlows):
    """What happened on a day in the units that stood under a province on that day, by field, procedure and channel.

    A bucket in which nothing happened has no row. What a promise still to be broken will add lies on the day it will be broken.
    """

    day = models.DateField()
    field = models.CharField(max_length=300, blank=True)
    procedure = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["province", "day", "field", "procedure", "channel"], name="figures_proceduredayflow_one_of_a_bucket"
            ),
        )


class DayFlow(ProvinceFlows):
    """The procedures of a province put together on each day, by field and channel. Counted from ``ProcedureDayFlow``."""

    day = models.DateField()
    field = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["province", "day", "field", "channel"], name="figures_dayflow_one_of_a_bucket"),)


class ProvinceFlow(ProvinceFlows):
    """The days of a province put together from the 1st to the 14th, or from the 15th to the end of the month, by field and channel.

    Counted from ``DayFlow``, so that years are not summed day by day.
    """

    start = models.DateField()
    field = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["province", "start", "field", "channel"], name="figures_provinceflow_one_of_a_bucket"),
            models.CheckConstraint(condition=Q(start__day__in=[1, 15]), name="figures_provinceflow_starts_on_1_or_15"),
        )


class ProcedureFlow(ProvinceFlows):
    """The same by procedure too, counted from ``ProcedureDayFlow``: many times as many rows, read only where procedures are told apart."""

    start = models.DateField()
    field = models.CharField(max_length=300, blank=True)
    procedure = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["province", "start", "field", "procedure", "channel"], name="figures_procedureflow_one_of_a_bucket"
            ),
            models.CheckConstraint(condition=Q(start__day__in=[1, 15]), name="figures_procedureflow_starts_on_1_or_15"),
        )


class UnitDayFlow(UnitFlows):
    """What happened to the files of one unit on a day, whatever stands under it."""

    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["unit", "day"], name="figures_unitdayflow_one_of_a_bucket"),)


class HalfMonthFlow(UnitFlows):
    """The days of one unit put together from the 1st to the 14th, or from the 15th to the end of the month.

    Counted from ``UnitDayFlow``.
    """

    start = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "start"], name="figures_halfmonthflow_one_of_a_bucket"),
            models.CheckConstraint(condition=Q(start__day__in=[1, 15]), name="figures_halfmonthflow_starts_on_1_or_15"),
        )
        # Who has ever given a file away: few, and each page of files asks.
        indexes = (models.Index(fields=["unit"], condition=Q(given__gt=0), name="figures_halfmonthflow_given"),)


class UnitFlow(UnitFlows):
    """What happened to the files of one unit in a half-month, by field, procedure and channel: read where a unit is looked into."""

    start = models.DateField()
    field = models.CharField(max_length=300, blank=True)
    procedure = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "start", "field", "procedure", "channel"], name="figures_unitflow_one_of_a_bucket"),
            models.CheckConstraint(condition=Q(start__day__in=[1, 15]), name="figures_unitflow_starts_on_1_or_15"),
        )
        # One field or procedure of all units of a province.
        indexes = (
            models.Index(fields=["field", "start"], name="figures_unitflow_field"),
            models.Index(fields=["procedure", "start"], name="figures_unitflow_procedure"),
        )


class Stale(models.Model):
    """Days of a unit whose buckets must be counted again. Only ever added, in the transaction of the act; the job takes them away.

    Of no day at all (``until`` is ``since``): no bucket is touched, but figures that are counted file by file may have changed.
    There is no constraint on purpose: nobody at a counter waits for another's row. Without ``until`` everything from ``since`` on, because
    the unit stands elsewhere in the tree since then. ``procedure`` is what the files are about.
    """

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)
    since = models.DateField()
    until = models.DateField(null=True)
    procedure = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="figures_stale_in_order"),)

    def __str__(self) -> str:
        """Return the unit and the days."""
        return f"{self.unit_id} {self.since}"


class ImportedValue(models.Model):
    """A value of a figure that no module here owns yet: what another system published for a unit and a period, with where it is from.

    ``last`` is the last day of the period. A later import of the same unit and period takes the place of the former; the journal keeps
    both.
    """

    key = models.CharField(max_length=80)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    start = models.DateField()
    last = models.DateField()
    number = models.DecimalField(max_digits=16, decimal_places=2)
    of = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    source = models.CharField(max_length=500)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "unit", "start", "last"], name="figures_importedvalue_one_of_a_period"),
            models.CheckConstraint(condition=Q(last__gte=F("start")), name="figures_importedvalue_period_has_a_day"),
            models.CheckConstraint(
                condition=Q(number__gte=0) & (Q(of__isnull=True) | Q(of__gte=0)), name="figures_importedvalue_not_negative"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="figures_importedvalue_says_where_it_is_from"),
        )

    def __str__(self) -> str:
        """Return the key and the unit."""
        return f"{self.key} {self.unit_id}"


def contest_code() -> str:
    """Return an unguessable code for the address of a contest, or of a look."""
    return secrets.token_hex(6)


class Contest(models.Model):
    """A number that somebody of the counted unit holds to be wrong, and what was answered. Both stay with the number.

    The number is a figure of a unit from ``start`` to ``last``, narrowed by ``field``, ``channel`` and ``procedure`` (empty: not
    narrowed); ``value`` is what was shown when it was contested, None where there was none.
    """

    code = models.CharField(max_length=12, unique=True, default=contest_code)
    key = models.CharField(max_length=80)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    start = models.DateField()
    last = models.DateField()
    field = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    procedure = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    reason = models.CharField(max_length=2000)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices(), blank=True)
    answer = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["key", "unit", "start", "last", "field", "channel", "procedure"],
                condition=Q(answered_at__isnull=True),
                name="figures_contest_one_open_of_a_number",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="figures_contest_has_a_reason"),
            models.CheckConstraint(condition=Q(last__gte=F("start")), name="figures_contest_period_has_a_day"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, verdict="", answer="")
                | Q(answered_at__gte=F("raised_at"), answered_by__isnull=False, verdict__in=Verdict.values()) & ~Q(answer=""),
                name="figures_contest_answer_is_whole",
            ),
        )
        indexes = (models.Index(fields=["unit", "key"], name="figures_contest_by_number"),)

    def __str__(self) -> str:
        """Return the key and the unit."""
        return f"{self.key} {self.unit_id}"


class OfficerLook(models.Model):
    """A head has looked at the figures of an officer (``post``): when, of which days, what for. The officer reads all of it."""

    code = models.CharField(max_length=12, unique=True, default=contest_code)
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    looked_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    start = models.DateField()
    last = models.DateField()
    purpose = models.CharField(max_length=500)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(purpose=""), name="figures_officerlook_says_what_for"),
            models.CheckConstraint(condition=~Q(post=F("looked_by")), name="figures_officerlook_at_somebody_else"),
            models.CheckConstraint(condition=Q(last__gte=F("start")), name="figures_officerlook_period_has_a_day"),
        )

    def __str__(self) -> str:
        """Return whose figures, and by whom."""
        return f"{self.post_id} < {self.looked_by_id}"


FLOWS = tuple(flow.value for flow in Flow)
# The tables of the rollups.
ROLLUPS = tuple(
    str(model._meta.db_table)  # noqa: SLF001 (Django's own documented interface)
    for model in (ProcedureDayFlow, DayFlow, ProvinceFlow, ProcedureFlow, UnitDayFlow, HalfMonthFlow, UnitFlow)
)
