"""From a layout and data to the bytes of a PDF, by typst."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cchc.documents.models import FormTemplate, Layout
from cchc.documents.queries.templates import template_on
from cchc.documents.rules.forms import FORMS, FormData, GuideData
from cchc.documents.rules.phrases import place_and_date
from cchc.documents.rules.plain import from_plain, to_plain
from cchc.documents.rules.qr import qr_svg
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date

# Archives ask for PDF/A, screen readers for PDF/UA. A letter that Tinos lacks is refused by both, so such a paper is plain PDF.
_STANDARDS = ["a-2a", "ua-1"]
_NOT_DISPLAYED = "could not be displayed with font"
_FACES = 4
# Where the clerk writes the number: spaces that typst keeps.
_ROOM = "\u00a0" * 8


@dataclass(frozen=True)
class Sheet:
    """All that is printed besides the caller's data. ``proof`` is the snapshot's salt: it ties the file to the data digest.

    A draft bears DỰ THẢO on every page.
    """

    template: FormTemplate
    layout: Layout
    number: str
    at: datetime
    proof: str = ""
    is_draft: bool = False


def draw(sheet: Sheet, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of the data on the sheet; the same sheet and data always give the same bytes.

    Data travels as JSON, never as typst source, so nothing in it is executed. 15 to 60 ms; no query.
    """
    files, inputs = prepared(sheet, data)
    return drawn(files=files, inputs=inputs, at=sheet.at)


def drawn(*, files: Mapping[str, bytes], inputs: Mapping[str, str], at: datetime) -> bytes:
    """Return the PDF of a layout of another module: ``files`` with the one called ``main``, ``inputs`` as texts to print.

    Same faces, same standards as papers; a letter that Tinos lacks makes a plain PDF with a box in its place.
    """
    try:
        return _compile(files, inputs, at, _STANDARDS)
    except typst.TypstError as error:
        if _NOT_DISPLAYED not in error.message:
            raise
        return _compile(files, inputs, at, [])


def prepared(sheet: Sheet, data: Mapping[str, Any]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files and the inputs that typst is given."""
    url = data.get("tracking_url") or data.get("url") or ""
    paper = {
        "title": sheet.template.title,
        "form": ", ".join(part for part in (sheet.template.form_number, sheet.template.circular) if part),
        "size": sheet.template.paper_size,
        "number": sheet.number,
        "place_date": place_and_date(place=data["head"]["place"], day=local_date(sheet.at)),
        "proof": sheet.proof,
        "draft": sheet.is_draft,
    }
    inputs = {"input": json.dumps({"paper": paper, "data": data, "qr": qr_svg(url) if url else ""}, ensure_ascii=False)}
    files = {("main" if name == sheet.layout.main else name): text.encode() for name, text in sheet.layout.files.items()}
    return files, inputs


def unnumbered(*, at: datetime, data: FormData) -> bytes:
    """Return the PDF of a form that bears no number, by the form of the day of ``at``: register, control slip, day sheet, list, guide.

    Nothing is kept: such a sheet shows records that are kept already, as they were when it was printed. Raises ``Invalid`` for bad data,
    ``Refused`` for a form that bears a number.
    """
    template = template_on(FORMS[type(data)], local_date(at))
    if template.series:
        raise Refused("Mẫu này có số, phải cấp giấy chứ không in thẳng.", field="form")
    return draw(Sheet(template=template, layout=template.layout, number="", at=at), _checked(data))


def guide(*, at: datetime, data: GuideData) -> bytes:
    """Return the PDF of a guide slip for the day of ``at``: no case, no number, nothing kept. Raises ``Invalid`` for bad data."""
    return unnumbered(at=at, data=data)


def draft(*, at: datetime, data: FormData) -> bytes:
    """Return the PDF of a paper that is not issued yet: DỰ THẢO on every page, room for the number, nothing kept, no number taken."""
    template = template_on(FORMS[type(data)], local_date(at))
    number = f"{_ROOM}/{template.series}" if template.series else ""
    return draw(Sheet(template=template, layout=template.layout, number=number, at=at, is_draft=True), _checked(data))


def _checked(data: FormData) -> dict[str, Any]:
    return to_plain(from_plain(type(data), to_plain(data)))


def _compile(files: Mapping[str, bytes], inputs: Mapping[str, str], at: datetime, standards: list[str]) -> bytes:
    # Several files as a dictionary are documented by typst's wheel; its type stubs do not know them yet.
    compile_files: Any = typst.compile
    pdf: bytes = compile_files(
        dict(files),
        # Layouts are words that an office may change: the only folder they could read from holds faces, and nothing else.
        root=settings.FONTS,
        font_paths=_fonts(Path(settings.FONTS)),
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
        format="pdf",
        timestamp=int(at.timestamp()),
        pdf_standards=standards,
    )
    return pdf


@lru_cache(maxsize=2)
def _fonts(folder: Path) -> typst.Fonts:
    """Return the faces of the folder, read once per process. Nothing else is looked for, so every machine draws alike."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if sum(face.family == "Tinos" for face in fonts.fonts()) < _FACES:
        raise ImproperlyConfigured(f"Thiếu phông chữ Tinos (4 kiểu) trong {folder}. Chạy «make setup» để cài.")
    return fonts
