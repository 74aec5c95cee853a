"""The stage and the players: units, people in their posts, and who may come to the counter. All through the faces."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from cchc.cases import api as cases
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.local import at as at_local
from cchc.kernel.text import fold
from cchc.organisations import api as organisations

BUILDER = Actor.system("dựng cảnh mẫu")
_MARK = "Đặt ra cho cảnh mẫu, không phải mã chính thức"
_PHONES = ("0900000", "0911000", "0922000", "0933000", "0944000", "0977000", "0988000")
_ADULT, _OLDEST = 18, 82

# Somebody as an actor at a moment.
Entrance = Callable[[datetime], Actor]


@dataclass
class Agency:
    """One agency of the demo with its units by key, and its people as actors by role and unit key."""

    key: str
    unit_id: int
    place: str
    villages: tuple[str, ...]
    units: dict[str, int] = field(default_factory=dict)
    _actors: dict[tuple[str, str], list[Actor]] = field(default_factory=dict)
    _entrances: dict[tuple[str, str], Entrance] = field(default_factory=dict)

    def add(self, role: str, unit: str, enter: Entrance, *, at: datetime) -> None:
        """Let somebody take the stage."""
        self._actors.setdefault((role, unit), []).append(enter(at))
        self._entrances.setdefault((role, unit), enter)

    def anew(self, role: str, unit: str, *, at: datetime) -> Actor:
        """Return the first who has the role in the unit, with the rights of that moment."""
        return self._entrances[role, unit](at)

    def who(self, role: str, unit: str) -> Actor:
        """Return the first who has the role in the unit."""
        return self._actors[role, unit][0]

    def counter_officers(self) -> list[Actor]:
        """Return everybody who receives."""
        return self._actors["counter_officer", "counter"]


@cache
def script(name: str) -> dict[str, Any]:
    """Return one file of ``seeds/demo``."""
    return tomllib.loads((Path(settings.SEEDS) / "demo" / f"{name}.toml").read_text(encoding="utf-8"))


def build() -> dict[str, Agency]:
    """Create the units and the people, and return the agencies by key."""
    cast = script("cast")
    since: date = cast["since"]
    at = at_local(since, time(7, 30))
    province = organisations.unit(cast["province"], on=since)
    agencies = {}
    for row in cast["agency"]:
        unit = _agency_unit(row, province.id, at, since)
        agency = Agency(key=row["key"], unit_id=unit.id, place=row["place"], villages=tuple(row["villages"]), units={"": unit.id})
        organisations.give_schedule(actor=BUILDER, at=at, unit_id=unit.id, schedule_code=cast["schedule"], since=since)
        for below in row["unit"]:
            made = organisations.create_unit(
                actor=BUILDER,
                at=at,
                kind=organisations.UnitKind(below["kind"]),
                name=below["name"],
                agency_code=below["agency_code"],
                agency_certainty=organisations.Certainty.INVENTED,
                parent_id=unit.id,
                since=since,
                note=_MARK,
            )
            agency.units[below["key"]] = made.id
        for person in row["person"]:
            agency.add(person["role"], person["unit"], _engaged(person, agency, at, since, cast["password"]), at=at)
        agencies[agency.key] = agency
    return agencies


def accounts() -> list[dict[str, str]]:
    """Return the people who can sign in: login, name, title, role, and the agency's place."""
    return [
        {key: person[key] for key in ("login", "name", "title", "role")} | {"place": row["place"]}
        for row in script("cast")["agency"]
        for person in row["person"]
        if person.get("account")
    ]


def applicant(agency: Agency, chance: Random, *, today: date) -> cases.PartyForm:
    """Return a made-up adult of the place; number, birth year and sex agree, and the phone is nobody's."""
    names = script("names")
    woman = chance.random() < 0.5  # noqa: PLR2004 (one half)
    kind = names["women" if woman else "men"]
    full_name = " ".join((chance.choice(names["family"]), chance.choice(kind["middle"]), chance.choice(kind["given"])))
    born = date(chance.randint(today.year - _OLDEST, today.year - _ADULT - 1), chance.randint(1, 12), chance.randint(1, 28))
    century = 2 * (born.year // 100 - 19) + woman
    return cases.PartyForm(
        full_name=full_name,
        identity_number=f"042{century}{born.year % 100:02d}{chance.randint(0, 999_999):06d}",
        birth_date=born,
        phone=f"{chance.choice(_PHONES)}{chance.randint(0, 999):03d}" if chance.random() < 0.8 else "",  # noqa: PLR2004 (most have one)
        address=f"{chance.choice(agency.villages)}, {agency.place}",
    )


def unit_for(field_name: str) -> str:
    """Return the key of the unit that processes a field of work."""
    words = fold(field_name)
    return next((key for key, fields in script("story")["unit"].items() if any(fold(item) in words for item in fields)), "office")


def _agency_unit(row: dict[str, Any], province_id: int, at: datetime, since: date) -> organisations.UnitView:
    invented = organisations.Certainty.INVENTED
    if "commune" in row:
        unit = organisations.unit(row["commune"], on=since)
        return organisations.give_agency_code(
            actor=BUILDER,
            at=at,
            unit_id=unit.id,
            agency_code=row["agency_code"],
            certainty=invented,
            note=_MARK,
        )
    return organisations.create_unit(
        actor=BUILDER,
        at=at,
        kind=organisations.UnitKind.DEPARTMENT,
        name=row["name"],
        agency_code=row["agency_code"],
        agency_certainty=invented,
        parent_id=province_id,
        since=since,
        note=_MARK,
    )


def _engaged(row: dict[str, Any], agency: Agency, at: datetime, since: date, password: str) -> Entrance:
    person = identity.create_person(
        actor=BUILDER,
        at=at,
        login=row["login"],
        full_name=row["name"],
        password=password if row.get("account") else None,
    )
    identity.appoint(
        actor=BUILDER,
        at=at,
        person=person,
        unit_id=agency.units[row["unit"]],
        role=row["role"],
        title=row["title"],
        since=since,
    )
    return lambda moment: identity.actor_for(person, at=moment)
