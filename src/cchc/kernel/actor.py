"""Who acts. Every operation takes an ``Actor`` and asks it; nothing looks for an ambient current user."""

from dataclasses import dataclass, field
from uuid import UUID

from cchc.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Actor:
    """A person acting in a post of a unit, or the system itself.

    ``post`` is the title and unit as the journal keeps them (``Công chức tiếp nhận @ H27.112``); ``person`` is an opaque id.
    ``rights`` hold in the units of ``units`` (primary keys of organisations.Unit); the system's rights hold everywhere.
    ``stands_in`` are the posts of absent people whose work the actor does meanwhile, by delegation.
    """

    post: str
    person: UUID | None = None
    name: str = ""
    title: str = ""
    post_id: int | None = None
    unit_id: int | None = None
    rights: frozenset[str] = field(default_factory=frozenset)
    units: frozenset[int] = field(default_factory=frozenset)
    is_system: bool = False
    stands_in: frozenset[int] = field(default_factory=frozenset)

    @property
    def hands(self) -> frozenset[int]:
        """Return the posts whose work lies in the actor's hands: the own one, and those of the people represented."""
        return self.stands_in | ({self.post_id} if self.post_id is not None else set())

    @classmethod
    def system(cls, reason: str) -> "Actor":
        """Return the actor of a job, an import or a seed; ``reason`` says which, in Vietnamese."""
        return cls(post=f"Hệ thống ({reason})", name="Hệ thống", title=reason, is_system=True)

    def may(self, right: str, *, unit_id: int | None = None) -> bool:
        """Say whether the actor holds the right, in that unit when one is named."""
        if self.is_system:
            return True
        return right in self.rights and (unit_id is None or unit_id in self.units)

    def must(self, right: str, *, unit_id: int | None = None) -> None:
        """Raise ``NotAllowed`` unless the actor holds the right."""
        if not self.may(right, unit_id=unit_id):
            raise NotAllowed(right, f"Vị trí {self.post} không có quyền làm việc này. Cần quyền «{right}».")
