"""What people do to lives, and what must come of it: the call, whether it may go through, and its effect on the model.

The days are counted one by one by ``tests.worktime.oracle``; the rules of cases are not asked.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from cchc.cases import api as cases
from cchc.cases.models import Settlement
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime
from tests.cases.lives import RUNNING, STEP_TERMS, TAKEN_BACK, UNIT_OF, Held, Life
from tests.cases.office import FIVE, Office
from tests.worktime import oracle
from tests.world import citizen, intake

EDITOR = Actor.system("thử đổi lịch")
ACCEPTED, ASKED, REFUSED = "receive", "ask", "refuse"
# What happened: the refusal's sentence or nothing, whether it must have gone through, and what it does to the model.
Act = tuple[Callable[[], object], bool, Callable[[], None] | None]


def refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as error:
        return error.message
    return ""


class Scene:
    """A few lives side by side, the clock, and a calendar that changes under them."""

    def __init__(self, office: Office, *, now: datetime) -> None:
        self.office, self.now = office, now
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

    @property
    def at(self) -> datetime:
        return self.now.replace(tzinfo=VIETNAM)

    def begin(self, procedure: str, who: str, how: str) -> Life:
        """Let somebody come to the counter: the file is taken in, sent home for a paper, or turned away."""
        actor, form = self.office.actor(who), intake(procedure, owner=citizen(), missing=() if how == ACCEPTED else (1,))
        if how == ACCEPTED:
            code = cases.receive(actor=actor, at=self.at, intake=form)
            life = Life(code, procedure, "accepted", "forward")
            self._accept(life, who, act="receive")
        elif how == ASKED:
            code = cases.ask_supplement(actor=actor, at=self.at, intake=form, items=["Đơn"], reason="Thiếu")
            life = Life(code, procedure, "awaiting_supplement", "applicant", asked=1)
            self._hold(life, "ask", who, "applicant", unit="centre")
        else:
            code = cases.refuse(actor=actor, at=self.at, intake=form, reason="Không thuộc thẩm quyền")
            life = Life(code, procedure, "refused", "closed")
            self._hold(life, "refuse", who, "closed")
        self.lives.append(life)
        return life

    def attempt(self, act: str, life: Life, who: str, seen: int | None, **how: object) -> Act:
        """Return the call of an act, whether it may go through where and by whom it is allowed, and its effect."""
        return getattr(self, f"_{act}")(life, who, seen, **how)

    def _accept(self, life: Life, who: str, *, act: str) -> None:
        life.received = self.now
        if life.limit is not None:
            life.due = life.first = oracle.due(self.world, self.now, *life.limit)
        life.stage, life.forward_by = "accepted", self._forward_by()
        stepped = {"ordinal": 1, "due": life.forward_by} if life.procedure == FIVE else {}
        self._hold(life, act, who, "forward", unit="centre", **stepped)

    def _forward_by(self) -> datetime:
        """Return the end of the day up to three in the afternoon, else the beginning of the next working day."""
        day = self.now.date()
        if self.world.worked(day) and self.now.time() <= time(15):
            return datetime.combine(day, time(17))
        day += timedelta(days=1)
        while not self.world.worked(day):
            day += timedelta(days=1)
        return datetime.combine(day, time(7))

    def _hold(self, life: Life, act: str, who: str, step: str, *, unit=None, post=None, ordinal=None, due=None) -> None:
        """Close the holding that is open and open the next."""
        if life.steps and life.here.ended is None:
            life.here.ended = self.now
            life.here.received = life.here.received or act not in {"recall", "reassign"}
        if due is ...:
            term = STEP_TERMS[ordinal] if ordinal is not None else None
            due = oracle.due(self.world, self.now, *term)[0] if term else None
        life.step = step
        life.steps.append(Held(act, step, unit, post, ordinal, due, who, self.now, ended=self.now if unit is None else None))

    # --- the calendar --------------------------------------------------------------------------------------------------

    def edit_calendar(self, day: date) -> bool:
        """Make a day a holiday, unless it is set already; say whether it was done."""
        if day in self.world.off or day in self.world.makeup:
            return False
        worktime.set_day(actor=EDITOR, at=self.at, day=day, kind=worktime.DayKind.HOLIDAY, name="Nghỉ thử", source="Quyết định thử")
        self.world.off.add(day)
        self.world._worked.clear()
        version = worktime.load_calendar().version
        run = cases.open_settlement(calendar_version=version, at=self.at, actor_post=EDITOR.post, reason=f"Nghỉ {day}")
        self.unsettled = (run, self.now)
        return True

    def settle(self) -> int:
        """Move the promises that the edit made impossible; return how many the model moved."""
        assert self.unsettled is not None
        (run, asked), moved = self.unsettled, []
        self.unsettled = None
        for life in self.lives:
            if life.place not in RUNNING or life.due is None or life.limit is None or life.late_from is None or asked >= life.late_from:
                continue
            due = oracle.settled(self.world, *life.due, life.limit[1])
            if due != life.due:
                life.due = due
                life.revision += 1
                moved.append(life.code)
        cases.settle(settlement_id=run, at=self.at)
        assert cases.settle(settlement_id=run, at=self.at) == len(Settlement.objects.get(pk=run).moves.all())
        assert set(moved) <= set(Settlement.objects.get(pk=run).moves.values_list("case__code", flat=True))
        return len(moved)

    # --- the acts ------------------------------------------------------------------------------------------------------

    def _call(self, name: str, life: Life, who: str, seen: int | None, **more):
        fresh = {} if seen is None else {"seen": seen}
        operation, actor, at = getattr(cases, name), self.office.actor(who), self.at
        return lambda: operation(actor=actor, at=at, code=life.code, **fresh, **more)

    def _move(self, life: Life, act: str, who: str, stage: str, step: str, **place):
        def effect() -> None:
            life.stage = stage
            self._hold(life, act, who, step, **place)

        return effect

    def _forward(self, life, who, seen, *, unit: str):
        do = self._call("forward", life, who, seen, unit_id=self._unit(unit))
        first = 2 if life.procedure == FIVE else None
        return do, True, self._move(life, "forward", who, "processing", "assign", unit=unit, ordinal=first, due=...)

    def _unit(self, name: str) -> int:
        return self.office.economy.id if name == "economy" else getattr(self.office.world, name).id

    def _assign(self, life, who, seen, *, to: str):
        do = self._call("assign", life, who, seen, post_id=self.office.post(to))
        now = life.here
        return (
            do,
            True,
            self._move(life, "assign", who, "processing", "process", unit=UNIT_OF[to], post=to, ordinal=now.ordinal, due=now.due),
        )

    def _submit(self, life, who, seen, *, to: str):
        ordinal = life.here.ordinal
        do = self._call("submit", life, who, seen, post_id=self.office.post(to))
        place = {"unit": "commune", "post": to, "ordinal": 4 if ordinal is not None else None, "due": ...}
        return do, ordinal != 2, self._move(life, "submit", who, "processing", "approve", **place)

    def _pass_to_next(self, life, who, seen, *, unit: str):
        ordinal = life.here.ordinal
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

    def _extend(self, life, who, seen, *, by_days: int):
        until = (life.due[1] if life.due else self.now.date()) + timedelta(days=by_days)
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

    def _apologise(self, life, who, seen, *, kind: cases.ApologyKind):
        may = kind is cases.ApologyKind.ERROR or life.broken(self.now)
        return self._call("apologise", life, who, seen, kind=kind, reason="Lỗi"), may, self._nothing

    def _record_loss(self, life, who, seen):
        return self._call("record_loss", life, who, seen, what="Ảnh", remedy="Chụp lại"), True, self._nothing

    def _add_note(self, life, who, seen):
        return self._call("add_note", life, who, seen, text="Ghi chú"), True, None

    def _send_back(self, life, who, seen, *, to_seq: int):
        target = life.steps[to_seq - 1] if to_seq <= len(life.steps) else None
        may = (
            target is not None
            and target.ended is not None
            and target.unit is not None
            and target.step in {"process", "assign"}
            and not (target.ordinal is not None and life.here.ordinal is not None and target.ordinal > life.here.ordinal)
        )
        do = self._call("send_back", life, who, seen, to_seq=to_seq, reason="Thiếu")
        effect = None
        if target is not None:
            step = "process" if target.post else "assign"
            effect = self._move(
                life, "send_back", who, "processing", step, unit=target.unit, post=target.post, ordinal=target.ordinal, due=...
            )
        return do, may, effect

    def _reassign(self, life, who, seen, *, to: str):
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
