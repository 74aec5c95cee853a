"""A unit, and what is true of it for a period: its title and the unit above it.

A period is half open: the first day belongs to it, the end does not. No first day means that it is not known.
"""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cchc.kernel.codes import LONGEST, agency_key
from cchc.kernel.text import fold, vi_key
from cchc.organisations.terms import Certainty, Origin, Scheme, UnitKind

SAME, OVERLAP = RangeOperators.EQUAL, RangeOperators.OVERLAPS
C = "C"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Which units."""

    def existing(self, day: date) -> Self:
        """Return the units that exist on the day."""
        return self.filter(period__contains=day)


class Unit(models.Model):
    """One unit with one identity for as long as it exists.

    ``code`` is the territorial code of a territorial unit and the agency code of everything else that has one. The name
    columns hold the latest title and are written by Python together with it.
    """

    scheme = models.CharField(max_length=12, choices=Scheme.choices())
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=UnitKind.choices())
    period = DateRangeField()
    agency_code = models.CharField(max_length=LONGEST, null=True, blank=True)  # noqa: DJ001 (absent is not an empty code)
    agency_key = models.CharField(max_length=120, null=True, blank=True, db_collation=C)  # noqa: DJ001
    agency_certainty = models.CharField(max_length=16, choices=Certainty.choices(), blank=True)
    name = models.CharField(max_length=200)
    full_name = models.CharField(max_length=240)
    search_key = models.CharField(max_length=240, db_collation=C)
    vi_key = models.CharField(max_length=700, db_collation=C)
    area_km2 = models.DecimalField(max_digits=11, decimal_places=4, null=True, blank=True)
    lat = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices(), default=Origin.OFFICE)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="organisations_unit_code_borne_by_one_at_a_time",
                expressions=[("scheme", SAME), ("code", SAME), ("period", OVERLAP)],
            ),
            ExclusionConstraint(
                name="organisations_unit_agency_code_borne_by_one_at_a_time",
                expressions=[("agency_code", SAME), ("period", OVERLAP)],
                condition=Q(agency_code__isnull=False),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="organisations_unit_exists_at_least_a_day"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values()), name="organisations_unit_kind_is_a_term"),
            models.CheckConstraint(condition=Q(scheme__in=Scheme.values()), name="organisations_unit_scheme_is_a_term"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values()), name="organisations_unit_origin_is_a_term"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name="") & ~Q(full_name=""), name="organisations_unit_has_code_and_name"),
            models.CheckConstraint(
                condition=Q(agency_code__isnull=True, agency_key__isnull=True, agency_certainty="")
                | Q(agency_code__isnull=False, agency_key__isnull=False, agency_certainty__in=Certainty.values()),
                name="organisations_unit_agency_code_has_key_and_certainty",
            ),
        )
        indexes = (
            models.Index(fields=["code"], name="organisations_unit_code"),
            models.Index(fields=["agency_key"], name="organisations_unit_agency_key"),
            GinIndex(fields=["search_key"], name="organisations_unit_search", opclasses=["gin_trgm_ops"]),
        )

    def __str__(self) -> str:
        """Return the full name and the code."""
        return f"{self.full_name} ({self.code})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the keys with the row."""
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> Self:
        """Compute the columns for search and order from the names and the agency code."""
        self.search_key = fold(self.full_name)
        self.vi_key = vi_key(self.name)
        self.agency_key = agency_key(self.agency_code) if self.agency_code else None
        return self


class UnitTitle(models.Model):
    """What a unit is called for a period: the type word (Xã, Phường, Đặc khu, Tỉnh, Thành phố…), the name, and both as written."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="titles")
    period = DateRangeField()
    type_word = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    full_name = models.CharField(max_length=240)
    search_key = models.CharField(max_length=240, db_collation=C)
    name_key = models.CharField(max_length=200, db_collation=C)
    act = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="organisations_unittitle_one_at_a_time",
                expressions=[("unit", SAME), ("period", OVERLAP)],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="organisations_unittitle_lasts_at_least_a_day"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(full_name=""), name="organisations_unittitle_has_a_name"),
        )
        indexes = (GinIndex(fields=["search_key"], name="organisations_title_search", opclasses=["gin_trgm_ops"]),)

    def __str__(self) -> str:
        """Return the full name."""
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the keys with the row."""
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> Self:
        """Compute the columns for search from the names."""
        self.search_key = fold(self.full_name)
        self.name_key = fold(self.name)
        return self


class UnitParent(models.Model):
    """The unit above a unit for a period. That no unit stands above itself through others is kept by the operations."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children")
    period = DateRangeField()
    act = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="organisations_unitparent_one_at_a_time",
                expressions=[("unit", SAME), ("period", OVERLAP)],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="organisations_unitparent_lasts_at_least_a_day"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="organisations_unitparent_is_another_unit"),
        )

    def __str__(self) -> str:
        """Return both units."""
        return f"{self.unit_id} ⊂ {self.parent_id}"
