"""Which procedures the portal names first."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cchc.audit.api import record
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid
from cchc.kernel.text import clean
from cchc.procedures.models import Featured, Procedure
from cchc.procedures.operations.publish import RIGHT
from cchc.procedures.queries.phrases import FeaturedView

STREAM = "procedures:featured"
MOST = 12

_LONGEST_NAME = 200


@transaction.atomic
def set_featured(*, actor: Actor, at: datetime, rows: Sequence[FeaturedView]) -> None:
    """Replace the list, in this order. Raises ``NotAllowed``; ``Invalid`` with places ``rows.2.code``, ``rows.2.name``."""
    actor.must(RIGHT)
    rows = [FeaturedView(clean(row.code), clean(row.name)) for row in rows]
    known = set(Procedure.objects.filter(code__in=[row.code for row in rows]).values_list("code", flat=True))
    found: dict[str, str] = {}
    for place, row in enumerate(rows, start=1):
        if row.code not in known:
            found[f"rows.{place}.code"] = f"Không có thủ tục mã {row.code or '(để trống)'} trong danh mục."
        elif row.code in {other.code for other in rows[: place - 1]}:
            found[f"rows.{place}.code"] = f"Thủ tục {row.code} đã có ở dòng trên."
        if not row.name or len(row.name) > _LONGEST_NAME:
            found[f"rows.{place}.name"] = f"Ghi tên gọi hằng ngày, không quá {_LONGEST_NAME} ký tự."
    if len(rows) > MOST:
        found["rows"] = f"Nhiều nhất {MOST} thủ tục; dài hơn thì không ai đọc hết."
    if found:
        raise Invalid(found)
    Featured.objects.all().delete()
    Featured.objects.bulk_create(Featured(ordinal=place, code=row.code, name=row.name) for place, row in enumerate(rows, start=1))
    record(stream=STREAM, act="featured_set", at=at, actor=actor, public={"codes": [row.code for row in rows]})
