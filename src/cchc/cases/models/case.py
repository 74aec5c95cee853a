"""The case itself, its code, and the register it belongs to."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from cchc.cases.models.attachments import Party
from cchc.cases.rules.spells import Debt
from cchc.cases.terms import LIVE, RUNNING, FiledBy, PartyRole, ResultChannel, Stage, Step


class Register(models.Model):
    """A book of cases. Ours is ``OWN``; every imported register is another, and codes are unique within theirs."""

    OWN = "own"

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    imported_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class CaseQuerySet(models.QuerySet["Case"]):
    """What lists ask of cases."""

    def of_agencies(self, unit_ids: frozenset[int]) -> "CaseQuerySet":
        """Keep the cases whose competent agency is one of these units."""
        return self.filter(agency_id__in=unit_ids)

    def live(self) -> "CaseQuerySet":
        """Keep the cases somebody must still act on."""
        return self.filter(stage__in=sorted(LIVE))

    def with_owner(self) -> "CaseQuerySet":
        """Annotate ``owner_name``."""
        owner = Party.objects.filter(case=OuterRef("pk"), role=PartyRole.OWNER)
        return self.annotate(owner_name=Subquery(owner.values("full_name")[:1]))


class Case(models.Model):
    """One request for one procedure, from the first contact to the result.

    ``filed_at`` is the first contact, ``received_at`` the acceptance that starts the clock. ``due_at``, ``due_date`` and
    ``late_from`` mirror the clock, written in the same transaction; ``first_*`` keep the first promise for ever, and
    ``counted_from`` is when the term began to run or to run anew, ``unextended`` the first late instant before an extension. ``ordinal``, ``step_name`` and ``step_due_at``
    are the step of the published process. ``revision`` grows with every act, so that two people acting on one case at once are told.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="cases")
    code = models.CharField(max_length=120)
    secret = models.CharField(max_length=43, unique=True)
    agency = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    counter = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey("procedures.Version", on_delete=models.PROTECT, null=True, related_name="+")
    procedure_code = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=1000)
    field_name = models.CharField(max_length=300, blank=True)
    # The unit as an old register wrote it; the directory may not know it.
    unit_name = models.CharField(max_length=300, blank=True)
    case_type = models.ForeignKey("procedures.CaseType", on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20)
    filed_by = models.CharField(max_length=10, choices=FiledBy.choices(), blank=True, default="")
    result_channel = models.CharField(max_length=20, choices=ResultChannel.choices(), default=ResultChannel.COUNTER)
    request = models.CharField(max_length=1000, blank=True)
    sets = models.PositiveSmallIntegerField(default=1)

    stage = models.CharField(max_length=30, choices=Stage.choices())
    step = models.CharField(max_length=20, choices=Step.choices())
    holder_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    holder_post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    ordinal = models.PositiveSmallIntegerField(null=True)
    step_name = models.CharField(max_length=300, blank=True, default="")
    step_due_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    forward_by = models.DateTimeField(null=True)
    limit = models.CharField(max_length=12, blank=True)
    clock = models.OneToOneField("worktime.Clock", on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    due_date = models.DateField(null=True)
    late_from = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    first_due_date = models.DateField(null=True)
    first_late_from = models.DateTimeField(null=True)
    counted_from = models.DateTimeField(null=True)
    unextended = models.DateTimeField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    supplements = models.PositiveSmallIntegerField(default=0)
    announced_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    immediate = models.BooleanField(default=False)
    register_number = models.PositiveIntegerField(null=True)
    book_number = models.PositiveIntegerField(null=True)
    imported = models.BooleanField(default=False)
    flags = ArrayField(models.CharField(max_length=40), default=list)

    objects = CaseQuerySet.as_manager()

    # What was owed when the row was locked for an act; never stored.
    owed_before: Debt | None = None
    # The working days that the act which gave the result has counted, for its journal entry; kept on the spell.
    working_days: int | None = None

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["register", "code"], name="cases_case_code_unique_in_its_register"),
            models.CheckConstraint(condition=~Q(code=""), name="cases_case_has_a_code"),
            models.CheckConstraint(
                condition=Q(imported=True) | Q(agency__isnull=False, version__isnull=False, counter__isnull=False),
                name="cases_case_of_ours_has_agency_counter_and_version",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True, due_date__isnull=True, late_from__isnull=True)
                | Q(due_at__isnull=False, due_date__isnull=False, late_from__isnull=False),
                name="cases_case_promise_is_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=False)
                | Q(stage__in=[Stage.SUBMITTED, Stage.REFUSED, Stage.AWAITING_SUPPLEMENT, Stage.WITHDRAWN, Stage.STOPPED]),
                name="cases_case_past_intake_was_received",
            ),
            models.CheckConstraint(
                condition=Q(imported=True) | Q(limit="") | Q(clock__isnull=False),
                name="cases_case_with_a_limit_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.FINISHED, Stage.RETURNED]) | Q(finished_at__isnull=False),
                name="cases_case_with_a_result_was_finished",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.RETURNED) | Q(returned_at__isnull=False),
                name="cases_case_returned_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(imported=True) | Q(finished_at__isnull=True) | Q(finished_at__gte=F("received_at")),
                name="cases_case_finishes_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("finished_at")),
                name="cases_case_returned_after_finished",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("filed_at")), name="cases_case_filed_first"
            ),
            models.CheckConstraint(condition=Q(sets__gte=1), name="cases_case_has_a_set"),
            models.CheckConstraint(condition=Q(filed_by__in=["", *FiledBy.values()]), name="cases_case_who_filed_is_known"),
            models.CheckConstraint(
                condition=Q(extensions=0, unextended__isnull=True) | Q(extensions__gte=1),
                name="cases_case_unextended_only_after_an_extension",
            ),
        )
        indexes = (
            # The inbox counts and sorts thousands of live cases; with these columns it need not open them.
            models.Index(
                fields=["agency", "stage", "late_from"],
                include=["due_date", "id", "procedure_code", "field_name"],
                name="cases_case_live_by_stage",
                condition=Q(stage__in=sorted(LIVE)),
            ),
            models.Index(fields=["holder_post", "holder_unit"], name="cases_case_live_by_hands", condition=Q(stage__in=sorted(LIVE))),
            models.Index(fields=["agency", "received_at"], name="cases_case_by_acceptance"),
            models.Index(fields=["agency", "returned_at"], include=["finished_at", "late_from"], name="cases_case_by_return"),
            models.Index(fields=["code"], name="cases_case_by_code"),
            # What is late now and with whom is read from this index alone.
            models.Index(
                fields=["late_from"],
                include=["agency", "holder_unit", "step"],
                name="cases_case_running_by_promise",
                condition=Q(stage__in=sorted(RUNNING)),
            ),
            models.Index(
                fields=["step_due_at"], name="cases_case_running_by_step", condition=Q(stage__in=sorted(RUNNING), step_due_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        """Return the code."""
        return self.code

    @property
    def stage_term(self) -> Stage:
        """Return the stage as its word."""
        return Stage(self.stage)

    @property
    def step_term(self) -> Step:
        """Return the step as its word."""
        return Step(self.step)

    @property
    def stream(self) -> str:
        """Return the name of its journal stream."""
        return f"case:{self.code}" if not self.imported else f"case:{self.register.code}/{self.code}"


class CodeCounter(models.Model):
    """The last number given by an agency on a day; raised inside the intake's transaction, so there are no gaps and no doubles."""

    agency = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "day"], name="cases_codecounter_one_a_day"),)

    def __str__(self) -> str:
        """Return the agency, the day and the number."""
        return f"{self.agency_id} {self.day}: {self.last}"


class CodeRule(models.Model):
    """Which strategy writes case codes in a period; reference data, since the rule changes with the circular."""

    strategy = models.CharField(max_length=40)
    period = DateRangeField()
    source = models.CharField(max_length=500)

    class Meta:
        constraints = (ExclusionConstraint(name="cases_coderule_one_at_a_time", expressions=[("period", RangeOperators.OVERLAPS)]),)

    def __str__(self) -> str:
        """Return the strategy."""
        return self.strategy


class IntakeKey(models.Model):
    """An idempotency key: the same form sent twice makes one case."""

    key = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="keys")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Return the key."""
        return self.key
