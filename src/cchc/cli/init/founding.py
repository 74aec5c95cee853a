"""Found an office: its code, its units, its hours and its first administrator. All of it or nothing; never the demo."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction

from cchc.audit import api as audit
from cchc.cli import demo
from cchc.cli.init.office import Division, Office, the_territory
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, UnitKind, UnitView
from cchc.worktime import api as worktime

FOUNDER = Actor.system("thiết lập ban đầu")
STREAM = "office"
ROLE = "administrator"
_LONGEST = {"name": 180, "act": 120, "title": 120, "full_name": 120, "password": 1000}


@dataclass(frozen=True)
class Founded:
    """What there is now."""

    agency: UnitView
    units: tuple[UnitView, ...]
    login: str
    full_name: str
    schedule: worktime.Schedule
    portal_unit: str
    address: str

    @property
    def data(self) -> dict[str, Any]:
        """Return what is printed with ``--json``; no password."""
        return {
            "agency": _told(self.agency),
            "units": [_told(unit) for unit in self.units],
            "schedule": self.schedule.code,
            "administrator": {"login": self.login, "full_name": self.full_name, "role": ROLE},
            "portal_unit": self.portal_unit,
            "address": self.address or None,
        }


def must_be_empty() -> None:
    """Raise ``Refused`` where somebody works already, saying who."""
    if demo.is_there():
        raise Refused("Ở đây đang có cảnh mẫu. Muốn lập cơ quan thật thì chọn một thư mục dữ liệu khác: CCHC_HOME=/srv/cchc cchc init")
    founded = audit.entries(STREAM)
    if founded:
        told = founded[0].public
        raise Refused(
            f"Ở đây đã có cơ quan: {told['agency']} ({told['agency_code']}), lập ngày {founded[0].at:%d/%m/%Y}. Không thay đổi gì."
        )
    if identity.anybody():
        raise Refused("Ở đây đã có người dùng, nên không lập cơ quan mới. Không thay đổi gì.")


def found(office: Office, *, at: datetime, remembered: Path) -> Founded:
    """Write the office and return what there is. ``remembered`` is the file that keeps the portal's unit and address.

    One transaction through the faces of the modules; the file is written last and taken back when the transaction fails.
    Raises ``Refused`` where somebody works already or an answer will not do; the sentence begins with the place of the answer.
    """
    with _kept_or_taken_back(remembered), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cchc init'))")
        must_be_empty()
        founded = _founded(office, at)
        _remember(remembered, founded)
    return founded


def problem_with(act: Callable[[], object]) -> str:
    """Do it, undo it, and return the sentence of the refusal, or nothing: an answer is judged by the act that will take it."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except Refused as refusal:
        return refusal.message
    return ""


def named_agency(office: Office, at: datetime) -> UnitView:
    """Give the territory its agency code, or create the department below it, in the open transaction; return the agency."""
    if office.certainty is Certainty.OFFICIAL and not office.act:
        raise Refused("Mã chính thức phải kèm số quyết định cấp mã.", field="act")
    since = office.since or local_date(at)
    territory = the_territory(office.territory, since)
    if office.department:
        if territory.kind is not UnitKind.PROVINCE:
            raise Refused("Sở phải thuộc một tỉnh, thành phố: hãy ghi mã tỉnh.", field="territory")
        return organisations.create_unit(
            actor=FOUNDER,
            at=at,
            kind=UnitKind.DEPARTMENT,
            name=office.department,
            agency_code=office.agency_code,
            agency_certainty=office.certainty,
            parent_id=territory.id,
            since=since,
            act=office.act,
        )
    return organisations.give_agency_code(
        actor=FOUNDER, at=at, unit_id=territory.id, agency_code=office.agency_code, certainty=office.certainty, act=office.act
    )


