"""Open a PDF again and read it as a person, a scanner and an archive would."""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import pypdfium2
import zxingcpp

from cchc.documents import api as documents

_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Read:
    """A PDF read back: the text of each page on one line, sizes in whole millimetres, the texts of the QR codes of the first page.

    ``margin`` is the smallest distance of a letter from an edge of its page, in millimetres; below zero, something runs off.
    """

    pages: tuple[str, ...]
    sizes: tuple[tuple[int, int], ...]
    codes: tuple[str, ...]
    margin: float

    @property
    def text(self) -> str:
        """Return the text of all pages."""
        return " ".join(self.pages)


Print = Callable[[documents.FormKey, documents.FormData], Read]


def read(pdf: bytes) -> Read:
    """Return what the PDF says."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages, sizes, margins = [], [], []
        for page in document:
            width, height = page.get_size()
            with closing(page.get_textpage()) as text:
                pages.append(re.sub(r"\s+", " ", text.get_text_bounded()))
                boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            margins.extend(min(left, bottom, width - right, height - top) for left, bottom, right, top in boxes if right > left)
            sizes.append((round(width / _POINTS_PER_MM), round(height / _POINTS_PER_MM)))
        picture = document[0].render(scale=3).to_pil().convert("L")
    codes = tuple(code.text for code in zxingcpp.read_barcodes(picture))
    return Read(pages=tuple(pages), sizes=tuple(sizes), codes=codes, margin=min(margins) / _POINTS_PER_MM)
