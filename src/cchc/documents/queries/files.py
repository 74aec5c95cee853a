"""The kept files of a stream, and their bytes."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from cchc.documents.models import KeptFile
from cchc.documents.terms import FileKind, FileType
from cchc.kernel.errors import NotFound

_CHUNK = 256 * 1024
_INLINE = {FileType.PDF, FileType.PNG, FileType.JPEG}


@dataclass(frozen=True)
class FileView:
    """One kept file. ``id`` is its unguessable code; ``is_inline`` says that a browser may show it instead of saving it."""

    id: UUID
    stream: str
    kind: FileKind
    name: str
    sha256: str
    size: int
    type: FileType
    kept_at: datetime
    kept_by: str
    forgotten: bool

    @classmethod
    def of(cls, row: KeptFile) -> "FileView":
        """Build the view of a row."""
        return cls(
            id=row.code,
            stream=row.stream,
            kind=FileKind(row.kind),
            name=row.name,
            sha256=row.sha256,
            size=row.size,
            type=FileType(row.media_type),
            kept_at=row.kept_at,
            kept_by=row.kept_by,
            forgotten=row.is_forgotten,
        )

    @property
    def is_inline(self) -> bool:
        """Say whether a browser shows the type by itself and safely."""
        return self.type in _INLINE


def file(file_id: UUID) -> FileView:
    """Return one file by its code; raises ``NotFound``. One query."""
    row = KeptFile.objects.filter(code=file_id).first()
    if row is None:
        raise NotFound("Không có tệp này. Kiểm tra lại đường dẫn.")
    return FileView.of(row)


def files_of(stream: str) -> list[FileView]:
    """Return the files of a stream in the order they came; one query."""
    return [FileView.of(row) for row in KeptFile.objects.filter(stream=stream).order_by("id")]


def read_file(file_id: UUID) -> tuple[FileView, BinaryIO]:
    """Return a file and its open bytes, which the caller closes. Who may read is asked by the caller.

    Raises ``NotFound`` for an unknown code, a forgotten file, and one whose bytes are missing from the disk.
    """
    view = file(file_id)
    if view.forgotten:
        raise NotFound("Nội dung tệp này đã được xóa theo yêu cầu; chỉ còn mã kiểm chứng.")
    try:
        return view, place_of(view.sha256).open("rb")
    except FileNotFoundError as error:
        raise NotFound("Tệp này không còn trên đĩa. Báo người quản trị khôi phục từ bản sao lưu.") from error


def is_file_intact(file_id: UUID) -> bool:
    """Say whether the bytes on the disk are those that were given; a forgotten file is not missed."""
    if file(file_id).forgotten:
        return True
    view, content = read_file(file_id)
    digest = hashlib.sha256()
    with content:
        while piece := content.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest() == view.sha256


def place_of(digest: str) -> Path:
    """Return where the bytes of a hash lie."""
    return Path(settings.FILES) / digest[:2] / digest
