"""What a file is, told by its content, and what it may be called. No disk: the caller hands in an open, seekable file."""

import re
import struct
import unicodedata
import zipfile
import zlib
from typing import BinaryIO

from cchc.documents.terms import FileType
from cchc.kernel.text import clean

LONGEST_NAME = 150
ENDINGS: dict[FileType, tuple[str, ...]] = {
    FileType.PDF: ("pdf",),
    FileType.PNG: ("png",),
    FileType.JPEG: ("jpg", "jpeg"),
    FileType.TIFF: ("tif", "tiff"),
    FileType.DOCX: ("docx",),
    FileType.XLSX: ("xlsx",),
}
_OFFICE = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}
# What a document may unpack to, so that a small file cannot fill a reader's memory later.
_LARGEST_UNPACKED = 200 * 1024 * 1024
_UNSAFE = re.compile(r'[<>:"|?*]')
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs"}
_TAIL = 4096


def clean_name(name: str) -> str:
    """Return the last part of the name without anything a file system or a header could trip over; at most 150 letters, ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(ch for ch in last if unicodedata.category(ch) not in _INVISIBLE)
    text = clean(_UNSAFE.sub("_", shown)).strip(". ")
    if len(text) > LONGEST_NAME:
        stem, dot, ending = text.rpartition(".")
        text = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if dot and len(ending) <= 5 else text[:LONGEST_NAME]  # noqa: PLR2004
    return text


def ending_of(name: str) -> str:
    """Return what follows the last dot, in small letters, or nothing."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def type_of(file: BinaryIO) -> FileType | None:
    """Return the type that the first bytes claim, or None for a type that is not kept."""
    file.seek(0)
    start = file.read(1024)
    if b"%PDF-" in start:
        return FileType.PDF
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    return _office_type(file) if start.startswith(b"PK\x03\x04") else None


_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
)


def is_whole(file: BinaryIO, kind: FileType) -> bool:
    """Say whether the file goes on to its end as its type asks; a scan cut off on its way does not."""
    check = {
        FileType.PDF: _pdf_is_whole,
        FileType.PNG: _png_is_whole,
        FileType.JPEG: _jpeg_is_whole,
        FileType.TIFF: _tiff_is_whole,
        FileType.DOCX: _zip_is_whole,
        FileType.XLSX: _zip_is_whole,
    }[kind]
    file.seek(0)
    try:
        return check(file)
    except (struct.error, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return False


def _pdf_is_whole(file: BinaryIO) -> bool:
    tail = _tail(file)
    file.seek(0)
    body = file.read()
    return b"%%EOF" in tail and b"startxref" in tail and b"obj" in body and (b"/Page" in body or b"/ObjStm" in body)


def _png_is_whole(file: BinaryIO) -> bool:
    file.seek(8)
    names: list[bytes] = []
    while True:
        length, name = struct.unpack(">I4s", file.read(8))
        body = file.read(length)
        (crc,) = struct.unpack(">I", file.read(4))
        if len(body) != length or zlib.crc32(name + body) != crc:
            return False
        names.append(name)
        if name == b"IEND":
            return bool(names[0] == b"IHDR" and b"IDAT" in names)


def _jpeg_is_whole(file: BinaryIO) -> bool:
    """Walk the segments to the picture, and find the end mark after it; cameras may write a few bytes more."""
    file.seek(2)
    while True:
        mark, name, length = struct.unpack(">BBH", file.read(4))
        if mark != 0xFF or length < 2:  # noqa: PLR2004 (a segment begins with FF and counts its own two bytes of length)
            return False
        file.seek(length - 2, 1)
        if name == 0xDA:  # noqa: PLR2004 (start of scan)
            return b"\xff\xd9" in file.read()


def _tiff_is_whole(file: BinaryIO) -> bool:
    order = "<" if file.read(2) == b"II" else ">"
    _, first = struct.unpack(f"{order}HI", file.read(6))
    size = file.seek(0, 2)
    file.seek(first)
    (entries,) = struct.unpack(f"{order}H", file.read(2))
    return bool(entries > 0 and first + 2 + 12 * entries <= size)


def _office_type(file: BinaryIO) -> FileType | None:
    """Return which office document a ZIP is; one with macros is none that is kept."""
    try:
        names = set(zipfile.ZipFile(file).namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for member, kind in _OFFICE.items() if member in names), None)


def _zip_is_whole(file: BinaryIO) -> bool:
    archive = zipfile.ZipFile(file)
    unpacked = sum(member.file_size for member in archive.infolist())
    return unpacked <= _LARGEST_UNPACKED and archive.testzip() is None


def _tail(file: BinaryIO) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return file.read()
