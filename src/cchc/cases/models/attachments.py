"""What hangs on a case: parties, papers, fees, written requests, hand-overs, the result."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cchc.cases.terms import Act, PartyKind, PartyRole, PaymentMethod, Step
from cchc.kernel.text import clean, fold, vi_key


class Party(models.Model):
    """A person or organisation of a case. Identity number and phone are here and nowhere else."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=20, choices=PartyRole.choices())
    kind = models.CharField(max_length=20, choices=PartyKind.choices())
    full_name = models.CharField(max_length=300)
    search_key = models.TextField(editable=False)
    vi_key = models.TextField(editable=False)
    identity_number = models.CharField(max_length=20, blank=True)
    birth_date = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=500, blank=True)
    notify = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "role"], name="cases_party_one_of_each_role"),
            models.CheckConstraint(condition=~Q(full_name=""), name="cases_party_has_a_name"),
        )
        indexes = (
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="cases_party_by_name"),
            models.Index(fields=["identity_number"], name="cases_party_by_identity", condition=~Q(identity_number="")),
        )

    def __str__(self) -> str:
        """Return the role only; names stay on their page."""
        return self.role

    def save(self, **options: Any) -> None:
        """Write the cleaned name with its keys."""
        self.full_name = clean(self.full_name)
        self.search_key = fold(self.full_name)
        self.vi_key = vi_key(self.full_name)
        super().save(**options)


class CasePaper(models.Model):
    """One line of the checklist: what was to be brought and what was."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="papers")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=1000)
    note = models.CharField(max_length=500, blank=True)
    originals = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=True)
    given = models.BooleanField(default=True)

    class Meta:
        ordering = ("ordinal",)
        constraints = (models.UniqueConstraint(fields=["case", "ordinal"], name="cases_casepaper_one_per_line"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class FeeLine(models.Model):
    """One fee of a case, in dong, and how it was paid."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="fees")
    name = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True)
    amount = models.PositiveBigIntegerField()
    method = models.CharField(max_length=20, choices=PaymentMethod.choices())
    paid_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(method__in=[PaymentMethod.CASH, PaymentMethod.TRANSFER], paid_at__isnull=False)
                | Q(method__in=[PaymentMethod.EXEMPT, PaymentMethod.UNPAID], paid_at__isnull=True),
                name="cases_feeline_paid_has_its_time",
            ),
        )

    def __str__(self) -> str:
        """Return the name and the amount."""
        return f"{self.name}: {self.amount}"


WRITTEN_REQUESTS = (Act.ASK_SUPPLEMENT, Act.REFUSE, Act.RETURN_FOR_SUPPLEMENT, Act.REFUSE_AFTER_APPRAISAL, Act.REFUSE_UNSUPPLEMENTED)


class Request(models.Model):
    """A supplement request or a refusal, in writing, with its reason; at the counter at most one of each for a case.

    ``ground`` is the clause; ``answered_at`` is when the papers that were asked for had all come.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="requests")
    act = models.CharField(max_length=40, choices=[(act.value, act.label) for act in WRITTEN_REQUESTS])
    at = models.DateTimeField()
    items = models.JSONField(default=list)
    reason = models.CharField(max_length=2000)
    guidance = models.CharField(max_length=1000, blank=True)
    ground = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case", "act"],
                condition=Q(act__in=[Act.ASK_SUPPLEMENT, Act.REFUSE]),
                name="cases_request_asked_once_at_intake",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="cases_request_has_a_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("at")),
                name="cases_request_answered_after_it_was_made",
            ),
        )

    def __str__(self) -> str:
        """Return the act."""
        return self.act


class Handover(models.Model):
    """The case passed to a holder, and the holding that followed: a row pair of the control slip, and time by holder.

    ``from_*`` gave it away at ``at``, having held it since ``held_since``; ``to_*`` have it, at ``step``, until ``ended_at``.
    ``ordinal`` and ``step_name`` are the step of the published process, ``due_at`` its own term. ``received_at`` is when the
    receiver signed for it; who acts on a file has received it.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="handovers")
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=40, choices=Act.choices())
    from_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    from_post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    to_post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    held_since = models.DateTimeField()
    at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    step = models.CharField(max_length=20, choices=Step.choices(), default="", blank=True)
    ordinal = models.PositiveSmallIntegerField(null=True)
    step_name = models.CharField(max_length=300, blank=True, default="")
    due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True, default="")
    slip = models.ForeignKey("cases.HandoverSlip", on_delete=models.PROTECT, null=True, related_name="rows")

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=["case", "seq"], name="cases_handover_one_after_another"),
            models.CheckConstraint(condition=Q(at__gte=F("held_since")), name="cases_handover_after_it_was_held"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")), name="cases_handover_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="cases_handover_one_holder_at_a_time"),
        )

    def __str__(self) -> str:
        """Return the act."""
        return self.act


class PastStep(models.Model):
    """A step of an imported case, as the old register wrote it: what was done, when, by whom. Nothing is read into it."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="past_steps")
    ordinal = models.PositiveIntegerField()
    name = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)
    resource = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("ordinal",)
        constraints = (models.UniqueConstraint(fields=["case", "ordinal"], name="cases_paststep_one_after_another"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Result(models.Model):
    """The signed result, and to whom it was given."""

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="result")
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=1000)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    receiver = models.CharField(max_length=300, blank=True)
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | Q(handed_at__gte=F("signed_at")),
                name="cases_result_handed_after_signed",
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | ~Q(receiver=""),
                name="cases_result_handed_to_somebody",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title
