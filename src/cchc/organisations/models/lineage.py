"""What became of units: an edge from what was to what came."""

from django.db import models
from django.db.models import F, Q

from cchc.organisations.models.units import Unit
from cchc.organisations.terms import Certainty, Origin, SuccessionKind

_ITSELF = (SuccessionKind.RENAMED, SuccessionKind.CONTINUED)
_WHOLE = (SuccessionKind.RENAMED, SuccessionKind.CONTINUED, SuccessionKind.REPLACED, SuccessionKind.MERGED)
_ANOTHER = (SuccessionKind.REPLACED, SuccessionKind.MERGED)


class Succession(models.Model):
    """On ``day`` the predecessor, or a part of it, became the successor, or a part of it.

    ``share`` is the part of the predecessor that went there: 1 for the whole, empty when nobody published it. Shares are
    never guessed. ``is_default`` marks the part that takes over what cannot be divided. When a part is cut off and the rest
    goes on, the rest is an edge onto itself.
    """

    day = models.DateField()
    kind = models.CharField(max_length=12, choices=SuccessionKind.choices())
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_in")
    share = models.DecimalField(max_digits=9, decimal_places=8, null=True, blank=True)
    share_known = models.BooleanField()
    is_default = models.BooleanField(default=False)
    act = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    certainty = models.CharField(max_length=16, choices=Certainty.choices())
    origin = models.CharField(max_length=8, choices=Origin.choices(), default=Origin.OFFICE)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["predecessor", "successor", "day"], name="organisations_succession_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=SuccessionKind.values()), name="organisations_succession_kind_is_a_term"),
            models.CheckConstraint(condition=Q(certainty__in=Certainty.values()), name="organisations_succession_certainty_is_a_term"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values()), name="organisations_succession_origin_is_a_term"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1), name="organisations_succession_share_in_0_1"
            ),
            models.CheckConstraint(
                condition=Q(share_known=True, share__isnull=False) | Q(share_known=False, share__isnull=True),
                name="organisations_succession_share_known_or_absent",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=_ITSELF) | Q(predecessor=F("successor")),
                name="organisations_succession_renamed_onto_itself",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=_ANOTHER) | ~Q(predecessor=F("successor")),
                name="organisations_succession_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=_WHOLE) | Q(share=1, share__isnull=False),
                name="organisations_succession_whole_is_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SuccessionKind.SPLIT) | Q(share__isnull=True) | Q(share__lt=1),
                name="organisations_succession_part_is_less_than_one",
            ),
        )
        indexes = (models.Index(fields=["successor", "day"], name="organisations_succession_in"),)

    def __str__(self) -> str:
        """Return the edge."""
        return f"{self.day} {self.kind}: {self.predecessor_id} → {self.successor_id}"
