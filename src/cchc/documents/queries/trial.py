"""Draw a sample with a layout that nobody has accepted yet, in a process of its own that is short of time and memory."""

import base64
import json
import re
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings

from cchc.documents.models import FormTemplate, Layout
from cchc.documents.queries.drawing import Sheet, prepared
from cchc.documents.rules.layouts import forbidden
from cchc.documents.rules.numbers import format_number
from cchc.documents.rules.plain import to_plain
from cchc.documents.rules.samples import DRAWN_AT, SAMPLES
from cchc.documents.terms import FormKey
from cchc.kernel.errors import Refused

_SECONDS = 20
_WHERE = re.compile(r"main:(\d+):(\d+)")
# A child that can compute and nothing else of note: no settings, no database, bounded in time and memory.
_CHILD = """
import base64, json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import typst
given = json.load(sys.stdin)
files = {name: text.encode() for name, text in given["files"].items()}
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[given["fonts"]])
try:
    made = typst.compile(files, root=given["fonts"], font_paths=fonts, ignore_system_fonts=True, sys_inputs=given["inputs"],
                         format=given["format"], ppi=given["ppi"], timestamp=given["timestamp"],
                         pdf_standards=["a-2a", "ua-1"] if given["format"] == "pdf" else [])
    pages = made if isinstance(made, list) else [made]
    json.dump({"pages": [base64.b64encode(page).decode() for page in pages]}, sys.stdout)
except typst.TypstError as error:
    json.dump({"message": error.message, "diagnostic": error.diagnostic, "hints": error.hints}, sys.stdout)
"""


@dataclass(frozen=True)
class Trial:
    """The sample drawn by a layout: one PDF, or a picture of each page."""

    pages: tuple[bytes, ...]


def tried(template: FormTemplate, layout: Layout, *, as_picture: bool = False) -> Trial:
    """Return the form's sample drawn by the layout.

    Raises ``Refused`` (field ``layout_source``) when the layout reaches outside itself, cannot be drawn, or takes too long; the sentence
    names the line.
    """
    refusal = forbidden(layout.files[layout.main], known=frozenset(layout.files) - {layout.main})
    if refusal:
        raise Refused(refusal, field="layout_source")
    number = format_number(42, template.series, form=FormKey(template.key)) if template.series else ""
    sheet = Sheet(template=template, layout=layout, number=number, at=DRAWN_AT)
    files, inputs = prepared(sheet, to_plain(SAMPLES[FormKey(template.key)]))
    given = {
        "files": {name: text.decode() for name, text in files.items()},
        "inputs": inputs,
        "fonts": str(settings.FONTS),
        "format": "png" if as_picture else "pdf",
        "ppi": 72 if as_picture else 144,
        "timestamp": int(DRAWN_AT.timestamp()),
    }
    return Trial(pages=_run(json.dumps(given, ensure_ascii=False)))


def _run(given: str) -> tuple[bytes, ...]:
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD], input=given.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _endless() from error
    if child.returncode or not child.stdout:
        raise _endless()
    answer = json.loads(child.stdout)
    if "message" in answer:
        raise Refused(_sentence(answer["message"], answer["diagnostic"], answer["hints"]), field="layout_source")
    return tuple(base64.b64decode(page) for page in answer["pages"])


def _endless() -> Refused:
    return Refused(
        "Trình bày này tính quá lâu hoặc quá lớn nên đã bị dừng. Bỏ các vòng lặp, hình quá to rồi làm lại.", field="layout_source"
    )


def _sentence(message: str, diagnostic: str, hints: list[str]) -> str:
    found = _WHERE.search(diagnostic)
    place = f"Dòng {found[1]}, cột {int(found[2]) + 1}: " if found else "Ngoài phần vừa sửa: "
    hint = f" (gợi ý của typst: {hints[0]})" if hints else ""
    return f"{place}typst không dựng được giấy từ dữ liệu mẫu: «{message}»{hint}. Sửa chỗ này rồi xem thử lại."
