"""Recompute every chain and say where it broke."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from django.db import connection

from cchc.audit.append_only import FUNCTION
from cchc.audit.models import Entry, Stream
from cchc.audit.rules.chain import FIRST, Head, fingerprint, private_digest

JOURNAL = "audit_entry"


@dataclass(frozen=True)
class Fault:
    """One broken place. ``seq`` is 0 when the whole stream or the journal itself is meant; ``what`` is Vietnamese."""

    stream: str
    seq: int
    what: str


@dataclass
class Report:
    """What a verification saw."""

    streams: int = 0
    entries: int = 0
    private_parts: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Say whether nothing was found."""
        return not self.faults


def verify(*, stream: str | None = None, progress: Callable[[int], None] | None = None) -> Report:
    """Recompute every hash of one stream, or of all and look for the triggers too.

    Rows are streamed, so memory does not grow with the journal. ``progress`` is told how many entries are done.
    """
    report = Report()
    streams = Stream.objects.order_by("pk") if stream is None else Stream.objects.filter(name=stream)
    rows = Entry.objects.select_related("private_part").order_by("stream_id", "seq")
    if stream is not None:
        rows = rows.filter(stream__name=stream)
    groups = _pairs(streams.iterator(), groupby(rows.iterator(chunk_size=2000), key=attrgetter("stream_id")))
    for owner, chain in groups:
        report.streams += 1
        _check(owner, chain, report)
        if progress:
            progress(report.entries)
    if stream is None:
        report.faults.extend(_missing_triggers())
    return report


def _pairs(streams: Iterator[Stream], groups: Iterator[tuple[int, Iterator[Entry]]]) -> Iterator[tuple[Stream, Iterator[Entry]]]:
    """Walk streams and their entries side by side; both come in the order of the stream's key."""
    key, chain = next(groups, (None, iter(())))
    for stream in streams:
        if key == stream.pk:
            yield stream, chain
            key, chain = next(groups, (None, iter(())))
        else:
            yield stream, iter(())


def _check(stream: Stream, chain: Iterator[Entry], report: Report) -> None:
    previous, expected = FIRST, 1
    for entry in chain:
        report.entries += 1
        if entry.seq != expected:
            report.faults.append(Fault(stream.name, expected, f"Thiếu mục số {expected}; sau đó là mục số {entry.seq}."))
        report.faults.extend(Fault(stream.name, entry.seq, what) for what in _wrong(stream, entry, previous, report))
        previous, expected = entry.hash, entry.seq + 1
    if (stream.head_seq, stream.head_hash) != (expected - 1, previous):
        report.faults.append(Fault(stream.name, stream.head_seq, "Đầu sổ không khớp mục cuối: có mục bị xóa hoặc bị chèn."))


def _wrong(stream: Stream, entry: Entry, previous: str, report: Report) -> Iterator[str]:
    if entry.previous != previous:
        yield "Mục này không nối tiếp mục trước."
    try:
        if _head(stream.name, entry).hash() != entry.hash:
            yield "Nội dung mục đã bị sửa: mã băm tính lại không khớp."
    except TypeError:
        yield "Nội dung mục đã bị sửa: có giá trị không thuộc dạng nhật ký."
    if hasattr(entry, "private_part"):
        report.private_parts += 1
        part = entry.private_part
        if private_digest(part.salt, part.data) != entry.private_digest:
            yield "Phần riêng của mục đã bị sửa: mã băm tính lại không khớp."


def recomputed(stream: str, seq: int) -> str:
    """Return the fingerprint of one entry, computed anew from what the tables hold; empty when there is no such entry."""
    entry = Entry.objects.filter(stream__name=stream, seq=seq).first()
    if entry is None:
        return ""
    try:
        return fingerprint(_head(stream, entry).hash())
    except TypeError:
        return ""


def _head(stream: str, entry: Entry) -> Head:
    return Head(
        stream=stream,
        seq=entry.seq,
        at=entry.at,
        recorded_at=entry.recorded_at,
        act=entry.act,
        actor_post=entry.actor_post,
        actor_person=entry.actor_person,
        public=entry.public,
        private_digest=entry.private_digest,
        previous=entry.previous,
    )


def _missing_triggers() -> Iterator[Fault]:
    """Every table that has the function on rows must have it on TRUNCATE too, always enabled; the journal first of all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, bool_and(t.tgenabled = 'A'), count(*) FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = %s AND c.relnamespace = current_schema()::regnamespace GROUP BY c.relname",
            [FUNCTION],
        )
        guarded = {table: always and count >= 2 for table, always, count in cursor.fetchall()}  # noqa: PLR2004 (rows and table)
    guarded.setdefault(JOURNAL, False)
    for table, sound in sorted(guarded.items()):
        if not sound:
            yield Fault(f"bảng {table}", 0, "Khóa chống sửa, chống xóa của bảng đã bị tắt hoặc gỡ.")
