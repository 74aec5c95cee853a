"""A year of months as a line: the share on time, with its numbers in words for who cannot see it."""

from dataclasses import dataclass
from datetime import date, timedelta

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.web.board.asking import Question
from cchc.web.board.names import month_name
from cchc.web.board.shown import hidden_text, value_text

WIDTH, HEIGHT, LEFT, TOP = 320, 96, 4, 8
MONTHS = 12


@dataclass(frozen=True)
class Dot:
    """One month: its place, its name, its value in words."""

    x: float
    y: float
    month: str
    text: str


@dataclass(frozen=True)
class Slope:
    """A line of months. ``lines`` are the unbroken stretches as points of an SVG polyline; ``low`` and ``high`` the scale in percent."""

    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    months: tuple[tuple[str, str], ...]
    low: int
    high: int


def slope(question: Question, key: str) -> Slope:
    """Return a share by calendar month over the last twelve months to the end of the question's period."""
    first = _months_before(question.last, MONTHS - 1)
    period = Period(first, question.last + timedelta(days=1))
    (shown,) = figures.public_tables(
        [key], unit_id=question.unit.id, period=period, by=[Dimension.MONTH], only=question.only, with_total=False
    )
    figure = shown.table.figure
    found = {str(line.key[0]): (line, is_hidden) for line, is_hidden in shown.lines}
    months = [f"{_months_before(question.last, back):%Y-%m}" for back in range(MONTHS - 1, -1, -1)]
    values = [
        float(found[month][0].value) if month in found and not found[month][1] and found[month][0].value is not None else None  # type: ignore[arg-type]
        for month in months
    ]
    seen = [value for value in values if value is not None]
    low = min(90, int(min(seen, default=90) // 10 * 10))
    words = [
        hidden_text() if month in found and found[month][1] else value_text(figure, found[month][0].value) if month in found else "–"
        for month in months
    ]
    dots = {
        place: Dot(
            LEFT + place * (WIDTH - 2 * LEFT) / (MONTHS - 1),
            TOP + (100 - value) / max(100 - low, 1) * (HEIGHT - 2 * TOP),
            month_name(months[place]),
            words[place],
        )
        for place, value in enumerate(values)
        if value is not None
    }
    return Slope(
        tuple(dots.values()),
        _stretches(dots),
        tuple((month_name(month), word) for month, word in zip(months, words, strict=True)),
        low,
        100,
    )


def _stretches(dots: dict[int, Dot]) -> tuple[str, ...]:
    """Return the stretches of months that follow one another; a month without a value breaks the line."""
    stretches: list[list[Dot]] = []
    last = None
    for place, dot in sorted(dots.items()):
        if last is None or place != last + 1:
            stretches.append([])
        stretches[-1].append(dot)
        last = place
    return tuple(" ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in stretch) for stretch in stretches if len(stretch) > 1)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
