"""What becomes of a case. A plot is a generator: it yields the instant of its next act and is sent the instant when the clock is there."""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import datetime
from typing import Any

from cchc.cases import api as cases
from cchc.cli.demo.cast import script
from cchc.cli.demo.life import Life, begun, mistyped
from cchc.cli.demo.stage import Filing, Stage
from cchc.kernel.local import local_date

Plot = Generator[datetime, datetime, None]
Fate = Callable[[Stage, Filing, str], Plot]
ACTS = ("received", "forwarded", "assigned", "submitted", "approved", "returned")
_COMMUNE_UNITS = ("office", "economy", "society")


def immediate(stage: Stage, filing: Filing, fate: str = "immediate") -> Plot:
    """Received, done and handed over in one act."""
    moment = yield filing.at
    version = stage.version(filing.choice["code"], local_date(moment))
    code = cases.receive_immediate(actor=filing.counter, at=moment, intake=filing.intake(version))
    stage.told[code], stage.fates[code] = "immediate", fate


def refused(stage: Stage, filing: Filing, fate: str = "refused") -> Plot:
    """Not taken, in writing."""
    moment = yield filing.at
    version = stage.version(filing.choice["code"], local_date(moment))
    words = filing.chance.choice(script("story")["words"]["refusals"])
    code = cases.refuse(actor=filing.counter, at=moment, intake=filing.intake(version), reason=words["reason"], guidance=words["guidance"])
    stage.told[code], stage.fates[code] = "refused", fate


def supplemented(stage: Stage, filing: Filing, fate: str = "supplemented") -> Plot:
    """A paper is missing at the counter: asked for once and in full. They come back with it, do not, or are refused in the end."""
    moment = yield filing.at
    version = stage.version(filing.choice["code"], local_date(moment))
    whole = filing.intake(version)
    papers = version.case_types[whole.case_type - 1].papers if version.case_types else ()
    absent = [number for number, paper in enumerate(papers, start=1) if paper.is_required][-1:]
    code = cases.ask_supplement(
        actor=filing.counter,
        at=moment,
        intake=filing.intake(version, missing=absent),
        reason=script("story")["words"]["supplement"],
        items=[papers[number - 1].name for number in absent] or ["Bổ sung chữ ký của người nộp trong tờ khai"],
    )
    stage.told[code], stage.fates[code] = "supplement", fate
    if fate == "supplemented":
        moment = yield stage.hours.later(moment, filing.chance.randint(300, 1500))
        cases.accept_supplemented(actor=filing.counter, at=moment, code=code, papers=whole.papers)
        stage.told[code] = "received"
        life = Life(stage, filing, version, code, moment)
        moment = yield from life.to_officer(moment)
        yield from life.finished(moment)
    elif fate == "supplement_never":
        moment = yield stage.hours.later(moment, filing.chance.randint(4800, 6200))
        _refuse_unsupplemented(stage, filing, code, moment)


def scene(stage: Stage, filing: Filing, *, until: str) -> Plot:
    """Quickly to the hands that a written scene leaves the case in."""
    life = yield from begun(stage, filing, brief=True, fate="scene")
    left, moment = ACTS.index(until), life.received
    if left >= ACTS.index("forwarded"):
        moment = yield from life.forwarded(moment, slip=filing.choice.get("slip", False))
    if left >= ACTS.index("assigned"):
        moment = yield from life.assigned(moment)
    if left >= ACTS.index("submitted"):
        moment = yield from life.submitted(moment)
    if left >= ACTS.index("approved"):
        moment = yield from life.approved(moment)
    if left >= ACTS.index("returned"):
        yield from life.handed(moment)


def straight(stage: Stage, filing: Filing, fate: str = "straight") -> Plot:
    """From the counter to the result, some in the afternoon's batch, some with a note that only the office reads."""
    life = yield from begun(stage, filing, pace=filing.chance.uniform(0.25, 0.75), fate=fate)
    moment = yield from life.to_officer(life.received, slip=fate == "batched")
    if fate == "noted":
        moment = yield life.later(moment, 5, 40)
        cases.add_note(actor=life.worker(moment), at=moment, code=life.code, text=life.words("remarks"))
    yield from life.finished(moment)


def late(stage: Stage, filing: Filing, fate: str) -> Plot:
    """After the promise: with the head's apology, or with the one that the result brings along."""
    life = yield from begun(stage, filing, fate=fate)
    moment = yield from life.to_officer(life.received)
    promised = life.promised(moment)
    drafted = life.later(promised, 130, 1500)
    if fate == "late_apologised":
        moment = yield life.later(promised, 130, 200)
        _apologise(life, moment)
        drafted = life.later(moment, 60, 900)
    yield from life.finished(moment, drafted)


