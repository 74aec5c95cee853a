"""Fill in and issue the papers of a case, and journal their numbers and digests beside the act."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from cchc.audit import api as audit
from cchc.cases.models import Apology, Case, HandoverSlip, Party, Request
from cchc.cases.rules.bounds import RESTART, SHIFT, Bound
from cchc.cases.terms import ApologyKind, PartyKind, PartyRole, PaymentMethod, ResultChannel
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.local import local, local_date
from cchc.kernel.text import money
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

_RESULT_PLACES = {
    ResultChannel.COUNTER: "quầy trả kết quả của {counter}",
    ResultChannel.POST: "địa chỉ của người nộp, qua dịch vụ bưu chính công ích",
    ResultChannel.ONLINE: "bản điện tử gửi trực tuyến",
}

INTAKE_BASIS = "Điều 17 Nghị định 118/2025/NĐ-CP, sửa đổi bởi Nghị định 309/2026/NĐ-CP"
_CLOCK_NOTES = {
    "": "Thời hạn giải quyết bắt đầu tính khi hồ sơ được tiếp nhận đầy đủ, đúng quy định.",
    RESTART: "Từ nay đến khi nhận đủ giấy tờ, thời hạn giải quyết ngừng tính. Nhận đủ thì tính lại từ đầu, có giấy hẹn mới.",
    SHIFT: "Từ nay đến khi nhận đủ giấy tờ, thời hạn giải quyết ngừng tính. Nhận đủ thì tính tiếp phần còn lại, có giấy hẹn mới.",
}
_OCCASIONS = {
    ApologyKind.LATE: "về việc trả kết quả quá hạn",
    ApologyKind.OMITTED: "về việc trả kết quả quá hạn",
    ApologyKind.ERROR: "về sai sót trong giải quyết hồ sơ",
    ApologyKind.LOSS: "về việc giấy tờ trong hồ sơ bị mất, hỏng",
    ApologyKind.MISCONDUCT: "về thái độ, hành vi của công chức khi giải quyết hồ sơ",
}
_REMEDIES = {
    ApologyKind.LATE: "Khẩn trương giải quyết và báo ông/bà ngay khi có kết quả; lời hẹn đã lỡ vẫn được tính là quá hạn.",
    ApologyKind.OMITTED: "Kết quả được trả cùng văn bản này; việc quá hạn được ghi nhận đối với đơn vị chậm.",
    ApologyKind.ERROR: "Sửa sai sót, ông/bà không phải chịu chi phí.",
    ApologyKind.LOSS: "Khôi phục giấy tờ, ông/bà không phải chịu chi phí.",
    ApologyKind.MISCONDUCT: "Xem xét, xử lý trách nhiệm theo quy định.",
}
_DEPUTY = "Phó "
_BODY_IN_TITLE = re.compile(r"\s+(UBND|Ủy ban nhân dân).*$")


@dataclass(frozen=True)
class StopNotice:
    """What a stop notice says: who asked (empty when the agency stops by itself), why, and what becomes of the fee."""

    reason: str
    fee_remark: str
    asked_by: str = ""


def issue_receipt(*, actor: Actor, at: datetime, case: Case, replaces: str = "") -> documents.PaperView:
    """Issue form 01 with the promise, its fingerprint in the journal, and the QR of the tracking page.

    ``replaces`` says which receipt it takes the place of and why; it is printed on the paper.
    """
    owner, submitter = _parties(case)
    limit = worktime.TimeLimit.parse(case.limit) if case.limit else None
    counter = unit_then(case.counter_id, local_date(at))
    data = documents.ReceiptData(
        head=_head(case, counter, at),
        person=_person(submitter or owner),
        owner=owner.full_name if submitter else "",
        case_code=case.code,
        procedure_name=case.title,
        procedure_code=case.procedure_code,
        channel=procedures.Channel(case.channel).label,
        papers=_given_papers(case),
        sets=case.sets,
        statutory_time=limit.text if limit else "không quy định",
        received=documents.moment_phrase(case.received_at or at),
        appointment=documents.moment_phrase(case.due_at) if case.due_at else "Cơ quan sẽ thông báo; thủ tục không quy định thời hạn",
        not_counted=_not_counted(case, limit),
        result_place=_result_place(case, counter),
        fee=_fee(case),
        receiver=actor.name,
        register_number=f"{case.register_number:04d}" if case.register_number else "",
        verification_code=audit.entries(case.stream)[-1].fingerprint,
        tracking_url=tracking_url(case),
        replaces=replaces,
    )
    return _issue(actor=actor, at=at, case=case, form=documents.FormKey.RECEIPT, data=data)


def issue_supplement(*, actor: Actor, at: datetime, case: Case, request: Request, mode: Bound | None = None) -> documents.PaperView:
    """Issue form 02: everything that is missing, once, with the reason.

    ``mode`` is what a request after appraisal does to the clock, with its ground; without it the clock has not started.
    """
    owner, submitter = _parties(case)
    counter = unit_then(case.counter_id, local_date(at))
    data = documents.SupplementData(
        head=_head(case, counter, at),
        person=_person(submitter or owner),
        procedure_name=case.title,
        procedure_code=case.procedure_code,
        case_code=case.code,
        items=tuple(documents.SupplementItem(name=item) for item in request.items),
        reason=request.reason,
        contact_name=actor.name,
        contact_phone="",
        officer=actor.name,
        clock_note=_CLOCK_NOTES[mode.value if mode else ""],
        legal_basis=mode.source if mode else INTAKE_BASIS,
        tracking_url=tracking_url(case),
    )
    return _issue(actor=actor, at=at, case=case, form=documents.FormKey.SUPPLEMENT, data=data)


def issue_refusal(*, actor: Actor, at: datetime, case: Case, request: Request) -> documents.PaperView:
    """Issue form 03: why the file is not taken, and where to go."""
    owner, submitter = _parties(case)
    counter = unit_then(case.counter_id, local_date(at))
    data = documents.RefusalData(
        head=_head(case, counter, at),
        person=_person(submitter or owner),
        procedure_name=case.title,
        procedure_code=case.procedure_code,
        case_code=case.code,
        reason=request.reason,
        advice=request.guidance,
        officer=actor.name,
        legal_basis=request.ground or INTAKE_BASIS,
    )
    return _issue(actor=actor, at=at, case=case, form=documents.FormKey.REFUSAL, data=data)


def issue_apology(*, actor: Actor, at: datetime, case: Case, apology: Apology) -> documents.PaperView:
    """Issue the apology: form 04 with the new date for an extension, a letter that moves no date for everything else."""
    extends = apology.kind == ApologyKind.EXTENSION
    form = documents.FormKey.APOLOGY_EXTENSION if extends else documents.FormKey.APOLOGY
    return _issue(actor=actor, at=at, case=case, form=form, data=apology_letter(actor=actor, at=at, case=case, apology=apology))


def apology_letter(*, actor: Actor, at: datetime, case: Case, apology: Apology) -> documents.FormData:
    """Return what the letter of an apology says; the apology need not be kept yet."""
    owner, submitter = _parties(case)
    day = local_date(at)
    counter = unit_then(case.counter_id, day)
    late_unit = unit_then(apology.late_unit_id, day).full_name if apology.late_unit_id else ""
    if apology.kind == ApologyKind.EXTENSION:
        assert apology.due_before is not None, "an extension moves a promise"
        assert apology.due_after is not None, "an extension moves it to a day"
        return documents.ApologyExtensionData(
            head=_head(case, counter, at),
            person=_person(submitter or owner),
            case_code=case.code,
            procedure_name=case.title,
            procedure_code=case.procedure_code,
            received=documents.moment_phrase(case.received_at or at),
            promised=documents.moment_phrase(apology.due_before),
            late_unit=late_unit,
            reason=apology.reason,
            new_appointment=documents.moment_phrase(apology.due_after),
            result_place=_result_place(case, counter),
            ending=ending_of(actor, case, at),
            legal_basis="khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP",
            tracking_url=tracking_url(case),
        )
    return documents.ApologyData(
        head=_head(case, counter, at),
        person=_person(submitter or owner),
        occasion=_OCCASIONS[ApologyKind(apology.kind)],
        happened=apology.reason,
        responsible=late_unit or counter.full_name,
        remedy=apology.remedy or _REMEDIES[ApologyKind(apology.kind)],
        ending=ending_of(actor, case, at),
        case_code=case.code,
        procedure_name=case.title,
        procedure_code=case.procedure_code,
        received=documents.moment_phrase(case.received_at) if case.received_at else "",
        promised=documents.moment_phrase(case.due_at) if case.due_at else "",
        delivered=documents.moment_phrase(case.finished_at) if case.finished_at else "",
        tracking_url=tracking_url(case),
    )


def issue_stop(*, actor: Actor, at: datetime, case: Case, notice: StopNotice, basis: str) -> documents.PaperView:
    """Issue form 05: who asked, why, which papers go back, what becomes of the fee."""
    owner, submitter = _parties(case)
    counter = unit_then(case.counter_id, local_date(at))
    data = documents.StopNoticeData(
        head=_head(case, counter, at),
        person=_person(submitter or owner),
        case_code=case.code,
        procedure_name=case.title,
        procedure_code=case.procedure_code,
        received=documents.moment_phrase(case.received_at or case.filed_at),
        reason=notice.reason or "Theo yêu cầu của người nộp hồ sơ.",
        fee_note=notice.fee_remark,
        ending=ending_of(actor, case, at),
        requested=notice.asked_by,
        stopped=documents.moment_phrase(at),
        returned=_given_papers(case),
        legal_basis=basis,
        tracking_url=tracking_url(case),
    )
    return _issue(actor=actor, at=at, case=case, form=documents.FormKey.STOP_NOTICE, data=data)


def issue_refusal_after_appraisal(*, actor: Actor, at: datetime, case: Case, request: Request) -> documents.PaperView:
    """Issue form 03 as a notice of the competent agency: appraised, and not to be granted."""
    owner, submitter = _parties(case)
    counter = unit_then(case.counter_id, local_date(at))
    data = documents.RefusalAfterAppraisalData(
        head=_head(case, counter, at),
        person=_person(submitter or owner),
        case_code=case.code,
        procedure_name=case.title,
        procedure_code=case.procedure_code,
        received=documents.moment_phrase(case.received_at or at),
        promised=documents.moment_phrase(case.due_at) if case.due_at else "không quy định",
        reason=request.reason,
        ending=ending_of(actor, case, at),
        legal_basis=request.ground,
        advice=request.guidance,
        returned=_given_papers(case),
        tracking_url=tracking_url(case),
    )
    return _issue(actor=actor, at=at, case=case, form=documents.FormKey.REFUSAL_AFTER_APPRAISAL, data=data)


def issue_slip(*, actor: Actor, at: datetime, slip: HandoverSlip) -> documents.PaperView:
    """Issue the slip of a batch; its QR opens the page on which the other side signs. One journal entry in each file."""
    day = local_date(at)
    agency, giver, receiver = (unit_then(unit, day) for unit in (slip.agency_id, slip.from_unit_id, slip.to_unit_id))
    rows = list(slip.rows.select_related("case__register").order_by("case__code"))
    owners = dict(Party.objects.filter(case__in=[row.case_id for row in rows], role=PartyRole.OWNER).values_list("case_id", "full_name"))
    data = documents.HandoverSlipData(
        head=documents.Head(superior=agency.authority, agency=giver.name, place=agency.name),
        giver_unit=giver.full_name,
        giver=actor.name,
        receiver_unit=receiver.full_name,
        given=documents.moment_phrase(at),
        lines=tuple(
            documents.HandoverLine(
                case_code=row.case.code,
                content=row.case.title,
                owner=owners.get(row.case_id, ""),
                papers=f"{row.case.sets:02d} bộ",
                due=f"{local(row.case.due_at):%H:%M %d/%m/%Y}" if row.case.due_at else "",
            )
            for row in rows
        ),
        note=slip.note,
        url=f"{settings.BASE_URL}/desk/slips/{slip.code}/",
    )
    paper = documents.issue(
        actor=actor,
        at=at,
        form=documents.FormKey.HANDOVER_SLIP,
        unit_id=slip.from_unit_id,
        stream=f"slip:{slip.code}",
        data=data,
        soon=not actor.is_system,
    )
    public = {"form": documents.FormKey.HANDOVER_SLIP.value, "number": paper.number, "digest": paper.digest, "slip": slip.code}
    audit.record(stream=f"slip:{slip.code}", act="paper_issued", at=at, actor=actor, public=public)
    return paper


def ending_of(actor: Actor, case: Case, at: datetime) -> documents.Ending:
    """Return the signature of a letter: in whose name this person signs, who else gets it, who drafted it.

    The chairman signs on behalf of the committee (TM.), a deputy in the chairman's place (KT.), the head of an office or of the
    one-stop centre by order (TL.): Decree 30/2020 Art. 13. Without a person the place of the name stays empty for a hand.
    """
    agency = unit_then(case.agency_id, local_date(at))
    collegial = agency.kind in {organisations.UnitKind.COMMUNE, organisations.UnitKind.PROVINCE}
    head = "Chủ tịch" if collegial else "Giám đốc"
    body = "Ủy ban nhân dân" if collegial else ""
    title = _BODY_IN_TITLE.sub("", actor.title) or head
    if actor.is_system or actor.unit_id is None:
        signed = documents.signature(kind=documents.SigningKind.OWN, title=head, body=body)
    elif actor.unit_id != agency.id:
        deputy = title[len(_DEPUTY) :] if title.startswith(_DEPUTY) else ""
        signed = documents.signature(kind=documents.SigningKind.BY_ORDER, title=title, name=actor.name, head_title=head, unit_head=deputy)
    elif title.startswith(_DEPUTY):
        signed = documents.signature(kind=documents.SigningKind.FOR_HEAD, title=title, name=actor.name, head_title=head, body=body)
    else:
        signed = documents.signature(kind=documents.SigningKind.OWN, title=title, name=actor.name, body=body)
    counter = unit_then(case.counter_id, local_date(at))
    return documents.Ending(signature=signed, recipients=("Như trên", counter.full_name))


def unit_then(unit_id: int, day: date) -> organisations.UnitView:
    """Return a unit on a day, as it last was when it has ended: a paper about the past names who was there."""
    return organisations.units_on([unit_id], day)[unit_id]


def tracking_url(case: Case) -> str:
    """Return the address in the receipt's QR code: unguessable, and the only way to all that the applicant may know."""
    return f"{settings.BASE_URL}/ho-so/{case.code}/{case.secret}/"


