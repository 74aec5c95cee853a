"""A great many cases of every kind of term and in every state, and what the hand-written oracle says of the swap of 23/11/2026.

November is written out by hand here, and the promises are counted by ``tests.worktime.oracle``: nothing of the product's is asked.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from cchc.cases import api as cases
from tests.cases.lives import split
from tests.cases.office import FIVE, TERMS, Office, moment, naive
from tests.worktime import oracle
from tests.world import citizen, intake

MONDAY, SATURDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 25)
FRIDAY_EVENING, MONDAY_MORNING = moment(20, 16, 50), moment(23, 10)
HOLIDAY = date(2026, 11, 24)
KINDS = {"9.500003": "trong ngày", "9.500002": "3 ngày làm việc", FIVE: "10 ngày làm việc", "9.500004": "12 giờ làm việc"}
KINDS |= {"9.500005": "10 ngày", "9.500006": "1 tháng", "9.500007": "không thời hạn"}
# By procedure the days of receipt, as (month, day): most terms end on or about the Monday, some had ended long before.
RECEIVED = {
    "9.500002": [(11, 18)] * 4 + [(11, 17), (11, 19), (11, 20), (11, 16), (11, 10)],
    "9.500003": [(11, 20)] * 6 + [(11, 19), (11, 12)],
    "9.500004": [(11, 19)] * 4 + [(11, 20)] * 4 + [(11, 18), (11, 10)],
    "9.500005": [(11, 11), (11, 12), (11, 13), (11, 13), (11, 10), (11, 16), (11, 3)],
    "9.500006": [(10, 21), (10, 22), (10, 23), (10, 23), (10, 26), (10, 20), (10, 12)],
    "9.500007": [(11, 5), (11, 12), (11, 19)],
    FIVE: [(11, 9)] * 4 + [(11, 6), (11, 10), (11, 16), (11, 2)],
}
# A result of the same day is promised for the next one when the file comes after three; twelve hours from noon end early on a Monday.
LATER_HOURS = {"9.500003": (15 * 60 + 1, 16 * 60), "9.500004": (13 * 60 + 30, 16 * 60)}
FATES = {"counter": 32, "processing": 22, "extended": 14, "supplemented": 7, "supplement": 6, "payment": 6}
FATES |= {"returned": 4, "finished": 4, "withdrawn": 2, "stopped": 2, "incomplete": 2}
STATES = dict.fromkeys(["supplement", "payment", "incomplete"], "waiting")
STATES |= dict.fromkeys(["returned", "finished", "withdrawn", "stopped"], "over")
CONTACTS = {"email": 40, "phone": 40, "none": 10, "submitter": 10}
EXTENDED_TO = [date(2026, 11, day) for day in (20, 23, 23, 23, 25, 26, 27)]


def november(*, swapped: bool) -> oracle.World:
    """Return the calendar by hand: the commune's hours, results at four, and the one holiday; with the swap when ``swapped``."""
    hours = [(7 * 60, 11 * 60 + 30), (13 * 60 + 30, 17 * 60)]
    return oracle.World(
        week=dict.fromkeys(range(5), hours),
        off={HOLIDAY, MONDAY} if swapped else {HOLIDAY},
        makeup={SATURDAY: MONDAY} if swapped else {},
        result_minute=16 * 60,
        cutoff=15 * 60,
    )


@dataclass
class Filed:
    """One case as the test knows it; times are naive, in Viet Nam. ``counted`` is when its term was last counted from."""

    place: int
    procedure: str
    at: datetime
    fate: str
    contact: str
    elsewhere: bool
    restarts: datetime
    extended_to: date | None = None
    code: str = ""
    due: tuple[datetime, date] | None = None
    first: tuple[datetime, date] | None = None
    counted: datetime | None = None

    @property
    def state(self) -> str:
        return STATES.get(self.fate, "running")

    @property
    def unit(self) -> str:
        return split(TERMS[self.procedure])[1]

    @property
    def told_by(self) -> str:
        """Return how the applicant is told: by a message, by a call that an officer makes, or not at all."""
        return {"email": "email", "submitter": "email", "phone": "phone", "none": ""}[self.contact]

    def is_broken(self, at: datetime) -> bool:
        assert self.due is not None
        return naive(at) > self.due[0] if self.unit == "wh" else naive(at).date() > self.due[1]


