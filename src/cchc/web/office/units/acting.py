"""What every act on a unit does: show its form, try it out without writing, or write it and go to the unit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.identity import api as identity
from cchc.kernel.errors import Refused
from cchc.organisations import api as organisations
from cchc.organisations.api import Right, UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.places import today_of, unit_at
from cchc.web.ui.forms import Entry
from cchc.web.ui.vietnamese import day_text

# What the columns take: a longer text is refused at its field.
LONGEST = {"name": 180, "type_word": 40, "code": 40, "agency_code": 60, "act": 120, "note": 300}


@dataclass(frozen=True)
class Done:
    """What an act made: the units it leads to, from which day, and the units whose people and units below it concerns."""

    units: Sequence[UnitView]
    day: date
    touched: Sequence[int]


@dataclass(frozen=True)
class Weight:
    """How much hangs on units on a day: units below them, posts in all of these, and the people who hold the posts."""

    units: int
    posts: int
    people: int


@dataclass(frozen=True)
class Page:
    """One act: the right it needs in the unit, its template, its words, what it says when done (``%(unit)s``, ``%(day)s``)."""

    right: Right
    template: str
    title: str
    done: str


Perform = Callable[[Entry, UnitView], Done | None]
Offers = Callable[[UnitView], Mapping[str, Any]]


class _Looked(Exception):  # noqa: N818 (it undoes what was only tried)
    """Carries what the act would have made out of the transaction that is undone."""

    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done


def act_page(
    request: HttpRequest, unit_id: int, page: Page, perform: Perform, offers: Offers, names: Mapping[str, str] | None = None
) -> HttpResponse:
    """Show the form; with ``look`` do it all, undo it, and say what it would mean; else do it and go to the first unit it made."""
    office = cast("OfficeRequest", request)
    office.actor.must(page.right, unit_id=unit_id)
    today = today_of(office)
    unit = unit_at(unit_id, today)
    entry = Entry(request.POST if request.method == "POST" else {})
    looked, weight = None, None
    if request.method == "POST":
        done, looked = _performed(entry, unit, perform, names)
        if done is not None:
            first = done.units[0]
            messages.success(request, _(page.done) % {"unit": first.full_name, "day": day_text(done.day)})
            return HttpResponseRedirect(reverse("office:unit", args=[first.id]))
        if looked is not None:
            weight = weight_of(looked.touched, today)
    context = {
        "unit": unit,
        "act_title": _(page.title),
        "today": today,
        "looked": looked,
        "weight": weight or weight_of([unit_id], today),
        "page_keys": [],
        **offers(unit),
    }
    return entry.answer(request, page.template, context)


def _performed(entry: Entry, unit: UnitView, perform: Perform, names: Mapping[str, str] | None) -> tuple[Done | None, Done | None]:
    """Return what was done, or what would have been, or neither when something is wrong."""
    done = None
    try:
        with entry.catching(names):
            done = perform(entry, unit)
            if done is not None and entry.flag("look"):
                raise _Looked(done)
            if done is None and entry.ok:
                raise Refused(_("Chưa ghi được: hãy xem lại các ô đã nhập."))
    except _Looked as looked:
        return None, looked.done
    return (done if entry.ok else None), None


def short(entry: Entry, name: str, *, column: str = "", required: str = "") -> str:
    """Read a text that must fit its column."""
    text = entry.text(name, required=required)
    most = LONGEST[column or name]
    if len(text) > most:
        entry.refuse(name, _("Nhập tối đa %(most)s ký tự; đang có %(now)s.") % {"most": most, "now": len(text)})
    return text


def act_of(entry: Entry, *, required: bool) -> str:
    """Read the number of the decision."""
    return short(entry, "act", required=_("Ghi số, ngày của quyết định hoặc nghị quyết.") if required else "")


def day_of(entry: Entry, name: str = "on") -> date | None:
    """Read the day from which the act holds."""
    return entry.day(name, required=_("Nhập ngày bắt đầu áp dụng, ví dụ 01/12/2026."))


def certainty_of(entry: Entry, *, act: str, has_code: bool) -> organisations.Certainty:
    """Read how sure an agency code is; a code that is called official names the decision that gave it."""
    chosen = entry.chosen("certainty", organisations.Certainty) or organisations.Certainty.INVENTED
    if has_code and chosen is organisations.Certainty.OFFICIAL and not act:
        entry.refuse("act", _("Mã «Chính thức» phải có số quyết định cấp mã. Chưa có thì chọn mức chắc chắn khác."))
    return chosen


def weight_of(unit_ids: Sequence[int], day: date) -> Weight:
    """Count what hangs on the units on the day."""
    below: set[int] = set()
    for unit_id in unit_ids:
        below |= organisations.descendant_ids_on(unit_id, day)
    staff = identity.staff_of({*unit_ids, *below}, on=day).values()
    return Weight(len(below - set(unit_ids)), sum(item.posts for item in staff), sum(item.people for item in staff))
