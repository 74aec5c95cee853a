"""Background jobs: whether a worker lives, what failed and why, how far long work is, what comes by itself."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.jobs import api as jobs
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Page, Tone

TONES: dict[jobs.JobStatus, Tone] = {
    jobs.JobStatus.FAILED: "late",
    jobs.JobStatus.STALLED: "soon",
    jobs.JobStatus.DOING: "soon",
    jobs.JobStatus.TODO: "wait",
    jobs.JobStatus.SUCCEEDED: "ok",
    jobs.JobStatus.CANCELLED: "",
}
RUNS = 5


@require_safe
@needs("kernel:job:manage")
def index(request: HttpRequest) -> HttpResponse:
    """Show the queue, the newest first, narrowed by status."""
    return _answer(cast("OfficeRequest", request), Entry())


@require_POST
@needs("kernel:job:manage")
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Put a job that failed back into the queue."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST)
    with entry.catching():
        name = jobs.retry(actor=office.actor, at=office.at, job_id=job_id)
        flash.success(request, _("Đã xếp hàng chạy lại: %(job)s.") % {"job": _(name)})
        return redirect("office:jobs")
    return _answer(office, entry)


def _answer(office: OfficeRequest, entry: Entry) -> HttpResponse:
    word, before = office.GET.get("status", ""), office.GET.get("before", "")
    status = jobs.JobStatus(word) if word in jobs.JobStatus.values() else None
    start = int(before[:18]) if before.isascii() and before.isdigit() else None
    found = jobs.queue(actor=office.actor, at=office.at, status=status, before=start)
    kept = {"status": status.value} if status else {}
    context = {
        "found": found,
        "lines": [(job, TONES[job.status]) for job in found.jobs],
        "planned": [(item, TONES[item.last_status] if item.last_status else "") for item in found.planned],
        "runs": jobs.recent_runs(limit=RUNS),
        "status": status,
        "counts": list(found.counts.items()),
        "page": Page(
            next_url=f"?{urlencode({**kept, 'before': found.following})}" if found.following is not None else "",
            first_url=f"?{urlencode(kept)}" if start is not None else "",
            label=_("Mới nhất trước"),
        ),
        "page_keys": [],
    }
    return entry.answer(office, "office/jobs/list.html", context)
