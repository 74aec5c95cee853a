"""Files on their way in and out: never whole in memory, never larger on disk than the limit, never run by a browser."""

from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import FileResponse

from cchc.documents import api as documents


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
