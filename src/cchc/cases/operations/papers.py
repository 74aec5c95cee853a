"""Fill in and issue the papers of an intake, and journal their numbers and digests beside the act."""

from datetime import date, datetime

from django.conf import settings

from cchc.audit import api as audit
from cchc.cases.models import Case, IntakeRequest, Party
from cchc.cases.terms import PartyKind, PartyRole, PaymentMethod, ResultChannel
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.kernel.text import money
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

_RESULT_PLACES = {
    ResultChannel.COUNTER: "quầy trả kết quả của {counter}",
    ResultChannel.POST: "địa chỉ của người nộp, qua dịch vụ bưu chính công ích",
    ResultChannel.ONLINE: "bản điện tử gửi trực tuyến",
}


def issue_receipt(*, actor: Actor, at: datetime, case: Case) -> documents.PaperView:
    """Issue form 01 with the promise, its fingerprint in the journal, and the QR of the tracking page."""
    owner, submitter = _parties(case)
    limit = worktime.TimeLimit.parse(case.limit) if case.limit else None
    counter = organisations.unit_on(case.counter_id, local_date(at))
    data = documents.ReceiptData(
        head=_head(case, counter, at),
        person=_person(submitter or owner),
        owner=owner.full_name if submitter else "",
        case_code=case.code,
        procedure_name=case.title,
        procedure_code=case.procedure_code,
        channel=procedures.Channel(case.channel).label,
        papers=tuple(
            documents.PaperLine(name=line.name, originals=line.originals, certified=line.certified, copies=line.copies, note=line.note)
            for line in case.papers.filter(given=True)
        ),
        sets=case.sets,
        statutory_time=limit.text if limit else "không quy định",
        received=documents.moment_phrase(case.received_at or at),
        appointment=documents.moment_phrase(case.due_at) if case.due_at else "Cơ quan sẽ thông báo; thủ tục không quy định thời hạn",
        not_counted=_not_counted(case, limit),
        result_place=_RESULT_PLACES[ResultChannel(case.result_channel)].format(counter=counter.full_name),
        fee=_fee(case),
        receiver=actor.name,
        register_number=f"{case.register_number:04d}" if case.register_number else "",
        verification_code=audit.entries(case.stream)[-1].fingerprint,
        tracking_url=tracking_url(case),
    )
    return _issue(actor=actor, at=at, case=case, form=documents.FormKey.RECEIPT, data=data)


def issue_supplement(*, actor: Actor, at: datetime, case: Case, request: IntakeRequest) -> documents.PaperView:
    """Issue form 02: everything that is missing, once, with the reason."""
    owner, submitter = _parties(case)
    counter = organisations.unit_on(case.counter_id, local_date(at))
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
        clock_note="Thời hạn giải quyết bắt đầu tính khi hồ sơ được tiếp nhận đầy đủ, đúng quy định.",
        legal_basis="Điều 17 Nghị định 118/2025/NĐ-CP, sửa đổi bởi Nghị định 309/2026/NĐ-CP",
        tracking_url=tracking_url(case),
    )
    return _issue(actor=actor, at=at, case=case, form=documents.FormKey.SUPPLEMENT, data=data)


def issue_refusal(*, actor: Actor, at: datetime, case: Case, request: IntakeRequest) -> documents.PaperView:
    """Issue form 03: why the file is not taken, and where to go."""
    owner, submitter = _parties(case)
    counter = organisations.unit_on(case.counter_id, local_date(at))
    data = documents.RefusalData(
        head=_head(case, counter, at),
        person=_person(submitter or owner),
        procedure_name=case.title,
        procedure_code=case.procedure_code,
        case_code=case.code,
        reason=request.reason,
        advice=request.guidance,
        officer=actor.name,
        legal_basis="Điều 17 Nghị định 118/2025/NĐ-CP, sửa đổi bởi Nghị định 309/2026/NĐ-CP",
    )
    return _issue(actor=actor, at=at, case=case, form=documents.FormKey.REFUSAL, data=data)


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


def _parties(case: Case) -> tuple[Party, Party | None]:
    found = {item.role: item for item in case.parties.all()}
    return found[PartyRole.OWNER], found.get(PartyRole.SUBMITTER)


def _head(case: Case, counter: organisations.UnitView, at: datetime) -> documents.Head:
    """Return the two lines on the left: the agency, and the one-stop unit without the agency's name repeated after it."""
    agency = organisations.unit_on(case.agency_id, local_date(at))
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
    schedule = organisations.schedule_of(case.agency_id, on=local_date(case.received_at))
    explanation = worktime.explain(start=case.received_at, limit=limit, calendar=calendar, schedule=schedule)
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