def plan(count: int, *, seed: int = 2311) -> list[Filed]:
    """Return ``count`` cases to be, always the same ones."""
    chance, before, found = random.Random(seed), november(swapped=False), []
    for place in range(count):
        procedure = [*RECEIVED][place % len(RECEIVED)]
        month, day = chance.choice(RECEIVED[procedure])
        opens, closes = LATER_HOURS[procedure] if procedure in LATER_HOURS and chance.random() < 0.6 else (7 * 60 + 5, 16 * 60)
        minutes = chance.randrange(opens, closes)
        at = datetime.combine(date(2026, month, day), time()) + timedelta(minutes=minutes)
        (fate,), (contact,) = (chance.choices([*weights], weights.values()) for weights in (FATES, CONTACTS))
        again = naive(moment(chance.choice([18, 18, 19, 20]), 8 + chance.randrange(8), 10))
        restarts = min(max(at + timedelta(hours=1), again), naive(moment(20, 16, 45)))
        case = Filed(place, procedure, at, fate, contact, elsewhere=place % 23 == 0, restarts=restarts)
        to = chance.choice(EXTENDED_TO)
        if case.elsewhere or (procedure == FIVE and fate in {"finished", "returned"}):
            case.fate = "counter" if case.elsewhere else "processing"
        _promise(case, before, to)
        found.append(case)
    return found


def plan_on_monday(count: int, *, after: int) -> list[Filed]:
    """Return more cases, received on the Monday between seven and half past nine; places go on ``after`` the others."""
    chance, found = random.Random(count), []
    for place in range(after, after + count):
        at = datetime.combine(MONDAY, time(7)) + timedelta(minutes=chance.randrange(150))
        case = Filed(place, [*RECEIVED][place % len(RECEIVED)], at, "counter", chance.choice([*CONTACTS]), elsewhere=False, restarts=at)
        _promise(case, november(swapped=False), MONDAY)
        found.append(case)
    return found


def _promise(case: Filed, world: oracle.World, to: date) -> None:
    """Count what was promised before the swap, as the life of the case goes."""
    if not TERMS[case.procedure] or case.fate == "incomplete":
        case.fate = "counter" if case.fate in {"extended", "supplemented"} else case.fate
        return
    amount, unit = split(TERMS[case.procedure])
    case.due = case.first = oracle.due(world, case.at, amount, unit)
    case.counted = case.at
    if case.fate == "supplemented":
        case.due, case.counted = oracle.due(world, case.restarts, amount, unit), case.restarts
    if case.fate == "extended":
        notice = case.due[1] - timedelta(days=1)
        while not world.worked(notice):
            notice -= timedelta(days=1)
        if case.at.date() <= notice and to > case.due[1]:
            case.extended_to, case.due = to, (datetime.combine(to, time(16)), to)
        else:
            case.fate = "counter"


def file(office: Office, planned: Sequence[Filed]) -> None:
    """Bring the cases to life through the faces, in the order given."""
    forms = {code: intake(code) for code in TERMS}
    for case in planned:
        _live(office, case, forms[case.procedure])


