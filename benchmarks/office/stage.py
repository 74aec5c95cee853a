"""The stage of a benchmark: two communes with their people, and a register of old cases as an import would leave them.

Units, people and living cases are made through the faces. Old cases are written by COPY in the shape of an imported register, with
an owner each, and with their journal entries through the journal's own face.
"""

import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import connection, transaction

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.models import Case, Party, Register
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.bulk import copy_rows
from cchc.kernel.local import VIETNAM
from cchc.kernel.text import fold, vi_key
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures

PASSWORD = "do-toc-do-mot-cua-2026"  # noqa: S105 (of a database that is thrown away)
SINCE = date(2026, 1, 1)
COMMUNES = {"18313": "H27.901", "18322": "H27.902"}
PROCEDURE = "1.004873"
SYSTEM = Actor.system("đo tốc độ")
COUNTERS = 4
REGISTER = "so-do-toc-do"
BATCH = 5_000
# Of the old cases, these belong to the agency that is measured; the others lie around it in the same tables.
SHARE = 0.3
# Of its cases of the last two months some are open still: one in fifty of all.
OPEN = 0.02
YEARS = 3
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trương", "Đoàn")
MIDDLE = (
    "Văn",
    "Thị",
    "Hữu",
    "Đình",
    "Thị Bích",
    "Thị Thanh",
    "Quốc",
    "Xuân",
    "Minh",
    "Ngọc",
    "Thanh",
    "Đức",
    "Thị Mỹ",
    "Công",
    "Thị Hồng",
)
GIVEN = (
    *("An", "Bình", "Châu", "Dung", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hiền", "Hòa", "Hoa", "Hùng", "Hương", "Khánh", "Lan", "Liên"),
    *("Linh", "Long", "Mai", "Nam", "Nga", "Ngọc", "Nhàn", "Oanh", "Phúc", "Phương", "Quang", "Quý", "Sơn", "Tâm", "Thảo", "Thu", "Thủy"),
    *("Tiến", "Trang", "Tuấn", "Uyên", "Vân", "Việt", "Vinh", "Yến"),
)


@dataclass
class Cast:
    """Who and what there is: the measured agency, the logins of its counter officers and of its head, and the other agencies."""

    agency_id: int
    centre_id: int
    office_id: int
    others: list[int]
    actors: dict[str, Actor] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)

    @property
    def counters(self) -> list[str]:
        """The logins that receive."""
        return [login for login in self.actors if login.startswith("quay-")]


def people() -> Cast:
    """Make the units and the people in the open database, which has the reference data."""
    now, agencies, below = datetime.now(UTC), [], {}
    for commune, code in COMMUNES.items():
        unit = organisations.unit(commune, on=now.date())
        organisations.give_agency_code(actor=SYSTEM, at=now, unit_id=unit.id, agency_code=code)
        agencies.append(unit.id)
        for kind, number in ((organisations.UnitKind.ONE_STOP, "01"), (organisations.UnitKind.OFFICE, "02")):
            below[unit.id, number] = organisations.create_unit(
                actor=SYSTEM,
                at=now,
                kind=kind,
                name=f"Đơn vị {code}.{number}",
                agency_code=f"{code}.{number}",
                parent_id=unit.id,
                since=SINCE,
            ).id
    made = Cast(agency_id=agencies[0], centre_id=below[agencies[0], "01"], office_id=below[agencies[0], "02"], others=agencies[1:])
    players = [(f"quay-{place}", made.centre_id, "counter_officer") for place in range(COUNTERS)]
    players += [(f"truong-{place}", made.office_id, "unit_head") for place in range(COUNTERS)]
    for login, unit_id, role in [*players, ("chuyen-vien", made.office_id, "case_officer")]:
        person = identity.create_person(actor=SYSTEM, at=now, login=login, full_name=name(random.Random(login)), password=PASSWORD)
        identity.appoint(actor=SYSTEM, at=now, person=person, unit_id=unit_id, role=role, title=login, since=SINCE)
        made.actors[login] = identity.actor_for(person, at=now)
    # Imported registers know only the agency; communes around it need no people.
    codes = [unit.id for unit in organisations.descendants_on(organisations.ancestors_on(made.agency_id, now.date())[0].id, now.date())]
    made.others += [unit_id for unit_id in codes if unit_id not in {*agencies, *below.values()}][:11]
    return made


def live(cast: Cast, number: int) -> None:
    """Receive some cases through the face and forward two of three; their codes are kept in the cast."""
    dice = random.Random(20261126)
    with transaction.atomic():
        for place in range(number):
            actor = cast.actors[cast.counters[place % COUNTERS]]
            at = datetime.now(UTC)
            code = cases.receive(actor=actor, at=at, intake=intake(name(dice), procedures.version_for(PROCEDURE, on=at.date())))
            if place % 3:
                cases.forward(actor=actor, at=at, code=code, unit_id=cast.office_id)
            cast.codes.append(code)


