"""The sentences of a form: its period, whether its numbers agree, what is missing."""

from collections.abc import Sequence
from datetime import date

from cchc.kernel.period import Period
from cchc.kernel.text import number

# More names than these would push the signatures off the sheet; the rest is counted.
_NAMED = 12


def period_line(label: str, period: Period) -> str:
    """Return ``Quý III năm 2026 (từ ngày 15/6/2026 đến ngày 14/9/2026)``."""
    name = label[:1].upper() + label[1:]
    last = f" đến ngày {_day(period.last)}" if period.last else ""
    return f"{name} (từ ngày {_day(period.start)}{last})"


def check_sentence(
    equation: str, left: int, right: int, rows: Sequence[tuple[str, int]], explanations: Sequence[tuple[str, int]]
) -> tuple[str, ...]:
    """Return the lines under the table: whether the equation holds, in which rows it does not, and what the difference consists of."""
    if left == right and not rows:
        return (f"Kiểm tra: {equation}: {number(left)} = {number(right)}, khớp.", *_explained(0, explanations))
    verdict = "khớp ở dòng tổng" if left == right else f"chênh lệch {number(left - right)}"
    lines = [f"Kiểm tra: {equation}: {number(left)} so với {number(right)}, {verdict}."]
    if rows:
        lines.append(f"Dòng chênh lệch: {listed([f'{label} ({signed(difference)})' for label, difference in rows])}.")
    return (*lines, *_explained(left - right, explanations))


def missing_sentence(labels: Sequence[str], *, has_totals: bool) -> str:
    """Return the note that names the rows without data."""
    left_out = " (không cộng vào tổng số)" if has_totals else ""
    return f"Chưa có số liệu: {listed(labels)}{left_out}."


def listed(names: Sequence[str]) -> str:
    """Return the names joined by semicolons; beyond a dozen the rest is counted."""
    shown = "; ".join(names[:_NAMED])
    return f"{shown}; và {len(names) - _NAMED} dòng khác" if len(names) > _NAMED else shown


def signed(value: int) -> str:
    """Return ``+9`` or ``-9``, with dots between thousands."""
    return f"+{number(value)}" if value > 0 else number(value)


def _explained(difference: int, explanations: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    if not explanations:
        return ()
    parts = "; ".join(f"{label}: {number(count)}" for label, count in explanations)
    rest = difference - sum(count for _, count in explanations)
    return (f"Chênh lệch gồm: {parts}.", *([f"Còn chênh lệch {number(rest)} chưa rõ nguyên nhân."] if rest else []))


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
