"""Fields, procedures and their versions."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cchc.procedures.terms import Confidence, LegalKind, PartialReason, Register, ServiceLevel


class Field(models.Model):
    """A field of work (lĩnh vực). ``code`` is ours and stands in addresses; ``official_code`` is the sector's, where known."""

    code = models.SlugField(max_length=80)
    official_code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=200)
    vi_key = models.CharField(max_length=620, db_collation="C")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code"], name="procedures_field_code_is_unique"),
            models.UniqueConstraint(fields=["search_key"], name="procedures_field_name_is_unique"),
            models.UniqueConstraint(
                fields=["official_code"], condition=~Q(official_code=""), name="procedures_field_official_code_is_unique"
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="procedures_field_is_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Procedure(models.Model):
    """A procedure through all its versions. Its code (``1.004873``) is opaque: no part of it means anything here."""

    code = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code"], name="procedures_procedure_code_is_unique"),
            models.CheckConstraint(condition=~Q(code=""), name="procedures_procedure_has_a_code"),
        )
        indexes = (models.Index(fields=["code"], opclasses=["varchar_pattern_ops"], name="procedures_code_prefix"),)

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class VersionQuerySet(models.QuerySet["Version"]):
    """Verbs over versions."""

    def in_force(self, on: date) -> Self:
        """Keep the versions valid on a day: at most one for each procedure."""
        return self.filter(valid__contains=on)

    def listed(self) -> Self:
        """Keep what the public catalogue shows."""
        return self.filter(is_listed=True)


class Version(models.Model):
    """What was published of a procedure for a period. A trigger refuses any change but the closing of that period."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid = DateRangeField()
    title = models.CharField(max_length=1000)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="versions")
    levels = ArrayField(models.CharField(max_length=20))
    legal_kind = models.CharField(max_length=20, choices=LegalKind.choices())
    agency = models.TextField(blank=True)
    authority = models.TextField(blank=True)
    service_level = models.CharField(max_length=20, choices=ServiceLevel.choices())
    partial_reason = models.CharField(max_length=20, choices=PartialReason.choices(), blank=True)
    subjects = ArrayField(models.CharField(max_length=30))
    register = models.CharField(max_length=20, choices=Register.choices())
    decision = models.CharField(max_length=200, blank=True)
    conditions = models.TextField(blank=True)
    origin = models.TextField()
    confidence = models.CharField(max_length=20, choices=Confidence.choices())
    is_listed = models.BooleanField(default=True)
    digest = models.CharField(max_length=64)
    search_key = models.TextField()
    vi_key = models.TextField(db_collation="C")

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["procedure", "number"], name="procedures_version_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="procedures_version_numbers_start_at_one"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(origin=""), name="procedures_version_has_title_and_origin"),
            models.CheckConstraint(
                condition=Q(valid__startswith__isnull=False, valid__isempty=False), name="procedures_version_period_has_a_start"
            ),
            models.CheckConstraint(condition=Q(levels__len__gte=1), name="procedures_version_has_a_level"),
            models.CheckConstraint(
                condition=(Q(service_level="partial") & ~Q(partial_reason="")) | (~Q(service_level="partial") & Q(partial_reason="")),
                name="procedures_version_partial_service_has_its_reason",
            ),
            ExclusionConstraint(
                name="procedures_version_periods_do_not_overlap",
                expressions=[(F("procedure"), RangeOperators.EQUAL), (F("valid"), RangeOperators.OVERLAPS)],
            ),
        )
        indexes = (GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="procedures_version_search"),)

    def __str__(self) -> str:
        """Return code, number of the version and title."""
        return f"{self.procedure_id}/{self.number} {self.title}"
