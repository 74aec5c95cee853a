"""The spells of cases: the narrow table from which every number about files is counted."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan

from cchc.cases.terms import SpellEnd, SpellStart, SpellState

_CUTS = ["field", "procedure", "channel"]
# Longer spells, and open ones, have an index of their own, so that what was open on some day is found without reading all history.
LONG_DAYS = 60


class Spell(models.Model):
    """A stretch of time during which an agency owed a result and nothing about the debt changed; see ``rules.spells``.

    Written in the transaction of the act, from the same values as the case's row. ``late_from`` is the promise: the first instant at
    which it is broken; ``late_at`` is when the promise was broken within
    the spell, or will be if nothing is done; None otherwise. ``first_kept`` says whether the first promise was kept and stands only
    where a result ended the spell. ``working_days`` stands there too: the working days that the file had taken since its acceptance,
    those of a wait for the applicant left out, by the calendar in force at the result. Field, procedure and channel are the case's, for
    counting without opening it.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="spells")
    seq = models.PositiveSmallIntegerField()
    agency = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    field = models.CharField(max_length=300, blank=True)
    procedure = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=SpellState.choices())
    start = models.CharField(max_length=10, choices=SpellStart.choices())
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=SpellEnd.choices(), blank=True)
    late_from = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    first_kept = models.BooleanField(null=True)
    working_days = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("case", "seq")
        constraints = (
            models.UniqueConstraint(fields=["case", "seq"], name="cases_spell_one_after_another"),
            models.UniqueConstraint(fields=["case"], condition=Q(ends__isnull=True), name="cases_spell_one_open_at_a_time"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True, end="") | Q(ends__gte=F("begins")) & ~Q(end=""), name="cases_spell_end_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(late_at__isnull=True)
                | Q(state=SpellState.RUNNING, late_at__gte=F("begins")) & (Q(ends__isnull=True) | Q(late_at__lte=F("ends"))),
                name="cases_spell_late_within_itself",
            ),
            models.CheckConstraint(
                condition=Q(end__in=[SpellEnd.EARLY, SpellEnd.ON_TIME, SpellEnd.EXTENDED, SpellEnd.LATE], first_kept__isnull=False)
                | Q(end__in=["", SpellEnd.CLOSED, SpellEnd.GIVEN, SpellEnd.GOES_ON], first_kept__isnull=True),
                name="cases_spell_first_promise_judged_with_the_result",
            ),
            models.CheckConstraint(
                condition=Q(working_days__isnull=True) | Q(end__in=[SpellEnd.EARLY, SpellEnd.ON_TIME, SpellEnd.EXTENDED, SpellEnd.LATE]),
                name="cases_spell_working_days_told_with_the_result",
            ),
        )
        indexes = (
            models.Index(fields=["agency", "begins"], include=[*_CUTS, "state", "start", "ends", "late_at"], name="cases_spell_by_begin"),
            models.Index(fields=["agency", "ends"], include=[*_CUTS, "end", "first_kept", "state", "late_at"], name="cases_spell_by_end"),
            models.Index(
                fields=["agency", "begins"],
                include=[*_CUTS, "state", "ends", "late_at"],
                name="cases_spell_long_or_open",
                condition=Q(ends__isnull=True) | Q(GreaterThan(F("ends") - F("begins"), timedelta(days=LONG_DAYS))),
            ),
            models.Index(fields=["agency", "late_at"], include=_CUTS, name="cases_spell_by_lateness", condition=Q(late_at__isnull=False)),
        )

    def __str__(self) -> str:
        """Return its place in the case."""
        return f"{self.case_id}#{self.seq}"
