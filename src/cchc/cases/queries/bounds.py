"""The limits in force on a day, for a procedure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cchc.cases.models import Bound as BoundRow
from cchc.cases.rules.bounds import Bound
from cchc.cases.terms import RuleKey
from cchc.kernel.errors import Refused
from cchc.kernel.standing import kept


@dataclass(frozen=True)
class BoundView:
    """A limit as the office sees it, in force or past. ``until`` is the first day without it, or None."""

    id: int
    key: RuleKey
    procedure_code: str
    value: str
    since: date | None
    until: date | None
    source: str
    confidence: str
    is_office: bool


@kept
def bounds_on(day: date, procedure_code: str = "") -> Mapping[RuleKey, Bound]:
    """Return every limit in force on the day: the procedure's own before the general one, the office's before the reference. One query.

    Raises ``Refused`` when one is missing: reference data were not loaded.
    """
    rows = BoundRow.objects.filter(period__contains=day, procedure_code__in=["", procedure_code]).order_by(
        "procedure_code", "is_office", "pk"
    )
    found = {RuleKey(row.key): Bound(RuleKey(row.key), row.value, row.source) for row in rows}
    if missing := [key for key in RuleKey if key not in found]:
        names = "; ".join(key.label.lower() for key in missing)
        raise Refused(f"Chưa có mức áp dụng ngày {day:%d/%m/%Y} cho: {names}. Nạp dữ liệu tham chiếu hoặc nhập ở trang Quản trị.")
    return found


def all_bounds() -> tuple[BoundView, ...]:
    """Return every limit, by key, procedure and period. One query."""
    order = {key: place for place, key in enumerate(RuleKey)}
    rows = sorted(
        BoundRow.objects.all(), key=lambda row: (order[RuleKey(row.key)], row.procedure_code, row.is_office, str(row.period.lower))
    )
    return tuple(
        BoundView(
            id=row.pk,
            key=RuleKey(row.key),
            procedure_code=row.procedure_code,
            value=row.value,
            since=row.period.lower,
            until=row.period.upper,
            source=row.source,
            confidence=row.confidence,
            is_office=row.is_office,
        )
        for row in rows
    )
