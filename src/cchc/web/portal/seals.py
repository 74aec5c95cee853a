"""The published seals of the journal, and the script that checks a proof against them."""

import hashlib
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from cchc.audit import api as audit
from cchc.web.ui.access import public
from cchc.web.ui.shapes import Page

SCRIPT = Path(settings.BASE_DIR) / "src" / "cchc" / "web" / "static" / "kiem_chung.py"
# One document holds the seals of more than two years, so that a list saved once serves for long.
AT_ONCE = 1000


def _etag(request: HttpRequest) -> str:
    """Change with the newest seal; older ones never change."""
    last = audit.latest_seal()
    return f'"{last.hash if last else "none"}-{_before(request) or ""}"'


def _before(request: HttpRequest) -> int | None:
    """Return the number that the list continues from; what is no number starts at the newest."""
    typed = request.GET.get("truoc", "")
    return int(typed[:9]) if typed.isascii() and typed.isdigit() else None


@require_safe
@public("Niêm phong của nhật ký được công bố để ai cũng giữ được một bản")
def index(request: HttpRequest) -> HttpResponse:
    """Show the seals, the newest first."""
    before = _before(request)
    found, following = audit.seals(before=before)
    here = reverse("portal:seals")
    page = Page(
        next_url=f"?{urlencode({'truoc': following})}" if following is not None else "",
        first_url=here if before is not None else "",
        label=_("Mới nhất trước"),
    )
    return render(request, "portal/seals/index.html", {"seals": found, "page": page, "base": settings.BASE_URL})


@require_safe
@public("Danh sách niêm phong cho máy đọc")
@condition(etag_func=_etag)
def published(request: HttpRequest) -> HttpResponse:
    """Give the seals as JSON; ``next`` leads to older ones."""
    found, following = audit.seals(before=_before(request), size=AT_ONCE)
    address = f"{settings.BASE_URL}{reverse('portal:seals_json')}?{urlencode({'truoc': following})}" if following is not None else ""
    answer = JsonResponse(audit.published(found, following=address), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Cache-Control"] = "public, max-age=60"
    return answer


@require_safe
@public("Chương trình kiểm chứng cho mọi người")
@condition(etag_func=lambda _request: f'"{hashlib.sha256(SCRIPT.read_bytes()).hexdigest()[:32]}"')
def script(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """Give the script that checks a proof offline."""
    answer = HttpResponse(SCRIPT.read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="kiem_chung.py"'
    answer["Cache-Control"] = "public, max-age=60"
    return answer