def _issue(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    form: documents.FormKey,
    data: documents.FormData,
) -> documents.PaperView:
    paper = documents.issue(actor=actor, at=at, form=form, unit_id=case.counter_id, stream=case.stream, data=data, soon=not actor.is_system)
    audit.record(
        stream=case.stream,
        act="paper_issued",
        at=at,
        actor=actor,
        public={"form": form.value, "number": paper.number, "digest": paper.digest, "template": paper.template_version},
    )
    return paper


def _given_papers(case: Case) -> tuple[documents.PaperLine, ...]:
    return tuple(
        documents.PaperLine(name=line.name, originals=line.originals, certified=line.certified, copies=line.copies, note=line.note)
        for line in case.papers.filter(given=True)
    )


def _result_place(case: Case, counter: organisations.UnitView) -> str:
    return _RESULT_PLACES[ResultChannel(case.result_channel)].format(counter=counter.full_name)


def _parties(case: Case) -> tuple[Party, Party | None]:
    found = {item.role: item for item in case.parties.all()}
    return found[PartyRole.OWNER], found.get(PartyRole.SUBMITTER)


def _head(case: Case, counter: organisations.UnitView, at: datetime) -> documents.Head:
    """Return the two lines on the left: the agency, and the one-stop unit without the agency's name repeated after it."""
    agency = unit_then(case.agency_id, local_date(at))
    own = counter.name if counter.id != agency.id else "Bộ phận Tiếp nhận và Trả kết quả"
    return documents.Head(superior=agency.authority, agency=own, place=agency.name)


