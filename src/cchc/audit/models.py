"""The tables of the journal. Entries are written by ``operations.record`` and by nothing else."""

from django.db import models
from django.db.models import Q


class Stream(models.Model):
    """One chain: ``case:H27.112-261120-0042``, ``calendar``, ``unit:18313``. Its row is locked before an entry is added."""

    name = models.CharField(max_length=160, unique=True)
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Entry(models.Model):
    """One act, as everybody may know it. Triggers refuse UPDATE, DELETE and TRUNCATE, to the owner too.

    ``at`` is when it happened, ``recorded_at`` when the database wrote it down; both are in the hash, so backdating shows.

    The table has one more column that no Python code writes: ``written_by`` (xid8), the number of the writing transaction, set by the
    database itself. Seals go by it; see ``queries.seals``.
    """

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    act = models.CharField(max_length=60)
    actor_post = models.CharField(max_length=300)
    actor_person = models.CharField(max_length=36, blank=True)
    public = models.JSONField()
    private_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "seq"], name="audit_entry_one_per_place_in_stream"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="audit_entry_numbers_start_at_one"),
        )

    def __str__(self) -> str:
        """Return the place in the stream and the act."""
        return f"{self.stream_id}#{self.seq} {self.act}"


class PrivatePart(models.Model):
    """What only the office may know of an entry. A row may be erased; the chain keeps its salted digest."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="private_part")
    salt = models.CharField(max_length=32)
    data = models.JSONField()

    def __str__(self) -> str:
        """Return which entry it belongs to, and nothing of what it says."""
        return f"Phần riêng của mục {self.entry_id}"


class Seal(models.Model):
    """One daily seal. It covers the entries with ``written_by`` from the bound of the seal before up to, and without, its own."""

    number = models.PositiveIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    bound = models.BigIntegerField()
    count = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_seal_numbers_start_at_one"),
            models.UniqueConstraint(fields=["previous"], name="audit_seal_one_after_another"),
        )

    def __str__(self) -> str:
        """Return the number."""
        return f"Niêm phong số {self.number}"


class SealBlock(models.Model):
    """The root over each 1,024 entries of a seal, in the order of entries, so that a path need not read the whole seal."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="blocks", db_index=False)
    place = models.PositiveIntegerField()
    first_entry = models.BigIntegerField()
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seal", "place"], name="audit_sealblock_one_per_place_in_seal"),)

    def __str__(self) -> str:
        """Return the place."""
        return f"Niêm phong số {self.seal_id}, khối {self.place}"


class Verification(models.Model):
    """One check of the whole journal that somebody asked for: how far it is, and what it found."""

    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=300)
    moved_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    total = models.PositiveBigIntegerField(default=0)
    entries = models.PositiveBigIntegerField(default=0)
    streams = models.PositiveBigIntegerField(default=0)
    seals = models.PositiveIntegerField(default=0)
    fault_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)

    def __str__(self) -> str:
        """Return when it was asked for."""
        return f"Kiểm tra nhật ký, {self.asked_at:%d/%m/%Y}"
