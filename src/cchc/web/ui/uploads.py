"""Files on their way in and out: papers are never whole in memory, never larger on disk than the limit, never run by a browser.

A sheet of rows is small: it is read whole, looked at, and waits for its owner to say that it is to be taken.
"""

import secrets
from collections.abc import Sequence
from typing import Any, BinaryIO

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import FileResponse

from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.web.ui.forms import Entry

LARGEST_SHEET = 5 * 1024 * 1024
# Between looking and taking the sheet waits so many seconds, for its owner only.
_WAITS = 30 * 60
_SHOWN = 200


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Write an upload to a temporary file up to the limit, count the rest and drop it.

    The file arrives with its true size, so that ``documents.keep_file`` refuses it with a sentence instead of a broken connection.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what lies within the limit and one byte more."""
        room = settings.FILE_LIMIT + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> TemporaryUploadedFile:
        """Hand the file on, with the size that was sent."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file


def send_file(view: documents.FileView, content: BinaryIO) -> FileResponse:
    """Answer with a kept file: shown by the browser when that is safe, else saved. The caller has asked whether the reader may see it."""
    answer = FileResponse(content, as_attachment=not view.is_inline, filename=view.name, content_type=view.type.value)
    extra: dict[str, Any] = {"Content-Length": str(view.size), "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    for header, value in extra.items():
        answer[header] = value
    return answer


def read_sheet(entry: Entry, *, missing: str, too_large: str) -> bytes | None:
    """Return the uploaded sheet whole; or nothing, with the sentence at its field."""
    file = entry.files.get("file")
    if file is None or (file.size or 0) > LARGEST_SHEET:
        entry.refuse("file", missing if file is None else too_large)
        return None
    content: bytes = file.read()
    return content


def keep_sheet(kind: str, actor: Actor, content: bytes) -> str:
    """Let a sheet that was looked at wait for half an hour; return the token by which its owner finds it."""
    token = secrets.token_urlsafe(24)
    cache.set(_waiting(kind, actor, token), content, timeout=_WAITS)
    return token


def kept_sheet(kind: str, actor: Actor, token: str) -> bytes | None:
    """Return the sheet of a token of the same person; None when it has waited too long, or was taken."""
    content: bytes | None = cache.get(_waiting(kind, actor, token))
    return content


def drop_sheet(kind: str, actor: Actor, token: str) -> None:
    """Forget a sheet that was taken."""
    cache.delete(_waiting(kind, actor, token))


def looked_over(rows: Sequence[Any], verdicts: Sequence[Any], *, wrong: Any) -> dict[str, Any]:
    """Return what a page shows of rows with a ``verdict``: how many there are of each, those to mend, and the sound, up to a bound."""
    to_mend, sound = ([row for row in rows if (row.verdict is wrong) is bad] for bad in (True, False))
    counts = [(verdict, sum(row.verdict is verdict for row in rows)) for verdict in verdicts]
    return {
        "counts": [(verdict, count) for verdict, count in counts if count],
        "wrong": to_mend[:_SHOWN],
        "wrong_more": max(len(to_mend) - _SHOWN, 0),
        "sound": sound[:_SHOWN],
        "sound_more": max(len(sound) - _SHOWN, 0),
    }


def _waiting(kind: str, actor: Actor, token: str) -> str:
    kept = "".join(character for character in token if character.isalnum() or character in "-_")[:64]
    return f"{kind}:{actor.person}:{kept}"
