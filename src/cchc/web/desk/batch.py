"""The same act on the rows that were ticked: one page asks once for all, then reports for every case whether it was done, or why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option

MOST = 200
_LONGEST = 120


@dataclass(frozen=True)
class Many:
    """One batch act: its place in the addresses, its act of the table, the verb of its button and the key of the bar."""

    noun: str
    act: cases.Act
    verb: str
    key: str

    @property
    def url(self) -> str:
        """Return its page."""
        return reverse(f"desk:batch_{self.noun}")


# In the order of the bar.
ASSIGNMENT = Many("assignment", cases.Act.ASSIGN, gettext_noop("Phân công"), "p")
FORWARDING = Many("forwarding", cases.Act.FORWARD, gettext_noop("Chuyển xử lý"), "c")
SENDING_BACK = Many("sending_back", cases.Act.SEND_BACK, gettext_noop("Trả lại"), "l")
REASSIGNMENT = Many("reassignment", cases.Act.REASSIGN, gettext_noop("Giao lại"), "o")
HANDOVER = Many("handover", cases.Act.HAND_OVER, gettext_noop("Trả kết quả"), "t")
ACTS = (ASSIGNMENT, FORWARDING, SENDING_BACK, REASSIGNMENT, HANDOVER)


def fitting(row: cases.CaseRow, desk: DeskRequest) -> list[Many]:
    """Return the batch acts that this reader may try on a line: by the table of acts and by the rights of the post. No query."""
    if row.register:
        return []
    open_rows = {item.act for item in cases.TABLE if item.starts_from(row.stage, row.step) and desk.actor.may(item.right)}
    return [many for many in ACTS if many.act in open_rows]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:assign")
@counted
def assignment(request: HttpRequest) -> HttpResponse:
    """Assign the chosen cases to one officer."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, codes: list[str]) -> cases.Batch | None:
        post_id = entry.whole("post_id", required=_("Chọn người xử lý hồ sơ."), most=2**62)
        note = entry.text("note")
        return cases.assign_many(actor=desk.actor, at=desk.at, codes=codes, post_id=post_id, note=note) if post_id is not None else None

    return _page(request, ASSIGNMENT, perform, lambda: _people(desk))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:assign")
@counted
def reassignment(request: HttpRequest) -> HttpResponse:
    """Give the chosen cases to another officer, for one reason."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, codes: list[str]) -> cases.Batch | None:
        post_id = entry.whole("post_id", required=_("Chọn người xử lý hồ sơ."), most=2**62)
        reason = entry.text("note", required=_("Ghi lý do giao lại, ví dụ: nghỉ phép, chuyển công tác, cân đối khối lượng."))
        if not entry.ok or post_id is None:
            return None
        return cases.reassign_many(actor=desk.actor, at=desk.at, codes=codes, post_id=post_id, reason=reason)

    return _page(request, REASSIGNMENT, perform, lambda: _people(desk))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:read")
@counted
def sending_back(request: HttpRequest) -> HttpResponse:
    """Return the chosen cases to who had each of them last, for one reason."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, codes: list[str]) -> cases.Batch | None:
        reason = entry.text("note", required=_("Ghi rõ vì sao trả lại và cần sửa gì."))
        return cases.send_back_many(actor=desk.actor, at=desk.at, codes=codes, reason=reason) if entry.ok else None

    return _page(request, SENDING_BACK, perform, dict)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:hand_over")
