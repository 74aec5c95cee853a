"""Random lives of cases, and a slow second opinion of what may happen to them.

Nothing here imports the rules of cases: the table, the rights, the limits and the arithmetic of the promise are written again by hand,
the days counted one by one (``tests.worktime.oracle``). Where the two disagree, one of them is wrong.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import connection, transaction

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.models import Case, Handover, Settlement
from cchc.documents.models import Paper
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime
from tests.cases.office import FIVE, TERMS, Office
from tests.worktime import oracle
from tests.world import citizen, intake

EDITOR = Actor.system("thử đổi lịch")
COUNTER = {"correct", "forward", "hand_over", "read", "receive"}
SIGNER = {"apologise", "approve", "assign", "extend", "read", "stop"}
HEAD = {"apologise", "assign", "extend", "process", "read"}
RIGHTS = {
    "nhan": COUNTER,
    "hoa": COUNTER | {"apologise", "extend", "stop"},
    "lan": HEAD,
    "son": HEAD,
    "phuc": {"process", "read"},
    "mai": {"process", "read"},
    "binh": {"process", "read"},
    "khai": SIGNER,
    "ngoc": SIGNER,
    "thu": {"read"},
    "tan": set(),
}
WORKERS, SIGNERS = ("phuc", "mai", "binh", "lan", "son"), ("khai", "ngoc")
UNIT_OF = {"phuc": "office", "mai": "office", "lan": "office", "binh": "economy", "son": "economy", "khai": "commune", "ngoc": "commune"}
RUNNING = {("accepted", "forward"), ("processing", "assign"), ("processing", "process"), ("processing", "approve")}
WAITING = {("awaiting_supplement", "applicant"), ("awaiting_supplement", "supplement"), ("awaiting_payment", "payment")}
WORK, SIGN, READY = ("processing", "process"), ("processing", "approve"), ("finished", "hand_over")
ENDS = {("returned", "closed"), ("refused", "closed"), ("refused", "hand_over"), ("withdrawn", "closed"), ("stopped", "closed")}
EVERYWHERE = RUNNING | WAITING | ENDS | {READY}
# act: where it may be done, with which right, and whether the file must lie in one's own hands.
TABLE = {
    "forward": ({("accepted", "forward")}, "forward", False),
    "assign": ({("processing", "assign")}, "assign", False),
    "submit": ({WORK}, "process", True),
    "pass_to_next": ({WORK}, "process", True),
    "consult": ({WORK}, "process", True),
    "return_for_supplement": ({WORK}, "process", True),
    "ask_payment": ({WORK}, "process", True),
    "approve": ({SIGN}, "approve", True),
    "refuse_after_appraisal": ({SIGN}, "approve", True),
    "reassign": ({WORK, SIGN}, "assign", False),
    "recall": ({("processing", "assign"), WORK, SIGN}, "read", False),
    "resume": ({("awaiting_supplement", "supplement")}, "receive", False),
    "accept_supplemented": ({("awaiting_supplement", "applicant")}, "receive", False),
    "confirm_payment": ({("awaiting_payment", "payment")}, "receive", False),
    "extend": (RUNNING, "extend", False),
    "hand_over": ({READY}, "hand_over", False),
    "announce": ({READY}, "hand_over", False),
    "hand_over_refusal": ({("refused", "hand_over")}, "hand_over", False),
    "correct": (RUNNING | WAITING, "correct", False),
    "correct_result": ({READY, ("returned", "closed")}, "approve", False),
    "withdraw": (RUNNING | WAITING, "receive", False),
    "stop": (RUNNING | WAITING, "stop", False),
    "refuse_unsupplemented": ({("awaiting_supplement", "applicant"), ("awaiting_supplement", "supplement")}, "stop", False),
    "apologise": (EVERYWHERE, "apologise", False),
    "record_loss": (EVERYWHERE, "apologise", False),
    "add_note": (EVERYWHERE, "read", False),
}
SEND_BACK = {WORK: ("process", True), SIGN: ("approve", True), ("processing", "assign"): ("assign", False)}
STEP_TERMS = {2: (2, "wd"), 3: (3, "wd"), 4: (4, "wh"), 5: None}
# How often an act is tried where it fits: lives go on more than they end, and less is said about them than done.
OFTEN = dict.fromkeys(["forward", "assign", "submit", "pass_to_next", "approve", "hand_over", "resume", "confirm_payment"], 9) | {
    "accept_supplemented": 9,
    **dict.fromkeys(["withdraw", "stop", "refuse_unsupplemented", "apologise", "record_loss", "add_note", "correct"], 0.6),
}
TAKEN_BACK = {"forward", "assign", "pass_to_next", "submit", "reassign", "send_back"}


_EVERYTHING = """
    SELECT c::text, k::text,
        (SELECT string_agg(h::text, ';' ORDER BY h.seq) FROM cases_handover h WHERE h.case_id = c.id),
        (SELECT string_agg(r::text, ';' ORDER BY r.id) FROM cases_request r WHERE r.case_id = c.id),
        (SELECT string_agg(a::text, ';' ORDER BY a.seq) FROM cases_apology a WHERE a.case_id = c.id),
        (SELECT string_agg(l::text, ';' ORDER BY l.id) FROM worktime_clockentry l WHERE l.clock_id = c.clock_id),
        (SELECT string_agg(p::text, ';' ORDER BY p.id) FROM documents_paper p WHERE p.stream = %(stream)s),
        (SELECT string_agg(e.id::text, ';' ORDER BY e.id) FROM audit_entry e JOIN audit_stream s ON s.id = e.stream_id WHERE s.name = %(stream)s)
    FROM cases_case c LEFT JOIN worktime_clock k ON k.id = c.clock_id WHERE c.code = %(code)s
