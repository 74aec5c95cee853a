"""Files for programs that bring a key: what the key's post may see, and no more. Addresses, telephone numbers and secrets are left out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe
from ninja import Path, Query, Schema
from pydantic import Field

from cchc.cases import api as cases
from cchc.identity.api import Right
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.web.rest.asked import Code, Following, Of, Text, day_of, question
from cchc.web.rest.doors import actor_of, reading
from cchc.web.ui import access
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text

TAG = "Hồ sơ"
XES = "application/xml"


class CaseLine(Schema):
    """One line of a list."""

    code: str
    title: str
    owner: str = Field(description="Chủ hồ sơ.")
    field: str = Field(validation_alias="field_name")
    channel: str
    stage: str
    step: str
    holder: str = Field(description="Người hoặc đơn vị đang giữ.")
    since: datetime
    received_at: datetime | None
    due_at: datetime | None
    due_date: date | None
    late: bool
    finished_at: datetime | None
    returned_at: datetime | None
    timeliness: str | None
    extensions: int
    supplements: int
    old_register: str = Field(validation_alias="register", description="Sổ cũ của hồ sơ nhập; để trống với hồ sơ của phần mềm này.")


class CasePage(Schema):
    """A page of cases, the newest first. ``next`` is what the next page is asked for with (``after``); null on the last."""

    items: list[CaseLine]
    next: int | None


class CaseOwner(Schema):
    """Whose case it is; the number is masked."""

    name: str
    kind: str
    identity_masked: str


class CasePaper(Schema):
    """A line of the checklist."""

    name: str
    required: bool
    given: bool


class CaseFee(Schema):
    """A fee in dong."""

    name: str
    amount: int
    method: str


class CaseHistory(Schema):
    """One act, as the journal keeps it."""

    at: datetime
    act: str
    label: str
    post: str
    due_before: datetime | None
    due_after: datetime | None
    fingerprint: str


class CaseShape(CaseLine):
    """One case, whole."""

    agency: str
    counter: str
    procedure: str
    case_type: str
    filed_at: datetime
    limit: str
    result_channel: str
    filed_by: cases.FiledBy | None = Field(description="Ai nộp: tự nộp, cán bộ hỗ trợ, nộp thay; trống là chưa ghi.")
    party: CaseOwner
    papers: list[CasePaper]
    fees: list[CaseFee]
    result_number: str
    history: list[CaseHistory] = Field(description="Mới nhất trước.")


class Filtered(Schema):
    """What narrows the list."""

    field: Text = Field("", description="Lĩnh vực, viết đúng tên.")
    procedure: Text = Field("", description="Mã thủ tục.")
    step: cases.Step | None = Field(None, description="Bước đang ở.")
    channel: Text = Field("", description="Hình thức nộp: counter, online, post.")
    after: Following | None = Field(None, description="Số «next» của trang trước.")


class Sought(Schema):
    """What is sought."""

    q: Text = Field(min_length=1, description="Mã hồ sơ, số định danh 12 chữ số, hoặc họ tên, không cần dấu.")
    after: Following | None = Field(None, description="Số «next» của trang trước.")


def page(found: tuple[tuple[cases.CaseRow, ...], int | None]) -> dict[str, Any]:
    """Return a page that a face gave."""
    return {"items": found[0], "next": found[1]}


# What a line takes from its row, by the names of the row.
_OF_ROW = tuple(str(field.validation_alias or name) for name, field in CaseLine.model_fields.items())


@reading("/cases", tag=TAG, summary="Danh sách hồ sơ của cơ quan", gives=CasePage, right=Right.READ_CASE.value)
def list_cases(request: HttpRequest, asked: Query[Filtered]) -> Any:
    """Liệt kê hồ sơ, mới nhất trước, mỗi lần 100. Đi tiếp bằng «after», nên hồ sơ mới thêm không làm lặp hay sót dòng nào."""
    filters = cases.Filters(field=asked.field, procedure=asked.procedure, step=asked.step or "", channel=asked.channel)
    return page(cases.search(actor=actor_of(request), at=cast("Any", request).at, filters=filters, before=asked.after))


@reading("/search/cases", tag=TAG, summary="Tìm hồ sơ", gives=CasePage, right=Right.READ_CASE.value)
def search_cases(request: HttpRequest, asked: Query[Sought]) -> Any:
    """Tìm theo mã, số định danh hoặc họ tên."""
    filters = cases.Filters(q=asked.q)
    return page(cases.search(actor=actor_of(request), at=cast("Any", request).at, filters=filters, before=asked.after))


@reading("/cases/{code}", tag=TAG, summary="Một hồ sơ", gives=CaseShape, right=Right.READ_CASE.value)
def get_case(request: HttpRequest, code: Path[Code]) -> Any:
    """Cho biết lời hẹn, giấy tờ, khoản thu và nhật ký của một hồ sơ."""
    found = cases.case(code=code, actor=actor_of(request), at=cast("Any", request).at)
    line = {name: getattr(found.row, name) for name in _OF_ROW}
    return {
        **line,
        "agency": found.agency_name,
        "counter": found.counter_name,
        "procedure": found.procedure_code,
        "case_type": found.case_type,
        "filed_at": found.filed_at,
        "limit": found.limit.text if found.limit else "",
        "result_channel": found.result_channel.value,
        "filed_by": found.filed_by,
        "party": {"name": found.owner.full_name, "kind": found.owner.kind.value, "identity_masked": found.owner.identity_masked},
        "papers": [{"name": item.name, "required": item.required, "given": item.given} for item in found.papers],
        "fees": [{"name": item.name, "amount": item.amount, "method": item.method.value} for item in found.fees],
        "result_number": found.result_number,
        "history": [_history(item) for item in found.ledger],
    }


@reading(
    "/logs/cases.xes",
    tag=TAG,
    summary="Nhật ký hồ sơ dạng XES, không dữ liệu cá nhân",
    gives=None,
    media=XES,
    right=Right.READ_CASE.value,
)
def get_case_log(request: HttpRequest, asked: Query[Of]) -> Any:
    """Cho nhật ký của hồ sơ tiếp nhận trong kỳ để khai phá quy trình. Mã hồ sơ thay bằng bí danh; không có tên người, vị trí, số điện thoại."""
    return log_file(actor_of(request), asked.unit, asked.first, asked.last, today=local_date(cast("Any", request).at))


@require_safe
@needs("cases:case:read")
def case_log(request: HttpRequest) -> StreamingHttpResponse:
    """Give the same file to who is signed in: ``don-vi``, ``tu`` and ``den`` in the address."""
    scope = {name: query_text(request, name) for name in ("don-vi", "tu", "den")}
    today = local_date(cast("Any", request).at)
    return log_file(access.actor_of(request), scope["don-vi"], day_of(scope, "tu"), day_of(scope, "den"), today=today)


def log_file(actor: Actor, unit: str, first: date, last: date, *, today: date) -> StreamingHttpResponse:
    """Return the log of the files accepted in these days, sent as it is read. Raises as ``question`` and ``cases.event_log``."""
    found = question(unit, first, last, today=today)
    traces = cases.event_log(actor=actor, unit_id=found.unit.id, period=found.period)
    name = f"{found.unit.code} {found.period.start} {found.last}"
    answer = StreamingHttpResponse(_encoded(cases.as_xes(traces, name=name)), content_type=f"{XES}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="nhat-ky-{found.unit.code}.xes"'
    return answer


def _encoded(pieces: Iterable[str]) -> Iterable[bytes]:
    return (piece.encode() for piece in pieces)


def _history(item: cases.LedgerLine) -> dict[str, Any]:
    return {
        "at": item.at,
        "act": item.act,
        "label": item.label,
        "post": item.actor_post,
        "due_before": item.due_before,
        "due_after": item.due_after,
        "fingerprint": item.fingerprint,
    }
