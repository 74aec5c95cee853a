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