def intake(owner: str, version: procedures.VersionView) -> cases.Intake:
    """Return a complete file of one person."""
    papers = tuple(
        cases.PaperGiven(ordinal=place, given=True, originals=paper.originals, copies=paper.copies)
        for place, paper in enumerate(version.case_types[0].papers, start=1)
    )
    form = cases.PartyForm(full_name=owner, identity_number="042198000317", birth_date=date(1998, 2, 14), phone="0912000342")
    return cases.Intake(procedure=version.code, owner=form, papers=papers)


def name(dice: random.Random) -> str:
    """Return a name as people have."""
    return f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"


def old(cast: Cast, *, first: int, last: int, tell: Callable[[str], None]) -> None:
    """Add the old cases with the numbers from ``first`` until before ``last``, and let the planner know of them."""
    rows(cast, first=first, last=last, tell=tell)
    tables = "cases_case, cases_party, audit_stream, audit_entry, cases_handover, documents_paper, worktime_clock"
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {tables}")


def rows(cast: Cast, *, first: int, last: int, tell: Callable[[str], None] = lambda _line: None) -> None:
    """Add the old cases with these numbers: the case, its owner and its journal entry."""
    dice = random.Random(first)
    now = datetime.now(UTC)
    register = Register.objects.get_or_create(code=REGISTER, defaults={"name": "Sổ cũ của phép đo", "imported_at": now})[0]
    versions = _versions(now.date())
    for start in range(first, last, BATCH):
        made = list(_cases(range(start, min(start + BATCH, last)), register, cast, versions, dice, now))
        with transaction.atomic(), connection.cursor() as cursor:
            copy_rows(cursor, made)
            keys = dict(register.cases.filter(code__in=[case.code for case in made]).values_list("code", "pk"))
            copy_rows(cursor, [_owner(keys[case.code], dice) for case in made])
            audit.record_first([audit.Draft(stream=case.stream, act="imported", at=now, actor=SYSTEM, public=_told(case)) for case in made])
        if start // BATCH % 20 == 19:
            tell(f"{start + BATCH:,} old cases")


@cache
def _versions(day: date) -> tuple[procedures.VersionView, ...]:
    found = [procedures.version_for(hit.code, on=day) for hit in procedures.search("", on=day, limit=40)]
    assert found, "the reference data have procedures"
    return tuple(found)


def _cases(
    numbers: range, register: Register, cast: Cast, versions: tuple[procedures.VersionView, ...], dice: random.Random, now: datetime
) -> Iterator[Case]:
    for number in numbers:
        version = dice.choice(versions)
        ours = dice.random() < SHARE
        is_open = dice.random() < OPEN
        received = now - timedelta(days=dice.uniform(0, 60 if is_open else 365 * YEARS))
        days = dice.choice((1, 3, 5, 7, 10, 15, 20, 30))
        due = datetime.combine((received + timedelta(days=days)).astimezone(VIETNAM).date(), time(17), tzinfo=VIETNAM)
        # Nine of ten are done before the promise, the tenth within two weeks after it.
        spent = days * dice.uniform(0.05, 0.95) if dice.random() < 0.9 else days + dice.uniform(1, 14)
        finished = None if is_open else min(received + timedelta(days=spent), now)
        yield Case(
            register=register,
            code=f"DTD-{number:08}",
            secret=secrets.token_urlsafe(24),
            agency_id=cast.agency_id if ours else dice.choice(cast.others),
            version_id=version.id,
            procedure_code=version.code,
            title=version.title,
            field_name=version.field.name,
            channel=dice.choice((procedures.Channel.COUNTER, procedures.Channel.POST, procedures.Channel.ONLINE)),
            stage=cases.Stage.RETURNED if finished else cases.Stage.PROCESSING,
            step=cases.Step.CLOSED if finished else cases.Step.PROCESS,
            since=finished or received,
            filed_at=received,
            received_at=received,
            due_at=due,
            due_date=due.date(),
            late_from=datetime.combine(due.date() + timedelta(days=1), time.min, tzinfo=VIETNAM),
            finished_at=finished,
            returned_at=finished,
            imported=True,
        )


def _owner(case_id: int, dice: random.Random) -> Party:
    full = name(dice)
    return Party(
        case_id=case_id,
        role=cases.PartyRole.OWNER,
        kind=cases.PartyKind.CITIZEN,
        full_name=full,
        search_key=_folded(full),
        vi_key=_sorted(full),
        identity_number=f"042{dice.randint(0, 999_999_999):09}",
    )


_folded, _sorted = cache(fold), cache(vi_key)


def _told(case: Case) -> dict[str, Any]:
    moments = {"received_at": case.received_at, "due_at": case.due_at, "due_date": case.due_date, "finished_at": case.finished_at}
    return {"register": REGISTER, "stage": case.stage.value, **{key: at.isoformat() if at else None for key, at in moments.items()}}
