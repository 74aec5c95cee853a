"""Values of figures that no module owns yet, from a file: what the national portal or another system published."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.db import transaction

from cchc.audit import api as audit
from cchc.figures.events import ValuesImported
from cchc.figures.models import ImportedValue
from cchc.figures.operations import values_file
from cchc.figures.operations.values_file import Raw
from cchc.figures.queries.imported import STREAM
from cchc.figures.rules.registry import measure, measures
from cchc.figures.terms import ValueVerdict
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.bus import publish
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.organisations import api as organisations

# Written together, with or without two places: 1.234 is a thousand for some and one for others.
_NUMBER = re.compile(r"[0-9]{1,13}(?:[.,][0-9]{1,2})?")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SHARE = "%"


@dataclass(frozen=True)
class ValueRow:
    """A row after looking: what it says, what would become of it, and what is wrong with it.

    ``was`` is the value that it takes the place of, as (numerator, denominator); ``doubt`` is a sentence about what may be a slip.
    """

    line: int
    key: str
    label: str = ""
    unit_id: int = 0
    unit: str = ""
    unit_name: str = ""
    start: date = date.min
    last: date = date.min
    number: Decimal = Decimal(0)
    of: Decimal | None = None
    source: str = ""
    verdict: ValueVerdict = ValueVerdict.NEW
    was: tuple[Decimal, Decimal | None] | None = None
    doubt: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class ValuesChecked:
    """A file after looking."""

    rows: tuple[ValueRow, ...]

    def count(self, verdict: ValueVerdict) -> int:
        """Return how many rows have this verdict."""
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def fresh(self) -> int:
        """How many rows would change anything."""
        return self.count(ValueVerdict.NEW) + self.count(ValueVerdict.CHANGED)

    @property
    def problems(self) -> dict[str, str]:
        """Everything that is wrong, by line: whole sentences that name it."""
        return {f"line {row.line}": f"Dòng {row.line}: {' '.join(row.problems)}" for row in self.rows if row.problems}


@dataclass(frozen=True)
class _Looking:
    """Who looks, on which day, and how a unit is found: each code once for a whole file."""

    actor: Actor
    today: date
    find: Callable[[str, date], organisations.UnitView]


def check_values(*, actor: Actor, at: datetime, content: bytes, source: str = "") -> ValuesChecked:
    """Say what an import of the file (CSV or XLSX) would do with every row; write nothing.

    Columns: ``key,unit,from,to,numerator,denominator`` and, if wanted, ``source``; days as 2026-08-01 or 01/08/2026. Needs
    ``figures:value:import``, for each row in its unit. Raises ``Refused`` at ``file`` for what cannot be read at all.
    """
    actor.must(identity.Right.IMPORT_FIGURES)
    first: dict[tuple[str, int, date, date], int] = {}
    rows = []
    looking = _Looking(actor, local_date(at), cache(_bearer))
    for row in (_looked_at(raw, looking, clean(source)) for raw in values_file.rows_of(content)):
        before = first.setdefault((row.key, row.unit_id, row.start, row.last), row.line) if not row.problems else row.line
        twice = (f"trùng số liệu, đơn vị và kỳ với dòng {before}.",) if before != row.line else ()
        rows.append(replace(row, problems=twice) if twice else row)
    return ValuesChecked(tuple(_with_verdicts(rows)))


@transaction.atomic
def import_values(*, actor: Actor, at: datetime, content: bytes, source: str = "") -> int:
    """Take the values of a file, as ``check_values`` reads it, and return how many rows changed anything.

    All rows or none: every problem is told with its line (``Invalid``). Only figures that are fed by imports may be given; what is counted
    here cannot be overwritten. ``source`` is where the values are from, unless a row says so itself. The values stand in the journal.
    """
    checked = check_values(actor=actor, at=at, content=content, source=source)
    if problems := checked.problems:
        raise Invalid(problems)
    if any(not row.source for row in checked.rows):
        raise Invalid({"source": "Ghi số liệu lấy từ đâu, ngày nào."})
    rows = [row for row in checked.rows if row.verdict is not ValueVerdict.KNOWN]
    ImportedValue.objects.bulk_create(
        [
            ImportedValue(
                key=row.key,
                unit_id=row.unit_id,
                start=row.start,
                last=row.last,
                number=row.number,
                of=row.of,
                source=row.source,
                imported_at=at,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["key", "unit", "start", "last"],
        update_fields=["number", "of", "source", "imported_at"],
    )
    if rows:
        public = {
            "source": "; ".join(dict.fromkeys(row.source for row in rows)),
            "values": [
                [row.key, row.unit, f"{row.start}", f"{row.last}", f"{row.number}", None if row.of is None else f"{row.of}"] for row in rows
            ],
        }
        audit.record(stream=STREAM, act="values_imported", at=at, actor=actor, public=public)
    for start, last in sorted({(row.start, row.last) for row in rows}):
        publish(ValuesImported(start, last))
    return len(rows)


def values_template(*, actor: Actor, at: datetime, unit_id: int) -> bytes:
    """Return the workbook to fill in (XLSX), with the figures that may be imported and the unit with what stands under it."""
    actor.must(identity.Right.IMPORT_FIGURES, unit_id=unit_id)
    today = local_date(at)
    units = [organisations.unit_on(unit_id, today), *organisations.descendants_on(unit_id, today)]
    month = today.replace(day=1)
    return values_file.template(
        figures=[(item.figure.key, item.figure.label) for item in measures() if item.figure.imported],
        units=[(unit.code, unit.full_name) for unit in units if actor.may(identity.Right.IMPORT_FIGURES, unit_id=unit.id)],
        period=(month, date(month.year + month.month // 12, month.month % 12 + 1, 1) - date.resolution),
    )


def _with_verdicts(rows: list[ValueRow]) -> list[ValueRow]:
    """Compare with what was imported before. One query."""
    sound = [row for row in rows if not row.problems]
    there = {
        (value.key, value.unit_id, value.start, value.last): (value.number, value.of)
        for value in ImportedValue.objects.filter(
            key__in={row.key for row in sound}, unit_id__in={row.unit_id for row in sound}, start__in={row.start for row in sound}
        )
    }
    found = []
    for row in rows:
        was = there.get((row.key, row.unit_id, row.start, row.last))
        verdict = ValueVerdict.NEW if was is None else ValueVerdict.KNOWN if was == (row.number, row.of) else ValueVerdict.CHANGED
        found.append(replace(row, verdict=ValueVerdict.WRONG) if row.problems else replace(row, verdict=verdict, was=was))
    return found


def _looked_at(raw: Raw, looking: _Looking, source: str) -> ValueRow:
    """Return a row with everything that is wrong with it."""
    problems = list(raw.problems)
    cells = {name: clean(text) for name, text in raw.cells.items()}
    row = ValueRow(line=raw.line, key=cells.get("key", "")[:80], unit=cells.get("unit", ""), source=(cells.get("source") or source)[:500])
    for read in (_figure, _days, _numbers, _unit):
        try:
            row = read(row, cells, looking)
        except Refused as error:
            problems.append(error.message)
    return replace(row, problems=tuple(problems))


def _figure(row: ValueRow, _cells: dict[str, str], _looking: _Looking) -> ValueRow:
    figure = measure(row.key).figure
    row = replace(row, label=figure.label)
    if not figure.imported:
        raise Refused(f"Số liệu «{row.key}» được đếm từ hồ sơ ở đây, không nhập được.")
    return row


def _days(row: ValueRow, cells: dict[str, str], looking: _Looking) -> ValueRow:
    start, last = (_day(cells.get(name, ""), name) for name in ("from", "to"))
    if last < start:
        raise Refused(f"cột to ({last:%d/%m/%Y}) sớm hơn cột from ({start:%d/%m/%Y}).")
    if start > looking.today:
        raise Refused(f"kỳ bắt đầu ngày {start:%d/%m/%Y}, còn chưa đến.")
    return replace(row, start=start, last=last)


def _numbers(row: ValueRow, cells: dict[str, str], _looking: _Looking) -> ValueRow:
    number = _number(cells.get("numerator", ""), "numerator")
    of = _number(cells["denominator"], "denominator") if cells.get("denominator") else None
    if of is None and row.label and measure(row.key).figure.unit == _SHARE:
        raise Refused("cột denominator để trống; số liệu này là tỷ lệ, cần mẫu số (không có gì thì ghi 0).")
    doubt = "Tử số lớn hơn mẫu số: điểm dừng ở mức tối đa." if of is not None and number > of else ""
    return replace(row, number=number, of=of, doubt=doubt)


def _unit(row: ValueRow, _cells: dict[str, str], looking: _Looking) -> ValueRow:
    if not row.unit:
        raise Refused("cột unit để trống.")
    unit = looking.find(row.unit, row.last if row.last > date.min else looking.today)
    if not looking.actor.may(identity.Right.IMPORT_FIGURES, unit_id=unit.id):
        raise Refused(f"{unit.full_name} không thuộc đơn vị mà vị trí của ông bà được nhập số liệu.")
    return replace(row, unit_id=unit.id, unit=unit.code, unit_name=unit.full_name)


def _bearer(code: str, day: date) -> organisations.UnitView:
    """Return the unit of a code on the day; one that has ended by then is the one that bore it last."""
    try:
        return organisations.unit(code, on=day)
    except NotFound:
        return organisations.last_bearer(code)


def _day(text: str, name: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"cột {name} phải là ngày dạng 2026-08-01, không phải «{text}».") from error


def _number(text: str, name: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise Refused(f"cột {name} phải là số không âm viết liền, ví dụ 184513, không phải «{text}».")
    return Decimal(text.replace(",", "."))
