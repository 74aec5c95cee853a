"""A case in words: its ledger, its allowed acts and who has it, as the components draw them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.web.ui.shapes import Act, DueChip, LedgerLine, Tone
from cchc.web.ui.vietnamese import day_text, moment_short, moment_text, number_text

# The page of each act, and its key. One letter may stand for two acts that no file ever offers at once.
PAGES = {
    cases.Act.ACCEPT_SUPPLEMENTED: "acceptance",
    cases.Act.FORWARD: "forwarding",
    cases.Act.ASSIGN: "assignment",
    cases.Act.SUBMIT: "submission",
    cases.Act.APPROVE: "approval",
    cases.Act.HAND_OVER: "handover",
    cases.Act.PASS_ON: "step",
    cases.Act.SEND_BACK: "sending_back",
    cases.Act.REASSIGN: "reassignment",
    cases.Act.RECALL: "recall",
    cases.Act.CONSULT: "consultation",
    cases.Act.RETURN_FOR_SUPPLEMENT: "supplement",
    cases.Act.RESUME: "resumption",
    cases.Act.REFUSE_UNSUPPLEMENTED: "unsupplemented",
    cases.Act.ASK_PAYMENT: "payment",
    cases.Act.CONFIRM_PAYMENT: "payment_confirmation",
    cases.Act.EXTEND: "extension",
    cases.Act.APOLOGISE: "apology",
    cases.Act.REFUSE_AFTER_APPRAISAL: "refusal",
    cases.Act.HAND_OVER_REFUSAL: "refusal_handover",
    cases.Act.ANNOUNCE: "announcement",
    cases.Act.WITHDRAW: "withdrawal",
    cases.Act.STOP: "stop",
    cases.Act.CORRECT: "correction",
    cases.Act.CORRECT_RESULT: "result_correction",
    cases.Act.RECORD_LOSS: "loss",
}
KEYS = {
    cases.Act.ACCEPT_SUPPLEMENTED: "b",
    cases.Act.FORWARD: "c",
    cases.Act.ASSIGN: "p",
    cases.Act.SUBMIT: "s",
    cases.Act.APPROVE: "d",
    cases.Act.HAND_OVER: "t",
    cases.Act.PASS_ON: "c",
    cases.Act.SEND_BACK: "l",
    cases.Act.REASSIGN: "m",
    cases.Act.RECALL: "z",
    cases.Act.CONSULT: "v",
    cases.Act.RETURN_FOR_SUPPLEMENT: "u",
    cases.Act.RESUME: "b",
    cases.Act.REFUSE_UNSUPPLEMENTED: "e",
    cases.Act.ASK_PAYMENT: "f",
    cases.Act.CONFIRM_PAYMENT: "f",
    cases.Act.EXTEND: "h",
    cases.Act.APOLOGISE: "o",
    cases.Act.REFUSE_AFTER_APPRAISAL: "e",
    cases.Act.HAND_OVER_REFUSAL: "t",
    cases.Act.ANNOUNCE: "a",
    cases.Act.WITHDRAW: "w",
    cases.Act.STOP: "q",
    cases.Act.CORRECT: "y",
    cases.Act.CORRECT_RESULT: "y",
    cases.Act.RECORD_LOSS: "x",
}
# What carries a file on its way: the first of them is drawn as the main act.
MAIN = frozenset(
    {
        cases.Act.ACCEPT_SUPPLEMENTED,
        cases.Act.FORWARD,
        cases.Act.ASSIGN,
        cases.Act.SUBMIT,
        cases.Act.APPROVE,
        cases.Act.HAND_OVER,
        cases.Act.PASS_ON,
        cases.Act.RESUME,
        cases.Act.CONFIRM_PAYMENT,
        cases.Act.HAND_OVER_REFUSAL,
    }
)
# What few files ever need stays folded.
RARE = frozenset(
    {
        cases.Act.APOLOGISE,
        cases.Act.RECORD_LOSS,
        cases.Act.CORRECT,
        cases.Act.CORRECT_RESULT,
        cases.Act.WITHDRAW,
        cases.Act.STOP,
    }
)
CLOSED = cases.CLOSED
HOUR = 60


def acts_of(case: cases.CaseView) -> tuple[list[Act], list[Act]]:
    """Return what this reader may do now, each with its price: the usual acts, the one that carries the file on first, and the rare."""
    known = [row for row in case.acts if row.act in PAGES]
    rare = RARE - {cases.Act.APOLOGISE} if case.owes_apology else RARE
    usual = sorted((row for row in known if row.act not in rare), key=lambda row: row.act not in MAIN)
    first = usual[0].act if usual and usual[0].act in MAIN else None
    return (
        [_act(case, row, is_main=row.act is first) for row in usual],
        [_act(case, row, is_main=False) for row in known if row.act in rare],
    )


def _act(case: cases.CaseView, row: cases.Transition, *, is_main: bool) -> Act:
    return Act(
        name=_(row.act.label),
        url=reverse(f"desk:{PAGES[row.act]}", args=[case.row.code]),
        clock=price_of(case, row),
        paper=_(row.paper) if row.paper else "",
        key=KEYS[row.act],
        is_main=is_main,
    )


def price_of(case: cases.CaseView, row: cases.Transition) -> str:
    """Return what the act does to the clock and where the case goes."""
    clock = _(row.clock.label)
    if row.act is cases.Act.EXTEND and case.extend_by:
        return f"{clock}. {_('Chậm nhất %(day)s') % {'day': day_text(case.extend_by)}}"
    if row.act is cases.Act.PASS_ON and case.choices:
        names = " / ".join(f"«{choice.step.name}»" for choice in case.choices)
        return f"{clock}. {_('Sang bước')} {names}"
    if row.step is cases.Step.CLOSED:
        return clock if row.clock is cases.ClockEffect.CLOSES else f"{clock}. {_('Kết thúc hồ sơ')}"
    return f"{clock}. {_('Sang bước')} «{_(row.step.label)}»" if row.step else clock


@dataclass(frozen=True)
class HolderBar:
    """How long one holder had the case: who, the time in words, the share as a bar."""

    who: str
    time: str
    share: float
    waits: bool


def bars_of(case: cases.CaseView) -> list[HolderBar]:
    """Return the time by holder in words, the longest first; nothing for a case that was done on the spot."""
    return [HolderBar(item.who, time_text(item.minutes), item.share, item.waits) for item in case.holder_times]


def time_text(minutes: int) -> str:
    """Return working minutes in hours and minutes: ``6 giờ 40 phút làm việc``."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return _("%(minutes)s phút làm việc") % {"minutes": rest}
    if not rest:
        return _("%(hours)s giờ làm việc") % {"hours": number_text(hours)}
    return _("%(hours)s giờ %(minutes)s phút làm việc") % {"hours": number_text(hours), "minutes": rest}


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
    if row.step is cases.Step.SUPPLEMENT:
        return _("Đang chờ người nộp bổ sung giấy tờ; đồng hồ ngừng. Khi đủ, %(counter)s nhận và hồ sơ trở lại người xử lý.") % {
            "counter": case.counter_name
        }
    if row.stage is cases.Stage.AWAITING_PAYMENT:
        return _("Đang chờ người nộp hoàn thành nghĩa vụ tài chính; đồng hồ ngừng. Có chứng từ, %(counter)s xác nhận.") % {
            "counter": case.counter_name
        }
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
        return _("Có lời hẹn mới khi nhận đủ giấy tờ") if row.stage in cases.WAITING else ""
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
    """Return what the entry says beside its name: to whom, which number, what was written."""
    parts = [*_whither(line), *(words(line.public) for act, words in _WORDS.items() if act == line.act)]
    if line.public.get("book_number"):
        parts.append(_("số %(number)s trong sổ") % {"number": line.public["book_number"]})
    parts += [f"«{text}»" for text in (line.reason, line.note) if text]
    return " ".join(part for part in parts if part)


