"""Say sorry without moving the date: a broken promise stays broken; an error, a lost or damaged paper, misconduct."""

from datetime import datetime

from django.db import transaction

from cchc.cases.models import Apology, Case
from cchc.cases.operations.acting import begin, write_down
from cchc.cases.operations.owing import add, late_unit_of, unit_to_blame
from cchc.cases.operations.papers import apology_letter, unit_then
from cchc.cases.queries.openings import is_broken
from cchc.cases.rules.lengths import must_fit
from cchc.cases.terms import Act, ApologyKind
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean

GIVEN_BY_PEOPLE = (ApologyKind.LATE, ApologyKind.ERROR, ApologyKind.LOSS, ApologyKind.MISCONDUCT)


@transaction.atomic
def apologise(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    kind: ApologyKind,
    reason: str,
    remedy: str = "",
    late_unit_id: int | None = None,
    seen: int | None = None,
) -> None:
    """Issue a written apology; the promise stays where it is.

    For lateness only once the promise is broken: before that there is nothing to apologise for but an extension. The unit that was
    late is named; the one that held the file when the promise broke, when not given.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.APOLOGISE, seen=seen)
    _must_be_due(case, at=at, kind=kind, reason=reason, remedy=remedy)
    unit = _late_unit(case, late_unit_id, at=at)
    view = unit_then(unit, local_date(at)) if unit is not None else None
    write_down(
        actor=actor,
        at=at,
        case=case,
        row=row,
        public={"kind": kind.value, "late_unit": view.code if view else "", "omitted": False},
        private={"reason": clean(reason), "remedy": clean(remedy)},
    )
    add(actor=actor, at=at, case=case, kind=kind, reason=clean(reason), remedy=clean(remedy), late_unit=unit)


def draft_apology(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    kind: ApologyKind,
    reason: str,
    remedy: str = "",
    late_unit_id: int | None = None,
    seen: int | None = None,
) -> bytes:
    """Return the letter that ``apologise`` would issue, as a PDF marked DỰ THẢO: nothing is written, no number is taken.

    Asks for the same right and refuses what ``apologise`` refuses.
    """
    with transaction.atomic():
        case, _row = begin(actor=actor, at=at, code=code, act=Act.APOLOGISE, seen=seen)
        _must_be_due(case, at=at, kind=kind, reason=reason, remedy=remedy)
        unit = _late_unit(case, late_unit_id, at=at)
        apology = Apology(kind=kind, reason=clean(reason), remedy=clean(remedy), late_unit_id=unit)
        letter = apology_letter(actor=actor, at=at, case=case, apology=apology)
    return documents.draft(at=at, data=letter)


@transaction.atomic
def record_loss(
    *, actor: Actor, at: datetime, code: str, what: str, remedy: str, late_unit_id: int | None = None, seen: int | None = None
) -> None:
    """Write down that a paper of the file was lost or damaged, what is done about it at the agency's cost, and apologise (T19)."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.RECORD_LOSS, seen=seen)
    must_fit(what=what, remedy=remedy)
    problems = {}
    if not clean(what):
        problems["what"] = "Ghi giấy tờ nào bị mất hoặc hỏng, xảy ra khi nào."
    if not clean(remedy):
        problems["remedy"] = "Ghi cách khắc phục và bên chịu chi phí; người dân không phải chịu."
    if problems:
        raise Invalid(problems)
    unit = unit_to_blame(case, late_unit_id, at=at) if late_unit_id is not None else case.holder_unit_id or case.agency_id
    write_down(actor=actor, at=at, case=case, row=row, private={"what": clean(what), "remedy": clean(remedy)})
    add(actor=actor, at=at, case=case, kind=ApologyKind.LOSS, reason=clean(what), remedy=clean(remedy), late_unit=unit)


def _must_be_due(case: Case, *, at: datetime, kind: ApologyKind, reason: str, remedy: str) -> None:
    """Refuse an apology for nothing, without words, or of a kind that people do not give."""
    must_fit(reason=reason, remedy=remedy)
    if kind not in GIVEN_BY_PEOPLE:
        raise Refused("Chọn lý do xin lỗi trong danh sách.", field="kind")
    if not clean(reason):
        raise Invalid({"reason": "Ghi việc đã xảy ra; nội dung in trong văn bản xin lỗi."})
    if kind is ApologyKind.LATE and not is_broken(case, at=at):
        raise Refused("Lời hẹn chưa bị lỡ. Nếu biết trước là chậm, hãy xin lỗi và đề nghị gia hạn.", field="kind")


def _late_unit(case: Case, unit_id: int | None, *, at: datetime) -> int | None:
    return unit_to_blame(case, unit_id, at=at) if unit_id is not None else late_unit_of(case)
