"""A form as plain HTML: what was typed is kept, what is wrong is said at its place.

A view makes an ``Entry`` of the posted data, reads it, makes its one call inside ``catching()``, and either redirects or
answers with the same page again::

    entry = Entry(request.POST)
    born = entry.day("born", required=_("Nhập ngày sinh."))
    if entry.ok:
        with entry.catching():
            receipt = cases.receive(actor=request.actor, at=request.at, born=born, …)
            return redirect(…)
    return entry.answer(request, "desk/intake/new.html", {…})
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http import HTTPStatus
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from cchc.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.terms import Term
from cchc.kernel.text import clean

TermT = TypeVar("TermT", bound=Term)

_DAY = re.compile(r"^(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})$")
# At most twenty digits: ``int`` refuses to read thousands of them. 1.5 is not fifteen.
_WHOLE = re.compile(r"[0-9]{1,20}|[0-9]{1,3}(?:[. ][0-9]{3}){1,6}")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


class Entry:
    """What was typed, and the problems with it. ``problems`` maps a field to one sentence; the key "" is the form as a whole."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, files: MultiValueDict[str, Any] | None = None) -> None:
        """Take posted data, or the values to begin with, or nothing."""
        self.data: Mapping[str, Any] = data if data is not None else {}
        self.files = files if files is not None else MultiValueDict()
        self.problems: dict[str, str] = {}
        self.conflict = False

    @property
    def ok(self) -> bool:
        """Say whether nothing is wrong so far."""
        return not self.problems

    def value(self, name: str) -> str:
        """Return what was typed, as it was typed, for showing it again; without NUL, which no keyboard types and no column takes."""
        value = self.data.get(name)
        return "" if value is None else str(value).replace("\0", "")

    def values(self, name: str) -> list[str]:
        """Return all values of a group of boxes."""
        if isinstance(self.data, QueryDict):
            return [str(value) for value in self.data.getlist(name)]
        value = self.data.get(name)
        return (
            [str(item) for item in value]
            if isinstance(value, list | tuple | set | frozenset)
            else [str(value)]
            if value is not None
            else []
        )

    def problem(self, name: str) -> str:
        """Return the sentence for a field, or nothing."""
        return self.problems.get(name, "")

    def refuse(self, name: str, sentence: str) -> None:
        """Note a problem; the first one of a field stays."""
        self.problems.setdefault(name, sentence)

    def text(self, name: str, *, required: str = "") -> str:
        """Read text in its stored form (NFC, Ð mended to Đ, single spaces). ``required`` is the sentence when it is empty."""
        text = clean(self.value(name))
        if required and not text:
            self.refuse(name, required)
        return text

    def lines(self, name: str, *, required: str = "") -> str:
        """Read text of several lines, each in its stored form."""
        text = "\n".join(clean(line) for line in self.value(name).splitlines()).strip()
        if required and not text:
            self.refuse(name, required)
        return text

    def day(self, name: str, *, required: str = "") -> date | None:
        """Read a day written ``02/12/2026`` (also with - or . between, or as ISO). An impossible day is refused."""
        text = self.text(name, required=required)
        if not text:
            return None
        found = _DAY.match(text)
        iso = None if found else _ISO_DAY.match(text)
        if not found and not iso:
            self.refuse(name, _("Ngày phải viết theo dạng ngày/tháng/năm, ví dụ 02/12/2026."))
            return None
        year, month, day = (int(found[3]), int(found[2]), int(found[1])) if found else (int(iso[1]), int(iso[2]), int(iso[3]))  # type: ignore[index]
        try:
            return date(year, month, day)
        except ValueError:
            self.refuse(name, _("Không có ngày %(day)s. Xem lại ngày và tháng.") % {"day": text})
            return None

    def whole(self, name: str, *, required: str = "", least: int = 0, most: int = 1_000_000_000) -> int | None:
        """Read a whole number; dots and spaces between thousands are allowed."""
        text = self.text(name, required=required)
        if not text:
            return None
        digits = text.replace(".", "").replace(" ", "")
        if not _WHOLE.fullmatch(text) or not least <= int(digits) <= most:
            self.refuse(name, _("Nhập một số từ %(least)s đến %(most)s.") % {"least": least, "most": most})
            return None
        return int(digits)

    def flag(self, name: str) -> bool:
        """Read a box: ticked or not."""
        return self.value(name).lower() in {"1", "on", "true", "yes"}

    def chosen(self, name: str, term: type[TermT], *, required: str = "") -> TermT | None:
        """Read a word of a vocabulary; a word that is not in it is refused."""
        text = self.text(name, required=required)
        if not text:
            return None
        if text not in term.values():
            self.refuse(name, _("Lựa chọn này không có trong danh sách. Chọn lại."))
            return None
        return term(text)

    @contextmanager
    def catching(self, names: Mapping[str, str] | None = None) -> Iterator[None]:
        """Turn what a face refuses into problems at their fields; nothing of the failed call stays written.

        ``names`` maps the operation's parameters to fields of the form where they differ. A missing right is not the form's
        matter and goes on, as does a thing that is not there unless a field names it.
        """
        renamed = names or {}
        try:
            with transaction.atomic():
                yield
        except NotAllowed:
            raise
        except Invalid as error:
            for field, sentence in error.problems.items():
                self.refuse(renamed.get(field, field), sentence)
        except Refused as error:
            if isinstance(error, NotFound) and not error.field:
                raise
            self.conflict = isinstance(error, Conflict)
            self.refuse(renamed.get(error.field, error.field), error.message)

    def answer(self, request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """Render the page again with the problems at their places: 422, or 409 when somebody else was faster."""
        status = HTTPStatus.OK if self.ok else HTTPStatus.CONFLICT if self.conflict else HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, template, {**(context or {}), "entry": self}, status=status)


def query_text(request: HttpRequest, name: str = "q", *, longest: int = 200) -> str:
    """Read a search word from the address: cleaned, without control characters, cut at ``longest``."""
    raw = request.GET.get(name, "")[: longest * 2]
    return clean("".join(" " if unicodedata.category(ch) == "Cc" else ch for ch in raw))[:longest]
