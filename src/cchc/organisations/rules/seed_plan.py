"""From lists of units before and after a reorganisation, and the map between them, to units, titles, places and lineage.

Pure: rows in, plan out. A unit that passed the reorganisation unchanged (one whole predecessor, the same code and the same
full name) is one unit that goes on under a new parent; everything else is a new unit. Shares of split units are not in the
map and stay unknown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from cchc.kernel.text import clean
from cchc.organisations.rules.codes import DIGITS
from cchc.organisations.rules.titles import full_name, parts, same_name
from cchc.organisations.terms import Certainty, Scheme, SuccessionKind, UnitKind

# A list, a code in it, and the first day of the unit (None: not known) identify a unit among the reference data.
Key = tuple[Scheme, str, date | None]
_WHOLE = Decimal(1)


@dataclass(frozen=True)
class Row:
    """One row of a reference file and where it stands."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cleaned value of a column, empty when the file has no such column."""
        return clean(self.values.get(column) or "")


@dataclass(frozen=True)
class Unplaced:
    """A row that could not be taken, and why, in Vietnamese."""

    file: str
    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class WantedTitle:
    """A title for a period."""

    since: date | None
    until: date | None
    type_word: str
    name: str
    act: str = ""
    note: str = ""

    @property
    def full_name(self) -> str:
        """Return the type word and the name."""
        return full_name(type_word=self.type_word, name=self.name)


@dataclass
class WantedUnit:
    """A unit as the reference data has it."""

    key: Key
    kind: UnitKind
    until: date | None
    titles: list[WantedTitle]
    parents: list[tuple[Key, date | None, date | None]] = field(default_factory=list)
    agency_code: str | None = None
    agency_certainty: str = ""
    area_km2: Decimal | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None


@dataclass(frozen=True)
class WantedEdge:
    """An edge of lineage as the reference data has it."""

    day: date
    kind: SuccessionKind
    predecessor: Key
    successor: Key
    share: Decimal | None
    is_default: bool
    act: str = ""
    note: str = ""
    certainty: Certainty = Certainty.OFFICIAL


@dataclass(frozen=True)
class Lists:
    """The rows of all files, and the day and acts of the reorganisation."""

    day: date
    provinces: Sequence[Row]
    communes: Sequence[Row]
    provinces_before: Sequence[Row]
    districts_before: Sequence[Row]
    communes_before: Sequence[Row]
    provinces_map: Sequence[Row]
    communes_map: Sequence[Row]
    changes: Sequence[Row]
    agency_codes: Sequence[Row]
    central_agencies: Sequence[Row]
    provinces_act: str = ""
    communes_act: str = ""


