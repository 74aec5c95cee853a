"""What the office keeps beside the published catalogue: unfinished drafts, phrases, what the portal names first."""

from django.db import models
from django.db.models import Q

from cchc.procedures.models.catalogue import Procedure
from cchc.procedures.terms import PhraseKind


class Draft(models.Model):
    """A version somebody began and did not publish yet: the editor's rows as typed. One for each code, shared by all who may publish.

    ``base`` is the number of the version it began from, 0 for a new procedure; ``revision`` grows with every saving, so that of two
    people who save the slower one is told.
    """

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=1000, blank=True)
    base = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    content = models.JSONField(default=dict)
    saved_by = models.CharField(max_length=300)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code"], name="procedures_draft_one_for_each_code"),
            models.CheckConstraint(condition=~Q(code=""), name="procedures_draft_has_a_code"),
        )

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class Phrase(models.Model):
    """A sentence an officer picks instead of writing it again. Without ``procedure`` it serves every procedure.

    ``reason`` says why (in a request for supplements) or what the applicant may do instead (in a refusal). ``seed_key`` is the key of
    the reference file; empty for the office's own. A withdrawn phrase stays, so that loading the reference data does not bring it back.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="phrases", null=True, blank=True)
    kind = models.CharField(max_length=20, choices=PhraseKind.choices())
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.TextField(blank=True)
    origin = models.CharField(max_length=300, blank=True)
    seed_key = models.CharField(max_length=80, blank=True)
    is_edited = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["seed_key"], condition=~Q(seed_key=""), name="procedures_phrase_seeded_once"),
            models.CheckConstraint(condition=~Q(text=""), name="procedures_phrase_says_something"),
        )
        indexes = (models.Index(fields=["procedure", "kind", "ordinal"], name="procedures_phrase_order"),)

    def __str__(self) -> str:
        """Return the text."""
        return self.text


class Featured(models.Model):
    """What the portal names first, in the words people use, in this order."""

    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code"], name="procedures_featured_once"),
            models.UniqueConstraint(fields=["ordinal"], name="procedures_featured_one_per_place"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="procedures_featured_is_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name
