"""Dates, times and counts as Vietnamese official papers write them (Decree 30/2020/NĐ-CP Annex I; Circular 01/2018/TT-VPCP forms 01 to 03)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc.kernel.local import local, local_date, weekday

# More weekly days off than these are counted instead of listed: the box on an A5 slip must stay readable.
_WEEKLY_LISTED = 4
_SATURDAY = 5


@dataclass(frozen=True)
class _Run:
    """Days in a row that share a reason."""

    first: date
    last: date
    name: str


def date_phrase(day: date) -> str:
    """Return ``ngày 05 tháng 01 năm 2026``: a leading 0 for days below 10 and for months 1 and 2 only (Decree 30/2020 Annex I, place and date)."""
    month = f"{day.month:02d}" if day.month in {1, 2} else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_date(*, place: str, day: date) -> str:
    """Return ``Vũ Quang, ngày 20 tháng 11 năm 2026``."""
    return f"{place}, {date_phrase(day)}"


def moment_phrase(instant: datetime) -> str:
    """Return ``14 giờ 32 phút, thứ Sáu, ngày 20 tháng 11 năm 2026``, as form 01 asks (giờ, phút, ngày, tháng, năm). A naive instant is refused."""
    wall = local(instant)
    day = local_date(instant)
    return f"{wall.hour:02d} giờ {wall.minute:02d} phút, {weekday(day)}, {date_phrase(day)}"


def count_phrase(count: int, unit: str) -> str:
    """Return ``01 bộ``: counts below 10 take a leading 0, so that no digit can be added by hand."""
    return f"{count:02d} {unit}"


def not_counted_phrase(days: Iterable[tuple[date, str]]) -> str:
    """Return the sentence under the appointment: which days between intake and result are not counted.

    ``days`` are (day, reason) pairs; an ordinary weekly day off has the reason ``""``. Returns
    ``Không tính 21/11, 22/11 và 24/11 (Ngày Văn hóa Việt Nam, nghỉ lễ).``, or ``""`` when every day counts. Three or more days in a row with
    one reason become ``từ 16/02 đến 20/02 (Tết Nguyên đán)``; many weekly days off become one count with their first and last day.
    """
    ordered = sorted(days)
    weekly = [day for day, name in ordered if not name and day.weekday() >= _SATURDAY]
    parts: list[str] = []
    if len(weekly) > _WEEKLY_LISTED:
        parts.append(f"{count_phrase(len(weekly), 'ngày')} nghỉ hằng tuần từ {_short(weekly[0])} đến {_short(weekly[-1])}")
        ordered = [(day, name) for day, name in ordered if name or day.weekday() < _SATURDAY]
    for run in _runs(ordered):
        parts.extend(_run_parts(run))
    return f"Không tính {_listed(parts)}." if parts else ""


def _runs(ordered: Sequence[tuple[date, str]]) -> list[_Run]:
    runs: list[_Run] = []
    for day, name in ordered:
        if runs and runs[-1].name == name and runs[-1].last + timedelta(days=1) == day:
            runs[-1] = _Run(first=runs[-1].first, last=day, name=name)
        else:
            runs.append(_Run(first=day, last=day, name=name))
    return runs


def _run_parts(run: _Run) -> list[str]:
    reason = f" ({run.name})" if run.name else ""
    length = (run.last - run.first).days + 1
    if length == 1:
        return [f"{_short(run.first)}{reason}"]
    if length == 2 and not reason:  # noqa: PLR2004 (two days are a weekend)
        return [_short(run.first), _short(run.last)]
    return [f"từ {_short(run.first)} đến {_short(run.last)}{reason}"]


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}"


def _short(day: date) -> str:
    return f"{day:%d/%m}"
