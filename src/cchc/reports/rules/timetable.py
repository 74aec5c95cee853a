"""Who owes which form, for which kind of period, by which day: the parameters of a circular and of a province, as data.

Source: Decree 09/2019/NĐ-CP Art. 13 (provinces and ministries by the 25th of the last month) and the internal timetable of one province, as
read at second hand: every row bears its own mark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from cchc.kernel.period import Period
from cchc.kernel.text import clean
from cchc.reports.rules.formulas import BadDefinition
from cchc.reports.terms import Confidence, Level

_KNOWN = frozenset({"forms", "kinds", "level", "from", "until", "due_day", "confidence", "source", "remark"})
# Every month has this day.
_LATEST = 28


@dataclass(frozen=True)
class Duty:
    """A form that units of a level owe for a kind of period.

    ``form`` is a form, or a family of them (``ii06``); ``kind`` the value of a ``worktime.ReportingKind``; ``due_day`` a day of the last
    month of the period; ``period`` is in force for periods whose last day lies in it.
    """

    form: str
    kind: str
    level: Level
    period: Period
    due_day: int
    confidence: Confidence
    source: str
    remark: str


def due_on(duty: Duty, last: date) -> date:
    """Return the day by which the report of a period that ends with ``last`` has to be sent."""
    return last.replace(day=duty.due_day)


def parse_timetable(data: Mapping[str, Any], *, kinds: Iterable[str]) -> tuple[Duty, ...]:
    """Return the duties that the data describe; ``kinds`` are the known kinds of periods.

    ``BadDefinition`` when a word is unknown or missing, a day is in no month, a mark is missing, or one unit would owe a form twice.
    """
    if foreign := sorted(data.keys() - {"duties"}):
        raise BadDefinition(f"Mục «{foreign[0]}» ở lịch báo cáo không có nghĩa.")
    known = set(kinds)
    made = tuple(duty for row in data["duties"] for duty in _duties(row, known))
    for one, other in combinations(made, 2):
        if (one.form, one.kind, one.level) == (other.form, other.kind, other.level) and one.period.overlaps(other.period):
            raise BadDefinition(f"Lịch báo cáo ghi biểu «{one.form}», kỳ {one.kind}, cấp {one.level} hai lần. Ghi until ở dòng cũ.")
    return made


def _duties(row: Mapping[str, Any], kinds: set[str]) -> Iterable[Duty]:
    if foreign := sorted(row.keys() - _KNOWN):
        raise BadDefinition(f"Mục «{foreign[0]}» ở lịch báo cáo không có nghĩa. Các mục được dùng: {', '.join(sorted(_KNOWN))}.")
    if absent := sorted(_KNOWN - {"until", "remark", "source"} - row.keys()):
        raise BadDefinition(f"Lịch báo cáo thiếu mục «{absent[0]}».")
    for name, word, words in (("level", row["level"], Level.values()), ("confidence", row["confidence"], Confidence.values())):
        if word not in words:
            raise BadDefinition(f"Lịch báo cáo, {name}: «{word}» không phải là một trong: {', '.join(words)}.")
    if unknown := sorted(set(row["kinds"]) - kinds):
        raise BadDefinition(f"Lịch báo cáo, kinds: «{unknown[0]}» không phải là một kỳ báo cáo.")
    if type(row["due_day"]) is not int or not 1 <= row["due_day"] <= _LATEST:
        raise BadDefinition(f"Lịch báo cáo, due_day: phải là một ngày từ 1 đến {_LATEST}, không phải «{row['due_day']}».")
    for form in row["forms"]:
        for kind in row["kinds"]:
            yield Duty(
                form=clean(form),
                kind=kind,
                level=Level(row["level"]),
                period=Period(row["from"], row.get("until")),
                due_day=row["due_day"],
                confidence=Confidence(row["confidence"]),
                source=clean(row.get("source", "")),
                remark=clean(row.get("remark", "")),
            )
