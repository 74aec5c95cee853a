"""Files kept by what they contain: what is taken, what is refused, what is forgotten, what is swept."""

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from cchc.audit import api as audit
from cchc.documents import api as documents
from cchc.documents.models import KeptFile
from cchc.documents.tasks import sweep
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, NotFound, Refused
from cchc.web.ui.uploads import send_file
from tests.documents import samples

CASE = "case:H27.112-261120-0042"
MB = 1024 * 1024


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder of files, empty."""
    settings.FILES = tmp_path / "files"
    return Path(settings.FILES)


@pytest.fixture
def keeper(db: None, folder: Path, officer: Actor) -> Any:
    """Return a function that keeps a file."""

    def keep(name: str, content: bytes | BinaryIO, stream: str = CASE) -> documents.FileView:
        return documents.keep_file(
            actor=officer, at=samples.RECEIVED, stream=stream, name=name, content=content, kind=documents.FileKind.INTAKE
        )

    return keep


def picture(kind: str) -> bytes:
    """Return a small picture of the kind."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, kind)
    return out.getvalue()


def packed(*members: str) -> bytes:
    """Return a ZIP with the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, "<x/>" * 50)
    return out.getvalue()


@pytest.fixture
def pdf(forms: None) -> bytes:
    """Return a real PDF."""
    return documents.guide(at=samples.RECEIVED, data=samples.GUIDE)


def lying(folder: Path) -> list[str]:
    """Return the names of what lies in the folder."""
    return sorted(path.name for path in folder.glob("*/*") if path.is_file())


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("ảnh.png", picture("PNG"), documents.FileType.PNG),
        ("ảnh.JPG", picture("JPEG"), documents.FileType.JPEG),
        ("bản quét.tif", picture("TIFF"), documents.FileType.TIFF),
        ("đơn.docx", DOCX, documents.FileType.DOCX),
        ("bảng kê.xlsx", XLSX, documents.FileType.XLSX),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_the_content_tells_the_type(keeper: Any, name: str, content: bytes, kind: documents.FileType) -> None:
    kept = keeper(name, content)
    assert (kept.type, kept.name, kept.size) == (kind, name, len(content))
    view, stream = documents.read_file(kept.id)
    with stream:
        assert stream.read() == content
    assert view == kept
    assert documents.is_file_intact(kept.id)


def test_a_pdf_is_kept_journalled_and_named_only_in_the_private_part(keeper: Any, pdf: bytes, folder: Path) -> None:
    kept = keeper("Giấy chứng nhận", pdf)
    assert kept.name == "Giấy chứng nhận.pdf"
    assert documents.files_of(CASE) == [kept]
    entry = audit.entries(CASE)[-1]
    assert entry.act == "file_kept"
    assert entry.public == {"file": str(kept.id), "sha256": kept.sha256, "size": len(pdf), "type": "application/pdf", "kind": "intake"}
    assert "Giấy" not in str(entry.public)
    (path,) = (path for path in folder.glob("*/*") if path.is_file())
    assert path.stat().st_mode & 0o177 == 0


def test_the_same_content_lies_once(keeper: Any, folder: Path) -> None:
    first, second = keeper("a.png", picture("PNG")), keeper("b.png", picture("PNG"), stream="case:khác")
    assert first.sha256 == second.sha256
    assert lying(folder) == [first.sha256]


PNG = picture("PNG")
JPEG = picture("JPEG")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "rỗng, 0 byte"),
        ("a.pdf", PNG, "mang đuôi .pdf nhưng nội dung là ảnh PNG"),
        ("hóa đơn.pdf.exe", PNG, "mang đuôi .exe nhưng nội dung là ảnh PNG"),
        ("a.docx", packed("một.txt"), "Không nhận loại tệp"),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "không có macro"),
        ("a.docx", XLSX, "mang đuôi .docx nhưng nội dung là bảng tính Excel"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "Không nhận loại tệp"),
        ("a.html", b"<html></html>", "Không nhận loại tệp"),
        ("a.exe", b"MZ\x90\x00" + b"\0" * 200, "Không nhận loại tệp"),
        ("a.sh", b"#!/bin/sh\nrm -rf /\n", "Không nhận loại tệp"),
        ("a.pdf", b"%PDF-1.7\n", "bị hỏng hoặc thiếu phần cuối"),
        ("a.png", PNG[:-9], "bị hỏng"),
        ("a.png", PNG[:40] + b"\0\0" + PNG[42:], "bị hỏng"),
        ("a.jpg", JPEG[:-2], "bị hỏng"),
        ("a.jpg", JPEG[:6], "bị hỏng"),
        ("a.tif", b"II*\x00\xff\xff\xff\x00", "bị hỏng"),
        ("a.docx", DOCX[:-30], "Không nhận loại tệp"),
        ("///", PNG, "chưa có tên"),
    ],
)
def test_what_is_not_kept_is_told_with_its_reason(keeper: Any, folder: Path, name: str, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        keeper(name, content)
    assert refusal.value.field == "content"
    assert lying(folder) == []
    assert not KeptFile.objects.exists()


class Endless(io.RawIOBase):
    """A file of any length that counts what was read of it."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left, self.read_so_far, self.largest = size, 0, 0

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stay at the beginning."""
        return offset + whence

    def read(self, size: int = -1) -> bytes:
        """Give the next piece; being asked for everything at once fails the test."""
        assert size > 0, "read whole into memory"
        self.largest = max(self.largest, size)
        piece = min(size, self.left)
        self.left -= piece
        self.read_so_far += piece
        return b"\0" * piece


@pytest.mark.parametrize("size", [21 * MB, 200 * MB])
def test_a_file_over_the_limit_is_left_off_early_and_never_whole_in_memory(keeper: Any, folder: Path, size: int) -> None:
    content = Endless(size)
    with pytest.raises(Refused, match="lớn hơn 20 MB"):
        keeper("a.pdf", content)
    assert content.read_so_far <= 21 * MB
    assert content.largest <= MB
    assert lying(folder) == []


def test_a_size_that_is_known_is_looked_at_first(keeper: Any) -> None:
    content: Any = Endless(200 * MB)
    content.size = 200 * MB
    with pytest.raises(Refused, match="lớn hơn 20 MB"):
        keeper("a.pdf", content)
    assert content.read_so_far == 0


def test_an_upload_over_the_limit_never_fills_the_disk_and_arrives_with_its_size(keeper: Any, settings: Settings) -> None:
    settings.FILE_LIMIT = 3 * MB
    request = RequestFactory().post("/", {"scan": _named("to.pdf", b"%PDF-" + b"0" * (8 * MB))})
    scan: Any = request.FILES["scan"]
    assert isinstance(scan, TemporaryUploadedFile)
    assert scan.size == 8 * MB + 5
    assert Path(scan.temporary_file_path()).stat().st_size == 3 * MB + 1
    with pytest.raises(Refused, match="lớn hơn 3 MB"):
        keeper(scan.name, scan)
    scan.close()


def test_an_upload_within_the_limit_is_whole(keeper: Any, folder: Path, settings: Settings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    request = RequestFactory().post("/", {"scan": _named("a.png", PNG)})
    scan: Any = request.FILES["scan"]
    assert keeper(scan.name, scan).size == len(PNG)
    scan.close()


def _named(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\nhan\\ảnh.png", "ảnh.png"),
        ("a\u202egnp.exe\0.png", "agnp.exe.png"),
        ("  Đơn   xin .png", "Đơn xin .png"),
        ('a<b>:"|?*.png', "a_b______.png"),
        (".png", "png.png"),
        ("x" * 400 + ".png", "x" * 146 + ".png"),
    ],
)
def test_names_are_cleaned_and_never_a_path(keeper: Any, folder: Path, given: str, kept: str) -> None:
    assert keeper(given, PNG).name == kept
    assert {path.parent.parent for path in folder.glob("*/*")} == {folder}


def test_forgetting_erases_names_and_bytes_that_nobody_else_needs(
    keeper: Any, folder: Path, officer: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    own, shared = keeper("a.png", PNG), keeper("b.jpg", JPEG)
    other = keeper("c.jpg", JPEG, stream="case:khác")
    with pytest.raises(NotAllowed):
        documents.forget(actor=officer, at=samples.PROMISED, stream=CASE)
    with django_capture_on_commit_callbacks(execute=True):
        documents.forget(actor=Actor.system("quên một người"), at=samples.PROMISED, stream=CASE)
    assert lying(folder) == [other.sha256]
    kept = documents.file(own.id)
    assert (kept.forgotten, kept.name, kept.sha256) == (True, "", own.sha256)
    for gone in (own, shared):
        with pytest.raises(NotFound, match="đã được xóa"):
            documents.read_file(gone.id)
        assert documents.is_file_intact(gone.id)
    assert documents.is_file_intact(other.id)


def test_the_sweep_takes_only_old_files_that_no_row_needs(keeper: Any, folder: Path) -> None:
    kept = keeper("a.png", PNG)
    orphan = "ab" * 32
    for name in (orphan, "part-xyz"):
        place = folder / ("incoming" if name.startswith("part") else orphan[:2]) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x")
    now = samples.RECEIVED
    for path in folder.glob("*/*"):
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert documents.sweep_files(at=now + timedelta(hours=23)) == 0
    sweep(timestamp=int((now + timedelta(hours=25)).timestamp()))
    assert lying(folder) == [kept.sha256]
    assert documents.sweep_files(at=now + timedelta(hours=25)) == 0


def test_a_file_whose_transaction_failed_is_an_orphan_that_may_be_kept_again(keeper: Any, folder: Path) -> None:
    def fail() -> None:
        with transaction.atomic():
            keeper("a.png", PNG)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(lying(folder)) == 1
    assert documents.files_of(CASE) == []
    assert documents.is_file_intact(keeper("a.png", PNG).id)


def test_bytes_changed_or_lost_behind_its_back_are_noticed(keeper: Any, folder: Path) -> None:
    kept = keeper("a.png", PNG)
    (path,) = (path for path in folder.glob("*/*") if path.is_file())
    path.write_bytes(PNG + b"x")
    assert not documents.is_file_intact(kept.id)
    path.unlink()
    with pytest.raises(NotFound, match="bản sao lưu"):
        documents.read_file(kept.id)
    with pytest.raises(NotFound, match="Không có tệp này"):
        documents.read_file(uuid4())


@pytest.mark.parametrize(
    "change",
    [
        lambda: KeptFile.objects.update(sha256="0" * 64),
        lambda: KeptFile.objects.update(name="khác.png"),
        lambda: KeptFile.objects.update(is_forgotten=True, name="", stream="case:khác"),
        lambda: KeptFile.objects.all().delete(),
    ],
    ids=["hash", "name", "stream", "delete"],
)
def test_the_database_refuses_to_rewrite_what_was_given(keeper: Any, change: Any) -> None:
    keeper("a.png", PNG)
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_a_file_is_sent_so_that_no_browser_runs_it(keeper: Any) -> None:
    for name, content, shown in (("ảnh.png", PNG, "inline"), ("đơn.docx", DOCX, "attachment")):
        kept = keeper(name, content)
        view, stream = documents.read_file(kept.id)
        answer = send_file(view, stream)
        sent: Iterator[bytes] = answer.streaming_content  # type: ignore[assignment]
        assert b"".join(sent) == content
        assert answer["Content-Disposition"].startswith(shown)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == kept.type.value
        stream.close()
