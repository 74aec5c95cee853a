"""The parts of a version. Their rows are written once, with the version, and never changed."""

from django.db import models
from django.db.models import Q

from cchc.procedures.models.catalogue import Version
from cchc.procedures.terms import Channel, FeeAbsence, FeeKind, FeePer, PaperUse, StepKind, TermAbsence

_UNITS = ["wd", "wh", "d", "m"]


class CaseType(models.Model):
    """A case the published text tells apart (trường hợp); every version has at least one."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="case_types")
    ordinal = models.PositiveSmallIntegerField()
    name = models.TextField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "ordinal"], name="procedures_casetype_one_per_place"),
            models.CheckConstraint(condition=~Q(name=""), name="procedures_casetype_is_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Paper(models.Model):
    """A paper of a file (thành phần hồ sơ). ``replaceable_by`` is the code of the result that makes it needless."""

    case_type = models.ForeignKey(CaseType, on_delete=models.PROTECT, related_name="papers")
    ordinal = models.PositiveSmallIntegerField()
    name = models.TextField()
    use = models.CharField(max_length=10, choices=PaperUse.choices())
    is_required = models.BooleanField()
    originals = models.PositiveSmallIntegerField()
    copies = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=300, blank=True)
    replaceable_by = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case_type", "ordinal"], name="procedures_paper_one_per_place"),
            models.CheckConstraint(condition=~Q(name=""), name="procedures_paper_is_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ChannelTerm(models.Model):
    """The term of a channel, for every case type or for one. 0 working days is a promise for the same day.

    A source may print several rows for one channel that differ by a condition in words; ``ordinal`` keeps them apart.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="channel_terms")
    channel = models.CharField(max_length=10, choices=Channel.choices())
    case_type = models.ForeignKey(CaseType, on_delete=models.PROTECT, related_name="channel_terms", null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField(default=1)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=2, blank=True)
    absence = models.CharField(max_length=20, choices=TermAbsence.choices(), blank=True)
    raw = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version", "channel", "case_type", "ordinal"],
                nulls_distinct=False,
                name="procedures_channelterm_one_per_place",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, unit__in=_UNITS, absence="") | (Q(amount__isnull=True, unit="") & ~Q(absence="")),
                name="procedures_channelterm_is_a_term_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=1) | Q(amount=0, unit="wd"),
                name="procedures_channelterm_zero_is_the_same_working_day",
            ),
        )

    def __str__(self) -> str:
        """Return channel and term as ``counter 3wd``."""
        return f"{self.channel} {self.amount}{self.unit}" if self.amount is not None else f"{self.channel} {self.absence}"


class Fee(models.Model):
    """A payment (phí, lệ phí), in đồng. An empty channel or case type means every one.

    ``tiers`` is a list of {"from": page, "amount": đồng for each page from there on}; with tiers ``amount`` is that of the
    first. ``cap`` is the most that is taken for one copy.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="fees")
    ordinal = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10, choices=Channel.choices(), blank=True)
    case_type = models.ForeignKey(CaseType, on_delete=models.PROTECT, related_name="fees", null=True, blank=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=FeeKind.choices())
    amount = models.PositiveBigIntegerField(null=True, blank=True)
    absence = models.CharField(max_length=20, choices=FeeAbsence.choices(), blank=True)
    per = models.CharField(max_length=10, choices=FeePer.choices())
    per_text = models.CharField(max_length=100, blank=True)
    tiers = models.JSONField(default=list)
    cap = models.PositiveBigIntegerField(null=True, blank=True)
    is_optional = models.BooleanField(default=False)
    raw = models.TextField(blank=True)
    note = models.TextField(blank=True)
    clause = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "ordinal"], name="procedures_fee_one_per_place"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, absence="") | (Q(amount__isnull=True) & ~Q(absence="")),
                name="procedures_fee_is_an_amount_or_says_why_not",
            ),
            models.CheckConstraint(condition=Q(tiers=[]) | Q(per="page"), name="procedures_fee_tiers_are_of_pages"),
            models.CheckConstraint(condition=Q(cap__isnull=True) | Q(per="page"), name="procedures_fee_cap_is_of_pages"),
            models.CheckConstraint(condition=~Q(name=""), name="procedures_fee_is_named"),
        )

    def __str__(self) -> str:
        """Return name and amount."""
        return f"{self.name}: {self.amount}"


class ResultKind(models.Model):
    """What the applicant receives (kết quả thực hiện). ``code`` is the national code of the result, where known."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="results")
    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, blank=True)
    name = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "ordinal"], name="procedures_resultkind_one_per_place"),
            models.CheckConstraint(condition=~Q(name=""), name="procedures_resultkind_is_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class LegalBasis(models.Model):
    """A legal document the version rests on (căn cứ pháp lý)."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="legal_bases")
    ordinal = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60)
    title = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "ordinal"], name="procedures_legalbasis_one_per_place"),
            models.CheckConstraint(condition=~Q(number=""), name="procedures_legalbasis_is_numbered"),
        )

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class Step(models.Model):
    """A step of the internal process (quy trình nội bộ). ``outcomes`` is a list of {"name", "next"}: a step's ordinal, or null at the end.

    Without ``amount`` the step has no time of its own; without ``kind`` its place tells what it is (``rules.steps``).
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="steps")
    ordinal = models.PositiveSmallIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=10, choices=StepKind.choices(), blank=True, default="")
    unit_text = models.CharField(max_length=300, blank=True)
    role_text = models.CharField(max_length=300, blank=True)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=2, blank=True)
    outcomes = models.JSONField(default=list)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "ordinal"], name="procedures_step_one_per_place"),
            models.CheckConstraint(condition=~Q(name="") & Q(ordinal__gte=1), name="procedures_step_is_named_and_placed"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, unit__in=_UNITS) | Q(amount__isnull=True, unit=""),
                name="procedures_step_time_has_its_unit",
            ),
        )

    def __str__(self) -> str:
        """Return place and name."""
        return f"{self.ordinal}. {self.name}"