def _whither(line: cases.LedgerLine) -> list[str]:
    """Return to whom the file went, and with which outcome of the step."""
    public, parts = line.public, []
    if line.act in _TO_UNITS and public.get("to_unit"):
        unit = _unit_name(public["to_unit"], local_date(line.at))
        parts.append(_("cho %(unit)s") % {"unit": " · ".join(part for part in (line.to, unit) if part)})
    elif line.to:
        parts.append(_("cho %(who)s") % {"who": line.to})
    if line.act == cases.Act.FORWARD.value and public.get("in_time") is False:
        parts.append(_("(sau giờ phải chuyển)"))
    if public.get("outcome"):
        parts.append(f"({public['outcome']})")
    return parts


def _word(term: type[Term], value: str) -> str:
    return _(term(value).label) if value in term.values() else value


_TO_UNITS = frozenset({cases.Act.FORWARD.value, cases.Act.PASS_ON.value, cases.Act.SEND_BACK.value, cases.Act.CONSULT.value})
# What an entry of each act adds to its name.
_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "paper_issued": lambda public: f"{_word(documents.FormKey, public.get('form', ''))} {_('số')} {public.get('number', '')}",
    "file_kept": lambda public: f": {_word(documents.FileKind, public.get('kind', '')).lower()}",
    cases.Act.RECALL.value: lambda public: f"«{_word(cases.Act, public.get('undone', ''))}»",
    cases.Act.APOLOGISE.value: lambda public: f": {_word(cases.ApologyKind, public.get('kind', '')).lower()}",
    cases.Act.ANSWER.value: lambda public: _("(quá hạn trả lời)") if public.get("in_time") is False else "",
    cases.Act.CORRECT.value: lambda public: _("thay giấy số %(number)s") % {"number": public["replaces"]} if public.get("replaces") else "",
    cases.Act.NOTE.value: lambda public: _("(ý kiến khác)") if public.get("dissent") else "",
    cases.Act.APPROVE.value: lambda public: _("số %(number)s") % {"number": public["number"]} if public.get("number") else "",
}


