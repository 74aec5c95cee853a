"""Clocks and their ledgers. The ledger is the truth; the clock row holds the budget and mirrors the last entry for finding."""

from django.db import models
from django.db.models import Q

from cchc.worktime.rules.deadlines import Due
from cchc.worktime.rules.ledger import LedgerEntry
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.terms import ClockAct, ClockState, LimitUnit


class Clock(models.Model):
    """One promise: a limit, a schedule, and a ledger.

    ``stream`` names whose it is (``case:…``). A trigger refuses any change of stream, limit and schedule, and deletion.
    ``state``, ``due_at`` and ``due_date`` mirror the last entry, written in the same transaction.
    """

    stream = models.CharField(max_length=160, db_index=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=2, choices=LimitUnit.choices())
    schedule = models.ForeignKey("worktime.Schedule", to_field="code", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ClockState.choices())
    due_at = models.DateTimeField()
    due_date = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(unit__in=LimitUnit.values()), name="worktime_clock_unit_known"),
            models.CheckConstraint(
                condition=Q(amount__gte=1) | Q(amount=0, unit=LimitUnit.WORKING_DAYS),
                name="worktime_clock_has_a_budget",
            ),
            models.CheckConstraint(condition=Q(state__in=ClockState.values()), name="worktime_clock_state_known"),
            models.CheckConstraint(condition=~Q(stream=""), name="worktime_clock_belongs_to_a_stream"),
        )
        indexes = (
            models.Index(fields=["schedule", "due_date"], condition=Q(state=ClockState.RUNNING), name="worktime_clock_running_by_day"),
        )

    def __str__(self) -> str:
        """Return whose it is and how long."""
        return f"{self.stream} {self.limit}"

    @property
    def limit(self) -> TimeLimit:
        """Return the budget."""
        return TimeLimit(self.amount, LimitUnit(self.unit))


class ClockEntry(models.Model):
    """One act on a clock. Triggers refuse UPDATE, DELETE and TRUNCATE."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=ClockAct.choices())
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_date = models.DateField()
    rule = models.CharField(max_length=300)
    reason = models.CharField(max_length=1000, blank=True)
    by_amount = models.PositiveIntegerField(null=True)
    by_unit = models.CharField(max_length=2, blank=True)
    until = models.DateField(null=True)
    calendar_version = models.CharField(max_length=12)
    actor_post = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["clock", "seq"], name="worktime_entry_one_per_place"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="worktime_entries_number_from_one"),
            models.CheckConstraint(condition=Q(act__in=ClockAct.values()), name="worktime_entry_act_known"),
            models.CheckConstraint(
                condition=Q(seq=1, act=ClockAct.STARTED) | Q(seq__gt=1) & ~Q(act=ClockAct.STARTED),
                name="worktime_ledger_starts_once_at_one",
            ),
            models.CheckConstraint(condition=~Q(rule=""), name="worktime_entry_names_its_rule"),
            models.CheckConstraint(
                condition=Q(act=ClockAct.EXTENDED)
                & (Q(by_amount__isnull=False, until__isnull=True) | Q(by_amount__isnull=True, until__isnull=False))
                | ~Q(act=ClockAct.EXTENDED) & Q(by_amount__isnull=True, until__isnull=True),
                name="worktime_extension_alone_has_one_measure",
            ),
            models.CheckConstraint(
                condition=Q(by_amount__isnull=True, by_unit="") | Q(by_amount__gte=1, by_unit__in=LimitUnit.values()),
                name="worktime_extension_is_whole",
            ),
        )

    def __str__(self) -> str:
        """Return the place in the ledger and the act."""
        return f"{self.clock_id}#{self.seq} {self.act}"

    @classmethod
    def of(cls, clock: Clock, line: LedgerEntry) -> "ClockEntry":
        """Build the row of a ledger line, unsaved."""
        return cls(
            clock=clock,
            seq=line.seq,
            act=line.act,
            at=line.at,
            due_at=line.due.due_at,
            due_date=line.due.due_date,
            rule=line.rule,
            reason=line.reason,
            by_amount=line.by.amount if line.by else None,
            by_unit=line.by.unit if line.by else "",
            until=line.until,
            calendar_version=line.calendar_version,
            actor_post=line.actor_post,
        )

    def line(self) -> LedgerEntry:
        """Return the value that the rules read."""
        return LedgerEntry(
            seq=self.seq,
            act=ClockAct(self.act),
            at=self.at,
            due=Due(self.due_at, self.due_date),
            rule=self.rule,
            reason=self.reason,
            by=TimeLimit(self.by_amount, LimitUnit(self.by_unit)) if self.by_amount is not None else None,
            until=self.until,
            calendar_version=self.calendar_version,
            actor_post=self.actor_post,
        )
