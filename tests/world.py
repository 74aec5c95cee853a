"""The named cast: one commune of Hà Tĩnh with its one-stop centre, its office, and the people who work there.

Built through the faces, so it is legal by construction. Tests ask for the ``world`` fixture and speak its names.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from cchc.cases.api import Intake, PaperGiven, PartyForm
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitKind, UnitView
from cchc.procedures import api as procedures

PASSWORD = "mot-cua-vu-quang-2026"
# The Friday of the mock-ups: the following Tuesday, 24/11/2026, is a public holiday.
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
FOUNDED = date(2026, 1, 1)
MARITAL_STATUS = "1.004873"
CERTIFIED_COPY = "2.000815"
BIRTH = "1.001193"

_SYSTEM = Actor.system("dựng cảnh kiểm thử")


@dataclass
class World:
    """Who and what there is. Actors are as of ``NOW``."""

    commune: UnitView
    centre: UnitView
    office: UnitView
    other_commune: UnitView
    people: dict[str, identity.PostView] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def counter(self) -> Actor:
        """Lê Thị Thanh Nhàn, who receives and returns at counter 3."""
        return self.actors["nhan"]

    @property
    def head(self) -> Actor:
        """Võ Thị Lan, head of the office, who assigns."""
        return self.actors["lan"]

    @property
    def officer(self) -> Actor:
        """Nguyễn Hữu Phúc, who processes."""
        return self.actors["phuc"]

    @property
    def chairman(self) -> Actor:
        """Trần Đình Khải, who signs."""
        return self.actors["khai"]

    @property
    def stranger(self) -> Actor:
        """Hồ Sỹ Tân, counter officer of another commune."""
        return self.actors["tan"]

    @property
    def reader(self) -> Actor:
        """Đặng Thị Thu, reform officer, who may only read."""
        return self.actors["thu"]


CAST = (
    ("nhan", "Lê Thị Thanh Nhàn", "centre", "counter_officer", "Công chức tiếp nhận, quầy 3"),
    ("lan", "Võ Thị Lan", "office", "unit_head", "Chánh Văn phòng"),
    ("phuc", "Nguyễn Hữu Phúc", "office", "case_officer", "Công chức tư pháp, hộ tịch"),
    ("khai", "Trần Đình Khải", "commune", "signer", "Phó Chủ tịch UBND"),
    ("thu", "Đặng Thị Thu", "office", "reform_officer", "Công chức văn hóa, xã hội"),
    ("quantri", "Phan Văn Quý", "commune", "administrator", "Quản trị hệ thống"),
    ("tan", "Hồ Sỹ Tân", "other_centre", "counter_officer", "Công chức tiếp nhận"),
)


def build() -> World:
    """Create the units and people in the open transaction."""
    commune = _commune("18313", "H27.112")
    other = _commune("18322", "H27.113")
    units = {
        "commune": commune,
        "centre": _below(commune, UnitKind.ONE_STOP, "Trung tâm Phục vụ hành chính công xã Vũ Quang", "H27.112.01"),
        "office": _below(commune, UnitKind.OFFICE, "Văn phòng HĐND và UBND xã Vũ Quang", "H27.112.02"),
        "other_centre": _below(other, UnitKind.ONE_STOP, "Trung tâm Phục vụ hành chính công xã Mai Hoa", "H27.113.01"),
    }
    world = World(commune=commune, centre=units["centre"], office=units["office"], other_commune=other)
    for login, name, unit, role, title in CAST:
        person = identity.create_person(actor=_SYSTEM, at=NOW, login=login, full_name=name, password=PASSWORD)
        identity.appoint(actor=_SYSTEM, at=NOW, person=person, unit_id=units[unit].id, role=role, title=title, since=FOUNDED)
        world.people[login] = identity.posts_of(person.pk, on=NOW.date())[0]
        world.actors[login] = identity.actor_for(person, at=NOW)
    return world


def citizen(name: str = "Đỗ Thị Bích Ngọc", number: str = "042198000317", born: date | None = date(1998, 2, 14)) -> PartyForm:
    """Return an applicant whose identity number agrees with the birth date."""
    return PartyForm(
        full_name=name, identity_number=number, birth_date=born, phone="0912000342", address="Thôn 4, xã Vũ Quang, tỉnh Hà Tĩnh"
    )


def intake(code: str = MARITAL_STATUS, *, missing: tuple[int, ...] = (), **changes: object) -> Intake:
    """Return a sound intake of a procedure with all its papers but the ``missing`` ones (places from 1)."""
    version = procedures.version_for(code, on=NOW.date())
    papers = version.case_types[0].papers if version.case_types else ()
    given = tuple(
        PaperGiven(ordinal=place, given=place not in missing, originals=paper.originals, copies=paper.copies)
        for place, paper in enumerate(papers, start=1)
    )
    return Intake(**{"procedure": code, "owner": citizen(), "papers": given, **changes})  # type: ignore[arg-type]


def _commune(code: str, agency_code: str) -> UnitView:
    unit = organisations.unit(code, on=NOW.date())
    organisations.give_agency_code(actor=_SYSTEM, at=NOW, unit_id=unit.id, agency_code=agency_code)
    organisations.give_schedule(actor=_SYSTEM, at=NOW, unit_id=unit.id, schedule_code="hanh-chinh-tra-16h", since=FOUNDED)
    return organisations.unit(code, on=NOW.date())


def _below(parent: UnitView, kind: UnitKind, name: str, code: str) -> UnitView:
    return organisations.create_unit(
        actor=_SYSTEM,
        at=NOW,
        kind=kind,
        name=name,
        agency_code=code,
        parent_id=parent.id,
        since=FOUNDED,
    )