def returned(stage: Stage, filing: Filing, fate: str) -> Plot:
    """Appraisal finds something missing: the clock waits, and the whole term runs again when the paper is there."""
    life = yield from begun(stage, filing, pace=0.7, fate=fate)
    moment = yield from life.to_officer(life.received)
    moment = yield life.later(moment, 60, 400)
    cases.return_for_supplement(
        actor=life.worker(moment), at=moment, code=life.code, items=[life.words("missing")], reason=life.words("found_missing")
    )
    life.tell("awaiting_supplement")
    if fate == "returned_waiting":
        return
    if fate == "returned_never":
        moment = yield life.later(moment, 4800, 6200)
        _refuse_unsupplemented(stage, filing, life.code, moment)
        return
    moment = yield life.later(moment, 400, 2000)
    cases.resume(actor=life.counter, at=moment, code=life.code)
    life.tell("assigned")
    life.restarted(moment)
    yield from life.finished(moment)


def payment(stage: Stage, filing: Filing, fate: str) -> Plot:
    """The applicant pays what the tax office has set; the clock waits for it."""
    life = yield from begun(stage, filing, pace=0.7, fate=fate)
    moment = yield from life.to_officer(life.received)
    moment = yield life.later(moment, 100, 700)
    notice = f"Thông báo số {life.chance.randint(100, 999)}/TB-TCS ngày {local_date(moment):%d/%m/%Y} của cơ quan thuế"
    cases.ask_payment(actor=life.worker(moment), at=moment, code=life.code, amount=life.chance.randint(20, 900) * 10_000, reason=notice)
    life.tell("awaiting_payment")
    if fate == "payment_waiting":
        return
    moment = yield life.later(moment, 480, 2400)
    receipt = f"Giấy nộp tiền số {life.chance.randint(10_000, 99_999)} ngày {local_date(moment):%d/%m/%Y}"
    cases.confirm_payment(actor=life.counter, at=moment, code=life.code, receipt=receipt)
    life.tell("assigned")
    yield from life.finished(moment, life.later(moment, 60, 400))


def extended(stage: Stage, filing: Filing, fate: str) -> Plot:
    """Known in time to be slow: an apology with a new day, which is kept, or not."""
    life = yield from begun(stage, filing, fate=fate)
    moment = yield from life.to_officer(life.received)
    promised = life.promised(moment)
    hours = stage.hours
    day = hours.shifted(local_date(promised), -2)
    moment = yield max(life.later(moment, 30), hours.later(hours.opening(day), life.chance.randint(30, 300)))
    until = hours.shifted(hours.last(local_date(promised)), 3)
    cases.extend(actor=life.head, at=moment, code=life.code, until=until, reason=life.words("slow"))
    if fate == "extended":
        yield from life.finished(moment, life.later(promised, 100, 700))
        return
    again = life.promised(moment)
    moment = yield life.later(again, 130, 240)
    _apologise(life, moment)
    yield from life.finished(moment, life.later(moment, 60, 500))


def refused_after(stage: Stage, filing: Filing, fate: str) -> Plot:
    """Appraised and not to be granted: refused over the signer's name, and handed over like a result."""
    life = yield from begun(stage, filing, pace=0.7, fate=fate)
    moment = yield from life.to_officer(life.received)
    moment = yield from life.submitted(moment)
    moment = yield life.later(moment, 15, 100)
    words = life.chance.choice(script("story")["words"]["refused_after"])
    cases.refuse_after_appraisal(actor=life.signer, at=moment, code=life.code, reason=words["reason"], guidance=words["guidance"])
    life.tell("refused_after")
    moment = yield life.later(moment, 20, 900)
    cases.hand_over_refusal(actor=life.counter, at=moment, code=life.code, receiver=filing.owner.full_name)


def ended(stage: Stage, filing: Filing, fate: str) -> Plot:
    """Withdrawn by who brought it, or stopped on the agency's own ground."""
    life = yield from begun(stage, filing, fate=fate)
    moment = yield from life.to_officer(life.received)
    moment = yield life.later(moment, 60, 400)
    fee = "Không thu phí, lệ phí nên không phải hoàn trả."
    if fate == "withdrawn":
        asked = f"{filing.owner.full_name}, đơn ngày {local_date(moment):%d/%m/%Y} nộp tại quầy"
        cases.withdraw(actor=life.counter, at=moment, code=life.code, asked_by=asked, reason=life.words("withdrawn"), fee_remark=fee)
    else:
        cases.stop(actor=life.signer, at=moment, code=life.code, reason=life.words("stopped"), fee_remark=fee)
    stage.holding.pop(life.code, None)
    life.tell(fate)


