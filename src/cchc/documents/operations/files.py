"""Keep files by what they contain; forget them; sweep away what nothing refers to."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.db import connection, transaction

from cchc.audit import api as audit
from cchc.documents.models import KeptFile
from cchc.documents.queries.files import FileView, place_of
from cchc.documents.rules.files import ENDINGS, clean_name, ending_of, is_whole, type_of
from cchc.documents.terms import FileKind, FileType
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused

_CHUNK = 256 * 1024
_PART = "part-"
_AGE = timedelta(days=1)


@transaction.atomic
def keep_file(*, actor: Actor, at: datetime, stream: str, name: str, content: bytes | BinaryIO, kind: FileKind) -> FileView:
    """Keep a file for the stream, journal it there (act ``file_kept``), and return it.

    ``content`` is bytes or an open file, read in pieces and never whole. The type is told by the content: PDF, PNG, JPEG, TIFF, DOCX,
    XLSX. Raises ``Refused`` (field ``content``) for an empty file, one over ``settings.FILE_LIMIT``, a type that is not kept, a name that
    says another type, a damaged file.

    No right is asked: a file is kept as part of an act of a module above, which has asked its own. The bytes are on the disk before the
    row is committed; if that fails, ``sweep_files`` takes them away.
    """
    shown = clean_name(name)
    if not shown:
        raise _refusal("Tệp chưa có tên. Đặt tên cho tệp rồi gửi lại.")
    with _copied(content, shown) as part:
        media_type = _checked(part.file, shown)
        if not ending_of(shown):
            shown = f"{shown}.{ENDINGS[media_type][0]}"
        _store(part)
    row = KeptFile.objects.create(
        stream=stream,
        kind=FileKind(kind),
        name=shown,
        sha256=part.sha256,
        size=part.size,
        media_type=media_type,
        kept_at=at,
        kept_by=actor.post,
    )
    audit.record(
        stream=stream,
        act="file_kept",
        at=at,
        actor=actor,
        public={"file": str(row.code), "sha256": row.sha256, "size": row.size, "type": row.media_type, "kind": row.kind},
        private={"name": shown},
    )
    return FileView.of(row)


def forget_files(*, actor: Actor, stream: str) -> int:
    """Erase the names of a stream's files, and the bytes that no other stream needs; return how many were forgotten. Part of ``forget``.

    The bytes go once the transaction is committed; hash, size and type stay.
    """
    actor.must("audit:private:erase")
    rows = KeptFile.objects.filter(stream=stream, is_forgotten=False)
    digests = set(rows.values_list("sha256", flat=True))
    forgotten = rows.update(is_forgotten=True, name="")
    for digest in sorted(digests):
        transaction.on_commit(lambda digest=digest: _drop_if_unused(digest))  # type: ignore[misc]
    return forgotten


def sweep_files(*, at: datetime) -> int:
    """Remove files on the disk, older than a day, that no row refers to; return how many. Left behind by a process killed before its commit.

    Runs daily; it decides nothing about what is kept, so it has no actor and no entry in the journal. Twice is once.
    """
    oldest = (at - _AGE).timestamp()
    removed = 0
    for path in sorted(Path(settings.FILES).glob("*/*")):
        if path.is_file() and path.stat().st_mtime < oldest:
            if path.name.startswith(_PART):
                path.unlink(missing_ok=True)
                removed += 1
            else:
                removed += _drop_if_unused(path.name)
    return removed


class _Part:
    """A file on its way in: written beside its place, hashed and measured as it came."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.file = file
        self.size = 0
        self.sha256 = ""


@contextmanager
def _copied(content: bytes | BinaryIO, name: str) -> Iterator[_Part]:
    """Copy the content piece by piece into a file of its own, up to the limit; the copy is gone afterwards unless it was stored."""
    limit = int(settings.FILE_LIMIT)
    given = getattr(content, "size", None)
    if isinstance(given, int) and given > limit:
        raise _too_large(name, limit)
    source = cast("BinaryIO", BytesIO(content) if isinstance(content, bytes) else content)
    folder = Path(settings.FILES) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # mkstemp opens for the owner only (0600): never executable, never readable by others.
    handle, path = tempfile.mkstemp(prefix=_PART, dir=folder)
    with os.fdopen(handle, "w+b") as file:
        part = _Part(Path(path), cast("BinaryIO", file))
        try:
            digest = hashlib.sha256()
            source.seek(0)
            while piece := source.read(_CHUNK):
                part.size += len(piece)
                if part.size > limit:
                    raise _too_large(name, limit)
                digest.update(piece)
                file.write(piece)
            part.sha256 = digest.hexdigest()
            yield part
        finally:
            part.path.unlink(missing_ok=True)


def _checked(file: BinaryIO, name: str) -> FileType:
    """Return the file's type, or refuse it with the reason."""
    if file.seek(0, os.SEEK_END) == 0:
        raise _refusal(f"Tệp «{name}» rỗng, 0 byte. Quét hoặc chọn lại tệp rồi gửi lại.")
    found = type_of(file)
    if found is None:
        raise _refusal(
            f"Không nhận loại tệp của «{name}». Chỉ nhận PDF, ảnh PNG, JPEG, TIFF, văn bản DOCX và bảng tính XLSX không có macro."
        )
    ending = ending_of(name)
    if ending and ending not in ENDINGS[found]:
        raise _refusal(f"Tệp «{name}» mang đuôi .{ending} nhưng nội dung là {found.label}. Lưu lại đúng loại, đặt đúng tên rồi gửi lại.")
    if not is_whole(file, found):
        raise _refusal(f"Tệp «{name}» là {found.label} nhưng bị hỏng hoặc thiếu phần cuối. Quét lại hoặc xuất lại tệp rồi gửi.")
    return found


def _store(part: _Part) -> None:
    """Put the copy at the place of its hash, whole or not at all, under the lock that a removal takes too."""
    _lock(part.sha256)
    place = place_of(part.sha256)
    if place.exists():
        # Its age is what the sweep looks at: a row for it is about to be written.
        os.utime(place)
        return
    part.file.flush()
    os.fsync(part.file.fileno())
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part.path.rename(place)
    for folder in (place.parent, place.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@transaction.atomic
def _drop_if_unused(digest: str) -> int:
    _lock(digest)
    if KeptFile.objects.filter(sha256=digest, is_forgotten=False).exists():
        return 0
    place = place_of(digest)
    there = place.exists()
    place.unlink(missing_ok=True)
    return int(there)


def _lock(digest: str) -> None:
    """Hold the content until the transaction ends: whoever keeps it and whoever removes it take turns."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents.file:{digest}"])


def _too_large(name: str, limit: int) -> Refused:
    return _refusal(f"Tệp «{name}» lớn hơn {limit // (1024 * 1024)} MB. Quét ở độ phân giải thấp hơn (200 dpi) hoặc chia thành nhiều tệp.")


def _refusal(sentence: str) -> Refused:
    return Refused(sentence, field="content")
