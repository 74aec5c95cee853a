"""The tables of papers and files. Numbers and digests stay for ever; what they say about a person can be forgotten."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from cchc.documents.terms import Confidence, FileKind, FileType, FormKey, PaperSize


class Layout(models.Model):
    """The typst files a form is drawn by, named by their digest. Append-only: a paper keeps the layout it was issued with."""

    digest = models.CharField(max_length=64, primary_key=True)
    main = models.CharField(max_length=60)
    files = models.JSONField()

    def __str__(self) -> str:
        """Return the main file and the start of the digest."""
        return f"{self.main}@{self.digest[:12]}"


class FormTemplate(models.Model):
    """Which form a key means in a period: circular, number, title, sheet, series of its numbers, layout.

    ``series`` is what follows the slash in ``0042/TN``; forms that bear no number have none. ``confidence`` and ``remark`` say how the
    wording is known and what is not verified. ``is_own`` marks a row that an office wrote: loading reference data never overwrites it.
    """

    key = models.CharField(max_length=30)
    circular = models.CharField(max_length=60, blank=True)
    form_number = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=120)
    period = DateRangeField()
    paper_size = models.CharField(max_length=4)
    series = models.CharField(max_length=20, blank=True)
    layout = models.ForeignKey(Layout, on_delete=models.PROTECT, related_name="+")
    confidence = models.CharField(max_length=10)
    source = models.CharField(max_length=200, blank=True)
    remark = models.TextField(blank=True)
    is_own = models.BooleanField(default=False)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="documents_one_template_per_form_and_day",
                expressions=[("key", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False) & Q(period__lower_inf=False), name="documents_template_period_has_a_first_day"
            ),
            models.CheckConstraint(condition=Q(key__in=FormKey.values()), name="documents_template_key_is_known"),
            models.CheckConstraint(condition=Q(paper_size__in=PaperSize.values()), name="documents_template_size_is_known"),
            models.CheckConstraint(condition=Q(confidence__in=Confidence.values()), name="documents_template_confidence_is_known"),
        )

    def __str__(self) -> str:
        """Return the form's number and circular."""
        return f"{self.form_number} {self.circular}".strip() or self.title


class Counter(models.Model):
    """The last number given in a series of a unit in a year. Its row is locked by ``next_number`` until the transaction ends."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "series", "year"], name="documents_one_counter_per_unit_series_and_year"),
            models.CheckConstraint(condition=Q(last__gte=1), name="documents_counter_starts_at_one"),
        )

    def __str__(self) -> str:
        """Return the series, the year and the last number."""
        return f"{self.series} {self.year}: {self.last}"


class Paper(models.Model):
    """One issued paper. Append-only, and without anything personal: that is in ``Snapshot`` and ``Rendering``.

    ``code`` is the unguessable name in URLs. ``data_digest`` is salted (``queries.papers.snapshot_digest``).
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    template = models.ForeignKey(FormTemplate, on_delete=models.PROTECT, related_name="+")
    layout = models.ForeignKey(Layout, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    stream = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=300)
    data_digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "series", "year", "number"], name="documents_paper_number_unique_in_its_year"),
            models.CheckConstraint(condition=Q(number__gte=1), name="documents_paper_numbers_start_at_one"),
            models.CheckConstraint(condition=Q(data_digest__regex=r"^[0-9a-f]{64}$"), name="documents_paper_digest_is_whole"),
        )
        indexes = (models.Index(fields=["stream", "id"], name="documents_paper_of_stream"),)

    def __str__(self) -> str:
        """Return the number, the series and the year."""
        return f"{self.number}/{self.series} ({self.year})"


class Snapshot(models.Model):
    """What the paper says, as it was issued. The row is erased when the person is forgotten, its salt with it."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, primary_key=True, related_name="snapshot")
    salt = models.CharField(max_length=32)
    data = models.JSONField()

    def __str__(self) -> str:
        """Return which paper it belongs to, and nothing of what it says."""
        return f"Nội dung của giấy {self.paper_id}"


class Rendering(models.Model):
    """The PDF as it was first drawn. A trigger lets ``pdf`` become NULL when the person is forgotten, and nothing else change."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, primary_key=True, related_name="rendering")
    sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField(null=True)
    rendered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(pdf__isnull=True)
                | Q(
                    sha256=Func(Func(F("pdf"), function="sha256"), models.Value("hex"), function="encode", output_field=models.CharField())
                ),
                name="documents_rendering_is_what_its_digest_says",
            ),
        )

    def __str__(self) -> str:
        """Return which paper it belongs to."""
        return f"Bản in của giấy {self.paper_id}"


class KeptFile(models.Model):
    """One file given to a stream. Its bytes lie under ``settings.FILES`` by their SHA-256, once however often they are given.

    A trigger lets ``is_forgotten`` become true and ``name`` empty, and nothing else change; the hash stays.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True)
    stream = models.CharField(max_length=160)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=300)
    is_forgotten = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(size__gte=1), name="documents_file_is_not_empty"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="documents_file_digest_is_whole"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values()), name="documents_file_kind_is_known"),
            models.CheckConstraint(condition=Q(media_type__in=FileType.values()), name="documents_file_type_is_known"),
            models.CheckConstraint(condition=Q(is_forgotten=True) ^ ~Q(name=""), name="documents_file_has_a_name_until_forgotten"),
        )
        indexes = (
            models.Index(fields=["stream", "id"], name="documents_file_of_stream"),
            models.Index(fields=["sha256"], name="documents_file_of_content"),
        )

    def __str__(self) -> str:
        """Return the kind and the start of the digest, and nothing of what it is called."""
        return f"{self.kind} {self.sha256[:12]}"
