"""Values of figures that no module owns yet, from a file: what the national portal or another system published."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from cchc.audit import api as audit
from cchc.figures.models import ImportedValue
from cchc.figures.rules.registry import measure
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.kernel.text import clean
from cchc.organisations import api as organisations

COLUMNS = ("key", "unit", "from", "to", "numerator", "denominator")
STREAM = "figures:imported"


@dataclass(frozen=True)
class _Row:
    key: str
    unit_id: int
    unit: str
    start: date
    last: date
    number: Decimal
    of: Decimal | None


@transaction.atomic
def import_values(*, actor: Actor, at: datetime, text: str, source: str) -> int:
    """Take the values of a CSV (``key,unit,from,to,numerator,denominator``; days as 2026-08-01) and return how many.

    Needs ``figures:value:import``. All rows or none: every problem is told with its line (``Invalid``). Only figures that are fed by
    imports may be given; what is counted here cannot be overwritten. The values stand in the journal.
    """
    actor.must(identity.Right.IMPORT_FIGURES)
    if not clean(source):
        raise Invalid({"source": "Ghi số liệu lấy từ đâu, ngày nào."})
    rows = _read(text)
    for row in rows:
        actor.must(identity.Right.IMPORT_FIGURES, unit_id=row.unit_id)
        ImportedValue.objects.update_or_create(
            key=row.key,
            unit_id=row.unit_id,
            start=row.start,
            last=row.last,
            defaults={"number": row.number, "of": row.of, "source": clean(source)[:500], "imported_at": at},
        )
    public = {
        "source": clean(source),
        "values": [
            [row.key, row.unit, f"{row.start}", f"{row.last}", f"{row.number}", None if row.of is None else f"{row.of}"] for row in rows
        ],
    }
    audit.record(stream=STREAM, act="values_imported", at=at, actor=actor, public=public)
    return len(rows)


def _read(text: str) -> list[_Row]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    absent = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if absent:
        raise Refused(f"Tệp thiếu cột {', '.join(absent)}. Dòng đầu phải là: {','.join(COLUMNS)}.", field="file")
    rows, problems = [], {}
    for line, values in enumerate(reader, start=2):
        try:
            rows.append(_row(values))
        except Refused as error:
            problems[f"line {line}"] = f"Dòng {line}: {error.message}"
    if not rows and not problems:
        raise Refused("Tệp không có dòng số liệu nào.", field="file")
    if problems:
        raise Invalid(problems)
    return rows


def _row(values: dict[str, str]) -> _Row:
    key = clean(values["key"] or "")
    if not measure(key).figure.imported:
        raise Refused(f"Số liệu «{key}» được đếm từ hồ sơ ở đây, không nhập được.")
    start, last = (_day(values[name] or "", name) for name in ("from", "to"))
    if last < start:
        raise Refused(f"cột to ({last:%d/%m/%Y}) sớm hơn cột from ({start:%d/%m/%Y}).")
    code = clean(values["unit"] or "")
    try:
        unit = organisations.unit(code, on=last)
    except NotFound:
        unit = organisations.last_bearer(code)
    of = values["denominator"] or ""
    return _Row(
        key, unit.id, unit.code, start, last, _number(values["numerator"] or "", "numerator"), _number(of, "denominator") if of else None
    )


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(f"cột {name} phải là ngày dạng 2026-08-01, không phải «{text}».") from error


def _number(text: str, name: str) -> Decimal:
    try:
        found = Decimal(text.strip())
    except InvalidOperation as error:
        raise Refused(f"cột {name} phải là số viết liền, không phải «{text}».") from error
    if not found.is_finite() or found < 0:
        raise Refused(f"cột {name} phải là số không âm, không phải «{text}».")
    return found
