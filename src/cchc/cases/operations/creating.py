"""Make the rows of a new case: its code without gaps, its parties, papers and fees. Used by every intake act."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import connection

from cchc.cases.models import Case, CasePaper, CodeRule, FeeLine, IntakeKey, Party, Register
from cchc.cases.operations.intake_form import Intake, Prepared
from cchc.cases.rules.codes import STRATEGIES
from cchc.cases.rules.intake import PartyForm, who_filed
from cchc.cases.rules.transitions import Transition
from cchc.cases.terms import Act, PartyRole, PaymentMethod
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Refused
from cchc.kernel.local import local_date
from cchc.kernel.standing import kept
from cchc.organisations import api as organisations
from cchc.procedures.api import Channel

SECRET_BYTES = 24
_RAISE = """
    INSERT INTO cases_codecounter (agency_id, day, last) VALUES (%s, %s, 1)
    ON CONFLICT (agency_id, day) DO UPDATE SET last = cases_codecounter.last + 1 RETURNING last
"""


def once(*, key: str, actor: Actor, act: Act, intake: Intake, answers: Mapping[str, Any], make: Callable[[], Case]) -> Case:
    """Return the case this form made before, or make it now.

    ``key`` is unique for one filled-in form; empty means no protection. ``answers`` are those beside the intake. The same key
    with another act or other answers is a ``Conflict``: a form that was accepted must not come back as refused.
    """
    if not key:
        return make()
    sent = {"act": act.value, "intake": asdict(intake), "answers": answers}
    digest = hashlib.sha256(json.dumps(sent, sort_keys=True, default=str).encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    known = IntakeKey.objects.select_related("case__register").filter(key=key).first()
    if known is None:
        case = make()
        IntakeKey.objects.create(key=key, case=case, digest=digest)
        return case
    actor.must(identity.Right.RECEIVE_CASE, unit_id=known.case.agency_id)
    if known.digest != digest:
        raise Conflict(f"Phiếu này đã ghi thành hồ sơ {known.case.code} với nội dung khác. Mở hồ sơ đó, hoặc bắt đầu phiếu mới.")
    return known.case


def create(*, at: datetime, prepared: Prepared, row: Transition, holder_unit: int | None) -> Case:
    """Return the case in the state of ``row`` with its code, not yet promised, saved or journalled."""
    intake, version = prepared.intake, prepared.version
    return Case(
        register=_own_register(),
        code=next_code(agency=prepared.agency, day=local_date(at)),
        secret=secrets.token_urlsafe(SECRET_BYTES),
        agency_id=prepared.agency.id,
        counter_id=prepared.counter_id,
        version_id=version.id,
        procedure_code=version.code,
        title=version.title,
        field_name=version.field.name,
        case_type_id=prepared.case_type.id if prepared.case_type else None,
        channel=intake.channel,
        filed_by=who_filed(intake.filed_by, by_another=intake.submitter is not None, online=intake.channel == Channel.ONLINE) or "",
        result_channel=intake.result_channel,
        request=intake.request,
        sets=intake.sets,
        stage=row.stage,
        step=row.step,
        holder_unit_id=holder_unit,
        since=at,
        filed_at=at,
    )


def attach(*, at: datetime, case: Case, prepared: Prepared) -> None:
    """Insert parties, papers and fees of a case that has been saved."""
    intake = prepared.intake
    _party(case, intake.owner, PartyRole.OWNER, notify=intake.notify)
    if intake.submitter:
        _party(case, intake.submitter, PartyRole.SUBMITTER, notify=False)
    CasePaper.objects.bulk_create(
        CasePaper(
            case=case,
            ordinal=place,
            name=paper.name,
            note=note,
            originals=paper.originals,
            certified=paper.certified,
            copies=paper.copies,
            required=paper.required,
            given=paper.given,
        )
        for place, (paper, note) in enumerate(zip(prepared.papers, prepared.notes, strict=True), start=1)
    )
    paid = intake.payment in {PaymentMethod.CASH, PaymentMethod.TRANSFER}
    FeeLine.objects.bulk_create(
        FeeLine(
            case=case,
            name=line.name,
            detail=line.how,
            amount=0 if intake.payment == PaymentMethod.EXEMPT else line.amount,
            method=intake.payment,
            paid_at=at if paid else None,
        )
        for line in prepared.quote.lines
    )


def next_code(*, agency: organisations.UnitView, day: date) -> str:
    """Return the next code of an agency on a day; must run in the intake's transaction. No gaps, no doubles, never reused."""
    if not agency.agency_code:
        raise Refused(f"{agency.full_name} chưa có mã định danh cơ quan, chưa cấp được mã hồ sơ. Đề nghị quản trị bổ sung.")
    rule = _code_rule(day)
    if rule is None:
        raise Refused(f"Chưa có quy tắc mã hồ sơ cho ngày {day:%d/%m/%Y}. Nạp dữ liệu tham chiếu rồi thử lại.")
    # Last, because whoever asks next waits for this row until the intake's transaction ends.
    number = _raised(agency.id, day)
    code = STRATEGIES[rule](agency.agency_code, day, number)
    if number > 1:
        return code
    # An agency that was put in the place of another goes on with its agency code, perhaps from a day on which codes were given already.
    while Case.objects.filter(register__code=Register.OWN, code=code).exists():
        code = STRATEGIES[rule](agency.agency_code, day, _raised(agency.id, day))
    return code


def _raised(agency_id: int, day: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [agency_id, day])
        (number,) = cursor.fetchone()
    return int(number)


@kept
def _code_rule(day: date) -> str | None:
    return CodeRule.objects.filter(period__contains=day).values_list("strategy", flat=True).first()


@kept
def _own_register() -> Register:
    return Register.objects.get_or_create(code=Register.OWN, defaults={"name": "Sổ theo dõi hồ sơ"})[0]


def _party(case: Case, form: PartyForm, role: PartyRole, *, notify: bool) -> None:
    Party.objects.create(
        case=case,
        role=role,
        kind=form.kind,
        full_name=form.full_name,
        identity_number=form.identity_number,
        birth_date=form.birth_date,
        phone=form.phone,
        email=form.email,
        address=form.address,
        notify=notify and bool(form.phone or form.email),
    )
