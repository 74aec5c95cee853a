"""Put a unit under another unit from a day on."""

from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.organisations.models import Unit, UnitParent
from cchc.organisations.operations.writing import (
    Writing,
    announce_change,
    cut,
    journal,
    locked,
    mark_office,
    must_exist,
    must_go_on,
    one_move_at_a_time,
    writing,
)
from cchc.organisations.queries.tree import would_stand_above_itself
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.rules.tree import problem_with_parent
from cchc.organisations.terms import Right, UnitKind


def move_unit(*, actor: Actor, at: datetime, unit_id: int, parent_id: int, on: date, act: str = "", note: str = "") -> UnitView:
    """Put the unit under the parent from ``on`` and return it as of that day.

    Raises ``NotAllowed``, ``NotFound``, ``Refused`` when the parent does not fit, does not exist then, is the unit itself or
    stands under it.
    """
    actor.must(Right.EDIT_UNIT, unit_id=unit_id)
    actor.must(Right.EDIT_UNIT, unit_id=parent_id)
    work = Writing(actor, at, on, act, note)
    with writing():
        units = locked([unit_id, parent_id])
        moved(work, units[unit_id], units[parent_id])
    return views_of([unit_id], day=on)[unit_id]


def moved(work: Writing, unit: Unit, parent: Unit) -> None:
    """Check and write the new place in the transaction that is open, the rows of both units being locked."""
    must_exist(unit, work.day)
    must_go_on(parent, work.day, field="parent_id")
    problem = problem_with_parent(kind=UnitKind(unit.kind), parent_kind=UnitKind(parent.kind))
    if problem:
        raise Refused(problem, field="parent_id")
    one_move_at_a_time()
    if would_stand_above_itself(unit.pk, parent.pk, since=work.day):
        raise Refused(f"{parent.full_name} đang hoặc sẽ trực thuộc {unit.full_name}: hãy chọn đơn vị cấp trên khác.", field="parent_id")
    current = UnitParent.objects.filter(unit=unit, period__contains=work.day).select_related("parent").first()
    if current is not None and current.parent_id == parent.pk:
        raise Refused(f"{unit.full_name} đã trực thuộc {parent.full_name} vào ngày này: không có gì để đổi.", field="parent_id")
    cut(unit.parents.all(), work.day)
    UnitParent.objects.create(unit=unit, parent=parent, period=DateRange(work.day, unit.period.upper), act=work.act)
    mark_office(unit)
    journal(work, unit, "unit_moved", {"before": current.parent.code if current else None, "after": parent.code})
    announce_change(work, unit, "unit_moved")
