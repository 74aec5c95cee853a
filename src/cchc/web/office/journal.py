"""The journal of a person or a role in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.web.ui.shapes import LedgerLine

_ACTS = {
    "person_created": gettext_noop("Lập tài khoản"),
    "person_edited": gettext_noop("Sửa thông tin"),
    "account_closed": gettext_noop("Khóa tài khoản"),
    "account_reopened": gettext_noop("Mở lại tài khoản"),
    "password_reset": gettext_noop("Cấp mật khẩu dùng một lần"),
    "key_issued": gettext_noop("Cấp khóa API"),
    "key_revoked": gettext_noop("Thu hồi khóa API"),
    "appointed": gettext_noop("Giao vị trí công tác"),
    "post_ended": gettext_noop("Thôi giữ vị trí"),
    "appointment_withdrawn": gettext_noop("Hủy giao vị trí"),
    "delegated": gettext_noop("Ủy quyền khi vắng mặt"),
    "delegation_ended": gettext_noop("Kết thúc ủy quyền"),
    "role_created": gettext_noop("Lập vai trò"),
    "role_edited": gettext_noop("Sửa quyền"),
    "role_restored": gettext_noop("Trở về bộ quyền gốc"),
    "private_erased": gettext_noop("Xóa phần riêng của nhật ký"),
}


def lines_of(stream: str, *, on: date) -> list[LedgerLine]:
    """Return the entries of a stream, the latest first, with the names of who acted. Three queries."""
    entries = audit.entries(stream)
    people = identity.names_of({UUID(entry.actor_person) for entry in entries if entry.actor_person})
    units = organisations.units_on({entry.public["unit"] for entry in entries if "unit" in entry.public}, on)
    lines = []
    for entry in reversed(entries):
        who = people.get(UUID(entry.actor_person), "") if entry.actor_person else ""
        detail = _detail(entry.public, entry.private or {}, units)
        name = _(_ACTS[entry.act]) if entry.act in _ACTS else entry.act
        lines.append(LedgerLine(at=entry.at, title=name, detail=detail, who=", ".join(part for part in (who, entry.actor_post) if part)))
    return lines


def _detail(public: Mapping[str, Any], private: Mapping[str, Any], units: Mapping[int, organisations.UnitView]) -> str:
    parts = []
    if "title" in public:
        unit = units.get(public.get("unit", 0))
        parts.append(", ".join(part for part in (public["title"], unit.full_name if unit else "") if part))
    if since := public.get("since"):
        parts.append(_("từ %(day)s") % {"day": _day(since)})
    if until := public.get("until"):
        parts.append(_("đến trước %(day)s") % {"day": _day(until)})
    for key, words in (("given", gettext_noop("thêm: %(rights)s")), ("taken", gettext_noop("bớt: %(rights)s"))):
        if codes := public.get(key):
            parts.append(_(words) % {"rights": "; ".join(_right(code) for code in codes)})
    if reason := private.get("reason"):
        parts.append(_("lý do: %(reason)s") % {"reason": reason})
    return " · ".join(parts)


def _right(code: str) -> str:
    return _(identity.Right(code).label) if code in identity.Right.values() else code


def _day(written: str) -> str:
    return f"{date.fromisoformat(written):%d/%m/%Y}"
