"""Background jobs: whether a worker lives, what failed and why, how far long work is, what comes by itself."""

import re
from datetime import UTC, datetime
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
from cchc.web.ui.vietnamese import clock_text

TONES: dict[jobs.JobStatus, Tone] = {
    jobs.JobStatus.FAILED: "error",
    jobs.JobStatus.STALLED: "soon",
    jobs.JobStatus.DOING: "soon",
    jobs.JobStatus.TODO: "wait",
    jobs.JobStatus.SUCCEEDED: "ok",
    jobs.JobStatus.CANCELLED: "",
}
RUNS = 5
# The sixth field counts seconds.
_SECONDS = re.compile(r"\* \* \* \* \* \*/(\d+)")
_EVERY = re.compile(r"\*/(\d+) \* \* \* \*")
_HOURLY = re.compile(r"(\d{1,2}) \* \* \* \*")
_DAILY = re.compile(r"(\d{1,2}) (\d{1,2}) \* \* \*")


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


def when(cron: str) -> str:
    """Return a timetable in words where it is a simple one; timetables are kept in UTC, words are of Viet Nam's clock."""
    if found := _SECONDS.fullmatch(cron):
        return _("%(seconds)s giây một lần") % {"seconds": found[1]}
    if found := _EVERY.fullmatch(cron):
        return _("%(minutes)s phút một lần") % {"minutes": found[1]}
    if found := _HOURLY.fullmatch(cron):
        return _("phút thứ %(minute)s mỗi giờ") % {"minute": found[1]}
    if found := _DAILY.fullmatch(cron):
        # Any day will do: Viet Nam's clock never changes.
        return _("hằng ngày lúc %(clock)s") % {"clock": clock_text(datetime(2026, 1, 1, int(found[2]), int(found[1]), tzinfo=UTC))}
    return cron


def _answer(office: OfficeRequest, entry: Entry) -> HttpResponse:
    word, before = office.GET.get("status", ""), office.GET.get("before", "")
    status = jobs.JobStatus(word) if word in jobs.JobStatus.values() else None
    start = int(before[:18]) if before.isascii() and before.isdigit() else None
    found = jobs.queue(actor=office.actor, at=office.at, status=status, before=start)
    kept = {"status": status.value} if status else {}
    context = {
        "found": found,
        "lines": [(job, TONES[job.status]) for job in found.jobs],
        "planned": [(item, when(item.cron), TONES[item.last_status] if item.last_status else "") for item in found.planned],
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
