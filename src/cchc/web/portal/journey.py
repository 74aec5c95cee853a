"""A case told to the one who filed it: in daily words, without the office's own steps."""

from dataclasses import dataclass
from typing import Any, Literal, cast

from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.text import gettext_noop
from cchc.web.ui.shapes import DueChip, PromiseLine, Step
from cchc.web.ui.vietnamese import day_short, masked, moment_short, moment_text, money_text

Act, Stage, Place = cases.Act, cases.Stage, cases.Step

# The acts that complete each degree of the straight way, in its order.
RECEIVED = frozenset({Act.RECEIVE, Act.ACCEPT_SUPPLEMENTED, Act.IMMEDIATE})
APPROVED = frozenset({Act.APPROVE, Act.IMMEDIATE})
HANDED_OVER = frozenset({Act.HAND_OVER, Act.IMMEDIATE})
# The acts that touch the promise, whether or not its date moves.
TOUCHING = frozenset(
    row.act for row in cases.TABLE if row.clock in {cases.ClockEffect.PAUSES, cases.ClockEffect.RESTARTS, cases.ClockEffect.NEW_PROMISE}
)
ENDS = frozenset({Act.WITHDRAW, Act.STOP, Act.REFUSE_AFTER_APPRAISAL, Act.REFUSE_UNSUPPLEMENTED, Act.REFUSE})
WAITS: dict[str, str] = {
    Act.RETURN_FOR_SUPPLEMENT.value: gettext_noop("chờ bổ sung hồ sơ"),
    Act.ASK_PAYMENT.value: gettext_noop("chờ nghĩa vụ tài chính"),
}
# What was written to the applicant; slips between units and registers are not.
FOR_APPLICANTS = frozenset(
    {
        documents.FormKey.RECEIPT,
        documents.FormKey.SUPPLEMENT,
        documents.FormKey.REFUSAL,
        documents.FormKey.REFUSAL_AFTER_APPRAISAL,
        documents.FormKey.APOLOGY_EXTENSION,
        documents.FormKey.APOLOGY,
        documents.FormKey.STOP_NOTICE,
    }
)
CUT_SHORT = frozenset({Stage.REFUSED, Stage.WITHDRAWN, Stage.STOPPED})


@dataclass(frozen=True)
class Head:
    """The words around the promise: above what is left, above the date, under it."""

    heading: str
    due_label: str
    note: str = ""


@dataclass(frozen=True)
class Next:
    """What the citizen has to do, in one bold sentence and some more; ``items`` are the papers asked for."""

    sentence: str
    more: str = ""
    items: tuple[str, ...] = ()
    is_urgent: bool = False


def promise_head(case: cases.CaseView, chip: DueChip) -> Head:
    """Return the words of the promise."""
    heading = {"ok": _("Đang trong hạn"), "soon": _("Sắp đến hẹn"), "late": _("Đã quá hẹn"), "wait": _("Hồ sơ đang chờ")}[chip.state]
    promised = _("Đã hẹn %(when)s") % {"when": moment_text(case.row.due_at)} if case.row.due_at else ""
    if case.row.finished_at and case.row.stage is Stage.REFUSED:
        return Head(_("Hồ sơ không được giải quyết"), _("Có văn bản trả lời lúc"), promised)
    if case.row.finished_at:
        return Head(_("Đã giải quyết xong"), _("Có kết quả lúc"), promised)
    if case.row.due_at is None or chip.state == "wait":
        return Head(heading if case.row.stage not in CUT_SHORT else _("Hồ sơ đã kết thúc"), _("Từ"))
    where = {
        cases.ResultChannel.COUNTER: _("Hẹn trả kết quả tại quầy"),
        cases.ResultChannel.POST: _("Hẹn trả kết quả qua bưu chính"),
        cases.ResultChannel.ONLINE: _("Hẹn trả kết quả bản điện tử"),
    }
    return Head(heading, where[case.result_channel])


def journey(case: cases.CaseView) -> list[Step]:
    """Return the steps from intake to result, done, here or to do."""
    if case.row.stage in CUT_SHORT:
        return [
            Step("done", _("Đã nộp hồ sơ"), moment_short(case.filed_at)),
            Step("here", _(case.row.stage.label), " ".join(part for part in (moment_short(case.row.since), _reason(case)) if part)),
        ]
    if case.steps:
        return _process(case)
    here = _place(case)
    titles = (
        (_("Đã tiếp nhận"), _("Tiếp nhận hồ sơ")),
        (_("Đã xử lý"), _("Đang xử lý")),
        (_("Lãnh đạo đã ký"), _("Chờ lãnh đạo ký")),
        (_("Đã trả kết quả"), _("Trả kết quả")),
    )
    details = (_received(case), "", _told(case, APPROVED), _handed(case))
    steps: list[Step] = []
    for place, (done_title, title) in enumerate(titles):
        state: Literal["done", "here", "todo"] = "done" if place < here else "here" if place == here else "todo"
        detail = details[place] if state != "here" else _now(case, place)
        steps.append(Step(state, done_title if state == "done" else title, detail))
    return steps


