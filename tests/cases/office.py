"""A larger office for the lives of cases: a second division, the head of the centre, and procedures of every kind of term."""

from dataclasses import dataclass
from datetime import datetime

from cchc.cases import api as cases
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitKind, UnitView
from cchc.procedures import api as procedures
from cchc.procedures.api import Channel, OutcomeDraft, StepDraft, StepKind
from tests.world import FOUNDED, NOW, World, intake

_SYSTEM = Actor.system("dựng cảnh kiểm thử")
FIVE = "9.500001"
# By code: the term of the counter. A procedure without a term makes no promise.
TERMS = {"9.500002": "3wd", "9.500003": "0wd", "9.500004": "12wh", "9.500005": "10d", "9.500006": "1m", "9.500007": "", FIVE: "10wd"}
STEPS = (
    StepDraft("Tiếp nhận", StepKind.INTAKE, time="2wh", outcomes=(OutcomeDraft("Đủ", 2),)),
    StepDraft("Thẩm định", StepKind.PROCESS, time="2wd", outcomes=(OutcomeDraft("Đạt", 3),)),
    StepDraft("Kiểm tra thực địa", StepKind.PROCESS, time="3wd", outcomes=(OutcomeDraft("Đạt", 4), OutcomeDraft("Trả lại", 2))),
    StepDraft("Ký", StepKind.APPROVE, time="4wh", outcomes=(OutcomeDraft("Đã ký", 5), OutcomeDraft("Trả lại", 3))),
    StepDraft("Trả kết quả", StepKind.RETURN, outcomes=(OutcomeDraft("Đã trả"),)),
)
MORE = (
    ("hoa", "Trần Thị Hoa", "centre", "centre_head", "Giám đốc Trung tâm"),
    ("son", "Lê Hồng Sơn", "economy", "unit_head", "Trưởng phòng Kinh tế"),
    ("binh", "Phạm Thanh Bình", "economy", "case_officer", "Công chức địa chính"),
    ("mai", "Cao Thị Mai", "office", "case_officer", "Công chức văn phòng"),
    ("ngoc", "Ngô Văn Ngọc", "commune", "signer", "Chủ tịch UBND"),
)


@dataclass
class Office:
    """The world, with what was added to it."""

    world: World
    economy: UnitView

    def actor(self, who: str) -> Actor:
        """Return somebody of the cast."""
        return self.world.actors[who]

    def post(self, who: str) -> int:
        """Return the post of somebody of the cast."""
        return self.world.people[who].id

    def receive(self, code: str = "9.500002", *, at: datetime = NOW, **changes: object) -> str:
        """Accept a case of a procedure at the counter."""
        return cases.receive(actor=self.actor("nhan"), at=at, intake=intake(code, **changes))  # type: ignore[arg-type]

    def processing(self, code: str = "9.500002", *, at: datetime = NOW, to: str = "phuc") -> str:
        """Accept a case and bring it to an officer, all at one moment."""
        made = self.receive(code, at=at)
        cases.forward(actor=self.actor("nhan"), at=at, code=made, unit_id=self.world.office.id)
        cases.assign(actor=self.actor("lan"), at=at, code=made, post_id=self.post(to))
        return made

    def signing(self, code: str = "9.500002", *, at: datetime = NOW) -> str:
        """Bring a case before the signer."""
        made = self.processing(code, at=at)
        cases.submit(actor=self.actor("phuc"), at=at, code=made, post_id=self.post("khai"))
        return made

    def view(self, code: str, *, at: datetime = NOW, who: str = "lan") -> cases.CaseView:
        """Look at a case."""
        return cases.case(code=code, actor=self.actor(who), at=at)


def enlarge(world: World) -> Office:
    """Add the second division, the people and the procedures."""
    economy = organisations.create_unit(
        actor=_SYSTEM,
        at=NOW,
        kind=UnitKind.OFFICE,
        name="Phòng Kinh tế xã Vũ Quang",
        agency_code="H27.112.03",
        parent_id=world.commune.id,
        since=FOUNDED,
    )
    units = {"centre": world.centre.id, "economy": economy.id, "office": world.office.id, "commune": world.commune.id}
    for login, name, unit, role, title in MORE:
        person = identity.create_person(actor=_SYSTEM, at=NOW, login=login, full_name=name, password="thu-nghiem-kinh-te-2026")
        identity.appoint(actor=_SYSTEM, at=NOW, person=person, unit_id=units[unit], role=role, title=title, since=FOUNDED)
        world.people[login] = identity.posts_of(person.pk, on=NOW.date())[0]
    # Units are known to an actor when it signs in: everybody signs in anew.
    for login in world.people:
        world.actors[login] = signed_in(login)
    for code, limit in TERMS.items():
        publish(code, limit, STEPS if code == FIVE else ())
    return Office(world, economy)


def signed_in(login: str, *, at: datetime = NOW) -> Actor:
    """Return somebody as they act on a day: with the delegations and the units of then."""
    from cchc.identity.models import Person  # noqa: PLC0415 (models need Django to be set up)

    return identity.actor_for(Person.objects.get(login=login), at=at)


def publish(code: str, limit: str, steps: tuple[StepDraft, ...] = ()) -> None:
    """Publish a procedure with one optional paper and this term at the counter."""
    term = (
        procedures.TermDraft(channel=Channel.COUNTER, limit=limit)
        if limit
        else procedures.TermDraft(channel=Channel.COUNTER, absence=procedures.TermAbsence.NOT_SET)
    )
    draft = procedures.VersionDraft(
        code=code,
        title=f"Thủ tục thử {code}",
        field_name="Lĩnh vực thử",
        origin="thử",
        case_types=(
            procedures.CaseTypeDraft(
                papers=(procedures.PaperDraft("Đơn đề nghị"), procedures.PaperDraft("Giấy ủy quyền", is_required=False))
            ),
        ),
        terms=(term,),
        steps=steps,
        decision="Quyết định thử",
    )
    procedures.publish_version(actor=_SYSTEM, at=NOW, draft=draft, valid_from=FOUNDED)


def moment(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    """Return a moment of 2026 in Viet Nam."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def naive(instant: datetime) -> datetime:
    """Return what a clock on a wall in Viet Nam shows."""
    return instant.astimezone(VIETNAM).replace(tzinfo=None)
