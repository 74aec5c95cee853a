"""Hold a number to be wrong, before it is published any further; answer. What was said and answered stays with the number."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from cchc.audit import api as audit
from cchc.figures.models import Contest
from cchc.figures.queries.values import figure_table
from cchc.figures.rules.registry import measure
from cchc.figures.terms import Verdict
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotFound, Refused
from cchc.kernel.figures import Dimension
from cchc.kernel.local import day_text
from cchc.kernel.period import Period
from cchc.kernel.text import clean
from cchc.organisations import api as organisations

LONGEST = 2000
# What who answers may say.
ANSWERS = (Verdict.ACCEPTED, Verdict.REJECTED)
# By these a number may be narrowed; a unit is its own number.
CUTS = (Dimension.FIELD, Dimension.CHANNEL, Dimension.PROCEDURE)


@transaction.atomic
def contest(
    *,
    actor: Actor,
    at: datetime,
    key: str,
    unit_id: int,
    period: Period,
    reason: str,
    only: Mapping[Dimension, str] | None = None,
) -> str:
    """Contest a figure of a unit and a closed period, narrowed as it was shown; return the code of the contest.

    Needs ``cases:case:read`` in that unit: a number is contested by those whom it counts. Raises ``Refused`` while the same number is
    contested already and unanswered, ``Invalid`` without a reason.
    """
    actor.must(identity.Right.READ_CASE, unit_id=unit_id)
    if actor.post_id is None or period.last is None:
        raise Refused("Chỉ người giữ vị trí công tác mới kiến nghị được, về số liệu của một kỳ có ngày cuối.")
    figure = measure(key).figure
    words = _words("reason", reason, "Ghi rõ số nào chưa đúng, vì sao, theo hồ sơ hay tài liệu nào.")
    cut = {dimension.value: (only or {}).get(dimension, "") for dimension in CUTS}
    unit = organisations.unit_on(unit_id, period.last)
    total = figure_table(key, unit_id=unit_id, period=period, only=only).total
    row = Contest(
        key=key,
        unit_id=unit_id,
        start=period.start,
        last=period.last,
        value=total.value,
        reason=words,
        raised_at=at,
        raised_by_id=actor.post_id,
        **cut,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        days = f"từ {day_text(period.start)} đến {day_text(period.last)}"
        raise Conflict(f"Số «{figure.label}» của {unit.full_name} {days} đang được kiến nghị, chưa trả lời.") from error
    public = {
        "key": key,
        "unit": unit.code,
        "from": period.start.isoformat(),
        "to": period.last.isoformat(),
        "value": None if total.value is None else f"{total.value}",
        **{name: value for name, value in cut.items() if value},
    }
    audit.record(stream=_stream(row.code), act="contested", at=at, actor=actor, public=public, private={"reason": words})
    return row.code


@transaction.atomic
def withdraw_contest(*, actor: Actor, at: datetime, code: str, reason: str) -> None:
    """Take a contest back while nobody has answered it; what was said stays with the number, and why it was taken back.

    Only for who contested. Raises ``NotFound`` for others' contests too, ``Conflict`` when it was answered meanwhile, ``Invalid`` without
    a reason.
    """
    row = _locked(code)
    if row.raised_by.person_id != actor.person or actor.post_id is None:
        raise NotFound("Không có kiến nghị này của bạn. Mở lại trang số liệu.")
    _must_be_open(row)
    words = _words("reason", reason, "Ghi vì sao rút, ví dụ: đã đối chiếu lại, số liệu đúng.")
    _ended(row, actor, at, Verdict.WITHDRAWN, words)
    audit.record(stream=_stream(code), act="contest_withdrawn", at=at, actor=actor, public={}, private={"reason": words})


@transaction.atomic
def answer_contest(*, actor: Actor, at: datetime, code: str, verdict: Verdict, answer: str) -> None:
    """Answer a contest in words. Needs ``figures:contest:answer`` in the unit of the number; nobody answers what they contested themselves.

    Raises ``NotFound``, ``Conflict`` when it was answered meanwhile, ``Refused`` and ``Invalid``. Accepting changes no number: the facts
    are put right where they were written, and the number follows.
    """
    actor.must(identity.Right.ANSWER_CONTEST)
    row = _locked(code)
    actor.must(identity.Right.ANSWER_CONTEST, unit_id=row.unit_id)
    _must_be_open(row)
    if verdict not in ANSWERS:
        raise Invalid({"verdict": "Chọn chấp nhận hay giữ nguyên; chỉ người kiến nghị rút được kiến nghị."})
    if actor.post_id is None or row.raised_by.person_id == actor.person:
        raise Refused("Người kiến nghị không tự trả lời kiến nghị của mình; để người khác có quyền trả lời.")
    words = _words("answer", answer, "Ghi câu trả lời: đã kiểm tra gì, kết quả thế nào, sửa ở đâu hoặc vì sao giữ nguyên.")
    _ended(row, actor, at, verdict, words)
    audit.record(
        stream=_stream(code), act="contest_answered", at=at, actor=actor, public={"verdict": verdict.value}, private={"answer": words}
    )


def _locked(code: str) -> Contest:
    row = Contest.objects.select_for_update(of=("self",)).select_related("raised_by").filter(code=code).first()
    if row is None:
        raise NotFound("Không có kiến nghị này. Mở lại danh sách kiến nghị.")
    return row


def _must_be_open(row: Contest) -> None:
    if row.verdict == Verdict.WITHDRAWN:
        raise Conflict("Kiến nghị này đã được rút; mở lại trang để xem.")
    if row.answered_at is not None:
        raise Conflict("Kiến nghị này vừa được người khác trả lời; mở lại trang để xem.")


def _ended(row: Contest, actor: Actor, at: datetime, verdict: Verdict, words: str) -> None:
    row.verdict, row.answer, row.answered_at, row.answered_by_id = verdict, words, at, actor.post_id
    row.save(update_fields=["verdict", "answer", "answered_at", "answered_by"])


def _words(field: str, text: str, wanted: str) -> str:
    words = "\n".join(clean(line) for line in text.splitlines()).strip()
    if not words:
        raise Invalid({field: wanted})
    if len(words) > LONGEST:
        raise Invalid({field: f"Viết gọn trong {LONGEST} ký tự; đang có {len(words)}."})
    return words


def _stream(code: str) -> str:
    return f"contest:{code}"
