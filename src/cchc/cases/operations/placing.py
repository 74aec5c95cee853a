"""Find the next place of a case: the step of its published process, that step's own due time, and who may hold it there."""

from datetime import datetime

from cchc.cases.models import Case
from cchc.cases.operations.acting import Place
from cchc.identity import api as identity
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

Steps = tuple[procedures.StepView, ...]


def steps_of(case: Case) -> Steps:
    """Return the published process of the case's own version. One query."""
    return procedures.steps_of(case.version_id)


def place_at(
    case: Case,
    step: procedures.StepView | None,
    *,
    at: datetime,
    unit: int | None,
    post: int | None = None,
    keep_due: bool = False,
) -> Place:
    """Return the place in a step, its term counted from ``at`` on the agency's hours; ``keep_due`` goes on with the term that runs."""
    if step is None:
        return Place(unit=unit, post=post)
    if keep_due:
        return Place(unit=unit, post=post, ordinal=step.ordinal, name=step.name, due_at=case.step_due_at)
    due_at = None
    if step.time is not None:
        schedule = organisations.schedule_of(case.agency_id, on=local_date(at))
        due_at = worktime.due(start=at, limit=step.time, calendar=worktime.load_calendar(), schedule=schedule).due_at
    return Place(unit=unit, post=post, ordinal=step.ordinal, name=step.name, due_at=due_at)


def units_of(case: Case, at: datetime) -> frozenset[int]:
    """Return the competent agency and everything below it on that day."""
    return frozenset({case.agency_id}) | organisations.descendant_ids_on(case.agency_id, local_date(at))


def unit_in(case: Case, unit_id: int, *, at: datetime) -> organisations.UnitView:
    """Return a unit of the competent agency; a unit that has ended is refused with who took it over."""
    day = local_date(at)
    if unit_id in units_of(case, at):
        return organisations.unit_on(unit_id, day)
    if heirs := heirs_of(unit_id, at=at):
        names = ", ".join(heir.full_name for heir in heirs)
        raise Refused(f"Đơn vị này đã sắp xếp lại; nay là {names}. Chọn lại nơi xử lý.", field="unit_id")
    raise Refused("Chọn một phòng, ban của cơ quan giải quyết hồ sơ này.", field="unit_id")


def heirs_of(unit_id: int, *, at: datetime) -> tuple[organisations.UnitView, ...]:
    """Return the units that carry on a unit that has ended, the one that takes over what cannot be divided first; else none."""
    try:
        found = organisations.successors_of(unit_id, until=local_date(at))
    except NotFound:
        return ()
    return tuple(item.unit for item in sorted(found, key=lambda item: not item.is_default) if item.unit.id != unit_id)


def post_with(right: identity.Right, *, case: Case, at: datetime, post_id: int) -> identity.PostView:
    """Return the post of somebody in the competent agency who holds the right that day; raise ``Refused`` otherwise."""
    holders = identity.holders_of(right, unit_ids=units_of(case, at), on=local_date(at))
    found = next((post for post in holders if post.id == post_id), None)
    if found is None:
        raise Refused(f"Chọn một người có quyền «{right.label}» trong cơ quan giải quyết hồ sơ này.", field="post_id")
    return found
