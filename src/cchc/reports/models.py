"""The tables of reports: which report there is, each version of it with its frozen numbers, and what the office wrote about differences."""

from django.db import models
from django.db.models import F, Q

from cchc.reports.terms import LIVE, Basis, State

_LIVE = [state.value for state in LIVE]
_SIGNED = [State.SIGNED.value, State.SENT.value, State.RECEIVED.value]
_SENT = [State.SENT.value, State.RECEIVED.value, State.RETURNED.value]


class Report(models.Model):
    """A form of a unit for a reporting period, in all its versions.

    ``form`` is the key of the definition in force at the end of the period; ``end`` the first day after the period. ``due_on`` is kept as
    it was when the numbers were first locked: a later timetable makes nobody late.
    """

    code = models.CharField(max_length=100, unique=True)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    form = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    start = models.DateField()
    end = models.DateField()
    due_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "form", "start", "end"], name="reports_report_one_of_unit_form_and_period"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="reports_report_period_has_a_day"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(form=""), name="reports_report_has_code_and_form"),
        )
        indexes = (models.Index(fields=["end", "start", "form"], name="reports_report_of_a_period"),)

    def __str__(self) -> str:
        """Return the code."""
        return self.code

    @property
    def stream(self) -> str:
        """Return the journal's stream of this report."""
        return f"report:{self.code}"


class Version(models.Model):
    """The numbers as they were locked once, and what became of them. Former versions stay.

    ``form`` and ``previous`` (the period before, as it was known then) are ``rules.freezing.freeze``; a trigger refuses to change them.
    ``parts`` are the received reports of which a consolidated form was made. Names are those of the people at the time.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions", db_index=False)
    seq = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    basis = models.CharField(max_length=10)
    form = models.JSONField()
    previous = models.JSONField(null=True)
    parts = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    locked_at = models.DateTimeField()
    locked_by = models.CharField(max_length=300)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=300, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    signer_lines = models.JSONField(default=list)
    letter = models.CharField(max_length=60, blank=True)
    pdf = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["report", "seq"], name="reports_version_one_of_a_number"),
            models.UniqueConstraint(fields=["report"], condition=Q(state__in=_LIVE), name="reports_version_one_stands"),
            models.CheckConstraint(condition=Q(state__in=State.values()), name="reports_version_state_is_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values()), name="reports_version_basis_is_known"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="reports_version_numbers_start_at_one"),
            models.CheckConstraint(
                condition=~Q(state__in=_SIGNED) | (Q(signed_at__isnull=False) & ~Q(signer="") & Q(pdf__isnull=False)),
                name="reports_version_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LOCKED.value) | Q(signed_at__isnull=True), name="reports_version_not_signed_before_it_is"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_SENT, sent_at__isnull=False) | (~Q(state__in=_SENT) & Q(sent_at__isnull=True)),
                name="reports_version_sent_when_it_is_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RECEIVED.value) | Q(received_at__isnull=False), name="reports_version_received_when_it_is_received"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_LIVE, ended_at__isnull=True, reason="")
                | (~Q(state__in=_LIVE) & Q(ended_at__isnull=False) & ~Q(reason="")),
                name="reports_version_ends_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        """Return the report and the number of the version."""
        return f"{self.report_id} {self.seq}"

    @property
    def state_term(self) -> State:
        """Return the state as a word of the vocabulary."""
        return State(self.state)


class Explanation(models.Model):
    """What the office wrote about one difference to the period before. ``row`` is empty for the totals."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="explanations", db_index=False)
    row = models.CharField(max_length=300, blank=True)
    column = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "row", "column"], name="reports_explanation_one_of_a_difference"),
            models.CheckConstraint(condition=~Q(text=""), name="reports_explanation_says_something"),
        )

    def __str__(self) -> str:
        """Return the column and the row."""
        return f"{self.column} {self.row}"
