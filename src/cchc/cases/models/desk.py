"""What an office sets and a person keeps: limits in force for a period, saved filters, runs after a changed calendar."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from cchc.cases.terms import RuleKey


class Bound(models.Model):
    """A limit on supplements, extensions or reminders, for every procedure or for one, in a period, with its ground.

    ``confidence`` says in words how the ground is known. Reference rows are replaced by seeding, the office's own are not.
    """

    key = models.CharField(max_length=40, choices=RuleKey.choices())
    procedure_code = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=20)
    period = DateRangeField()
    source = models.CharField(max_length=500)
    confidence = models.CharField(max_length=120, blank=True)
    is_office = models.BooleanField(default=False)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="cases_bound_one_at_a_time",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    ("procedure_code", RangeOperators.EQUAL),
                    ("is_office", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(key__in=RuleKey.values()), name="cases_bound_key_known"),
            models.CheckConstraint(condition=~Q(value="") & ~Q(source=""), name="cases_bound_has_value_and_source"),
        )

    def __str__(self) -> str:
        """Return the key and the value."""
        return f"{self.key} = {self.value}"


class SavedFilter(models.Model):
    """A list a person opens often: the query string of a page of the desk, under a name."""

    person = models.ForeignKey("identity.Person", on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "page", "name"], name="cases_savedfilter_one_of_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="cases_savedfilter_has_a_name"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Settlement(models.Model):
    """A run over the open promises after an edit of the calendar: who asked, when and why, which calendar, and how it ended."""

    calendar_version = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    actor_post = models.CharField(max_length=300)
    reason = models.CharField(max_length=1000)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    open_cases = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["calendar_version", "asked_at"], name="cases_settlement_one_of_an_edit"),)

    def __str__(self) -> str:
        """Return the version."""
        return self.calendar_version


class SettledPromise(models.Model):
    """One promise that a run moved, and whether the applicant was told; written in the transaction that moved it."""

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="moves")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    told = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["settlement", "case"], name="cases_settledpromise_once_a_run"),)

    def __str__(self) -> str:
        """Return the case."""
        return str(self.case_id)
