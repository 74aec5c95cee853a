"""The first page of the office: its rooms, each with what it is for."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import signed_in
from cchc.web.ui.rooms import groups_for, rooms_for


@require_safe
@signed_in("Chọn việc quản trị; chỉ hiện những việc vị trí này có quyền")
def show(request: HttpRequest) -> HttpResponse:
    """Show the rooms that this post may enter."""
    office = cast("OfficeRequest", request)
    return render(request, "office/home.html", {"rooms": rooms_for(office.actor), "groups": groups_for(office.actor), "page_keys": []})
