"""The rows behind a limit, each with how it stands on a day: in force, replaced by the office's own, coming, past."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop as noop
from cchc.procedures import api as procedures
from cchc.web.office.rules.words import value_words
from cchc.web.ui.shapes import Tone

NOW, REPLACED, COMING, PAST = "now", "replaced", "coming", "past"
STATES: Mapping[str, tuple[Tone, str]] = {
    NOW: ("ok", noop("Đang áp dụng")),
    REPLACED: ("", noop("Cơ quan đặt mức khác")),
    COMING: ("soon", noop("Sắp áp dụng")),
    PAST: ("", noop("Đã hết")),
}


@dataclass(frozen=True)
class Line:
    """A row of a limit, in words. ``procedure`` is the name of the procedure it is for, or empty; ``last`` its last day, or None."""

    bound: cases.BoundView
    words: str
    procedure: str
    state: str
    last: date | None

    @property
    def tone(self) -> Tone:
        """Return the tone of the state."""
        return STATES[self.state][0]

    @property
    def state_words(self) -> str:
        """Return the state in words."""
        return STATES[self.state][1]


def lines_on(day: date, bounds: Iterable[cases.BoundView], titles: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the rows, each with its state on a day, in the order given."""
    rows = tuple(bounds)
    own = {(row.key, row.procedure_code) for row in rows if row.is_office and _holds(row, day)}
    return tuple(
        Line(
            bound=row,
            words=value_words(row.key, row.value),
            procedure=titles.get(row.procedure_code, row.procedure_code),
            state=_state(row, day, is_replaced=not row.is_office and (row.key, row.procedure_code) in own),
            last=row.until - timedelta(days=1) if row.until else None,
        )
        for row in rows
    )


def titles_of(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """Return the procedures meant, by code: code and title, or the code alone where the catalogue has it no longer."""
    wanted = sorted({code for code in codes if code})
    titles = {hit.code: f"{hit.code} {hit.title}" for hit in procedures.hits_for(wanted, on=on)} if wanted else {}
    return {code: titles.get(code, code) for code in wanted}


def span_words(line: Line) -> str:
    """Return in which days a row holds: ``từ 01/01/2026``, ``từ 01/01/2026 đến 31/05/2026``."""
    since = f"{line.bound.since:%d/%m/%Y}" if line.bound.since else ""
    if line.last is None:
        return _("từ %(since)s") % {"since": since} if since else _("luôn luôn")
    last = f"{line.last:%d/%m/%Y}"
    return _("từ %(since)s đến %(last)s") % {"since": since, "last": last} if since else _("đến %(last)s") % {"last": last}


def in_force(lines: Sequence[Line], procedure_code: str = "") -> Line | None:
    """Return the row that decides now for every procedure, or for one that has a row of its own."""
    return next((line for line in lines if line.state == NOW and line.bound.procedure_code == procedure_code), None)


def _holds(row: cases.BoundView, day: date) -> bool:
    return (row.since is None or row.since <= day) and (row.until is None or day < row.until)


def _state(row: cases.BoundView, day: date, *, is_replaced: bool) -> str:
    if _holds(row, day):
        return REPLACED if is_replaced else NOW
    return COMING if row.since and row.since > day else PAST
