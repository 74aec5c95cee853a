"""A case in words: its ledger, its allowed acts and who has it, as the components draw them."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.ui.shapes import Act, DueChip, LedgerLine, Tone
from cchc.web.ui.vietnamese import moment_short, moment_text

PAGES = {
    cases.Act.ACCEPT_SUPPLEMENTED: "acceptance",
    cases.Act.FORWARD: "forwarding",
    cases.Act.ASSIGN: "assignment",
    cases.Act.SUBMIT: "submission",
    cases.Act.APPROVE: "approval",
    cases.Act.HAND_OVER: "handover",
}
KEYS = {
    cases.Act.ACCEPT_SUPPLEMENTED: "b",
    cases.Act.FORWARD: "c",
    cases.Act.ASSIGN: "p",
    cases.Act.SUBMIT: "s",
    cases.Act.APPROVE: "d",
    cases.Act.HAND_OVER: "t",
}
CLOSED = frozenset({cases.Stage.RETURNED, cases.Stage.REFUSED, cases.Stage.WITHDRAWN, cases.Stage.STOPPED})


def acts_of(case: cases.CaseView) -> list[Act]:
    """Return what this reader may do now, each with its price; the first is the main one."""
    return [
        Act(
            name=_(row.act.label),
            url=reverse(f"desk:{PAGES[row.act]}", args=[case.row.code]),
            clock=_price(row),
            paper=_(row.paper) if row.paper else "",
            key=KEYS[row.act],
            is_main=place == 0,
        )
        for place, row in enumerate(case.acts)
        if row.act in PAGES
    ]


def _price(row: cases.Transition) -> str:
    """Return what the act does to the clock and where the case goes."""
    clock = _(row.clock.label)
    if row.step is cases.Step.CLOSED:
        return f"{clock}. {_('Kết thúc hồ sơ')}"
    return f"{clock}. {_('Sang bước')} «{_(row.step.label)}»"


def due_label(chip: DueChip, row: cases.CaseRow) -> str:
    """Return the small words over the date of the promise, where the date is not the promised one."""
    if row.timeliness is not None:
        return _("Có kết quả lúc")
    return chip.word[:1].upper() + chip.word[1:] if chip.state == "wait" else ""


def quiet(case: cases.CaseView) -> str:
    """Return the one sentence shown when there is nothing to do here: who has the case, or that it is over."""
    row = case.row
    if row.stage in CLOSED:
        return _("Hồ sơ đã kết thúc: %(stage)s lúc %(when)s.") % {"stage": _(row.stage.label).lower(), "when": moment_text(row.since)}
    if row.stage is cases.Stage.AWAITING_SUPPLEMENT:
        return _("Đang chờ người nộp bổ sung giấy tờ. Khi đủ, %(counter)s tiếp nhận và đồng hồ bắt đầu chạy.") % {
            "counter": case.counter_name
        }
    words = {"holder": row.holder or case.agency_name, "step": _(row.step.label).lower()}
    return _("Hồ sơ đang do %(holder)s giữ, ở bước %(step)s. Vị trí của bạn không có việc nào với hồ sơ này lúc này.") % words


def standing(row: cases.CaseRow, chip: DueChip) -> tuple[Tone, str]:
    """Return the tone and the words of the head: the stage, and whether it keeps its promise."""
    stage = _(row.stage.label)
    if row.timeliness is not None:
        return chip.state, f"{stage}, {_(row.timeliness.label).lower()}"
    if row.stage in {cases.Stage.ACCEPTED, cases.Stage.PROCESSING} and row.due_at:
        return chip.state, f"{stage}, {_('quá hạn') if row.late else _('trong hạn')}"
    return ("wait" if row.stage not in CLOSED else ""), stage


def promise_note(case: cases.CaseView, chip: DueChip) -> str:
    """Return the small words under the date: what was promised first, and what a closed case had promised."""
    row = case.row
    if row.timeliness is not None and row.due_at:
        return _("Đã hẹn %(when)s") % {"when": moment_text(row.due_at)}
    if chip.state == "wait":
        return _("Có lời hẹn mới khi nhận đủ giấy tờ") if row.stage is cases.Stage.AWAITING_SUPPLEMENT else ""
    moved = moved_note(case)
    if moved:
        return moved
    if case.limit and row.received_at:
        words = {"limit": case.limit.text, "when": moment_text(row.received_at)}
        return _("Thời hạn %(limit)s, nhận lúc %(when)s. Chưa ai dời lời hẹn này.") % words
    return ""


def moved_note(case: cases.CaseView) -> str:
    """Return the first promise and the last act that moved it; nothing while it stands as it was made."""
    promised = [line for line in reversed(case.ledger) if line.moved and line.due_after]
    if len(promised) < 2 or promised[0].due_after is None:  # noqa: PLR2004 (the first is the promise itself)
        return ""
    words = {"first": moment_text(promised[0].due_after), "when": moment_short(promised[-1].at), "act": _(promised[-1].label).lower()}
    return _("Lần đầu hẹn %(first)s. Thay đổi lúc %(when)s: %(act)s.") % words


def ledger_of(case: cases.CaseView) -> list[LedgerLine]:
    """Return the journal as the ledger draws it, the newest first."""
    return [_line(line, is_here=place == 0 and case.row.stage not in CLOSED) for place, line in enumerate(case.ledger)]


def _line(line: cases.LedgerLine, *, is_here: bool) -> LedgerLine:
    title = line.actor_post.split(" @ ")[0]
    return LedgerLine(
        at=line.at,
        title=_(line.label),
        detail=_detail(line),
        who=", ".join(part for part in (line.actor_name, title) if part),
        effect=_effect(line),
        kind="here" if is_here else "move" if _effect(line) else "",
    )


def _detail(line: cases.LedgerLine) -> str:
    public: dict[str, Any] = line.public
    parts = []
    if line.act == "paper_issued":
        form = public.get("form", "")
        label = documents.FormKey(form).label if form in documents.FormKey.values() else form
        parts.append(f"{_(label)} {_('số')} {public.get('number', '')}")
    elif line.act == cases.Act.FORWARD.value:
        parts.append(_("cho %(unit)s") % {"unit": _unit_name(public.get("to_unit", ""), local_date(line.at))})
        if public.get("in_time") is False:
            parts.append(_("(sau giờ phải chuyển)"))
    elif line.to:
        parts.append(_("cho %(who)s") % {"who": line.to})
    if public.get("book_number"):
        parts.append(_("số %(number)s trong sổ") % {"number": public["book_number"]})
    if line.act == cases.Act.APPROVE.value and public.get("number"):
        parts.append(_("số %(number)s") % {"number": public["number"]})
    if line.note:
        parts.append(f"«{line.note}»")
    return " ".join(parts)


def _effect(line: cases.LedgerLine) -> str:
    """Return what the entry did to the promise: made it, moved it, kept or broke it."""
    if line.moved and line.due_after:
        if line.due_before is None:
            return _("hẹn %(when)s") % {"when": moment_short(line.due_after)}
        return _("hẹn %(old)s → %(new)s") % {"old": moment_short(line.due_before), "new": moment_short(line.due_after)}
    if line.act == cases.Act.APPROVE.value:
        return _("đồng hồ dừng: đã có kết quả")
    if line.act == cases.Act.ASK_SUPPLEMENT.value:
        return _("đồng hồ chưa chạy, chờ bổ sung hồ sơ")
    return ""


def _unit_name(code: str, day: date) -> str:
    if not code:
        return ""
    try:
        return organisations.unit(code, on=day).full_name
    except Refused:
        return code
