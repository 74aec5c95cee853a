"""What may happen to a case besides the straight way: opinions asked, apologies, reissued receipts, corrected results."""

import secrets

from django.db import models
from django.db.models import F, Q

from cchc.cases.terms import ApologyKind


class Consultation(models.Model):
    """An opinion asked of another unit, with a term of its own; the clock of the case runs on."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="consultations")
    seq = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=2000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=4000, blank=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=["case", "seq"], name="cases_consultation_one_after_another"),
            models.CheckConstraint(condition=~Q(question=""), name="cases_consultation_asks_something"),
            models.CheckConstraint(condition=Q(due_at__gte=F("asked_at")), name="cases_consultation_due_after_it_was_asked"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__gte=F("asked_at")) & ~Q(answer="")),
                name="cases_consultation_answer_is_whole",
            ),
        )
        indexes = (models.Index(fields=["unit", "due_at"], name="cases_consultation_open", condition=Q(answered_at__isnull=True)),)

    def __str__(self) -> str:
        """Return its place in the case."""
        return f"{self.case_id}#{self.seq}"


class Apology(models.Model):
    """A written apology, or the note that one was owed and not made. ``late_unit`` is the unit that was late, named.

    Only an extension has ``due_after``. ``paper`` is the public code of the paper in documents.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="apologies")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=ApologyKind.choices())
    at = models.DateTimeField()
    reason = models.CharField(max_length=2000)
    remedy = models.CharField(max_length=1000, blank=True)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    late_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.UUIDField(null=True)

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=["case", "seq"], name="cases_apology_one_after_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="cases_apology_has_a_reason"),
            models.CheckConstraint(
                condition=(Q(kind=ApologyKind.EXTENSION) & Q(due_before__isnull=False, due_after__gt=F("due_before")))
                | (~Q(kind=ApologyKind.EXTENSION) & Q(due_after__isnull=True)),
                name="cases_apology_only_an_extension_moves_the_promise",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[ApologyKind.OMITTED, ApologyKind.LATE]) | Q(late_unit__isnull=False),
                name="cases_apology_for_lateness_names_the_unit",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(kind=ApologyKind.OMITTED), name="cases_apology_omitted_once"),
        )
        indexes = (models.Index(fields=["late_unit", "at"], name="cases_apology_by_unit"),)

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class OldReceipt(models.Model):
    """The secret of a receipt that was reissued: its QR code says so and tells nothing else."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="old_receipts")
    secret = models.CharField(max_length=43, unique=True)
    replaced_at = models.DateTimeField()
    number = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        """Return the number of the old paper."""
        return self.number


class ResultCorrection(models.Model):
    """A result that was wrong, and what took its place; the agency bears the cost (Decree 61/2018 Art. 21(1))."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="corrections")
    seq = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=2000)
    number_before = models.CharField(max_length=60, blank=True)
    number_after = models.CharField(max_length=60, blank=True)
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=["case", "seq"], name="cases_resultcorrection_one_after_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="cases_resultcorrection_has_a_reason"),
        )

    def __str__(self) -> str:
        """Return its place in the case."""
        return f"{self.case_id}#{self.seq}"


def slip_code() -> str:
    """Return an unguessable code for the QR of a hand-over slip."""
    return secrets.token_urlsafe(12)


class HandoverSlip(models.Model):
    """A batch of files given by one unit to another, signed for by both sides. ``paper`` is its paper in documents."""

    code = models.CharField(max_length=24, unique=True, default=slip_code)
    agency = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=1000, blank=True)
    paper = models.UUIDField(null=True)
    number = models.CharField(max_length=60, blank=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("given_at")),
                name="cases_handoverslip_received_after_given",
            ),
        )
        indexes = (
            models.Index(fields=["to_unit", "given_at"], name="cases_handoverslip_waiting", condition=Q(received_at__isnull=True)),
            models.Index(fields=["agency", "-given_at"], name="cases_handoverslip_latest"),
        )

    def __str__(self) -> str:
        """Return the code."""
        return self.code