class Plan:
    """What the lists say, as units and edges, and the rows that could not be placed."""

    def __init__(self, lists: Lists) -> None:
        """Read the lists in the order in which they lean on each other."""
        self.units: dict[Key, WantedUnit] = {}
        self.edges: dict[tuple[Key, Key, date], WantedEdge] = {}
        self.unplaced: list[Unplaced] = []
        self._lists = lists
        self._unchanged = self._passed_unchanged()
        self._units_before()
        self._units_after()
        self._map(lists.provinces_map, lists.provinces_act)
        self._map(lists.communes_map, lists.communes_act)
        self._without_map()
        self._changes()
        self._agency_codes()
        self._central_agencies()

    def _refuse(self, row: Row, reason: str) -> None:
        self.unplaced.append(Unplaced(row.file, row.line, ",".join(value or "" for value in row.values.values()), reason))

    def _passed_unchanged(self) -> set[str]:
        lists = self._lists
        old = {row["code"]: row for row in (*lists.provinces_before, *lists.communes_before)}
        new = {row["code"]: row for row in (*lists.provinces, *lists.communes)}
        incoming: dict[str, list[Row]] = {}
        for row in (*lists.provinces_map, *lists.communes_map):
            incoming.setdefault(row["new_code"], []).append(row)
        return {
            code
            for code, rows in incoming.items()
            if len(rows) == 1
            and rows[0]["old_code"] == code
            and rows[0]["kind"] in ("", "whole")
            and code in old
            and code in new
            and same_name(one=_title(old[code]), other=_title(new[code]))
        }

    def _after(self, code: str) -> Key:
        return (Scheme.TERRITORY, code, None if code in self._unchanged else self._lists.day)

    def _before(self, code: str) -> Key:
        return (Scheme.TERRITORY, code, None)

    def _units_before(self) -> None:
        lists, day = self._lists, self._lists.day
        for row in lists.provinces_before:
            self._add(row, UnitKind.PROVINCE, self._before(row["code"]), None if row["code"] in self._unchanged else day)
        for row in lists.districts_before:
            unit = self._add(row, UnitKind.DISTRICT, self._before(row["code"]), day)
            self._under(unit, row, self._before(row["province_code"]), None, day)
        for row in lists.communes_before:
            unit = self._add(row, UnitKind.COMMUNE, self._before(row["code"]), None if row["code"] in self._unchanged else day)
            self._under(unit, row, self._before(row["district_code"]), None, day)

    def _units_after(self) -> None:
        lists, day = self._lists, self._lists.day
        for row in lists.provinces:
            self._add_after(row, UnitKind.PROVINCE)
        for row in lists.communes:
            unit = self._add_after(row, UnitKind.COMMUNE)
            self._under(unit, row, self._after(row["province_code"]), day, None)
            if unit is not None:
                unit.area_km2, unit.lat, unit.lon = (self._number(row, column) for column in ("area_km2", "lat", "lon"))

    def _add_after(self, row: Row, kind: UnitKind) -> WantedUnit | None:
        if row["code"] not in self._unchanged:
            return self._add(row, kind, self._after(row["code"]), None)
        # The newer list has the say on how the name of a unit that goes on is written.
        unit = self.units[self._after(row["code"])]
        unit.titles = [WantedTitle(None, None, row["title"], row["name"])]
        return unit

    def _add(self, row: Row, kind: UnitKind, key: Key, until: date | None) -> WantedUnit | None:
        if len(key[1]) != DIGITS[kind] or not key[1].isdigit() or not row["name"]:
            self._refuse(row, f"Mã {kind.label.lower()} phải gồm {DIGITS[kind]} chữ số và tên không được trống.")
            return None
        if key in self.units:
            self._refuse(row, "Mã này đã có ở một dòng trước.")
            return None
        self.units[key] = WantedUnit(key, kind, until, [WantedTitle(key[2], until, row["title"], row["name"])])
        return self.units[key]

    def _under(self, unit: WantedUnit | None, row: Row, parent: Key, since: date | None, until: date | None) -> None:
        if unit is None:
            return
        if parent not in self.units:
            self._refuse(row, f"Không có đơn vị cấp trên mang mã {parent[1]}; đơn vị được ghi nhưng chưa có cấp trên.")
            return
        unit.parents.append((parent, since, until))

    def _number(self, row: Row, column: str) -> Decimal | None:
        if not row[column]:
            return None
        try:
            return Decimal(row[column])
        except InvalidOperation:
            self._refuse(row, f"Cột {column} không phải là số.")
            return None

    def _map(self, rows: Sequence[Row], act: str) -> None:
        incoming: dict[str, int] = {}
        for row in rows:
            incoming[row["new_code"]] = incoming.get(row["new_code"], 0) + 1
        for row in rows:
            old, new = self._before(row["old_code"]), self._after(row["new_code"])
            missing = [key[1] for key in (old, new) if key not in self.units]
            if missing:
                self._refuse(row, f"Không có đơn vị mang mã {' và '.join(missing)}.")
                continue
            kind = self._kind(row, old, new, alone=incoming[row["new_code"]] == 1)
            if kind is None:
                continue
            split = kind is SuccessionKind.SPLIT
            self._edge(
                row,
                WantedEdge(
                    day=self._lists.day,
                    kind=kind,
                    predecessor=old,
                    successor=new,
                    share=None if split else _WHOLE,
                    is_default=not split or row["is_default"] == "1",
                    act=act,
                ),
            )

    def _kind(self, row: Row, old: Key, new: Key, *, alone: bool) -> SuccessionKind | None:
        if row["kind"] == "split":
            return SuccessionKind.SPLIT
        if row["kind"] not in ("", "whole", "whole_district"):
            self._refuse(row, f"Không hiểu kiểu «{row['kind']}»: phải là whole, split hoặc whole_district.")
            return None
        if old == new:
            return SuccessionKind.CONTINUED
        return SuccessionKind.REPLACED if alone else SuccessionKind.MERGED

    def _edge(self, row: Row, edge: WantedEdge) -> None:
        key = (edge.predecessor, edge.successor, edge.day)
        if key in self.edges:
            self._refuse(row, "Hai đơn vị này đã được nối vào cùng ngày ở một dòng trước.")
            return
        self.edges[key] = edge

    def _without_map(self) -> None:
        """Report the units of the lists that the map does not name: they would stand without past or future."""
        ends = {edge.predecessor for edge in self.edges.values()}
        begins = {edge.successor for edge in self.edges.values()}
        lists = self._lists
        for row in (*lists.provinces_before, *lists.communes_before):
            if self._before(row["code"]) in self.units and self._before(row["code"]) not in ends:
                self._refuse(row, "Không có trong bảng chuyển đổi: đơn vị được ghi nhưng chưa biết đơn vị kế tục.")
        for row in (*lists.provinces, *lists.communes):
            if self._after(row["code"]) in self.units and self._after(row["code"]) not in begins:
                self._refuse(row, "Không có trong bảng chuyển đổi: đơn vị được ghi nhưng chưa biết đơn vị tiền thân.")

    def _changes(self) -> None:
        for row in sorted(self._lists.changes, key=lambda row: row["date"]):
            try:
                day = date.fromisoformat(row["date"])
            except ValueError:
                self._refuse(row, "Ngày phải viết dạng 2026-04-30.")
                continue
            unit = next((unit for unit in self._bearers(row["code"]) if _holds(unit, day)), None)
            if unit is None:
                self._refuse(row, f"Không có đơn vị mang mã {row['code']} vào ngày này.")
            elif not same_name(one=unit.titles[-1].full_name, other=row["before"]) or (unit.titles[-1].since or date.min) >= day:
                self._refuse(row, f"Tên trước khi đổi không khớp: danh mục ghi «{unit.titles[-1].full_name}».")
            else:
                self._rename(row, unit, day)

    def _rename(self, row: Row, unit: WantedUnit, day: date) -> None:
        last = unit.titles.pop()
        type_word, name = parts(title=row["after"])
        unit.titles.append(WantedTitle(last.since, day, last.type_word, last.name, last.act, last.note))
        unit.titles.append(WantedTitle(day, unit.until, type_word, name, row["act"], row["note"]))
        certainty = Certainty.RECONSTRUCTED if "kiểm lại" in row["note"] else Certainty.OFFICIAL
        self._edge(
            row,
            WantedEdge(
                day,
                SuccessionKind.RENAMED,
                unit.key,
                unit.key,
                _WHOLE,
                is_default=True,
                act=row["act"],
                note=row["note"],
                certainty=certainty,
            ),
        )

    def _bearers(self, code: str) -> Iterator[WantedUnit]:
        for since in (None, self._lists.day):
            unit = self.units.get((Scheme.TERRITORY, code, since))
            if unit is not None:
                yield unit

    def _agency_codes(self) -> None:
        for row in self._lists.agency_codes:
            keys = {self._before(row["code_before_2025-07"])} | ({self._after(row["code"])} if row["code"] else set())
            for key in keys:
                if key not in self.units:
                    self._refuse(row, f"Không có tỉnh mang mã {key[1]}.")
                elif row["certainty"] not in Certainty.values():
                    self._refuse(row, f"Không hiểu mức độ chắc chắn «{row['certainty']}».")
                else:
                    self.units[key].agency_code, self.units[key].agency_certainty = row["agency_code"], row["certainty"]

    def _central_agencies(self) -> None:
        rows = list(self._lists.central_agencies)
        for row in rows:
            since, until = (date.fromisoformat(row[column]) if row[column] else None for column in ("since", "until"))
            key = (Scheme.AGENCY, row["agency_code"], since)
            self.units[key] = WantedUnit(
                key,
                UnitKind.MINISTRY,
                until,
                [WantedTitle(since, until, "", row["name"], note=row["source"])],
                agency_code=row["agency_code"],
                agency_certainty=row["certainty"],
            )
        for row in rows:
            if row["into"]:
                self._absorb(row, rows)

    def _absorb(self, row: Row, rows: Iterable[Row]) -> None:
        day = date.fromisoformat(row["until"])
        old = (Scheme.AGENCY, row["agency_code"], date.fromisoformat(row["since"]) if row["since"] else None)
        candidates = [
            (Scheme.AGENCY, other["agency_code"], date.fromisoformat(other["since"]) if other["since"] else None) for other in rows
        ]
        new = next((key for key in candidates if key[1] == row["into"] and _holds(self.units[key], day)), None)
        if new is None:
            self._refuse(row, f"Không có cơ quan mang mã {row['into']} vào ngày này.")
            return
        self._edge(
            row,
            WantedEdge(day, SuccessionKind.MERGED, old, new, _WHOLE, is_default=True, act=row["act"], certainty=Certainty.RECONSTRUCTED),
        )
        if (new[2] or date.min) < day and (new, new, day) not in self.edges:
            self._edge(
                row,
                WantedEdge(
                    day, SuccessionKind.CONTINUED, new, new, _WHOLE, is_default=True, act=row["act"], certainty=Certainty.RECONSTRUCTED
                ),
            )


def _title(row: Row) -> str:
    return full_name(type_word=row["title"], name=row["name"])


def _holds(unit: WantedUnit, day: date) -> bool:
    return (unit.key[2] is None or unit.key[2] <= day) and (unit.until is None or day < unit.until)
