"""Form 06, the control slip: every holding of a case as kept, drawn when it is asked for."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.local import local, local_date
from cchc.organisations import api as organisations
from cchc.web.desk.desk import DeskRequest
from cchc.web.ui.access import needs


@require_safe
@needs("cases:case:read")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Send the slip as PDF; nothing is kept, the hand-overs already are."""
    desk = cast("DeskRequest", request)
    case = cases.case(code=code, actor=desk.actor, at=desk.at)
    units = organisations.units_on([case.agency_id, case.counter_id], local_date(desk.at))
    agency, counter = units[case.agency_id], units[case.counter_id]
    row = case.row
    data = documents.ControlSlipData(
        head=documents.Head(superior=agency.authority, agency=counter.name, place=agency.name),
        case_code=row.code,
        procedure_name=row.title,
        procedure_code=case.procedure_code,
        owner=case.owner.full_name,
        lead_unit=next((item.unit for item in case.holdings if item.act is cases.Act.FORWARD), case.agency_name),
        coordinating=tuple(dict.fromkeys(item.unit for item in case.consultations)),
        received=documents.moment_phrase(row.received_at or case.filed_at),
        promised=documents.moment_phrase(row.due_at) if row.due_at else _("không quy định"),
        moves=_moves(case),
        printed=documents.moment_phrase(desk.at),
        tracking_url=f"{settings.BASE_URL}/desk/cases/{row.code}/",
    )
    answer = HttpResponse(documents.unnumbered(at=desk.at, data=data), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="phieu-kiem-soat-{row.code}.pdf"'
    return answer


def _moves(case: cases.CaseView) -> tuple[documents.Move, ...]:
    """Return the hand-overs in order: who gave, who received, when, by when, and how it ended."""
    moves, giver_unit, giver = [], case.counter_name, ""
    for item in case.holdings:
        ended = item.ended_at is not None and item.due_at is not None
        moves.append(
            documents.Move(
                giver_unit=giver_unit,
                giver=giver,
                receiver_unit=item.unit,
                receiver=item.person,
                given=f"{local(item.given_at):%H:%M %d/%m/%Y}",
                received=f"{local(item.received_at):%H:%M %d/%m/%Y}" if item.received_at else "",
                due=f"{local(item.due_at):%H:%M %d/%m/%Y}" if item.due_at else "",
                outcome=(_("Quá hạn") if item.late else _("Đúng hạn")) if ended else "",
                note=" · ".join(part for part in (_(item.act.label), item.note) if part),
            )
        )
        giver_unit, giver = item.unit, item.person
    return tuple(moves)