def _effect(line: cases.LedgerLine) -> str:
    """Return what the entry did to the promise: made it, moved it, kept or broke it."""
    if line.moved and line.due_after:
        return _moved(line, line.due_after)
    if line.act == cases.Act.APOLOGISE.value and line.public.get("omitted"):
        return _("lời xin lỗi thiếu, %(unit)s chậm") % {"unit": _unit_name(line.public.get("late_unit", ""), local_date(line.at))}
    return _(_STOPS[line.act]) if line.act in _STOPS else ""


def _moved(line: cases.LedgerLine, due: datetime) -> str:
    """Return the old and the new promise, and how the term went on."""
    if line.due_before is None:
        return _("hẹn %(when)s") % {"when": moment_short(due)}
    moved = _("hẹn %(old)s → %(new)s") % {"old": moment_short(line.due_before), "new": moment_short(due)}
    how = {"restart": _("tính lại từ đầu"), "shift": _("tính tiếp phần còn lại")}.get(line.public.get("mode", ""), "")
    return ", ".join(part for part in (moved, how) if part)


_STOPS = {
    cases.Act.APPROVE.value: gettext_noop("đồng hồ dừng: đã có kết quả"),
    cases.Act.ASK_SUPPLEMENT.value: gettext_noop("đồng hồ chưa chạy, chờ bổ sung hồ sơ"),
    cases.Act.RETURN_FOR_SUPPLEMENT.value: gettext_noop("đồng hồ ngừng, chờ bổ sung hồ sơ"),
    cases.Act.ASK_PAYMENT.value: gettext_noop("đồng hồ ngừng, chờ nghĩa vụ tài chính"),
    cases.Act.REFUSE_AFTER_APPRAISAL.value: gettext_noop("đồng hồ dừng: từ chối giải quyết"),
    cases.Act.WITHDRAW.value: gettext_noop("đồng hồ dừng: người nộp rút hồ sơ"),
    cases.Act.STOP.value: gettext_noop("đồng hồ dừng: dừng giải quyết"),
}


def _unit_name(code: str, day: date) -> str:
    if not code:
        return ""
    try:
        return organisations.unit(code, on=day).full_name
    except Refused:
        return code
