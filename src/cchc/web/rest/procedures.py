"""The published catalogue for programs."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from ninja import Path, Query, Schema
from pydantic import Field

from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures
from cchc.web.rest.asked import Code, Text
from cchc.web.rest.doors import reading
from cchc.web.rest.errors import Gone

TAG = "Thủ tục"
REASON = "Danh mục thủ tục phải được công khai"
SIZE = 100


class FieldShape(Schema):
    """A field of work."""

    code: str
    name: str


class ProcedureLine(Schema):
    """A procedure found."""

    code: str
    title: str
    field: FieldShape
    levels: list[procedures.Level]
    service_level: procedures.ServiceLevel
    term: str = Field(validation_alias="term_text", description="Thời hạn khi nộp tại quầy, bằng lời.")


class ProcedurePage(Schema):
    """Procedures: by code, or the best answers to ``q`` first. ``next`` is what the next page is asked for with (``after``)."""

    items: list[ProcedureLine]
    next: str | None


class ProcedurePaper(Schema):
    """A paper to bring."""

    name: str
    is_required: bool
    originals: int
    copies: int
    form: str
    replaceable_by: str
    note: str


class ProcedureCaseType(Schema):
    """A kind of case, and its papers."""

    id: int
    name: str
    papers: list[ProcedurePaper]


class ProcedureTerm(Schema):
    """The term of a channel; ``text`` says why there is none, where there is none."""

    channel: procedures.Channel
    case_type: int | None
    limit: str | None = Field(description="Viết gọn: 3wd (ngày làm việc), 10d (ngày), 12wh (giờ làm việc), 1m (tháng).")
    text: str
    note: str


class ProcedureFee(Schema):
    """A payment as published."""

    name: str
    kind: procedures.FeeKind
    channel: procedures.Channel | None
    case_type: int | None
    amount: int | None = Field(description="Đồng.")
    absence: procedures.FeeAbsence | None
    per: procedures.FeePer
    is_optional: bool
    clause: str


class ProcedureResult(Schema):
    """A result."""

    name: str
    code: str


class ProcedureBasis(Schema):
    """A legal document."""

    number: str
    title: str


class ProcedureShape(Schema):
    """The version in force, whole."""

    code: str
    number: int = Field(description="Số thứ tự của phiên bản.")
    title: str
    valid_from: date
    valid_until: date | None
    field: FieldShape
    levels: list[procedures.Level]
    agency: str
    service_level: procedures.ServiceLevel
    subjects: list[procedures.SubjectKind]
    decision: str
    conditions: str
    confidence: procedures.Confidence
    case_types: list[ProcedureCaseType]
    terms: list[ProcedureTerm]
    fees: list[ProcedureFee]
    results: list[ProcedureResult]
    legal_bases: list[ProcedureBasis]


class Sought(Schema):
    """What is sought."""

    q: Text = Field("", description="Từ cần tìm, không cần dấu. Có từ này thì trả lời tối đa 100 thủ tục đúng nhất, không có trang sau.")
    field: Text | None = Field(None, description="Mã lĩnh vực.")
    level: procedures.Level | None = Field(None, description="Cấp thực hiện.")
    after: Text = Field("", description="Mã «next» của trang trước.")


@reading("/procedures", tag=TAG, summary="Danh sách thủ tục", gives=ProcedurePage, reason=REASON)
def list_procedures(request: HttpRequest, asked: Query[Sought]) -> Any:
    """Liệt kê thủ tục đang có hiệu lực, theo mã, mỗi lần 100."""
    today = local_date(cast("Any", request).at)
    if asked.q.strip():
        return {"items": procedures.search(asked.q, on=today, level=asked.level, field=asked.field, limit=SIZE), "next": None}
    items, following = procedures.listed(on=today, level=asked.level, field=asked.field, after=asked.after, limit=SIZE)
    return {"items": items, "next": following}


@reading("/procedures/{code}", tag=TAG, summary="Một thủ tục", gives=ProcedureShape, reason=REASON, also=(410,))
def get_procedure(request: HttpRequest, code: Path[Code]) -> Any:
    """Cho phiên bản đang có hiệu lực. Thủ tục không có hiệu lực hôm nay: 410, với lý do."""
    try:
        found = procedures.version_for(code, on=local_date(cast("Any", request).at))
    except NotFound:
        raise
    except Refused as error:
        raise Gone(error.message, field="code") from error
    terms = [
        {
            "channel": term.channel,
            "case_type": term.case_type,
            "limit": str(term.limit) if term.limit else None,
            "text": term.text,
            "note": term.note,
        }
        for term in found.terms
    ]
    return {**{name: getattr(found, name) for name in ProcedureShape.model_fields if name != "terms"}, "terms": terms}
