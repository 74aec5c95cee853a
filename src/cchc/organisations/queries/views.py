"""A unit as readers see it on a day: its title of that day and where it stands. One query for any number of units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from cchc.editions.api import rests_on
from cchc.kernel.codes import legacy
from cchc.kernel.period import Period
from cchc.organisations.terms import Certainty, Scheme, UnitKind

# No unit stands this many levels below the top; the bound keeps a damaged table from going round for ever.
DEEPEST = 16

# Each unit is looked at on the day asked, or on the nearest day on which it existed.
_VIEWS = """
    WITH RECURSIVE asked AS (
        SELECT id AS unit_id, GREATEST(
            LEAST(%(day)s::date, COALESCE(upper(period) - 1, DATE '9999-12-31')),
            COALESCE(lower(period), DATE '0001-01-01')
        ) AS day
        FROM organisations_unit WHERE id = ANY(%(ids)s)
    ), up AS (
        SELECT unit_id, day, unit_id AS at_id, 0 AS depth FROM asked
        UNION ALL
        SELECT up.unit_id, up.day, p.parent_id, up.depth + 1
        FROM up JOIN organisations_unitparent p ON p.unit_id = up.at_id AND p.period @> up.day
        WHERE up.depth < %(deepest)s
    )
    SELECT up.unit_id, u.id, u.code, u.scheme, u.kind, u.agency_code, u.agency_certainty, lower(u.period), upper(u.period),
           COALESCE(t.type_word, ''), COALESCE(t.name, u.name), COALESCE(t.full_name, u.full_name)
    FROM up JOIN organisations_unit u ON u.id = up.at_id
    LEFT JOIN organisations_unittitle t ON t.unit_id = u.id AND t.period @> up.day
    ORDER BY up.unit_id, up.depth
"""


@dataclass(frozen=True)
class UnitView:
    """A unit on a day.

    ``path`` holds the full names of the units above it on that day, nearest first, and ``ancestor_ids`` their ids. ``since``
    is its first day, None when not known; ``until`` the first day without it, None while it goes on.
    """

    id: int
    code: str
    scheme: Scheme
    kind: UnitKind
    agency_code: str | None
    agency_certainty: Certainty | None
    type_word: str
    name: str
    full_name: str
    path: tuple[str, ...]
    ancestor_ids: tuple[int, ...]
    since: date | None
    until: date | None

    @property
    def period(self) -> Period:
        """Return the days of its existence; an unknown first day is the first of the calendar."""
        return Period(self.since or date.min, self.until)

    @property
    def place(self) -> str:
        """Return the name that tells it from its homonyms: ``Xã Gia Lâm, Thành phố Hà Nội``."""
        return ", ".join((self.full_name, *self.path))

    @property
    def authority(self) -> str:
        """Return who acts for it on papers: the People's Committee of a territory, else the unit itself."""
        if self.kind in {UnitKind.COMMUNE, UnitKind.PROVINCE}:
            return f"Ủy ban nhân dân {self.type_word.lower()} {self.name}"
        return self.full_name

    @property
    def legacy_agency_code(self) -> str | None:
        """Return the agency code as QCVN 102:2016 wrote it, or None when there is none or it does not fit."""
        if self.agency_code is None:
            return None
        try:
            return legacy(self.agency_code)
        except ValueError:
            return None

    @property
    def period_text(self) -> str:
        """Return the period in words: ``từ 01/07/2025``, ``đến hết 30/06/2025, chưa rõ từ ngày nào``."""
        start = f"từ {self.since:%d/%m/%Y}" if self.since else "chưa rõ từ ngày nào"
        if self.until is None:
            return start
        end = f"đến hết {self.until - timedelta(days=1):%d/%m/%Y}"
        return f"{start} {end}" if self.since else f"{end}, {start}"


def views_of(ids: Iterable[int], *, day: date | None) -> dict[int, UnitView]:
    """Return a view per id on the day; without a day, on the last day each unit is known. Unknown ids are left out."""
    wanted = tuple(dict.fromkeys(ids))
    return {view.id: view for view in _views(wanted, day)} if wanted else {}


@rests_on("organisations")
def _views(ids: tuple[int, ...], day: date | None) -> tuple[UnitView, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_VIEWS, {"ids": list(ids), "day": day or date.max, "deepest": DEEPEST})
        rows = cursor.fetchall()
    chains: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, *row in rows:
        chains.setdefault(unit_id, []).append(tuple(row))
    return tuple(_view(chain) for chain in chains.values())


def _view(chain: list[tuple[Any, ...]]) -> UnitView:
    unit_id, code, scheme, kind, agency_code, certainty, since, until, type_word, name, full_name = chain[0]
    return UnitView(
        id=unit_id,
        code=code,
        scheme=Scheme(scheme),
        kind=UnitKind(kind),
        agency_code=agency_code,
        agency_certainty=Certainty(certainty) if certainty else None,
        type_word=type_word,
        name=name,
        full_name=full_name,
        path=tuple(row[-1] for row in chain[1:]),
        ancestor_ids=tuple(row[0] for row in chain[1:]),
        since=since,
        until=until,
    )
