"""Mend an honest mistake made at intake, with a reissued receipt; put right a result that was wrong."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from cchc.cases.models import Case, OldReceipt, Party, Result, ResultCorrection
from cchc.cases.operations.acting import begin, conclude, write_down
from cchc.cases.operations.creating import SECRET_BYTES
from cchc.cases.operations.papers import issue_receipt
from cchc.cases.operations.placing import place_at
from cchc.cases.rules.intake import PartyForm, digits, filing_problem, party_problems
from cchc.cases.rules.lengths import length_problems, must_fit
from cchc.cases.terms import Act, FiledBy, PartyKind, PartyRole, ResultChannel
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import local_date, moment_text
from cchc.kernel.text import clean

MOST_SETS = 99
_WORDS = {
    "full_name": "họ tên",
    "identity_number": "số định danh",
    "birth_date": "ngày sinh",
    "phone": "số điện thoại",
    "email": "thư điện tử",
    "address": "địa chỉ",
    "kind": "loại người nộp",
    "request": "nội dung yêu cầu",
    "sets": "số bộ hồ sơ",
    "result_channel": "nơi nhận kết quả",
    "filed_by": "ai nộp",
}


@dataclass(frozen=True)
class Correction:
    """What may have been typed wrong. The procedure, the channel and the time of intake are not here: they make the promise.

    An empty identity number stays as it is kept: who mends a name need not look at the whole number. ``filed_by`` None stays too.
    """

    owner: PartyForm
    request: str = ""
    sets: int = 1
    result_channel: ResultChannel = ResultChannel.COUNTER
    filed_by: FiledBy | None = None


@transaction.atomic
def correct(*, actor: Actor, at: datetime, code: str, correction: Correction, reason: str, seen: int | None = None) -> tuple[str, ...]:
    """Put right what was typed wrong and reissue the receipt; return the words of what changed.

    The promise does not move. The old receipt's QR code is worth nothing afterwards: it says that a new one was given. Raises
    ``Invalid`` for wrong answers or no reason, ``Refused`` when nothing differs. Source: Decree 61/2018 Art. 21(1).
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.CORRECT, seen=seen)
    owner = case.parties.get(role=PartyRole.OWNER)
    kept = FiledBy(case.filed_by) if case.filed_by else None
    before = Correction(_form(owner), case.request, case.sets, ResultChannel(case.result_channel), kept)
    typed = _cleaned(correction.owner)
    typed = replace(typed, identity_number=typed.identity_number or owner.identity_number)
    after = replace(correction, owner=typed, request=clean(correction.request), filed_by=correction.filed_by or kept)
    problems = party_problems(party=after.owner, today=local_date(at), prefix="owner") | length_problems(
        request=after.request, reason=reason
    )
    if not 1 <= after.sets <= MOST_SETS:
        problems["sets"] = f"Số bộ hồ sơ từ 1 đến {MOST_SETS}."
    by_another = case.parties.filter(role=PartyRole.SUBMITTER).exists()
    if after.filed_by != kept and (sentence := filing_problem(after.filed_by, by_another=by_another)):
        problems["filed_by"] = sentence
    if not clean(reason):
        problems["reason"] = "Ghi sai sót là gì và vì sao phải sửa."
    if problems:
        raise Invalid(problems)
    changed = _differences(before, after)
    if not changed:
        raise Refused("Chưa có gì khác với điều đã ghi. Sửa ô bị sai rồi bấm lại.")
    _write(owner, after.owner)
    case.request, case.sets, case.result_channel = after.request, after.sets, after.result_channel
    case.filed_by = after.filed_by or ""
    # Before acceptance there is no receipt to reissue: the address on the supplement request stays good.
    number = _retire_receipt(case, at) if case.received_at is not None else ""
    words = tuple(_WORDS[name] for name in changed)
    write_down(
        actor=actor,
        at=at,
        case=case,
        row=row,
        public={"changed": list(changed), "replaces": number},
        private={"reason": clean(reason), "before": {name: str(value) for name, value in changed.items()}},
    )
    if case.received_at is not None:
        issued = f"Cấp lại, thay giấy số {number}" if number else "Cấp lại"
        issue_receipt(actor=actor, at=at, case=case, replaces=f"{issued}, lúc {moment_text(at)}; sửa: {', '.join(words)}.")
    return words


@transaction.atomic
def correct_result(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    reason: str,
    number: str = "",
    seen: int | None = None,
) -> None:
    """Put a right result in the place of a wrong one, at the agency's cost: the case goes back to the counter to be handed over (T18).

    When the result was first there, and first handed over, stays what every figure counts.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.CORRECT_RESULT, seen=seen)
    must_fit(reason=reason, number=number)
    if not clean(reason):
        raise Invalid({"reason": "Ghi kết quả sai ở đâu và sửa thế nào."})
    result = Result.objects.get(case=case)
    last = case.corrections.aggregate(last=Max("seq"))["last"] or 0
    ResultCorrection.objects.create(
        case=case,
        seq=last + 1,
        at=at,
        reason=clean(reason),
        number_before=result.number,
        number_after=clean(number) or result.number,
        post_id=actor.post_id,
    )
    result.number = clean(number) or result.number
    result.receiver, result.handed_at, result.handed_by_id = "", None, None
    result.save()
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=place_at(case, None, at=at, unit=case.counter_id),
        outcome=row.act.label,
        public={"number": result.number},
        private={"reason": clean(reason)},
    )


def _retire_receipt(case: Case, at: datetime) -> str:
    """Keep the secret of the old receipt as an old one, give the case a new one, and return the number of the newest receipt."""
    papers = [paper for paper in documents.papers_of(case.stream) if paper.form is documents.FormKey.RECEIPT]
    number = papers[-1].number if papers else ""
    OldReceipt.objects.create(case=case, secret=case.secret, replaced_at=at, number=number)
    case.secret = secrets.token_urlsafe(SECRET_BYTES)
    return number


def _form(party: Party) -> PartyForm:
    return PartyForm(
        full_name=party.full_name,
        kind=PartyKind(party.kind),
        identity_number=party.identity_number,
        birth_date=party.birth_date,
        phone=party.phone,
        email=party.email,
        address=party.address,
    )


def _cleaned(form: PartyForm) -> PartyForm:
    return replace(
        form,
        full_name=clean(form.full_name),
        identity_number=digits(form.identity_number),
        phone=digits(form.phone),
        email=form.email.strip(),
        address=clean(form.address),
    )


def _differences(before: Correction, after: Correction) -> dict[str, object]:
    """Return the old value of everything that differs, by name."""
    old, new = {**asdict(before.owner), **asdict(before)}, {**asdict(after.owner), **asdict(after)}
    return {name: old[name] for name in _WORDS if old[name] != new[name]}


def _write(party: Party, form: PartyForm) -> None:
    for name, value in asdict(form).items():
        setattr(party, name, value)
    party.notify = party.notify and bool(form.phone or form.email)
    party.save()
