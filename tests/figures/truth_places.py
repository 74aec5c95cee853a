"""Where the files of the walk belong: communes of three provinces that are merged, split, moved, replaced, with people who work there."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from cchc.identity import api as identity
from cchc.kernel import bus
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitKind
from cchc.organisations.models import Unit, UnitParent
from tests.figures.truth_oracle import DAY, Tree, day_of

SYSTEM = Actor.system("thử số liệu")
OPENED, FIRST = date(2026, 1, 1), datetime(2026, 2, 16, 8, tzinfo=VIETNAM)
PROVINCES = ("42", "01", "48")
MOST_COMMUNES = 9


@dataclass
class Tally:
    """What a walk came to."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    followed: Counter[str] = field(default_factory=Counter)
    refreshed: int = 0
    rebuilt: int = 0
    verified: int = 0
    questions: int = 0
    numbers: int = 0
    listed: int = 0
    held: int = 0

    @property
    def operations(self) -> int:
        """Return how many operations were tried."""
        return self.done.total() + self.refused.total()


@dataclass(frozen=True)
class Team:
    """Who takes in, works on and signs files, in two units that stand under an agency, or under the one that took it over."""

    one_stop: int
    office: int
    counter: int
    officer: int
    signer: int


class Places:
    """The tree of units as it was changed, and the same in a table of our own."""

    def __init__(self, *, seed: int, folder: Path) -> None:
        self.folder, self.chance = folder, random.Random(seed)
        self.now, self.tree, self.tally = FIRST, Tree(), Tally()
        self.teams: list[Team] = []
        self.news: list[tuple[str, str, str]] = []
        self.number = 0
        self._found()

    def tried(self, kind: str, act: Callable[[], object]) -> bool:
        """Do it, or note that it was refused."""
        told = len(self.news)
        try:
            with transaction.atomic(), bus.handed_to(lambda *news: self.news.append(news)):
                act()
        except Refused:
            del self.news[told:]
            self.tally.refused[kind] += 1
            return False
        self.tally.done[kind] += 1
        return True

    def _found(self) -> None:
        """Create the agencies of three provinces, with people."""
        self.people = [
            identity.create_person(actor=SYSTEM, at=FIRST, login=login, full_name=name, password="so-lieu-dung-2026")
            for login, name in (("that1", "Lê Thị Nhận"), ("that2", "Trần Văn Làm"), ("that3", "Võ Thị Ký"))
        ]
        self.provinces = [organisations.unit(code, on=OPENED).id for code in PROVINCES]
        for place, province in enumerate(self.provinces):
            self._adopt(province)
            for _ in range(2 if place < 2 else 1):
                self._create(UnitKind.COMMUNE, province, OPENED)
        self._create(UnitKind.DEPARTMENT, self.provinces[0], OPENED)
        for code in ("18313", "18322"):
            # Two that have a past: they came into being on 1 July 2025.
            unit = organisations.unit(code, on=OPENED).id
            self._adopt(unit)
            organisations.give_agency_code(actor=SYSTEM, at=FIRST, unit_id=unit, agency_code=f"H27.9{code[-2:]}")
            self._staff(unit, OPENED)

    def _adopt(self, unit_id: int) -> None:
        """Take a unit of the reference data, and what stands above it, into the table."""
        if unit_id in self.tree.kinds:
            return
        unit = Unit.objects.get(pk=unit_id)
        first = unit.period.lower or date.min
        parents = list(UnitParent.objects.filter(unit=unit).order_by("period"))
        self.tree.born(unit.pk, unit.kind, parents[0].parent_id if parents else None, first)
        for row in parents[1:]:
            self.tree.moves(unit.pk, row.parent_id, row.period.lower)
        if unit.period.upper is not None:
            self.tree.ended[unit.pk] = unit.period.upper
        for row in parents:
            self._adopt(row.parent_id)

    def _create(self, kind: UnitKind, parent: int, since: date) -> int:
        self.number += 1
        unit = organisations.create_unit(
            actor=SYSTEM,
            at=self.now,
            kind=kind,
            name=f"Thật {self.number}",
            code=f"98{self.number:03}" if kind is UnitKind.COMMUNE else f"SO{self.number}",
            type_word="Xã" if kind is UnitKind.COMMUNE else "",
            agency_code=f"H27.7{self.number:03}",
            parent_id=parent,
            since=since,
        ).id
        self.tree.born(unit, kind.value, parent, since)
        self._staff(unit, since)
        return unit

    def _staff(self, agency: int, since: date) -> None:
        """Give an agency a counter and an office with an officer and a signer."""
        below = []
        for kind in (UnitKind.ONE_STOP, UnitKind.OFFICE):
            self.number += 1
            code = f"H27.8{self.number:03}"
            unit = organisations.create_unit(
                actor=SYSTEM, at=self.now, kind=kind, name=f"Nơi {self.number}", agency_code=code, parent_id=agency, since=since
            ).id
            self.tree.born(unit, kind.value, agency, since)
            below.append(unit)
        roles = (("counter_officer", below[0]), ("case_officer", below[1]), ("signer", below[1]))
        posts = [
            identity.appoint(actor=SYSTEM, at=self.now, person=person, unit_id=unit, role=role, title=role, since=since).pk
            for person, (role, unit) in zip(self.people, roles, strict=True)
        ]
        self.teams.append(Team(below[0], below[1], *posts))

    def _do_unit(self) -> None:
        """Change the tree, from a day before, on or after the one on which it is entered."""
        today = day_of(self.now)
        on = max(today + DAY * self.chance.choice((0, self.chance.randrange(-25, 1), self.chance.randrange(0, 20))), OPENED + DAY)
        here = self.tree.standing(on, "commune")
        ours = [unit for unit in here if any(self.tree.parent(team.office, on) == unit for team in self.teams)]
        kind = self.chance.choice(("move", "move", "move", "into", "new", "renew", "split", "create", "department"))
        if len(ours) < 3:
            kind = self.chance.choice(("create", "split"))
        elif len(ours) > MOST_COMMUNES:
            kind = self.chance.choice(("into", "new", "move"))
        getattr(self, f"_unit_{kind}")(on, ours)

    def _unit_move(self, on: date, here: Sequence[int]) -> None:
        unit, parent = self.chance.choice(here), self.chance.choice(self.provinces)
        if self.tried("unit moved", lambda: organisations.move_unit(actor=SYSTEM, at=self.now, unit_id=unit, parent_id=parent, on=on)):
            self.tree.moves(unit, parent, on)

    def _unit_department(self, on: date, _here: Sequence[int]) -> None:
        self._unit_move(on, self.tree.standing(on, "department"))

    def _unit_into(self, on: date, here: Sequence[int]) -> None:
        """Merge a commune into another, wherever the other stands."""
        old, into = self.chance.sample(here, 2)
        self._merge("unit merged into another", [old], into, on)

    def _unit_new(self, on: date, here: Sequence[int]) -> None:
        """Merge two communes into a new one."""
        olds = self.chance.sample(here, 2)
        self._merge("units merged into a new one", olds, self._newcomer(olds[0], same_code=self.chance.random() < 0.5), on)

    def _unit_renew(self, on: date, here: Sequence[int]) -> None:
        """Put a new commune in the place of one, with its code."""
        old = self.chance.choice(here)
        self._merge("unit replaced", [old], self._newcomer(old, same_code=True), on)

    def _newcomer(self, old: int, *, same_code: bool) -> organisations.NewUnit:
        self.number += 1
        code, agency_code = Unit.objects.values_list("code", "agency_code").get(pk=old)
        return organisations.NewUnit(
            kind=UnitKind.COMMUNE,
            name=f"Mới {self.number}",
            code=code if same_code else f"98{self.number:03}",
            type_word="Xã",
            parent_id=self.chance.choice(self.provinces),
            agency_code=agency_code if same_code else f"H27.7{self.number:03}",
        )

    def _merge(self, kind: str, olds: Sequence[int], into: organisations.NewUnit | int, on: date) -> None:
        made: list[organisations.UnitView] = []
        if not self.tried(kind, lambda: made.append(organisations.merge_units(actor=SYSTEM, at=self.now, unit_ids=olds, into=into, on=on))):
            return
        if isinstance(into, organisations.NewUnit):
            self.tree.born(made[0].id, "commune", into.parent_id, on)
        for old in olds:
            self.tree.ends(old, on, heir=made[0].id)

    def _unit_split(self, on: date, here: Sequence[int]) -> None:
        """Take a new commune out of one that goes on, or divide one into two; what cannot be divided goes to the first part."""
        old = self.chance.choice(here)
        goes_on = self.chance.random() < 0.5
        news = [self._newcomer(old, same_code=False) for _ in range(1 if goes_on else 2)]
        parts = [organisations.Part(old, is_default=True)] * goes_on
        parts += [organisations.Part(new, is_default=not goes_on and place == 0) for place, new in enumerate(news)]
        made: list[organisations.UnitView] = []
        if not self.tried(
            "unit split", lambda: made.extend(organisations.split_unit(actor=SYSTEM, at=self.now, unit_id=old, parts=parts, on=on))
        ):
            return
        for view, new in zip(made[goes_on:], news, strict=True):
            self.tree.born(view.id, "commune", new.parent_id, on)
        if not goes_on:
            self.tree.ends(old, on, heir=made[0].id)
        self.tried("unit staffed", lambda: self._staff(made[-1].id, on))

    def _unit_create(self, on: date, _here: Sequence[int]) -> None:
        self.tried("unit created", lambda: self._create(UnitKind.COMMUNE, self.chance.choice(self.provinces), on))
