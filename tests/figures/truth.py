"""A random walk through everything that may happen to a figure, which is asked again and again and counted beside by hand.

The driver does real operations through the faces and writes down what it did (``truth_acts``, ``truth_places``; the count by hand is
``truth_oracle``). Every file has a time of its own that only goes forward; which file is next is chance, so much of what is typed in
lies in the past. Figures are refreshed now and then, and asked at random moments, for random units, days and cuts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.kernel.standing import standing
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime
from tests.figures.truth_acts import Acts
from tests.figures.truth_oracle import COUNTS, DAY, SHARES, File, Happenings, Key, Tree, counted, day_of
from tests.figures.truth_places import FIRST, Tally

_CUTS = (
    (),
    (),
    (Dimension.FIELD,),
    (Dimension.CHANNEL,),
    (Dimension.UNIT,),
    (Dimension.PROCEDURE,),
    (Dimension.MONTH,),
    (Dimension.LEVEL,),
    (Dimension.FIELD, Dimension.CHANNEL),
    (Dimension.UNIT, Dimension.FIELD),
    (Dimension.MONTH, Dimension.CHANNEL),
    (Dimension.LEVEL, Dimension.MONTH),
)


# Sums of flows, and counts file by file.
BY_FIELD = ("cases.on_time_share", "cases.ii06.open", "cases.apology_share", "cases.working_days_median", "cases.complete_at_once")


class UntrueError(AssertionError):
    """A figure is not what the files say."""


class Walk(Acts):
    """What is done, and what is asked."""

    def rebuild(self) -> None:
        """Count everything again, as after a restore."""
        figures.rebuild()
        self.tally.rebuilt += 1

    def verify(self) -> None:
        """Nothing kept may differ from what is counted again, from the facts and from the journals."""
        self.deliver()
        self.tally.verified += 1
        if wrong := figures.verify():
            raise UntrueError("\n".join(wrong[:20]))

    def hold(self) -> None:
        """Ask all there is of the last months of every province, as pages do: what they hold must be what is read anew."""
        for unit in self.provinces:
            with standing():
                held = self._everything(unit)
            anew = self._everything(unit)
            self.tally.held += len(held)
            for old, new in zip(held, anew, strict=True):
                if old != new:
                    raise UntrueError(f"of {unit} is held: {old}; and it is: {new}")

    def _everything(self, unit: int) -> list[object]:
        """Return all figures of a unit, sums of flows and others apart as they are held apart, some by field, and who stands where."""
        asked = {"unit_id": unit, "period": Period(day_of(FIRST) - DAY * 30, day_of(FIRST) + DAY * 400)}
        keys = {item.figure.key: item.flows is not None for item in figures.measures()}
        tables = [
            table
            for is_sum in (True, False)
            for by, wanted in (((), keys), ((Dimension.FIELD,), BY_FIELD))
            for table in figures.figure_tables([key for key in wanted if keys[key] == is_sum], by=by, **asked)
        ]
        return [*tables, figures.scopes_of(unit), organisations.units_on(self.tree.kinds, day_of(self.now))]

    def ask(self) -> None:
        """Ask all figures of a unit and some days, cut by chance, and compare every number with the count by hand."""
        self.deliver()
        figures.refresh()
        self.hold()
        self.tally.questions += 1
        unit, day = self._somewhere()
        period, as_of = self._some_days(day)
        by = self.chance.choice(_CUTS)
        only = self._only(by)
        keys = [key for key in (*COUNTS, *SHARES) if all(cut in figures.measure(key).figure.by for cut in (*by, *only))]
        with standing():
            tables = figures.figure_tables(keys, unit_id=unit, period=period, by=by, only=only, as_of=as_of)
        end = period.end if as_of is None else min(period.end or date.max, as_of + DAY)
        assert end is not None
        files = list(self.files.values())
        whole = counted(files, self.tree, unit, period.start, end, lambda file, agency: _heap(file, agency, self.tree, (), only))
        parts: dict[Key, Happenings] = {}
        for month, start, until in _months(period.start, end) if Dimension.MONTH in by else [("", period.start, end)]:

            def sort(file: File, agency: int, month: str = month) -> Key | None:
                return _heap(file, agency, self.tree, by, only, month)

            parts |= counted(files, self.tree, unit, start, until, sort)
        where = f"{self.tree.kinds[unit]} {unit}, {period.start} to before {end}, by {[*map(str, by)]}, only {only}"
        with standing():
            for table in tables:
                self._compare(table, whole.get((), Happenings()), parts if by else {}, where)
                if figures.measure(table.figure.key).part:
                    self._list(table, figures.Asked(unit, Period(period.start, end), (), only), where)
        total = whole.get((), Happenings())
        got = {table.figure.key: table.total.number for table in tables}
        if "cases.taken" in got:
            left = got["cases.ii06.done"] + got["cases.ii06.open"] + got["cases.closed"] - got["cases.taken"]
            if got["cases.ii06.received"] != left:
                raise UntrueError(f"(3) is not (7) + (11) + closed - taken: {where}; {got}, {total}")

    def _compare(self, table: figures.FigureTable, whole: Happenings, parts: Mapping[Key, Happenings], where: str) -> None:
        key = table.figure.key
        lines = {tuple(map(str, line.key)): line for line in table.lines}
        heaps = {tuple(map(str, name)): heap for name, heap in parts.items()}
        asked = [("total", table.total, whole)] + [
            (name, lines.get(name), heaps.get(name, Happenings())) for name in sorted({*lines, *heaps})
        ]
        for name, line, heap in asked:
            number, of = (COUNTS[key](heap), None) if key in COUNTS else (SHARES[key][0](heap), SHARES[key][1](heap))
            self.tally.numbers += 1
            got = (0, None if key in COUNTS else 0) if line is None else (line.number, line.of)
            if got != (number, of):
                raise UntrueError(f"{key} {name}: {got}, by hand {(number, of)}; {where}")
            if line is not None and key in SHARES and (line.value is None) != (of == 0):
                raise UntrueError(f"{key} {name}: {line.value} of {of}; {where}")

    def _list(self, table: figures.FigureTable, asked: figures.Asked, where: str) -> None:
        self.tally.listed += 1
        behind = cases.count_behind(key=table.figure.key, asked=asked)
        if behind != table.total.number:
            raise UntrueError(f"{table.figure.key}: {table.total.number}, listed {behind}; {where}")

    def _somewhere(self) -> tuple[int, date]:
        """Return a unit and a day: anywhere, or where and when something happened to a file, so that the edges of periods are met."""
        file = self.chance.choice([*self.files.values()]) if self.files else None
        if file is not None and file.days and file.row["agency_id"] is not None and self.chance.random() < 0.6:
            day = self.chance.choice(sorted(file.days))
            return self.chance.choice([file.row["agency_id"], *sorted(self.tree.above(file.row["agency_id"], day))]), day
        unit = self.chance.choice(self.provinces if self.chance.random() < 0.7 else [*self.tree.kinds])
        return unit, day_of(self.now) - DAY * self.chance.randrange(0, 60)

    def _some_days(self, day: date) -> tuple[Period, date | None]:
        """Return a period that begins on the day or has it somewhere, and perhaps the day on which one stops to look."""
        today = day_of(self.now)
        drawn = self.chance.random()
        if drawn < 0.25:
            kind = self.chance.choice((worktime.ReportingKind.MONTH, worktime.ReportingKind.MONTH, worktime.ReportingKind.QUARTER))
            period = worktime.reporting_period(kind, containing=day).period
        elif drawn < 0.45:
            period = Period(day.replace(day=1), (day.replace(day=28) + DAY * 4).replace(day=1))
        elif drawn < 0.6:
            period = Period(day, day + DAY)
        elif drawn < 0.65:
            period = Period(today - DAY * 300, today + DAY * self.chance.randrange(1, 40))
        else:
            period = Period(day, day + DAY * self.chance.randrange(1, 70))
        if drawn >= 0.65 and self.chance.random() < 0.3:
            period = Period(day - DAY * self.chance.randrange(1, 40), day)
        assert period.end is not None
        if self.chance.random() < 0.4:
            return period, period.start + DAY * self.chance.randrange((period.end - period.start).days + 5)
        return period, None

    def _only(self, by: Sequence[Dimension]) -> dict[Dimension, str]:
        if self.chance.random() < 0.7 or not self.files:
            return {}
        cut = self.chance.choice((Dimension.FIELD, Dimension.CHANNEL, Dimension.UNIT, Dimension.PROCEDURE))
        file = self.chance.choice([*self.files.values()])
        # A file of an old register may belong to no agency that is known here: no unit can be asked for it.
        if cut is Dimension.UNIT and (Dimension.LEVEL in by or file.row["agency_id"] is None):
            cut = Dimension.FIELD
        return {cut: str(_part(file, file.row["agency_id"], self.tree, cut))}


def _part(file: File, agency: object, tree: Tree, cut: Dimension) -> object:
    if cut is Dimension.UNIT:
        return agency
    if cut is Dimension.LEVEL:
        return tree.kinds[agency]
    return {Dimension.FIELD: file.field, Dimension.CHANNEL: file.channel, Dimension.PROCEDURE: file.procedure}[cut]


def _heap(file: File, agency: int, tree: Tree, by: Sequence[Dimension], only: Mapping[Dimension, str], month: str = "") -> Key | None:
    if any(str(_part(file, agency, tree, cut)) != value for cut, value in only.items()):
        return None
    return tuple(month if cut is Dimension.MONTH else _part(file, agency, tree, cut) for cut in by)


def _months(start: date, end: date) -> Iterator[tuple[str, date, date]]:
    while start < end:
        after = min((start.replace(day=28) + DAY * 4).replace(day=1), end)
        yield f"{start:%Y-%m}", start, after
        start = after


def walk(*, seed: int, operations: int, folder: Path, days: int, asked_every: int, verified_every: int) -> Tally:
    """Walk, and return what was done. Where a figure is untrue the seed and the number of the operation are told."""
    going, place = Walk(seed=seed, folder=folder, pace=days * 1440 / operations), 0
    try:
        while going.tally.operations < operations:
            going.step()
            place += 1
            if place % asked_every == 0:
                going.ask()
            if place % verified_every == 0:
                going.verify()
                print(f"{going.tally.operations} operations, {len(going.files)} files, {going.now:%d/%m/%Y}", flush=True)
            if place % (verified_every * 2) == 0:
                going.rebuild()
        going.ask()
        going.verify()
    except Exception as error:
        error.add_note(f"seed {seed}, operation {going.tally.operations}, {going.now}; {going.tally}")
        raise
    return going.tally
