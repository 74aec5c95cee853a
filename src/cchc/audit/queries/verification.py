"""Recompute every chain and say where it broke."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from django.db import connection

from cchc.audit.append_only import FUNCTION
from cchc.audit.models import Entry, Seal, Stream
from cchc.audit.queries.seals import Grown, SealView, grown, unsealed
from cchc.audit.rules.chain import FIRST, Head, fingerprint, private_digest

GUARDED = ("audit_entry", "audit_seal", "audit_sealblock")
SEALS = "niêm phong"
_HEAD = "Đầu sổ không khớp mục cuối: có mục bị xóa hoặc bị chèn."
_STREAMS_AT_ONCE = 500
_TOLD_EVERY = 2000


@dataclass(frozen=True)
class Fault:
    """One broken place, in a stream or in the seals (``SEALS``; ``seq`` is then the seal's number).

    ``seq`` is 0 when the whole stream or the journal itself is meant; ``what`` is Vietnamese.
    """

    stream: str
    seq: int
    what: str


@dataclass
class Report:
    """What a verification saw. ``sealed`` are the entries that the seals cover, ``unsealed`` the newer ones."""

    streams: int = 0
    entries: int = 0
    private_parts: int = 0
    seals: int = 0
    sealed: int = 0
    unsealed: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Say whether nothing was found."""
        return not self.faults


def verify(*, stream: str | None = None, progress: Callable[[Report], None] | None = None) -> Report:
    """Recompute every hash of one stream; or of all, and the seals, and look for the triggers too.

    Rows are streamed, so memory does not grow with the journal. A stream and its entries are read in one statement: what others write
    meanwhile is seen whole or not at all. ``progress`` is told every now and then how far the report is.
    """
    report = Report()
    tell = progress or (lambda _report: None)
    if stream is not None:
        _check_streams(report, tell, stream__name=stream)
        report.streams += _check_empty(report, name=stream)
        return report
    after = 0
    while last := _batch_end(after):
        _check_streams(report, tell, stream_id__gt=after, stream_id__lte=last)
        report.streams += _check_empty(report, pk__gt=after, pk__lte=last)
        tell(report)
        after = last
    _check_seals(report, tell)
    report.faults.extend(_missing_triggers())
    return report


def _batch_end(after: int) -> int | None:
    """Return the key of the last of the next streams to read together."""
    keys = Stream.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:_STREAMS_AT_ONCE]
    return max(keys, default=None)


def _check_streams(report: Report, tell: Callable[[Report], None], **which: object) -> None:
    rows = Entry.objects.select_related("stream", "private_part").filter(**which).order_by("stream_id", "seq")
    for _key, chain in groupby(rows.iterator(chunk_size=2000), key=attrgetter("stream_id")):
        report.streams += 1
        _check(chain, report, tell)


def _check_empty(report: Report, **which: object) -> int:
    """Report streams that have lost every entry; return how many streams have none."""
    empty = list(Stream.objects.filter(**which, entries__isnull=True))
    report.faults.extend(Fault(stream.name, stream.head_seq, _HEAD) for stream in empty if stream.head_seq)
    return len(empty)


def _check_seals(report: Report, tell: Callable[[Report], None]) -> None:
    """Recompute the chain of seals, and every tree from the entries."""
    previous, since, expected = FIRST, 0, 1
    for row in Seal.objects.order_by("number").iterator():
        report.seals += 1
        found = grown(since=since, bound=row.bound)
        report.sealed += found.count
        report.faults.extend(Fault(SEALS, row.number, what) for what in _wrong_seal(row, found, previous, expected))
        previous, since, expected = row.hash, row.bound, row.number + 1
        tell(report)
    report.unsealed = unsealed()


def _wrong_seal(row: Seal, found: Grown, previous: str, expected: int) -> Iterator[str]:
    if row.number != expected:
        yield f"Thiếu niêm phong số {expected}; sau đó là niêm phong số {row.number}."
    if row.previous != previous:
        yield "Niêm phong này không nối tiếp niêm phong trước."
    if SealView.of(row).header.hash() != row.hash:
        yield "Niêm phong đã bị sửa: mã băm tính lại không khớp."
    if found.count != row.count:
        yield f"Niêm phong ghi {row.count} mục, nhật ký có {found.count}: có mục bị xóa hoặc bị chèn."
    if found.root.hex() != row.root:
        yield "Gốc tính lại từ các mục không khớp: có mục đã bị sửa, bị xóa hoặc bị chèn sau khi niêm phong."
    if [(item.first_entry, item.root) for item in found.blocks] != [
        (item.first_entry, bytes(item.root)) for item in row.blocks.order_by("place")
    ]:
        yield "Các khối của niêm phong không khớp các mục."


def _check(chain: Iterator[Entry], report: Report, tell: Callable[[Report], None]) -> None:
    previous, expected = FIRST, 1
    for entry in chain:
        stream = entry.stream
        report.entries += 1
        if report.entries % _TOLD_EVERY == 0:
            tell(report)
        if entry.seq != expected:
            report.faults.append(Fault(stream.name, expected, f"Thiếu mục số {expected}; sau đó là mục số {entry.seq}."))
        report.faults.extend(Fault(stream.name, entry.seq, what) for what in _wrong(stream, entry, previous, report))
        previous, expected = entry.hash, entry.seq + 1
    if (stream.head_seq, stream.head_hash) != (expected - 1, previous):
        report.faults.append(Fault(stream.name, stream.head_seq, _HEAD))


def _wrong(stream: Stream, entry: Entry, previous: str, report: Report) -> Iterator[str]:
    if entry.previous != previous:
        yield "Mục này không nối tiếp mục trước."
    try:
        if head_of(stream.name, entry).hash() != entry.hash:
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
        return fingerprint(head_of(stream, entry).hash())
    except TypeError:
        return ""


def head_of(stream: str, entry: Entry) -> Head:
    """Return what is hashed of a row."""
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
    """Every table that has the function on rows must have it on TRUNCATE too, always enabled; the journal and its seals first of all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, bool_and(t.tgenabled = 'A'), count(*) FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = %s AND c.relnamespace = current_schema()::regnamespace GROUP BY c.relname",
            [FUNCTION],
        )
        guarded = {table: always and count >= 2 for table, always, count in cursor.fetchall()}  # noqa: PLR2004 (rows and table)
    for table in GUARDED:
        guarded.setdefault(table, False)
    for table, sound in sorted(guarded.items()):
        if not sound:
            yield Fault(f"bảng {table}", 0, "Khóa chống sửa, chống xóa của bảng đã bị tắt hoặc gỡ.")
