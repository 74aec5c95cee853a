"""A figure's value for a unit and a period, cut as asked: the one way from a key to a number on any screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from cchc.editions.api import edition, edition_between, held, rests_on
from cchc.figures.models import ROLLUPS
from cchc.figures.queries.flows import moved, moved_by_month
from cchc.figures.rules.flows import Counts
from cchc.figures.rules.registry import Asked, Key, Measure, Moved, Ratio, measure
from cchc.figures.rules.shares import value_of
from cchc.kernel.errors import Refused
from cchc.kernel.figures import Dimension, Figure
from cchc.kernel.period import Period

# A month is a period and a level many units; neither narrows a question to one value.
_NO_FILTER = frozenset({Dimension.MONTH, Dimension.LEVEL})


class Line(NamedTuple):
    """One number of a figure. ``key`` is one value for each cut; ``of`` is the denominator of a share, None for a count.

    ``counted`` is of how many records a median is; None for counts and shares.
    ``value`` is None where the figure has none: a share of nothing whose rule is to have no value, or nothing known.
    """

    key: Key
    number: float
    of: float | None
    value: Decimal | None
    counted: int | None = None

    @property
    def size(self) -> float:
        """Return of how many records the number tells: the fewer, the sooner somebody could be recognised."""
        if self.counted is not None:
            return self.counted
        return self.number if self.of is None else self.of


@dataclass(frozen=True)
class FigureTable:
    """A figure for a unit and a period. ``total`` is of everything together, not the sum of the lines."""

    figure: Figure
    unit_id: int
    period: Period
    by: tuple[Dimension, ...]
    total: Line
    lines: tuple[Line, ...]


def figure_table(
    key: str,
    *,
    unit_id: int,
    period: Period,
    by: Sequence[Dimension] = (),
    only: Mapping[Dimension, str] | None = None,
    as_of: date | None = None,
) -> FigureTable:
    """Return a figure. Raises ``NotFound`` for an unknown key, ``Refused`` for a cut that the figure does not have."""
    return figure_tables([key], unit_id=unit_id, period=period, by=by, only=only, as_of=as_of)[0]


def figure_tables(
    keys: Iterable[str],
    *,
    unit_id: int,
    period: Period,
    by: Sequence[Dimension] = (),
    only: Mapping[Dimension, str] | None = None,
    as_of: date | None = None,
    with_total: bool = True,
) -> tuple[FigureTable, ...]:
    """Return several figures of one unit and period; those that are sums of flows share one reading.

    ``with_total=False`` saves a reading where the total is not looked at; it is nothing then.

    ``as_of`` leaves out what happened after that day. Days to come are never counted as they may turn out: the period ends with
    ``as_of``, if it would go on.
    """
    wanted = tuple(measure(key) for key in keys)
    for found in wanted:
        for cut in by:
            if cut not in found.figure.by:
                raise Refused(f"Số liệu «{found.figure.label}» không chia theo {cut.label.lower()}.", field="by")
    for cut in only or {}:
        if cut in _NO_FILTER:
            raise Refused(f"Không lọc được theo {cut.label.lower()}: chọn kỳ hoặc đơn vị.", field="only")
    narrowed = tuple(sorted((only or {}).items()))
    read = _summed if _are_sums(wanted) else _counted_by_owners
    return read(wanted, unit_id, until(period, as_of), tuple(by), narrowed, with_total or not by)


def _read(
    wanted: tuple[Measure, ...],
    unit_id: int,
    period: Period,
    by: tuple[Dimension, ...],
    only: tuple[tuple[Dimension, str], ...],
    needs_total: bool,  # noqa: FBT001 (a part of the key under which the answer is held)
) -> tuple[FigureTable, ...]:
    asked, sums = Asked(unit_id, period, by, dict(only)), any(found.flows is not None for found in wanted)
    rows = flows_of(asked) if by and sums else {}
    whole = Asked(unit_id, asked.period, (), asked.only)
    # Every file is in one line of a cut, so that all lines together are the whole; months stand one upon the other.
    totals = (
        _counted(wanted, whole, _whole(whole, rows, from_lines=bool(by) and Dimension.MONTH not in by) if sums else {})
        if needs_total
        else {}
    )
    parts = _counted(wanted, asked, rows) if by else {}
    return tuple(
        FigureTable(
            figure=found.figure,
            unit_id=unit_id,
            period=asked.period,
            by=by,
            total=line_of(found.figure, (), totals.get(found.figure.key, {}).get((), _of_nothing(found))),
            lines=tuple(
                line_of(found.figure, key, ratio)
                for key, ratio in sorted(parts.get(found.figure.key, {}).items(), key=lambda item: tuple(map(str, item[0])))
            ),
        )
        for found in wanted
    )


def _edition_of_sums(_wanted: object, _unit_id: object, period: Period, *_how: object) -> str:
    """Return the edition of what happened up to the end of the period: a period that is over stands whatever happens today."""
    assert period.end is not None, "a figure is asked for a closed period"
    return edition("organisations") + edition_between(date.min, period.end, *ROLLUPS)


# A sum of flows is as the rollups are; what its owner counts file by file, as the marks that have been worked off.
_SUMS = ("figures", "organisations")
_FILE_BY_FILE = ("facts", *_SUMS, "procedures")
_summed = held(_edition_of_sums)(_read)
_counted_by_owners = rests_on(*_FILE_BY_FILE)(_read)


def subjects_of(keys: Iterable[str]) -> tuple[str, ...]:
    """Return on which editions the numbers of these figures rest, for who keeps what was made of them."""
    return _SUMS if _are_sums([measure(key) for key in keys]) else _FILE_BY_FILE


def _are_sums(wanted: Sequence[Measure]) -> bool:
    return all(found.flows is not None for found in wanted)


def flows_of(asked: Asked) -> dict[Key, Moved]:
    """Return the flows that a question is about, by its cuts; a month is ``2026-11``."""
    cuts = [cut.value for cut in asked.by if cut is not Dimension.MONTH]
    only = {cut.value: value for cut, value in asked.only.items()}
    if Dimension.MONTH not in asked.by:
        return moved(asked.unit_id, asked.period, cuts, only=only)
    place = asked.by.index(Dimension.MONTH)
    months = moved_by_month(asked.unit_id, asked.period, cuts, only=only)
    return {(*key[:place], f"{month:%Y-%m}", *key[place:]): row for month, of in months.items() for key, row in of.items()}


def _of_nothing(item: Measure) -> Ratio | None:
    """Return what a sum of flows is where nothing happened: a share of nothing, and not the number nought.

    What its owner did not count, such as a value that nobody has imported or the median of nothing, is not there at all.
    """
    return item.flows(Moved(Counts(), Counts())) if item.flows is not None else None


def until(period: Period, as_of: date | None) -> Period:
    """Return the period, ended with the day ``as_of`` if it would go on."""
    if as_of is None or (period.end is not None and period.end <= as_of):
        return period
    after = as_of + timedelta(days=1)
    if after <= period.start:
        raise Refused(f"Kỳ bắt đầu ngày {period.start:%d/%m/%Y}, sau ngày chốt {as_of:%d/%m/%Y}.", field="as_of")
    return Period(period.start, after)


def _whole(whole: Asked, rows: Mapping[Key, Moved], *, from_lines: bool) -> dict[Key, Moved]:
    if not from_lines:
        return flows_of(whole)
    return {(): Moved(Counts.together(row.before for row in rows.values()), Counts.together(row.inside for row in rows.values()))}


def _counted(wanted: Sequence[Measure], asked: Asked, rows: Mapping[Key, Moved]) -> dict[str, Mapping[Key, Ratio]]:
    found: dict[str, Mapping[Key, Ratio]] = {}
    for item in wanted:
        if item.flows is not None:
            found[item.figure.key] = {key: item.flows(row) for key, row in rows.items()}
        elif item.count is not None:
            found[item.figure.key] = item.count(asked)
    return found


def line_of(figure: Figure, key: Key, ratio: Ratio | None) -> Line:
    """Return what was counted as a line, with its value by the rules of the figure."""
    if ratio is None:
        return Line(key, 0, None, None)
    return Line(key, ratio.number, ratio.of, value_of(figure, number=ratio.number, of=ratio.of), ratio.counted)
