"""A province over the two communes, with people who receive and sign there, and reports of the fourth quarter of 2026."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.reports import api as reports
from tests.cases.office import Office, signed_in
from tests.world import FOUNDED, NOW, PASSWORD

QUARTER = Period(date(2026, 9, 15), date(2026, 12, 15))
# The day after the cut-off, the due day of communes, and the day after it.
OPEN = datetime(2026, 12, 15, 8, 30, tzinfo=VIETNAM)
LATE = datetime(2026, 12, 17, 9, 0, tzinfo=VIETNAM)
FORM = "ii06a"
_SYSTEM = Actor.system("dựng cảnh kiểm thử")
MORE = (
    ("hanh", "Phan Thị Hạnh", "province", "reform_officer", "Chuyên viên Văn phòng UBND tỉnh"),
    ("dung", "Nguyễn Tiến Dũng", "province", "signer", "Phó Chủ tịch UBND tỉnh"),
    ("yen", "Hồ Thị Yến", "other", "reform_officer", "Công chức văn phòng"),
    ("bao", "Trần Gia Bảo", "other", "signer", "Chủ tịch UBND"),
)


@dataclass
class Tiers:
    """The office of the cast, the other commune, and the province above both."""

    office: Office
    province: organisations.UnitView

    def actor(self, who: str) -> Actor:
        """Return somebody of the cast."""
        return self.office.world.actors[who]


def tiers(office: Office) -> Tiers:
    """Build the province's office and give the communes people."""
    world = office.world
    province = organisations.ancestors_on(world.commune.id, NOW.date())[-1]
    chancery = organisations.create_unit(
        actor=_SYSTEM,
        at=NOW,
        kind=organisations.UnitKind.OFFICE,
        name="Văn phòng UBND tỉnh Hà Tĩnh",
        agency_code="H27.01",
        parent_id=province.id,
        since=FOUNDED,
    )
    units = {"province": chancery.id, "other": world.other_commune.id}
    for login, name, unit, role, title in MORE:
        person = identity.create_person(actor=_SYSTEM, at=NOW, login=login, full_name=name, password=PASSWORD)
        identity.appoint(actor=_SYSTEM, at=NOW, person=person, unit_id=units[unit], role=role, title=title, since=FOUNDED)
        world.people[login] = identity.posts_of(person.pk, on=NOW.date())[0]
    for login in world.people:
        world.actors[login] = signed_in(login)
    return Tiers(office, province)


def locked(tiers: Tiers, who: str = "thu", *, at: datetime = OPEN, basis: reports.Basis = reports.Basis.FIGURES) -> str:
    """Lock the quarter of somebody's agency."""
    return reports.lock_report(actor=tiers.actor(who), at=at, key="ii06", period=QUARTER, basis=basis)


def sent(tiers: Tiers, prepares: str = "thu", signs: str = "khai", *, at: datetime = OPEN) -> str:
    """Lock, sign and send the quarter of somebody's agency."""
    code = locked(tiers, prepares, at=at)
    seq = view(tiers, code, prepares, at=at).seq
    reports.sign_report(actor=tiers.actor(signs), at=at, code=code, seq=seq)
    reports.send_report(actor=tiers.actor(prepares), at=at, code=code, seq=seq)
    return code


def view(tiers: Tiers, code: str, who: str = "thu", *, at: datetime = OPEN, seq: int | None = None) -> reports.ReportView:
    """Look at a report."""
    return reports.report(code, actor=tiers.actor(who), at=at, seq=seq)
