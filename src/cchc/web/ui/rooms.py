"""The rooms of the office: named here because the desk's frame links to them, and sites do not know each other."""

from dataclasses import dataclass

from cchc.kernel.actor import Actor
from cchc.kernel.text import gettext_noop as _


@dataclass(frozen=True)
class Room:
    """A part of the office: the name of its first page, its words, what it is for, and the rights any of which opens it."""

    url: str
    label: str
    about: str
    rights: tuple[str, ...]
    key: str = ""


# In the order of the menu. A room stands here when its pages do.
ROOMS: tuple[Room, ...] = (
    Room(
        url="office:seals",
        label=_("Niêm phong, nhật ký"),
        about=_("Các niêm phong hằng ngày; kiểm tra lại toàn bộ nhật ký"),
        rights=("audit:seal:read",),
    ),
)


def rooms_for(actor: Actor) -> tuple[Room, ...]:
    """Return the rooms that the actor's rights open."""
    return tuple(room for room in ROOMS if any(actor.may(right) for right in room.rights))