def _live(office: Office, case: Filed, form: cases.Intake) -> None:
    def at(minutes: int) -> datetime:
        return moment(case.at.day, case.at.hour, case.at.minute, case.at.month) + timedelta(minutes=minutes)

    reach = {"email": {"phone": "", "email": f"nguoi{case.place}@example.vn"}, "none": {"phone": ""}}
    form = replace(form, owner=replace(citizen(), **reach.get(case.contact, {})), request=f"Việc số {case.place}")
    if case.contact == "submitter":
        form = replace(form, submitter=replace(citizen("Võ Thị Lành"), email=f"nopthay{case.place}@example.vn"))
    counter, head, officer = (office.actor(who) for who in ("tan" if case.elsewhere else "nhan", "lan", "phuc"))
    if case.fate == "incomplete":
        short = replace(form, papers=(replace(form.papers[0], given=False), *form.papers[1:]))
        case.code = cases.ask_supplement(actor=counter, at=at(0), intake=short, items=["Đơn đề nghị"], reason="Thiếu đơn")
        return
    case.code = code = cases.receive(actor=counter, at=at(0), intake=form)
    if case.fate in {"counter", "extended", "withdrawn", "stopped"}:
        _at_the_counter(office, case, at(10))
        return
    cases.forward(actor=counter, at=at(2), code=code, unit_id=office.world.office.id)
    cases.assign(actor=head, at=at(4), code=code, post_id=office.post("phuc"))
    if case.fate in {"supplement", "supplemented"}:
        cases.return_for_supplement(actor=officer, at=at(6), code=code, items=["Trích lục"], reason="Thiếu trích lục")
    if case.fate == "supplemented":
        again = case.restarts
        cases.resume(actor=counter, at=moment(again.day, again.hour, again.minute, again.month), code=code)
    if case.fate == "payment":
        cases.ask_payment(actor=officer, at=at(6), code=code, amount=10_000, reason="Thông báo 1")
    if case.fate in {"finished", "returned"}:
        cases.submit(actor=officer, at=at(6), code=code, post_id=office.post("khai"))
        cases.approve(actor=office.actor("khai"), at=at(8), code=code, number="1/QĐ")
    if case.fate == "returned":
        cases.hand_over(actor=counter, at=at(9), code=code, receiver="Ngọc")


def _at_the_counter(office: Office, case: Filed, at: datetime) -> None:
    if case.extended_to:
        cases.extend(actor=office.actor("lan"), at=at, code=case.code, until=case.extended_to, reason="Chờ xác minh")
    if case.fate == "withdrawn":
        actor = office.actor("nhan")
        cases.withdraw(actor=actor, at=at, code=case.code, asked_by="Chủ hồ sơ", reason="", fee_remark="Không thu phí")
    if case.fate == "stopped":
        cases.stop(actor=office.actor("khai"), at=at, code=case.code, reason="Trùng hồ sơ", fee_remark="Không thu phí")


@dataclass
class Expected:
    """What the swap does, by place: the moves with where they go, and why the others do not."""

    moves: dict[int, tuple[datetime, date]] = field(default_factory=dict)
    whys: dict[int, str] = field(default_factory=dict)


def foretell(planned: Sequence[Filed], *, decided: datetime) -> Expected:
    """Say by the oracle alone which promises move when the swap is decided at this moment."""
    after, told = november(swapped=True), Expected()
    for case in planned:
        if case.state != "running":
            told.whys[case.place] = "đang chờ" if case.state == "waiting" else "đã xong"
        elif case.due is None:
            told.whys[case.place] = "không hẹn"
        elif case.is_broken(decided):
            told.whys[case.place] = "đã trễ"
        elif (kept := oracle.settled(after, *case.due, case.unit)) != case.due:
            told.moves[case.place] = kept
        else:
            told.whys[case.place] = "giữ nguyên"
    return told


def recounted(planned: Sequence[Filed]) -> dict[int, date]:
    """Return where a fresh count on the swapped calendar would put each promise that was not extended: what must not happen."""
    world, found = november(swapped=True), {}
    for case in planned:
        if case.due is not None and case.counted is not None and case.extended_to is None:
            found[case.place] = oracle.due(world, case.counted, *split(TERMS[case.procedure]))[1]
    return found
