"""What every act page does: show the case with the act's price, perform, say who was faster when somebody was, keep what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.procedures import api as procedures
from cchc.web.desk.case import head_chip
from cchc.web.desk.case_words import due_label, price_of, quiet
from cchc.web.desk.desk import DeskRequest
from cchc.web.desk.printing import pdf
from cchc.web.ui.forms import Entry

# Buttons that ask for something and perform nothing: a phrase to write in, units to choose from.
ASKING = ("phrase", "find")
# What is returned other than None is a paper that was made on the way: the case page offers to print it.
Perform = Callable[[Entry, int | None], object]
# The PDF of the paper that the act would issue as the form stands; None when the form cannot be read.
Draft = Callable[[Entry, int | None], bytes | None]
Offers = Callable[[cases.CaseView], Mapping[str, Any]]


@dataclass(frozen=True)
class Phrases:
    """The sentences a form offers: of which kind, the field each is written into, and the field that gets its explanation."""

    kind: procedures.PhraseKind
    text: str = "reason"
    more: str = ""


@dataclass(frozen=True)
class Page:
    """One act: its row of the table, its template, what it says when it is done (``%(code)s``), and what its form offers.

    ``names`` maps the operation's parameters to the fields of the form where they differ; ``issues`` says that a paper is made.
    """

    act: cases.Act
    template: str
    done: str
    offers: Offers
    issues: bool = False
    phrases: Phrases | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def act_page(request: HttpRequest, code: str, page: Page, perform: Perform, draft: Draft | None = None) -> HttpResponse:
    """Show the form of an act, or perform it and go back to the case.

    Where there is a ``draft``, the button ``do=draft`` shows the paper before the act; nothing is performed.

    The form carries ``seen``, the revision the person was looking at: an act on a case that changed since is refused with the
    sentence who did what, and the form comes back as it was filled in, on the case as it is now.
    """
    entry = Entry(request.POST if request.method == "POST" else {})
    asks_only = any(entry.value(name) for name in ASKING)
    if request.method == "POST" and not asks_only:
        seen, made = entry.whole("seen"), None
        if draft is not None and entry.value("do") == "draft":
            return _drafted(entry, code, page, draft, seen) or _form(request, code, page, entry)
        with entry.catching(page.names):
            if entry.ok:
                made = perform(entry, seen)
        if entry.ok:
            undo = f"undo:{code}" if page.act in cases.RECALLABLE else ""
            messages.success(request, _(page.done) % {"code": code}, extra_tags=undo)
            return HttpResponseRedirect(_next(entry, code, issues=page.issues or made is not None))
    return _form(request, code, page, entry)


def _drafted(entry: Entry, code: str, page: Page, draft: Draft, seen: int | None) -> HttpResponse | None:
    """Return the paper as it would be issued, or None when the form has to be shown with what is wrong."""
    paper = None
    with entry.catching(page.names):
        if entry.ok:
            paper = draft(entry, seen)
    return pdf(paper, f"du-thao-{code}") if entry.ok and paper is not None else None


def _form(request: HttpRequest, code: str, page: Page, entry: Entry) -> HttpResponse:
    """Show the form on the case as it is now."""
    desk = cast("DeskRequest", request)
    case = cases.case(code=code, actor=desk.actor, at=desk.at)
    row = next((row for row in case.acts if row.act is page.act), None)
    if row is None and not entry.data:
        _must(desk, case, page.act)
        messages.info(request, _("Việc «%(act)s» không làm được với hồ sơ này lúc này.") % {"act": _(page.act.label)})
        return HttpResponseRedirect(reverse("desk:case", args=[case.row.code]))
    offered = procedures.phrases_for(case.procedure_code, page.phrases.kind) if page.phrases else ()
    if page.phrases:
        entry.data = _with_phrase(entry, page.phrases, offered)
    chip = head_chip(desk, case)
    context = {
        "case": case,
        "chip": chip,
        "due_label": due_label(chip, case.row),
        "act": row or next(item for item in cases.TABLE if item.act is page.act),
        "is_open": row is not None,
        "quiet": quiet(case),
        "after": entry.value("after"),
        "page_keys": [],
        "phrases": offered,
        "price": price_of(case, row) if row else "",
        **page.offers(case),
    }
    return entry.answer(request, page.template, context)


def _next(entry: Entry, code: str, *, issues: bool) -> str:
    """Return where the work goes on: the case whose paper is to be printed, the returning desk for who came from there, the case."""
    if entry.value("after") == "results" and not issues:
        return reverse("desk:results")
    return reverse("desk:case", args=[code]) + ("?issued=1" if issues else "")


def _must(desk: DeskRequest, case: cases.CaseView, act: cases.Act) -> None:
    """Raise ``NotAllowed`` for who could never do the act with this case; others are only told that it is not open now."""
    rights = [item.right for item in cases.TABLE if item.act is act]
    if not any(desk.actor.may(right, unit_id=case.agency_id) for right in rights):
        desk.actor.must(rights[0], unit_id=case.agency_id)


def _with_phrase(entry: Entry, wanted: Phrases, offered: Sequence[procedures.PhraseView]) -> Mapping[str, Any]:
    """Return what was typed, and the sentence that was just picked below it."""
    picked = next((item for item in offered if str(item.id) == entry.value("phrase")), None)
    if picked is None:
        return entry.data
    data = {name: entry.value(name) for name in entry.data}
    lines = data.get(wanted.text, "").splitlines()
    data[wanted.text] = "\n".join(line for line in (*lines, "" if picked.text in lines else picked.text) if line.strip())
    if wanted.more and picked.reason and not data.get(wanted.more, "").strip():
        data[wanted.more] = picked.reason
    return data