def _process(case: cases.CaseView) -> list[Step]:
    """Return the published steps of the procedure, with who has the file where it is."""
    stage, states = case.row.stage, [step.state for step in case.steps]
    if case.row.received_at is not None and stage not in cases.WAITING and "here" not in states and stage is not Stage.RETURNED:
        # Between two steps of the process: signed and at the counter is its last step, received and not forwarded its first.
        place = len(states) - 1 if stage is Stage.FINISHED else 0
        states = ["done" if at < place else "here" if at == place else "todo" for at in range(len(states))]
    if stage is Stage.RETURNED:
        states = ["done"] * len(states)
    now = _now(case, 3 if stage is Stage.FINISHED else 1)
    if stage is Stage.AWAITING_SUPPLEMENT:
        now = _now(case, 0)
    elif stage is Stage.AWAITING_PAYMENT:
        now = _("Chờ ông bà nộp nghĩa vụ tài chính từ %(moment)s.") % {"moment": moment_short(case.row.since)}
    return [Step(cast("Any", state), step.name, now if state == "here" else "") for step, state in zip(case.steps, states, strict=True)]


def history(case: cases.CaseView) -> list[PromiseLine]:
    """Return every entry that made, moved or touched the promise, the newest first: by whom, why, on which ground."""
    lines: list[PromiseLine] = []
    for line in case.ledger:
        if line.moved and line.due_after:
            is_first = line.due_before is None
            first = _("Lời hẹn đầu tiên, in trên giấy hẹn.") if has_receipt(case) else _("Lời hẹn đầu tiên.")
            text = _("hẹn %(moment)s") % {"moment": moment_text(line.due_after)}
            reason = _why(line, first if is_first else _(line.label))
            lines.append(PromiseLine(line.at, text, reason, is_old=line.due_after != case.row.due_at, who=_who(line)))
        elif line.act in WAITS:
            lines.append(
                PromiseLine(line.at, _(WAITS[line.act]), _why(line, _("Đồng hồ ngừng cho đến khi ông bà nộp đủ.")), who=_who(line))
            )
        elif line.act == Act.ASK_SUPPLEMENT:
            reason = _why(line, _("Chưa có lời hẹn: thời hạn tính từ khi nộp đủ giấy tờ."))
            lines.append(PromiseLine(line.at, _("chờ bổ sung hồ sơ"), reason, who=_who(line)))
        elif line.moved:
            lines.append(PromiseLine(line.at, _("lời hẹn tạm ngừng"), _why(line, _(line.label)), who=_who(line)))
        elif line.act in TOUCHING:
            lines.append(PromiseLine(line.at, _(line.label), _why(line, _("Ngày hẹn không đổi.")), who=_who(line)))
    return lines


def _why(line: cases.LedgerLine, first: str) -> str:
    """Return the words of a line with the reason the applicant was told, how the term goes on, and the ground in law.

    An internal note never is such a reason.
    """
    how = {"restart": _("Thời hạn tính lại từ đầu."), "shift": _("Tính tiếp phần thời gian còn lại.")}
    basis = line.public.get("basis")
    parts = [first, line.reason, how.get(line.public.get("mode", ""), ""), _("Căn cứ: %(basis)s.") % {"basis": basis} if basis else ""]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def _who(line: cases.LedgerLine) -> str:
    """Return the official and the post, as the entry keeps it; the code of the unit behind it is for machines."""
    return ", ".join(part for part in (line.actor_name, line.actor_post.partition(" @ ")[0]) if part)


def papers_of(case: cases.CaseView) -> list[documents.PaperView]:
    """Return the papers that the applicant may open again, the newest first."""
    return [paper for paper in reversed(case.issued) if paper.form in FOR_APPLICANTS and not paper.forgotten]


def has_receipt(case: cases.CaseView) -> bool:
    """Say whether a receipt was issued; a case done on the spot has one only when it was asked for."""
    return any(paper.form == documents.FormKey.RECEIPT for paper in case.issued)


