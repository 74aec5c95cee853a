"""Everything counted once more and compared, inside the database, with what the rollups keep."""

from datetime import date
from typing import Any

from django.db import connection

from cchc.figures.models import FLOWS
from cchc.figures.operations.counting import COUNTED, DAYS, SOMETHING, SUMMED, Counted, Summed
from cchc.figures.operations.rollups import Progress, provinces, quiet, refresh, span
from cchc.figures.rules.buckets import months_of
from cchc.figures.rules.registry import Scope, facts
from cchc.kernel.period import Period

# A mistake of ours would be in every bucket; nobody reads more of them.
MOST = 100
_NAMES = {
    "figures_dayflow": "ngày của tỉnh",
    "figures_proceduredayflow": "ngày của tỉnh theo thủ tục",
    "figures_unitdayflow": "ngày của đơn vị",
    "figures_unitflow": "nửa tháng của đơn vị theo thủ tục",
    "figures_provinceflow": "nửa tháng của tỉnh",
    "figures_procedureflow": "nửa tháng của tỉnh theo thủ tục",
    "figures_halfmonthflow": "nửa tháng của đơn vị",
}


def verify(*, progress: Progress = quiet, with_journal: bool = True) -> list[str]:
    """Count everything again and compare; return a sentence for each bucket or fact that disagrees, of a table and month at most 100.

    Works off what is stale first. ``with_journal`` also tells every file's story again from its journal and compares it with the
    facts, which takes longest.
    """
    while refresh():
        pass
    wrong: list[str] = []
    members, owners = provinces(), [Scope(unit, unit) for unit in facts().owners()]
    everything = span(members)
    months = months_of(everything) if everything else []
    for place, month in enumerate(months, start=1):
        for counted in COUNTED:
            wrong += _miscounted(counted, members if counted is DAYS else owners, month)
        for summed in SUMMED:
            wrong += _missummed(summed, members if summed.keys[0] == DAYS.keys[0] else owners, month)
        progress(place, len(months))
    wrong += _outside(months)
    if with_journal:
        wrong += list(facts().check(progress))
    return wrong


def _miscounted(table: Counted, scopes: list[Scope], month: Period) -> list[str]:
    statement = facts().statement(scopes, month, table.by)
    names = ", ".join(f"{cut}_ AS {key}" for cut, key in zip(table.by, table.keys, strict=True))
    wanted = f"SELECT {names}, {', '.join(FLOWS)} FROM ({statement.sql}) counted WHERE {SOMETHING}"  # noqa: S608 (names of our own)
    return _different(table, wanted, {**statement.values, "start": month.start, "before": month.end})


def _missummed(table: Summed, scopes: list[Scope], month: Period) -> list[str]:
    owners = sorted({scope.top_id for scope in scopes})
    values = {"owners": owners, "first": month.start, "end": month.end, "start": month.start, "before": month.end}
    return _different(table, table.statement(), values)


def _different(table: Counted | Summed, wanted: str, values: dict[str, Any]) -> list[str]:
    """Return a sentence for each bucket of the table that is not what it should be, is missing, or should not be there."""
    moment, width = table.keys[1], len(table.keys)
    equal = " AND ".join(f"w.{key} = k.{key}" for key in table.keys)
    flows = ", ".join(f"COALESCE(w.{flow}, 0), COALESCE(k.{flow}, 0)" for flow in FLOWS)
    unlike = " OR ".join(f"COALESCE(w.{flow}, 0) <> COALESCE(k.{flow}, 0)" for flow in FLOWS)
    keys = ", ".join(f"COALESCE(w.{key}, k.{key})" for key in table.keys)
    text = f"""
        SELECT {keys}, {flows} FROM ({wanted}) w
        FULL JOIN (SELECT * FROM {table.name} WHERE {moment} >= %(start)s AND {moment} < %(before)s) k ON {equal}
        WHERE w.{moment} IS NULL OR k.{moment} IS NULL OR {unlike} ORDER BY {", ".join(str(place) for place in range(1, width + 1))} LIMIT {MOST}
    """  # noqa: S608 (as above)
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return [_sentence(table.name, row[:width], row[width:]) for row in cursor.fetchall()]


def _sentence(table: str, key: tuple[object, ...], flows: tuple[int, ...]) -> str:
    changes = zip(FLOWS, flows[::2], flows[1::2], strict=True)
    pairs = ", ".join(f"{flow} {kept}→{wanted}" for flow, wanted, kept in changes if kept != wanted) or "dòng rỗng"
    where = " · ".join(f"{part:%d/%m/%Y}" if isinstance(part, date) else str(part) for part in key)
    return f"Tổng hợp {_NAMES[table]} {where}: đếm lại khác ({pairs})."


def _outside(months: list[Period]) -> list[str]:
    sentences = []
    for table in (*COUNTED, *SUMMED):
        rows = table.model.objects.all()
        if months:
            rows = rows.exclude(**{f"{table.keys[1]}__gte": months[0].start, f"{table.keys[1]}__lt": months[-1].end})
        if number := rows.count():
            sentences.append(f"Tổng hợp {_NAMES[table.name]}: còn {number} dòng ngoài khoảng có hồ sơ.")
    return sentences
