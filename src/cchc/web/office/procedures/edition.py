"""The editor of a version: begins from the version in force, is kept while unfinished, published as one act."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures
from cchc.web.office.office import OfficeRequest
from cchc.web.office.procedures.edition_read import draft_from, field_of, with_field_of
from cchc.web.office.procedures.edition_rows import SECTIONS, Rows, from_flat
from cchc.web.office.procedures.edition_start import empty, rows_of, step_rows
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.shapes import options_of

TEMPLATE = "office/procedures/edition.html"


@dataclass
class Screen:
    """The editor at one moment: the version it began from, the draft that is kept, the rows, what is wrong with them."""

    code: str
    base: procedures.VersionView | None
    kept: procedures.DraftView | None
    rows: Rows
    entry: Entry
    based_on: int = 0
    revision: int = 0
    draft: procedures.VersionDraft | None = None
    checked: bool = False

    def read(self) -> procedures.VersionDraft:
        """Read the rows into a draft and note every problem at its field."""
        if self.draft is None:
            self.draft = with_field_of(draft_from(self.rows, self.entry), self.base)
            for place, sentence in procedures.check(self.draft).items():
                self.entry.refuse(field_of(place), sentence)
        return self.draft


@require_http_methods(["GET", "HEAD", "POST"])
@needs("procedures:version:publish")
def new(request: HttpRequest) -> HttpResponse:
    """Write a procedure that the catalogue does not have."""
    return _edit(request, "")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("procedures:version:publish")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Write the next version of a procedure, or go on with a draft that was left."""
    return _edit(request, code)


def _edit(request: HttpRequest, code: str) -> HttpResponse:
    office = cast("OfficeRequest", request)
    screen = _posted(office, code) if request.method == "POST" else _fresh(office, code)
    do = request.POST.get("do", "")
    if do == "publish":
        if published := _publish(office, screen):
            messages.success(
                request,
                _("Đã công bố phiên bản %(number)s của thủ tục %(code)s.") % {"number": published.number, "code": published.code},
            )
            return HttpResponseRedirect(reverse("office:procedure", args=[published.code]))
    elif do == "save":
        if kept := _save(office, screen):
            messages.success(request, _("Đã lưu bản nháp. Có thể đóng trang và làm tiếp sau."))
            return HttpResponseRedirect(reverse("office:procedure_edition", args=[kept.code]))
    elif do == "check":
        screen.read()
        screen.checked = True
    return _drawn(request, screen)


def _fresh(office: OfficeRequest, code: str) -> Screen:
    """Begin from the draft that was kept, or else from the last version, or from nothing."""
    today = local_date(office.at)
    base = _last(code)
    kept = procedures.draft(code) if code else None
    if base is None and kept is None and code:
        raise NotFound(_("Không có thủ tục mã %(code)s trong danh mục.") % {"code": code})
    if kept and query_text(office, "from") != "version":
        rows = from_flat(kept.content)
        return Screen(code, base, kept, rows, Entry(rows.flat()), kept.base, kept.revision)
    rows = rows_of(procedures.draft_of(base), valid_from=today) if base else empty(valid_from=today)
    return Screen(code, base, kept, rows, Entry(rows.flat()), base.number if base else 0, kept.revision if kept else 0)


def _posted(office: OfficeRequest, code: str) -> Screen:
    """Read what was sent, and add, drop, move or copy rows as the pressed button says."""
    sent = Entry(office.POST)
    rows = from_flat(office.POST)
    for name, act in (("add", rows.add), ("drop", rows.drop), ("up", rows.up)):
        if where := sent.text(name):
            act(where)
    problem = _copied(rows, sent, office) if sent.value("do") == "copy" else ""
    if code and _last(code):
        rows.general["code"] = code
    entry = Entry(rows.flat() | {"copy_from": sent.value("copy_from")})
    if problem:
        entry.refuse("copy_from", problem)
    numbers = {name: sent.whole(name, most=10**6) or 0 for name in ("base", "revision")}
    return Screen(code, _last(code), procedures.draft(code) if code else None, rows, entry, numbers["base"], numbers["revision"])


