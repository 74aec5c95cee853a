"""The agency as a tree on a day: kinds, codes, working hours, people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cchc.identity import api as identity
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.places import in_agency, today_of
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry

_DEEPEST_INDENT = 5


@dataclass(frozen=True)
class Line:
    """One unit of the tree, with what is kept and who works there on the day."""

    unit: UnitView
    depth: int
    staff: identity.Staff
    kept: organisations.Kept

    @property
    def is_own_schedule(self) -> bool:
        """Say whether the working hours were given to this very unit."""
        return self.kept.given_to == self.unit.id


@require_safe
@needs("organisations:unit:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Show the agency of the post as it stands today, or on the day in the address."""
    office = cast("OfficeRequest", request)
    today = today_of(office)
    asked = Entry(request.GET)
    on = asked.day("on") or today
    units = in_agency(office, on)
    there = on in units[0].period
    context = {
        "agency": units[0],
        "lines": _lines(units, on) if there else [],
        "is_there": there,
        "on": on,
        "is_today": on == today,
        "may_edit": office.actor.may(organisations.Right.EDIT_UNIT, unit_id=units[0].id),
        "page_keys": [],
    }
    return asked.answer(request, "office/units/tree.html", context)


def _lines(units: tuple[UnitView, ...], on: date) -> list[Line]:
    ids = [unit.id for unit in units]
    staff, kept = identity.staff_of(ids, on=on), organisations.schedules_on(ids, on)
    return [Line(unit, min(depth, _DEEPEST_INDENT), staff[unit.id], kept[unit.id]) for unit, depth in nested(units)]


def nested(units: tuple[UnitView, ...]) -> Iterator[tuple[UnitView, int]]:
    """Give the first unit and all below it, each right after the one above it, with its depth; siblings keep their order."""
    below: dict[int, list[UnitView]] = {}
    for unit in units[1:]:
        below.setdefault(unit.ancestor_ids[0], []).append(unit)
    yield from _walk(units[0], below, 0)


def _walk(unit: UnitView, below: Mapping[int, list[UnitView]], depth: int) -> Iterator[tuple[UnitView, int]]:
    yield unit, depth
    for child in below.get(unit.id, []):
        yield from _walk(child, below, depth + 1)
