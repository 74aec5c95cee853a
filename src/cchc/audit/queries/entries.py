"""The entries of a stream."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc.audit.models import Entry
from cchc.audit.rules.chain import fingerprint

_IN_UNIT = " @ "


@dataclass(frozen=True)
class EntryView:
    """One entry. ``private`` is None when there was none or it has been erased; ``erased`` tells which."""

    seq: int
    at: datetime
    recorded_at: datetime
    act: str
    actor_post: str
    actor_person: str
    public: Mapping[str, Any]
    private: Mapping[str, Any] | None
    erased: bool
    hash: str

    @property
    def fingerprint(self) -> str:
        """Return the eight digits that are printed on papers."""
        return fingerprint(self.hash)

    @classmethod
    def of(cls, entry: Entry, private: Mapping[str, Any] | None) -> "EntryView":
        """Build the view of a row and its private part."""
        return cls(
            seq=entry.seq,
            at=entry.at,
            recorded_at=entry.recorded_at,
            act=entry.act,
            actor_post=entry.actor_post,
            actor_person=entry.actor_person,
            public=entry.public,
            private=private,
            erased=bool(entry.private_digest) and private is None,
            hash=entry.hash,
        )


def entries(stream: str, *, last: int | None = None) -> tuple[EntryView, ...]:
    """Return the entries of a stream, or the ``last`` so many of them, oldest first; an unknown stream has none. One query."""
    found = Entry.objects.filter(stream__name=stream).select_related("private_part")
    rows = found.order_by("seq") if last is None else reversed(found.order_by("-seq")[:last])
    return tuple(EntryView.of(row, row.private_part.data if hasattr(row, "private_part") else None) for row in rows)


@dataclass(frozen=True)
class PublicEntry:
    """What everybody may know of one entry, without its hash: for telling many stories again.

    ``unit`` is the code of the unit in which the actor's post stands, without the post; empty for the system.
    """

    at: datetime
    act: str
    public: Mapping[str, Any]
    unit: str = ""


def public_entries(streams: Collection[str]) -> dict[str, list[PublicEntry]]:
    """Return the public parts of the entries of many streams, oldest first; an unknown stream is absent. One query."""
    found: dict[str, list[PublicEntry]] = {}
    rows = Entry.objects.filter(stream__name__in=streams).order_by("stream", "seq")
    for name, at, act, post, public in rows.values_list("stream__name", "at", "act", "actor_post", "public"):
        # A post is written ``title @ code of the unit``; see kernel.actor.
        _title, _at, unit = post.rpartition(_IN_UNIT)
        found.setdefault(name, []).append(PublicEntry(at, act, public, unit if _IN_UNIT in post else ""))
    return found