def _copied(rows: Rows, sent: Entry, office: OfficeRequest) -> str:
    """Put another procedure's process in the place of this one; return the sentence when there is none."""
    other = sent.text("copy_from")
    if not other:
        return _("Nhập mã thủ tục có quy trình cần sao chép.")
    try:
        view = procedures.version_for(other, local_date(office.at))
    except Refused as error:
        return error.message
    if not view.steps:
        return _("Thủ tục %(code)s chưa có quy trình nội bộ để sao chép.") % {"code": other}
    rows.sections["step"] = step_rows(procedures.draft_of(view).steps)
    return ""


def _publish(office: OfficeRequest, screen: Screen) -> procedures.VersionView | None:
    entry = screen.entry
    day = entry.day("valid_from", required=_("Ghi ngày bắt đầu hiệu lực."))
    draft = screen.read()
    if not entry.ok or day is None:
        return None
    with entry.catching({"base": ""}):
        return procedures.publish_version(actor=office.actor, at=office.at, draft=draft, valid_from=day, base=screen.based_on)
    return None


def _save(office: OfficeRequest, screen: Screen) -> procedures.DraftView | None:
    entry = screen.entry
    with entry.catching({"revision": ""}):
        return procedures.save_draft(
            actor=office.actor,
            at=office.at,
            code=entry.text("code"),
            title=entry.text("title"),
            base=screen.based_on,
            content=screen.rows.flat(),
            revision=screen.revision,
        )
    return None


def _drawn(request: HttpRequest, screen: Screen) -> HttpResponse:
    context = {"screen": screen, "entry": screen.entry, "page_keys": [], **_choices(screen), **_told(screen)}
    if request.method == "POST" and not screen.checked:
        return screen.entry.answer(request, TEMPLATE, context)
    return render(request, TEMPLATE, context)


def _told(screen: Screen) -> dict[str, Any]:
    """Return the balance of the steps, read apart so that looking does not complain, and what changes once all is well."""
    quiet = Entry(screen.rows.flat())
    draft = draft_from(screen.rows, quiet)
    compared = screen.checked and screen.base is not None and screen.entry.ok
    return {
        "balance": procedures.balance(draft),
        "changes": procedures.changes(procedures.draft_of(screen.base), screen.read()) if compared and screen.base else (),
        "compared": compared,
    }


def _choices(screen: Screen) -> dict[str, Any]:
    named = {
        section: [(str(place), f"{place}. {row.get('name', '')}") for place, row in enumerate(screen.rows.sections[section], start=1)]
        for section in ("step", "case")
    }
    return {
        "rows": {section: _lines(screen.rows, section) for section in SECTIONS},
        "step_choices": named["step"],
        "case_choices": named["case"],
        "levels": options_of(procedures.Level),
        "subjects": options_of(procedures.SubjectKind),
        "legal_kinds": options_of(procedures.LegalKind),
        "service_levels": options_of(procedures.ServiceLevel),
        "partial_reasons": options_of(procedures.PartialReason),
        "registers": options_of(procedures.Register),
        "confidences": options_of(procedures.Confidence),
        "channels": options_of(procedures.Channel),
        "uses": options_of(procedures.PaperUse),
        "fee_kinds": options_of(procedures.FeeKind),
        "fee_pers": options_of(procedures.FeePer),
        "fee_absences": options_of(procedures.FeeAbsence),
        "step_kinds": options_of(procedures.StepKind),
    }


def _lines(rows: Rows, section: str) -> list[dict[str, Any]]:
    """Return the rows of a section as the template walks them: their places, and those of their children."""
    child = SECTIONS[section]
    return [
        {
            "at": f"{section}-{place}",
            "number": place,
            "children": [
                {"at": f"{section}-{place}-{child}-{number}", "number": number}
                for number in range(1, len(row.get(child, []) if child else []) + 1)
            ],
        }
        for place, row in enumerate(rows.sections[section], start=1)
    ]


def _last(code: str) -> procedures.VersionView | None:
    try:
        return procedures.versions_of(code)[0] if code else None
    except NotFound:
        return None
