"""Paper templates: what is in force, what each field means, its history, and new words tried before they are kept."""

import base64
from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.documents import api as documents
from cchc.kernel.local import local_date
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.vietnamese import day_text

RIGHT = "documents:template:edit"


@require_safe
@needs(RIGHT)
def index(request: HttpRequest) -> HttpResponse:
    """List the forms in force today: those that bear a number, and those that are drawn from the records."""
    office = cast("OfficeRequest", request)
    forms = documents.forms_on(local_date(office.at))
    groups = [
        (_("Giấy có số, được giữ"), [form for form in forms if form.series]),
        (_("In từ sổ sách, không có số"), [form for form in forms if not form.series]),
    ]
    return render(request, "office/papers/index.html", {"groups": groups, "page_keys": []})


@require_safe
@needs(RIGHT)
def show(request: HttpRequest, form: str) -> HttpResponse:
    """Show one form: a picture of its sample, where it comes from, its fields, its history."""
    office = cast("OfficeRequest", request)
    seen = documents.form_on(form, local_date(office.at))
    return render(request, "office/papers/show.html", {"seen": seen, "current": seen.current, "page_keys": []})


@require_safe
@needs(RIGHT)
def sample(request: HttpRequest, form: str) -> HttpResponse:
    """Send the sample as PDF; ``?row=`` chooses one of the form's history."""
    office = cast("OfficeRequest", request)
    row = request.GET.get("row", "")
    chosen = int(row) if row.isascii() and row.isdigit() and len(row) < len("1000000000") else None
    drawn = documents.sample_sheet(form, at=office.at, template_id=chosen)
    answer = HttpResponse(drawn.pages[0], content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{form}.pdf"'
    return answer


@require_safe
@needs(RIGHT)
def picture(request: HttpRequest, form: str) -> HttpResponse:
    """Send a picture of the sample's first page."""
    office = cast("OfficeRequest", request)
    return HttpResponse(documents.sample_sheet(form, at=office.at, as_picture=True).pages[0], content_type="image/png")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
def revise(request: HttpRequest, form: str) -> HttpResponse:
    """Show the words of a form for changing; try them, or keep them from a day on."""
    office = cast("OfficeRequest", request)
    today = local_date(office.at)
    seen = documents.form_on(form, today)
    current = seen.current
    typed = (
        request.POST
        if request.method == "POST"
        else {
            "title": current.title,
            "circular": current.circular,
            "form_number": current.form_number,
            "series": current.series,
            "confidence": current.confidence.value,
            "source": current.source,
            "remark": current.remark,
            "since": day_text(today),
            "layout_source": seen.text,
        }
    )
    entry = Entry(typed)
    pages: tuple[bytes, ...] = ()
    if request.method == "POST":
        words = {name: entry.text(name) for name in ("circular", "form_number", "series")}
        title = entry.text("title", required=_("Nhập tên giấy."))
        layout_source = entry.value("layout_source")
        if request.POST.get("do") == "keep":
            since = entry.day("since", required=_("Nhập ngày bắt đầu dùng."))
            confidence = entry.chosen("confidence", documents.Confidence, required=_("Chọn lời văn này lấy từ đâu."))
            with entry.catching():
                if entry.ok and since and confidence:
                    documents.revise_template(
                        actor=office.actor,
                        at=office.at,
                        form=seen.form,
                        since=since,
                        title=title,
                        layout_source=layout_source,
                        confidence=confidence,
                        source=entry.text("source"),
                        remark=entry.lines("remark"),
                        **words,
                    )
            if entry.ok:
                messages.success(
                    request,
                    _("Đã ghi mẫu mới, dùng từ ngày %(day)s. Giấy đã cấp giữ nguyên mẫu cũ.") % {"day": day_text(cast("date", since))},
                )
                return HttpResponseRedirect(reverse("office:paper_form", args=[form]))
        else:
            with entry.catching():
                pages = documents.preview_template(
                    actor=office.actor, at=office.at, form=seen.form, layout_source=layout_source, title=title, **words
                )
    pictures = ["data:image/png;base64," + base64.b64encode(page).decode() for page in pages[:2]]
    context = {
        "seen": seen,
        "current": current,
        "pictures": pictures,
        "page_count": len(pages),
        "confidences": [(word.value, _(word.label)) for word in documents.Confidence],
        "page_keys": [],
    }
    return entry.answer(request, "office/papers/revision.html", context)