def made_below(agency: UnitView, division: Division, *, at: datetime, since: date) -> UnitView:
    """Create one unit of the office, in the open transaction. Its code is proposed, not decided, and is marked so."""
    return organisations.create_unit(
        actor=FOUNDER,
        at=at,
        kind=division.kind,
        name=division.name,
        agency_code=division.agency_code,
        agency_certainty=Certainty.INVENTED,
        parent_id=agency.id,
        since=since,
    )


def _founded(office: Office, at: datetime) -> Founded:
    today = local_date(at)
    since = office.since or today
    _check_lengths(office)
    if since > today:
        raise Refused("[agency] since: ngày bắt đầu không thể ở tương lai.", field="agency.since")
    with _told_at("agency"):
        agency = named_agency(office, at)
        given = max(since, agency.since or since)
    with _told_at("schedule"):
        schedule = organisations.give_schedule(actor=FOUNDER, at=at, unit_id=agency.id, schedule_code=office.schedule, since=given)
    units = []
    for place, division in enumerate((office.one_stop, *office.divisions)):
        with _told_at(f"division {place}" if place else "one_stop"):
            units.append(made_below(agency, division, at=at, since=since))
    person = office.administrator
    with _told_at("administrator"):
        created = identity.create_person(actor=FOUNDER, at=at, login=person.login, full_name=person.full_name, password=person.password)
        identity.appoint(actor=FOUNDER, at=at, person=created, unit_id=agency.id, role=ROLE, title=person.title, since=today)
    portal_unit = units[0].agency_code or units[0].code
    audit.record(
        stream=STREAM,
        act="office_founded",
        at=at,
        actor=FOUNDER,
        public={"agency": agency.place, "agency_code": agency.agency_code, "units": [unit.code for unit in units]},
    )
    return Founded(agency, tuple(units), person.login.lower(), person.full_name, schedule, portal_unit, office.address)


@contextmanager
def _told_at(section: str) -> Iterator[None]:
    """Begin the sentence of a refusal with the place of the answer."""
    try:
        yield
    except Refused as error:
        if error.message.startswith("["):
            raise
        field, sentence = next(iter(error.problems.items())) if isinstance(error, Invalid) else (error.field, error.message)
        raise Refused(f"[{section}] {field}: {sentence}" if field else f"[{section}] {sentence}", field=f"{section}.{field}") from error


def _check_lengths(office: Office) -> None:
    said = [("act", office.act), ("name", office.department)]
    said += [("name", unit.name) for unit in (office.one_stop, *office.divisions)]
    said += [(name, getattr(office.administrator, name)) for name in ("title", "full_name", "password")]
    for name, text in said:
        if len(text) > _LONGEST[name]:
            raise Refused(f"{name}: tối đa {_LONGEST[name]} ký tự, đang có {len(text)}.", field=name)


@contextmanager
def _kept_or_taken_back(path: Path) -> Iterator[None]:
    """Leave the file as it was when what happens inside fails."""
    before = path.read_text(encoding="utf-8") if path.exists() else None
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            _write(path, before)
        raise


def _remember(path: Path, founded: Founded) -> None:
    """Keep what the pages must know before they ask the database, beside what an operator wrote; the environment says it louder."""
    said = {"CCHC_PORTAL_UNIT": founded.portal_unit}
    if founded.address:
        host = urlsplit(founded.address).hostname
        said |= {"CCHC_BASE_URL": founded.address, "CCHC_HOSTS": f"{host},127.0.0.1,localhost,[::1]"}
    heading = "# Kept by `cchc init`; docs/reference/environment.md says what may stand here. The environment comes first."
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else [heading]
    lines = [line for line in before if line.partition("=")[0].strip() not in said]
    _write(path, "\n".join([*lines, *(f"{name}={value}" for name, value in said.items())]) + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    working = path.with_name(f"{path.name}.{os.getpid()}")
    working.write_text(text, encoding="utf-8")
    working.replace(path)


def _told(unit: UnitView) -> dict[str, Any]:
    return {
        "name": unit.full_name,
        "place": unit.place,
        "kind": unit.kind,
        "code": unit.code,
        "agency_code": unit.agency_code,
        "certainty": unit.agency_certainty,
    }