def sent_back(stage: Stage, filing: Filing, fate: str) -> Plot:
    """The signer finds a slip and gives it back once."""
    life = yield from begun(stage, filing, pace=0.45, fate=fate)
    moment = yield from life.to_officer(life.received)
    moment = yield from life.submitted(moment)
    moment = yield life.later(moment, 15, 120)
    cases.send_back_many(actor=life.signer, at=moment, codes=[life.code], reason=life.words("sent_back"))
    # Back on the desk of whoever put it forward last: the officer's, or the head's where the process has a step for the head.
    stage.holding[life.code] = life.last_holder
    life.tell("assigned")
    moment = yield life.later(moment, 20, 150)
    life.put_forward(moment)
    moment = yield from life.approved(moment)
    yield from life.handed(moment)


def consulted(stage: Stage, filing: Filing, fate: str) -> Plot:
    """Another unit of the commune is asked for its opinion, and answers in time, or late."""
    life = yield from begun(stage, filing, pace=0.85, fate=fate)
    moment = yield from life.to_officer(life.received)
    moment = yield life.later(moment, 20, 120)
    other = next(key for key in _COMMUNE_UNITS if key != life.unit)
    agency = filing.agency
    number = cases.consult(
        actor=life.worker(moment), at=moment, code=life.code, unit_id=agency.units[other], question=life.words("questions")
    )
    asked = moment
    moment = yield life.later(asked, 1500, 1700) if fate == "consulted_late" else life.later(asked, 60, 700)
    head = agency.who("unit_head", other)
    cases.answer_consultation(actor=head, at=moment, code=life.code, seq=number, answer=life.words("answers"))
    yield from life.finished(moment)


def mended(stage: Stage, filing: Filing, fate: str) -> Plot:
    """A slip of the pen at intake is put right with a new receipt, or a paper goes missing and the unit says sorry."""
    wrong = mistyped(filing) if fate == "corrected" else filing
    life = yield from begun(stage, wrong, pace=0.7, fate=fate)
    if fate == "corrected":
        moment = yield life.later(life.received, 5, 9)
        sent = wrong.intake(life.version)
        right = cases.Correction(owner=filing.owner, request=sent.request, sets=sent.sets, result_channel=sent.result_channel)
        cases.correct(actor=life.counter, at=moment, code=life.code, correction=right, reason=life.words("corrected"))
        moment = yield from life.to_officer(moment)
    else:
        moment = yield from life.to_officer(life.received)
        moment = yield life.later(moment, 20, 120)
        words: dict[str, Any] = script("story")["words"]["lost"]
        cases.record_loss(actor=life.head, at=moment, code=life.code, what=words["what"], remedy=words["remedy"])
    yield from life.finished(moment)


def result_corrected(stage: Stage, filing: Filing, fate: str) -> Plot:
    """The result has a wrong date; a right one takes its place and is handed over again."""
    life = yield from begun(stage, filing, pace=0.5, fate=fate)
    moment = yield from life.to_officer(life.received)
    moment = yield from life.finished(moment)
    moment = yield life.later(moment, 60, 600)
    cases.correct_result(actor=life.signer, at=moment, code=life.code, reason=life.words("result_corrected"))
    life.tell("approved")
    yield from life.handed(moment)


def announced(stage: Stage, filing: Filing, fate: str) -> Plot:
    """Ready before its day: somebody calls the applicant."""
    life = yield from begun(
        stage, replace(filing, owner=replace(filing.owner, phone=filing.owner.phone or "0900000111")), pace=0.3, fate=fate
    )
    moment = yield from life.to_officer(life.received)
    moment = yield from life.submitted(moment)
    moment = yield from life.approved(moment)
    moment = yield life.later(moment, 5, 15)
    cases.announce(actor=life.counter, at=moment, code=life.code, note="Đã gọi điện báo người nộp đến nhận kết quả.")
    yield from life.handed(moment)


# What becomes of a case by the name the story has for it.
FATES: dict[str, Fate] = {
    "announced": announced,
    "batched": straight,
    "consulted": consulted,
    "consulted_late": consulted,
    "corrected": mended,
    "extended": extended,
    "extended_late": extended,
    "late": late,
    "late_apologised": late,
    "lost": mended,
    "noted": straight,
    "paid": payment,
    "payment_waiting": payment,
    "refused": refused,
    "refused_after": refused_after,
    "result_corrected": result_corrected,
    "returned": returned,
    "returned_never": returned,
    "returned_waiting": returned,
    "sent_back": sent_back,
    "stopped": ended,
    "straight": straight,
    "supplement_never": supplemented,
    "supplement_waiting": supplemented,
    "supplemented": supplemented,
    "withdrawn": ended,
}


def _apologise(life: Life, moment: datetime) -> None:
    cases.apologise(actor=life.head, at=moment, code=life.code, kind=cases.ApologyKind.LATE, reason=life.words("slow"))


def _refuse_unsupplemented(stage: Stage, filing: Filing, code: str, moment: datetime) -> None:
    cases.refuse_unsupplemented(
        actor=filing.agency.who("signer", ""), at=moment, code=code, reason=script("story")["words"]["never_supplemented"]
    )
    stage.holding.pop(code, None)
    stage.told[code] = "refused_unsupplemented"
