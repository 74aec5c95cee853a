"""Who reports to whom: agencies of the levels that fill forms, as they stood on a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed
from cchc.organisations import api as organisations
from cchc.reports.terms import Level

LEVELS = {
    organisations.UnitKind.COMMUNE: Level.COMMUNE,
    organisations.UnitKind.DEPARTMENT: Level.DEPARTMENT,
    organisations.UnitKind.PROVINCE: Level.PROVINCE,
    organisations.UnitKind.MINISTRY: Level.MINISTRY,
}


def agency_of(actor: Actor, day: date) -> organisations.UnitView:
    """Return the agency in whose name the actor reports. Raises ``NotAllowed`` for somebody who sits nowhere, such as a job."""
    if actor.unit_id is None:
        raise NotAllowed("", "Báo cáo do người của cơ quan chốt, ký và gửi; hệ thống không tự làm thay.")
    return identity.agency_of(actor.unit_id, on=day)


def receiver_of(unit_id: int, day: date) -> organisations.UnitView | None:
    """Return the agency that a unit reports to: the nearest above it that fills forms itself; None when it is not registered here."""
    unit = organisations.units_on([unit_id], day)[unit_id]
    # A unit that has ended still answers to the agency above it on its last day.
    seen = day if unit.until is None or day < unit.until else unit.until - timedelta(days=1)
    return next((above for above in organisations.ancestors_on(unit_id, seen) if above.kind in LEVELS), None)


def reporters_to(unit_id: int, day: date) -> tuple[organisations.UnitView, ...]:
    """Return the agencies that report straight to a unit on a day, by kind and name. Four queries."""
    found = organisations.descendants_on(unit_id, day, kinds=[organisations.UnitKind.COMMUNE, organisations.UnitKind.DEPARTMENT])
    among = {unit_id, *(view.id for view in found)}
    return tuple(view for view in found if next(above for above in view.ancestor_ids if above in among) == unit_id)


def holders_in(agency_ids: Iterable[int], right: str, day: date) -> tuple[tuple[identity.PostView, int], ...]:
    """Return the posts that hold a right in these agencies themselves, each with its agency; those of agencies under them do not count.

    A constant number of queries for one agency, one more for each further one.
    """
    wanted = set(agency_ids)
    below = {unit for agency in wanted for unit in organisations.descendant_ids_on(agency, day)}
    posts = identity.holders_of(right, unit_ids=wanted | below, on=day)
    units = organisations.units_on({post.unit_id for post in posts}, day)
    above = organisations.units_on({ancestor for unit in units.values() for ancestor in unit.ancestor_ids}, day)
    found = []
    for post in posts:
        path = [units[post.unit_id], *(above[ancestor] for ancestor in units[post.unit_id].ancestor_ids)]
        home = next((unit.id for unit in path if unit.kind in LEVELS), None)
        if home in wanted:
            found.append((post, home))
    return tuple(found)