@counted
def handover(request: HttpRequest) -> HttpResponse:
    """Give the chosen results to one person who came for all of them."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, codes: list[str]) -> cases.Batch | None:
        receiver = entry.text("receiver", required=_("Nhập họ tên người nhận kết quả."))
        if not entry.ok:
            return None
        return cases.hand_over_many(actor=desk.actor, at=desk.at, codes=codes, receiver=receiver, note=entry.text("note"))

    return _page(request, HANDOVER, perform, dict)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:forward")
@counted
def forwarding(request: HttpRequest) -> HttpResponse:
    """Forward the chosen cases to one unit with one hand-over slip; ``?all=to_forward`` chooses what the counter has not forwarded."""
    desk = cast("DeskRequest", request)
    slip: list[str] = []

    def perform(entry: Entry, codes: list[str]) -> cases.Batch | None:
        unit_id = entry.whole("unit_id", required=_("Chọn nơi xử lý hồ sơ."), most=2**62)
        if unit_id is None:
            return None
        given = cases.forward_many(actor=desk.actor, at=desk.at, codes=codes, unit_id=unit_id, note=entry.text("note"))
        slip.append(given.slip)
        return given.batch

    return _page(request, FORWARDING, perform, lambda: _units(desk), slip=slip)


def _page(
    request: HttpRequest,
    many: Many,
    perform: Callable[[Entry, list[str]], cases.Batch | None],
    offers: Callable[[], Mapping[str, Any]],
    *,
    slip: list[str] | None = None,
) -> HttpResponse:
    """Show what was chosen and ask once; perform, and report case by case. What was typed and chosen is kept."""
    desk = cast("DeskRequest", request)
    posted = request.method == "POST"
    entry = Entry(request.POST if posted else {})
    codes = _codes(request)
    back = _back(request)
    if posted:
        batch = None
        with entry.catching({"codes": ""}):
            batch = perform(entry, codes)
        if entry.ok and batch is not None:
            context = {
                "many": many,
                "batch": batch,
                "slip": slip[0] if slip else "",
                "may_undo": many.act in cases.RECALLABLE,
                "back": back,
                "page_keys": [],
            }
            return render(request, "desk/batch/report.html", context)
    rows = cases.rows_by_code(actor=desk.actor, at=desk.at, codes=codes[:MOST])
    context = {
        "many": many,
        "chosen": [(row, many in fitting(row, desk)) for row in rows],
        "unknown": sorted(set(codes) - {row.code for row in rows}),
        "codes": codes,
        "fit": sum(many in fitting(row, desk) for row in rows),
        "back": back,
        "back_query": back.partition("?")[2],
        "page_keys": [],
        **offers(),
    }
    return entry.answer(request, "desk/batch/form.html", context)


def _codes(request: HttpRequest) -> list[str]:
    """Return the chosen codes, each once, in the order of the list."""
    desk = cast("DeskRequest", request)
    if request.method != "POST" and request.GET.get("all") == "to_forward" and desk.actor.may("cases:case:receive"):
        sheet = cases.day_sheet(actor=desk.actor, at=desk.at, day=local_date(desk.at))
        return [row.code for row in sheet.to_forward][:MOST]
    given = (request.POST if request.method == "POST" else request.GET).getlist("code")
    return list(dict.fromkeys(code.strip().upper()[:_LONGEST] for code in given if code.strip() and "\0" not in code))


def _back(request: HttpRequest) -> str:
    """Return the list to go back to with its filters; only a query of the inbox is taken, never an address."""
    query = (request.POST if request.method == "POST" else request.GET).get("back", "")[:2000]
    return reverse("desk:inbox") + (f"?{query}" if query and "\n" not in query else "")


def _people(desk: DeskRequest) -> dict[str, Any]:
    posts = identity.holders_of("cases:case:process", unit_ids=sorted(desk.actor.units), on=local_date(desk.at))
    options = [
        Option(str(post.id), post.name, f"{post.title}, {post.unit_name}")
        for post in sorted(posts, key=lambda post: post.unit_id != desk.actor.unit_id)
    ]
    return {"people": options, "only": options[0].value if len(options) == 1 else ""}


def _units(desk: DeskRequest) -> dict[str, Any]:
    """Return the units of the agency to forward to: everything below it but the counter itself, or the agency when there is nothing else."""
    day = local_date(desk.at)
    if desk.actor.unit_id is None:
        return {"units": [], "only": ""}
    agency = identity.agency_of(desk.actor.unit_id, on=day)
    below = [unit for unit in organisations.descendants_on(agency.id, day) if unit.id != desk.actor.unit_id]
    options = [Option(str(unit.id), unit.full_name) for unit in below] or [Option(str(agency.id), agency.full_name)]
    return {"units": options, "only": options[0].value if len(options) == 1 else ""}