"""


def naive(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def split(limit: str) -> tuple[int, str]:
    digits = "".join(letter for letter in limit if letter.isdigit())
    return int(digits), limit[len(digits) :]


def _refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as error:
        return error.message
    return ""


@dataclass
class Held:
    """One holding, as the model saw it."""

    act: str
    step: str
    unit: str | None
    post: str | None
    ordinal: int | None
    due: datetime | None
    by: str
    at: datetime
    received: bool = False
    ended: datetime | None = None


@dataclass
class Life:
    """What the model knows of one case. Times are naive, in Viet Nam."""

    code: str
    procedure: str
    stage: str
    step: str
    revision: int = 1
    due: tuple[datetime, date] | None = None
    first: tuple[datetime, date] | None = None
    unextended: datetime | None = None
    received: datetime | None = None
    paused: datetime | None = None
    finished: datetime | None = None
    returned: datetime | None = None
    closed_in_time: bool | None = None
    extensions: int = 0
    supplements: int = 0
    asked: int = 0
    announced: bool = False
    steps: list[Held] = field(default_factory=list)

    @property
    def limit(self) -> tuple[int, str] | None:
        return split(TERMS[self.procedure]) if TERMS[self.procedure] else None

    @property
    def place(self) -> tuple[str, str]:
        return self.stage, self.step

    @property
    def here(self) -> Held:
        return self.steps[-1]

    @property
    def late_from(self) -> datetime | None:
        if self.due is None or self.limit is None:
            return None
        if self.limit[1] == "wh":
            return self.due[0] + timedelta(microseconds=1)
        return datetime.combine(self.due[1] + timedelta(days=1), time())

    def broken(self, now: datetime) -> bool:
        """Say whether the promise is broken: by the result, by now, or by when it stopped running."""
        if self.late_from is None:
            return False
        if self.closed_in_time is not None:
            return not self.closed_in_time
        return (self.finished or self.paused or now) >= self.late_from

    @property
    def timeliness(self) -> str:
        assert self.finished is not None
        if self.late_from is not None and self.finished >= self.late_from:
            return "late"
        if self.unextended is not None and self.finished >= self.unextended:
            return "extended"
        if self.unextended is not None:
            return "early" if self.finished.date() < (self.unextended - timedelta(microseconds=1)).date() else "on_time"
        return "early" if self.due is not None and self.finished.date() < self.due[1] else "on_time"


class Walk:
    """A few cases living side by side, with a calendar that changes under them."""

    def __init__(self, office: Office, chance: random.Random, *, lives: int) -> None:
        self.office, self.chance, self.wanted = office, chance, lives
        self.now = datetime.combine(date(2026, 11, 2), time(8)) + timedelta(days=chance.randrange(45), minutes=chance.randrange(540))
        rows = [kept.row for year in (2026, 2027) for kept in worktime.days_of_year(year)]
        morning, afternoon = (7 * 60, 11 * 60 + 30), (13 * 60 + 30, 17 * 60)
        self.world = oracle.World(
            week={weekday: [morning, afternoon] for weekday in range(5)},
            off={row.day for row in rows if row.kind is not worktime.DayKind.MAKEUP_WORK},
            makeup={row.day: row.for_date for row in rows if row.kind is worktime.DayKind.MAKEUP_WORK and row.for_date},
            result_minute=16 * 60,
            cutoff=15 * 60,
        )
        self.lives: list[Life] = []
        self.unsettled: tuple[int, datetime] | None = None
        self.done, self.refused = Counter(), Counter()

    # --- the walk ------------------------------------------------------------------------------------------------------

    def run(self, *, acts: int) -> None:
        for _ in range(self.wanted):
            self._begin()
        for _ in range(acts * self.wanted):
            self._later()
            if self.chance.random() < 0.015:
                self._edit_calendar()
            if self.unsettled and self.chance.random() < 0.4:
                self._settle()
            open_ones = [life for life in self.lives if life.place not in ENDS - {("refused", "hand_over")}]
            self._act(self.chance.choice(open_ones if open_ones and self.chance.random() < 0.93 else self.lives))
        if self.unsettled:
            self._settle()
        self.check_all()

    def _later(self) -> None:
        minutes = self.chance.choice([0, 1, 3, 7, 20, 45, 90, 240, 600, 1440]) * self.chance.random()
        self.now += timedelta(minutes=round(minutes / max(1, self.wanted / 6)))

    @property
    def at(self) -> datetime:
        return self.now.replace(tzinfo=VIETNAM)

    def _begin(self) -> None:
        self._later()
        procedure = self.chance.choice([*TERMS, FIVE])
        actor, how = self.office.actor(self.chance.choice(["nhan", "hoa"])), self.chance.random()
        form = intake(procedure, owner=citizen(), missing=(1,) if how > 0.8 else ())
        who = next(name for name, value in self.office.world.actors.items() if value is actor)
        if how <= 0.8:
            code = cases.receive(actor=actor, at=self.at, intake=form)
            life = Life(code, procedure, "accepted", "forward")
            self._accept(life, who, act="receive")
        elif how <= 0.95:
            code = cases.ask_supplement(actor=actor, at=self.at, intake=form, items=["Đơn"], reason="Thiếu")
            life = Life(code, procedure, "awaiting_supplement", "applicant", asked=1)
            self._hold(life, "ask", who, "applicant", unit="centre")
        else:
            code = cases.refuse(actor=actor, at=self.at, intake=form, reason="Không thuộc thẩm quyền")
            life = Life(code, procedure, "refused", "closed")
            self._hold(life, "refuse", who, "closed")
        self.lives.append(life)
        self.done["intake"] += 1
        self.check(life)

    def _accept(self, life: Life, who: str, *, act: str) -> None:
        life.received = self.now
        if life.limit is not None:
            life.due = life.first = oracle.due(self.world, self.now, *life.limit)
        life.stage, life.step = "accepted", "forward"
        self._hold(life, act, who, "forward", unit="centre", ordinal=1 if life.procedure == FIVE else None, due=..., forward=True)

    def _hold(self, life: Life, act: str, who: str, step: str, *, unit=None, post=None, ordinal=None, due=None, forward=False) -> None:
        """Close the holding that is open and open the next."""
        if life.steps and life.here.ended is None:
            life.here.ended = self.now
            life.here.received = life.here.received or act not in {"recall", "reassign"}
        if due is ... and not forward:
            term = STEP_TERMS[ordinal] if ordinal is not None else None
            due = oracle.due(self.world, self.now, *term)[0] if term else None
        life.step = step
        life.steps.append(Held(act, step, unit, post, ordinal, due, who, self.now, ended=self.now if unit is None else None))

    # --- the calendar --------------------------------------------------------------------------------------------------

    def _edit_calendar(self) -> None:
        day = self.now.date() + timedelta(days=self.chance.randint(-4, 12))
        taken = day in self.world.off or day in self.world.makeup
        if taken or self.unsettled:
            return
        worktime.set_day(actor=EDITOR, at=self.at, day=day, kind=worktime.DayKind.HOLIDAY, name="Nghỉ thử", source="Quyết định thử")
        self.world.off.add(day)
        self.world._worked.clear()
        version = worktime.load_calendar().version
        run = cases.open_settlement(calendar_version=version, at=self.at, actor_post=EDITOR.post, reason=f"Nghỉ {day}")
        self.unsettled = (run, self.now)
        self.done["calendar edited"] += 1

    def _settle(self) -> None:
        assert self.unsettled is not None
        (run, asked), moved = self.unsettled, []
        self.unsettled = None
        for life in self.lives:
            if life.place not in RUNNING or life.due is None or life.late_from is None or asked >= life.late_from:
                continue
            due = oracle.settled(self.world, *life.due, life.limit[1])
            if due != life.due:
                life.due = due
                life.revision += 1
                moved.append(life.code)
        cases.settle(settlement_id=run, at=self.at)
        assert cases.settle(settlement_id=run, at=self.at) == len(Settlement.objects.get(pk=run).moves.all())
        assert set(moved) <= set(Settlement.objects.get(pk=run).moves.values_list("case__code", flat=True))
        self.done["settled"] += len(moved)
        for life in self.lives:
            self.check(life)

    # --- one act -------------------------------------------------------------------------------------------------------

    def _act(self, life: Life) -> None:
        fitting = [name for name, (places, *_) in TABLE.items() if life.place in places]
        if life.place in SEND_BACK:
            fitting.append("send_back")
        if self.chance.random() < 0.8:
            (act,) = self.chance.choices(fitting, [OFTEN.get(name, 3) for name in fitting])
        else:
            act = self.chance.choice([*TABLE, "send_back"])
        right, in_hand = SEND_BACK.get(life.place, ("process", True)) if act == "send_back" else TABLE[act][1:]
        able = [name for name, rights in RIGHTS.items() if right in rights]
        who = self.chance.choice(able if self.chance.random() < 0.85 else [*RIGHTS])
        if in_hand and life.here.post and self.chance.random() < 0.8:
            who = life.here.post
        allowed = (
            right in RIGHTS[who]
            and (life.place in SEND_BACK if act == "send_back" else life.place in TABLE[act][0])
            and not (in_hand and life.here.post not in (None, who))
        )
        seen = life.revision
        if act != "add_note" and self.chance.random() < 0.03:
            seen, allowed = life.revision + self.chance.choice([-1, 1, 7]), False
        do, may, effect = getattr(self, f"_{act}")(life, who, None if act == "add_note" else seen)
        expected = allowed and may
        before = None if expected else self._snapshot(life)
        refusal = _refusal(do)
        if refusal:
            assert not expected, f"{act} by {who} at {life.place} ({self.now}) was refused: {refusal}"
            assert self._snapshot(life) == before, f"refused {act} left something behind"
            self.refused[act] += 1
            return
        assert expected, f"{act} by {who} at {life.place} ({self.now}) went through; it must not"
        if effect is not None:
            effect()
            life.revision += 1
        self.done[act] += 1
        self.check(life)

    def _call(self, name: str, life: Life, who: str, seen: int | None, **more):
        fresh = {} if seen is None else {"seen": seen}
        operation, actor, at = getattr(cases, name), self.office.actor(who), self.at
        return lambda: operation(actor=actor, at=at, code=life.code, **fresh, **more)

    def _move(self, life: Life, act: str, who: str, stage: str, step: str, **place):
        def effect() -> None:
            life.stage = stage
            self._hold(life, act, who, step, **place)

        return effect

    def _forward(self, life, who, seen):
        unit = self.chance.choice(["office", "economy"])
        do = self._call("forward", life, who, seen, unit_id=self._unit(unit))
        first = 2 if life.procedure == FIVE else None
        return do, True, self._move(life, "forward", who, "processing", "assign", unit=unit, ordinal=first, due=...)

    def _unit(self, name: str) -> int:
        return self.office.economy.id if name == "economy" else getattr(self.office.world, name).id

    def _assign(self, life, who, seen):
        to = self.chance.choice(WORKERS)
        do = self._call("assign", life, who, seen, post_id=self.office.post(to))
        now = life.here
        return (
            do,
            True,
            self._move(life, "assign", who, "processing", "process", unit=UNIT_OF[to], post=to, ordinal=now.ordinal, due=now.due),
        )

    def _submit(self, life, who, seen):
        to, ordinal = self.chance.choice(SIGNERS), life.here.ordinal
        do = self._call("submit", life, who, seen, post_id=self.office.post(to))
        place = {"unit": "commune", "post": to, "ordinal": 4 if ordinal is not None else None, "due": ...}
        return do, ordinal != 2, self._move(life, "submit", who, "processing", "approve", **place)

    def _pass_to_next(self, life, who, seen):
        unit, ordinal = self.chance.choice(["office", "economy"]), life.here.ordinal
        do = self._call("pass_to_next", life, who, seen, unit_id=self._unit(unit))
        return do, ordinal == 2, self._move(life, "pass_to_next", who, "processing", "assign", unit=unit, ordinal=3, due=...)

    def _consult(self, life, who, seen):
        def effect() -> None:
            life.here.received = True

        return self._call("consult", life, who, seen, unit_id=self.office.economy.id, question="Ý kiến?"), True, effect

    def _nothing(self) -> None:
        """Leave the model as it is: the act moves nothing but the revision."""

    def _pause(self, life: Life, act: str, who: str, stage: str, step: str):
        def effect() -> None:
            life.stage, life.paused = stage, self.now
            if act == "return_for_supplement":
                life.supplements, life.asked = life.supplements + 1, life.asked + 1
            self._hold(life, act, who, step, unit="centre", ordinal=life.here.ordinal)

        return effect

    def _return_for_supplement(self, life, who, seen):
        last = life.received.date() if life.received else self.now.date()
        for _ in range(3):
            last += timedelta(days=1)
            while not self.world.worked(last):
                last += timedelta(days=1)
        may = life.supplements < 1 and life.asked < 2 and self.now.date() <= last
        do = self._call("return_for_supplement", life, who, seen, items=["Trích lục"], reason="Thiếu")
        return do, may, self._pause(life, "return_for_supplement", who, "awaiting_supplement", "supplement")

    def _ask_payment(self, life, who, seen):
        do = self._call("ask_payment", life, who, seen, amount=10_000, reason="Thông báo 1")
        return do, True, self._pause(life, "ask_payment", who, "awaiting_payment", "payment")

    def _resume(self, life, who, seen):
        return self._call("resume", life, who, seen), True, lambda: self._go_on(life, "resume", who, restart=True)

    def _confirm_payment(self, life, who, seen):
        do = self._call("confirm_payment", life, who, seen, receipt="BL 1")
        return do, True, lambda: self._go_on(life, "confirm_payment", who, restart=False)

    def _go_on(self, life: Life, act: str, who: str, *, restart: bool) -> None:
        paused, life.paused = life.paused, None
        if life.due is not None:
            assert paused is not None
            assert life.limit is not None
            assert life.late_from is not None
            before, saved = life.late_from, life.unextended is not None and paused >= life.unextended
            if paused < before:
                life.due = oracle.due(self.world, self.now, *life.limit) if restart else self._shifted(life, paused)
                if restart and not saved:
                    life.unextended = None
                elif life.unextended is not None and not saved:
                    life.unextended += life.late_from - before
        held = next(item for item in reversed(life.steps) if item.step == "process")
        life.stage = "processing"
        self._hold(life, act, who, "process", unit=held.unit, post=held.post, ordinal=held.ordinal, due=...)

    def _shifted(self, life: Life, paused: datetime) -> tuple[datetime, date]:
        assert life.due is not None
        assert life.limit is not None
        unit = life.limit[1]
        due_at, day = oracle.settled(self.world, *life.due, unit)
        if self.now == paused:
            return due_at, day
        if unit == "wh":
            left = oracle.minutes_between(self.world, paused, due_at)
            return oracle._hours(self.world, self.now, left) if left else (self.now, self.now.date())
        today = self.now.date()
        if unit != "wd":
            return self._result(day + (today - paused.date()))
        left, at = 0, paused.date()
        while at < day:
            at += timedelta(days=1)
            left += bool(self.world.worked(at))
        for _ in range(left):
            today += timedelta(days=1)
            while not self.world.worked(today):
                today += timedelta(days=1)
        return self._result(today)

    def _result(self, day: date) -> tuple[datetime, date]:
        while not self.world.worked(day):
            day += timedelta(days=1)
        return datetime.combine(day, time(16)), day

    def _accept_supplemented(self, life, who, seen):
        papers = [cases.PaperGiven(ordinal=1, given=True, originals=1)]
        return self._call("accept_supplemented", life, who, seen, papers=papers), True, lambda: self._accept(life, who, act="accept")

    def _extend(self, life, who, seen):
        until = (life.due[1] if life.due else self.now.date()) + timedelta(days=self.chance.randint(-1, 9))
        may = False
        if life.due is not None and life.limit is not None:
            notice = life.due[1] - timedelta(days=1)
            while not self.world.worked(notice):
                notice -= timedelta(days=1)
            kept = oracle.settled(self.world, *life.due, life.limit[1])
            may = (
                not life.broken(self.now)
                and life.extensions < 1
                and self.now.date() <= notice
                and until > kept[1]
                and bool(self.world.worked(until))
            )

        def effect() -> None:
            life.unextended = life.unextended or life.late_from
            life.due, life.extensions = self._result(until), life.extensions + 1

        return self._call("extend", life, who, seen, until=until, reason="Chờ xác minh"), may, effect

    def _finish(self, life: Life, act: str, who: str, stage: str):
        def effect() -> None:
            life.finished, life.stage = self.now, stage
            self._hold(life, act, who, "hand_over", unit="centre")

        return effect

    def _approve(self, life, who, seen):
        return self._call("approve", life, who, seen, number="1/QĐ"), True, self._finish(life, "approve", who, "finished")

    def _refuse_after_appraisal(self, life, who, seen):
        do = self._call("refuse_after_appraisal", life, who, seen, reason="Không đủ điều kiện")
        return do, True, self._finish(life, "refuse_after_appraisal", who, "refused")

    def _over(self, life: Life, act: str, who: str, stage: str):
        def effect() -> None:
            life.stage, life.returned = stage, life.returned or self.now
            self._hold(life, act, who, "closed")

        return effect

    def _hand_over(self, life, who, seen):
        return self._call("hand_over", life, who, seen, receiver="Ngọc"), True, self._over(life, "hand_over", who, "returned")

    def _hand_over_refusal(self, life, who, seen):
        do = self._call("hand_over_refusal", life, who, seen, receiver="Ngọc")
        return do, True, self._over(life, "hand_over_refusal", who, "refused")

    def _announce(self, life, who, seen):
        may = not life.announced and life.due is not None and life.finished is not None and life.finished.date() < life.due[1]

        def effect() -> None:
            life.announced = True

        return self._call("announce", life, who, seen, note="Gọi điện"), may, effect

    def _correct(self, life, who, seen):
        correction = cases.Correction(owner=citizen(), request=f"Sửa lần {life.revision}")
        return self._call("correct", life, who, seen, correction=correction, reason="Gõ nhầm"), True, self._nothing

    def _correct_result(self, life, who, seen):
        return (
            self._call("correct_result", life, who, seen, reason="Sai tên"),
            True,
            self._move(life, "correct_result", who, "finished", "hand_over", unit="centre"),
        )

    def _closing(self, life: Life, act: str, who: str, stage: str):
        def effect() -> None:
            if life.late_from is not None:
                life.closed_in_time = (life.paused or self.now) < life.late_from
            life.stage = stage
            self._hold(life, act, who, "closed")

        return effect

    def _withdraw(self, life, who, seen):
        do = self._call("withdraw", life, who, seen, asked_by="Chủ hồ sơ, đơn 1/12", reason="", fee_remark="Không thu phí")
        return do, True, self._closing(life, "withdraw", who, "withdrawn")

    def _stop(self, life, who, seen):
        do = self._call("stop", life, who, seen, reason="Trùng hồ sơ", fee_remark="Không thu phí")
        return do, True, self._closing(life, "stop", who, "stopped")

    def _refuse_unsupplemented(self, life, who, seen):
        do = self._call("refuse_unsupplemented", life, who, seen, reason="Không bổ sung")
        return do, True, self._closing(life, "refuse_unsupplemented", who, "refused")

    def _apologise(self, life, who, seen):
        kind = self.chance.choice([cases.ApologyKind.LATE, cases.ApologyKind.ERROR])
        may = kind is cases.ApologyKind.ERROR or life.broken(self.now)
        return self._call("apologise", life, who, seen, kind=kind, reason="Lỗi"), may, self._nothing

    def _record_loss(self, life, who, seen):
        return self._call("record_loss", life, who, seen, what="Ảnh", remedy="Chụp lại"), True, self._nothing

    def _add_note(self, life, who, seen):
        return self._call("add_note", life, who, seen, text="Ghi chú"), True, None

    def _send_back(self, life, who, seen):
        seq = self.chance.randint(1, len(life.steps) + 1)
        target = life.steps[seq - 1] if seq <= len(life.steps) else None
        may = (
            target is not None
            and target.ended is not None
            and target.unit is not None
            and target.step in {"process", "assign"}
            and not (target.ordinal is not None and life.here.ordinal is not None and target.ordinal > life.here.ordinal)
        )
        do = self._call("send_back", life, who, seen, to_seq=seq, reason="Thiếu")
        effect = None
        if target is not None:
            step = "process" if target.post else "assign"
            effect = self._move(
                life, "send_back", who, "processing", step, unit=target.unit, post=target.post, ordinal=target.ordinal, due=...
            )
        return do, may, effect

    def _reassign(self, life, who, seen):
        to = self.chance.choice(SIGNERS if life.step == "approve" else WORKERS)
        now = life.here
        do = self._call("reassign", life, who, seen, post_id=self.office.post(to), reason="Cân đối")
        place = {"unit": UNIT_OF[to], "post": to, "ordinal": now.ordinal, "due": now.due}
        return do, to != now.post, self._move(life, "reassign", who, "processing", life.step, **place)

    def _recall(self, life, who, seen):
        now, before = life.here, life.steps[-2] if len(life.steps) > 1 else None
        may = (
            before is not None
            and now.act in TAKEN_BACK
            and now.by == who
            and not now.received
            and self.now - now.at <= timedelta(minutes=30)
        )
        effect = None
        if before is not None:
            stage = "accepted" if before.step == "forward" else "processing"
            place = {"unit": before.unit, "post": before.post, "ordinal": before.ordinal, "due": before.due}
            effect = self._move(life, "recall", who, stage, before.step, **place)
        return self._call("recall", life, who, seen), may, effect

    # --- what must hold ------------------------------------------------------------------------------------------------

    def _snapshot(self, life: Life) -> object:
        """Return everything written of a life, in one look."""
        with connection.cursor() as cursor:
            cursor.execute(_EVERYTHING, {"code": life.code, "stream": f"case:{life.code}"})
            return cursor.fetchone()

    def check(self, life: Life) -> None:
        """Compare the row, the clock and the model."""
        row = Case.objects.select_related("clock").get(code=life.code)

        def there(value: datetime | None) -> datetime | None:
            return naive(value) if value else None

        due = (there(row.due_at), row.due_date) if row.due_at else None
        first = (there(row.first_due_at), row.first_due_date) if row.first_due_at else None
        ordinal = life.here.ordinal
        found = (row.stage, row.step, row.revision, due, there(row.late_from), first, there(row.unextended), row.extensions, row.ordinal)
        told = (life.stage, life.step, life.revision, life.due, life.late_from, life.first, life.unextended, life.extensions, ordinal)
        assert found == told, f"{life.code} {life.procedure} at {self.now}: {found} != {told}"
        if life.step != "forward":
            assert there(row.step_due_at) == life.here.due, f"{life.code}: step due {row.step_due_at} != {life.here.due}"
        post = self.office.post(life.here.post) if life.here.post else None
        assert row.holder_post_id == post
        assert there(row.finished_at) == life.finished
        assert there(row.returned_at) == life.returned
        if row.clock is not None:
            assert (row.clock.due_at, row.clock.due_date) == (row.due_at, row.due_date)

    def check_all(self) -> None:
        """Look at the whole of every life at its end."""
        for life in self.lives:
            self.check(life)
            self._check_holdings(life)
            report = audit.verify(stream=f"case:{life.code}")
            assert report.holds, life.code
            if life.finished is not None:
                view = self.office.view(life.code, at=self.at)
                assert view.row.timeliness == life.timeliness, f"{life.code}: {view.row.timeliness} != {life.timeliness}"
        assert worktime.inconsistencies() == ()
        numbers: dict[tuple[int, str, int], list[int]] = {}
        for unit, series, year, number in Paper.objects.values_list("unit_id", "series", "year", "number"):
            numbers.setdefault((unit, series, year), []).append(number)
        for series, given in numbers.items():
            assert sorted(given) == list(range(1, len(given) + 1)), f"{series}: a gap or a double"
        codes = [life.code for life in self.lives]
        assert len(set(codes)) == len(codes)

    def _check_holdings(self, life: Life) -> None:
        rows = list(Handover.objects.filter(case__code=life.code).order_by("seq"))
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
        assert [row.step for row in rows] == [item.step for item in life.steps]
        assert [row.received_at is not None for row in rows] == [item.received for item in life.steps], life.code
        for before, after in pairwise(rows):
            assert before.ended_at is not None
            assert before.ended_at == after.at or before.to_unit_id is None
        assert (rows[-1].ended_at is None) == (life.step != "closed")


def walk(office: Office, *, seed: int, lives: int, acts: int) -> Walk:
    """Walk some lives and roll all of it back; a failure names its seed."""
    walker = Walk(office, random.Random(seed), lives=lives)
    try:
        with transaction.atomic():
            walker.run(acts=acts)
            transaction.set_rollback(True)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    return walker