def _person(party: Party) -> documents.Person:
    label = "Số định danh" if party.kind == PartyKind.CITIZEN else "Mã số"
    return documents.Person(
        name=party.full_name,
        address=party.address,
        phone=party.phone,
        email=party.email,
        identity_number=party.identity_number,
        identity_label=label,
    )


def _not_counted(case: Case, limit: worktime.TimeLimit | None) -> str:
    if limit is None or case.received_at is None:
        return ""
    calendar = worktime.load_calendar()
    start = case.counted_from or case.received_at
    schedule = organisations.schedule_of(case.agency_id, on=local_date(start))
    explanation = worktime.explain(start=start, limit=limit, calendar=calendar, schedule=schedule)
    off = [day.date for day in explanation.days if day.role in {worktime.DayRole.OFF, worktime.DayRole.HOLIDAY}]
    return documents.not_counted_phrase((day, _reason_off(calendar, day)) for day in off)


def _reason_off(calendar: worktime.Calendar, day: date) -> str:
    row = calendar.row(day)
    if row is None:
        return ""
    return f"{row.name}, nghỉ lễ" if row.kind is worktime.DayKind.HOLIDAY else row.reason


def _fee(case: Case) -> str:
    lines = list(case.fees.all())
    if not lines:
        return "không"
    total = sum(line.amount for line in lines)
    paid = {
        PaymentMethod.CASH: "đã thu tiền mặt",
        PaymentMethod.TRANSFER: "đã thu qua chuyển khoản",
        PaymentMethod.EXEMPT: "được miễn",
        PaymentMethod.UNPAID: "chưa thu",
    }
    return f"{money(total)}, {paid[PaymentMethod(lines[0].method)]}"
