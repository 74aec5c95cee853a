"""Where a file is. By its code alone: the degree of completion and nothing else. By the receipt's QR: all the applicant may know."""

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.portal.journey import has_receipt, history, journey, next_for_citizen, papers_of, promise_head
from cchc.web.ui.access import public
from cchc.web.ui.chips import chip_of, explanation_of
from cchc.web.ui.forms import query_text
from cchc.web.ui.limits import limited
from cchc.worktime import api as worktime

DIGITS_ON_PAPER = 8


@require_safe
@public("Tra cứu bằng mã hồ sơ: chỉ mã và mức độ hoàn thành")
@limited("track", per_client=20, overall=600, when=lambda request: bool(request.GET.get("ma", "").strip()))
def by_code(request: HttpRequest) -> HttpResponse:
    """Show the degree of completion; one answer for every code that is not a case of ours."""
    code = query_text(request, "ma", longest=60)
    if not code:
        return render(request, "portal/tracking/ask.html", {"code": "", "problem": ""})
    try:
        progress = cases.track(code)
    except NotFound as error:
        return render(request, "portal/tracking/ask.html", {"code": code, "problem": error.message}, status=HTTPStatus.NOT_FOUND)
    answer = render(request, "portal/tracking/degree.html", {"progress": progress, "share": progress.done / progress.of})
    return _kept_private(answer)


@require_safe
@public("Người giữ giấy hẹn xem hồ sơ của mình, bằng mã bí mật trong mã QR")
@limited("secret", per_client=60, overall=1200)
def by_secret(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Show the whole promise, its history and where the file is."""
    at = cast("Any", request).at
    try:
        case = cases.track_secret(code=code, secret=secret, at=at)
    except NotFound as error:
        return render(request, "portal/tracking/ask.html", {"code": "", "problem": error.message}, status=HTTPStatus.NOT_FOUND)
    calendar, day = worktime.load_calendar(), local_date(case.row.received_at or case.filed_at)
    schedule = organisations.schedule_of(case.counter_id, on=day)
    explanation = explanation_of(case.row, calendar=calendar, schedule=schedule)
    chip = chip_of(case.row, countdown=worktime.Countdown(now=at, calendar=calendar, schedule=schedule), explanation=explanation)
    proof = cases.proof(code=code, secret=secret)
    typed = "".join(ch for ch in query_text(request, "ma-in") if ch.isalnum()).upper()[:DIGITS_ON_PAPER]
    context = {
        "case": case,
        "chip": chip,
        "head": promise_head(case, chip),
        "explanation": explanation,
        "steps": journey(case),
        "history": history(case),
        "next": next_for_citizen(case, chip),
        "proof": proof,
        "papers": papers_of(case),
        "has_receipt": has_receipt(case),
        "typed": typed,
        # Each receipt bears a code of its own, and an older one is as good a witness as the newest.
        "matches": bool(typed) and typed in {"".join(item.fingerprint.split()) for item in proof.printed},
    }
    return _kept_private(render(request, "portal/tracking/case.html", context))


@require_safe
@public("Người giữ giấy hẹn tải chứng thực của hồ sơ mình, bằng mã bí mật trong mã QR")
@limited("proof", per_client=20, overall=300)
def proof(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Give the proof of the case's journal, to be checked without us."""
    try:
        stream = cases.proof(code=code, secret=secret).stream
    except NotFound as error:
        return render(request, "portal/tracking/ask.html", {"code": "", "problem": error.message}, status=HTTPStatus.NOT_FOUND)
    answer = JsonResponse(audit.proof_of(stream), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="chung-thuc.json"'
    return _kept_private(answer)


@require_safe
@public("Người giữ giấy hẹn mở lại giấy đã gửi cho mình")
@limited("secret_paper", per_client=30, overall=600)
def paper(request: HttpRequest, code: str, secret: str, paper_id: UUID) -> HttpResponse:
    """Send a paper that was written to the applicant, to whoever holds the receipt; no other paper, of this case or another."""
    case = cases.track_secret(code=code, secret=secret, at=cast("Any", request).at)
    found = next((item for item in papers_of(case) if item.id == paper_id), None)
    if found is None:
        raise NotFound(_("Không có giấy này. Kiểm tra lại đường dẫn."))
    answer = HttpResponse(documents.render(found.id), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.form.value}-{found.number.replace("/", "-")}.pdf"'
    return _kept_private(answer)


def _kept_private(answer: HttpResponse) -> HttpResponse:
    """Keep the page out of caches and search engines, and its secret address out of other sites' logs."""
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