def next_for_citizen(case: cases.CaseView, chip: DueChip) -> Next:
    """Return what the citizen has to do now; most of the time nothing."""
    told = _waiting(case) or _ended(case)
    if told is not None:
        return told
    more = ""
    if case.owner.phone and case.owner.notify:
        more = _("Có kết quả, chúng tôi báo đến số %(phone)s.") % {"phone": masked(case.owner.phone)}
    if chip.state == "late":
        apology = _("Chúng tôi xin lỗi vì chậm hẹn. Nơi đang giữ hồ sơ được nêu bên dưới.")
        return Next(_("Ông bà không phải làm gì thêm."), f"{apology} {more}".strip())
    return Next(_("Ông bà không phải làm gì lúc này."), more)


def _waiting(case: cases.CaseView) -> Next | None:
    """Return what a waiting file waits for, or nothing."""
    stage = case.row.stage
    if stage is Stage.AWAITING_SUPPLEMENT:
        asked = next((item for item in reversed(case.requests) if item.items), None)
        more = (asked.guidance or asked.reason) if asked else ""
        return Next(_("Cần bổ sung giấy tờ."), more, asked.items if asked else (), is_urgent=True)
    if stage is Stage.AWAITING_PAYMENT:
        wanted = next((line for line in case.ledger if line.act == Act.ASK_PAYMENT), None)
        words = (
            {"amount": money_text(wanted.amount or 0), "reason": wanted.reason.rstrip("."), "office": case.counter_name} if wanted else {}
        )
        more = _("Nộp %(amount)s theo %(reason)s, rồi mang chứng từ đến %(office)s. Đồng hồ ngừng cho đến khi đó.") % words if words else ""
        return Next(_("Cần nộp nghĩa vụ tài chính."), more, is_urgent=True)
    return None


def _ended(case: cases.CaseView) -> Next | None:
    """Return what is left to do when there is a result or another end, or nothing."""
    stage, reason = case.row.stage, _reason(case)
    if stage is Stage.FINISHED:
        return Next(_("Đã có kết quả, mời đến nhận."), _("Khi đến, mang theo giấy hẹn và giấy tờ tùy thân."), is_urgent=True)
    if stage is Stage.RETURNED:
        return Next(_("Hồ sơ đã xong."), _("Số kết quả: %(number)s.") % {"number": case.result_number} if case.result_number else "")
    if stage is Stage.REFUSED and case.row.step is Place.HAND_OVER:
        more = _("Mời đến %(office)s nhận lại hồ sơ và văn bản nêu rõ lý do.") % {"office": case.counter_name}
        return Next(_("Hồ sơ không được giải quyết."), f"{more} {_guidance(case)}".strip(), is_urgent=True)
    if stage is Stage.WITHDRAWN:
        return Next(_("Hồ sơ đã được rút theo yêu cầu."), reason)
    return Next(_("Hồ sơ không được giải quyết tiếp."), _guidance(case) or reason) if stage in CUT_SHORT else None


def _place(case: cases.CaseView) -> int:
    """Return which of the four degrees the case is in; 4 when all are complete."""
    if case.row.stage is Stage.RETURNED:
        return 4
    if case.row.stage is Stage.FINISHED:
        return 3
    if case.row.stage is Stage.PROCESSING:
        return 2 if case.row.step is Place.APPROVE else 1
    return 0 if case.row.received_at is None else 1


def _received(case: cases.CaseView) -> str:
    line = next((item for item in case.ledger if item.act in RECEIVED), None)
    return ", ".join(part for part in (day_short(line.at), line.actor_name) if part) if line else ""


def _told(case: cases.CaseView, acts: frozenset[cases.Act]) -> str:
    line = next((item for item in case.ledger if item.act in acts), None)
    return moment_short(line.at) if line else ""


def _handed(case: cases.CaseView) -> str:
    if case.row.returned_at:
        return _told(case, HANDED_OVER) or moment_short(case.row.returned_at)
    return _("Mang theo giấy hẹn và giấy tờ tùy thân.") if case.result_channel is cases.ResultChannel.COUNTER else ""


def _now(case: cases.CaseView, place: int) -> str:
    if place == 0:
        return _("Chờ bổ sung hồ sơ từ %(moment)s.") % {"moment": moment_short(case.row.since)}
    if place == 3:  # noqa: PLR2004 (the last degree)
        return _("Kết quả đã có tại %(office)s.") % {"office": case.counter_name}
    holder = case.row.holder or case.agency_name
    return _("Nơi giữ hồ sơ: %(holder)s, từ %(moment)s.") % {"holder": holder, "moment": moment_short(case.row.since)}


def _reason(case: cases.CaseView) -> str:
    """Return why the file ended, as it was written to the applicant."""
    line = next((item for item in case.ledger if item.act in ENDS), None)
    if line is not None and line.reason:
        return line.reason
    return case.requests[-1].reason if case.requests and case.row.stage is Stage.REFUSED else ""


def _guidance(case: cases.CaseView) -> str:
    return case.requests[-1].guidance if case.requests else ""
