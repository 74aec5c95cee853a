"""Whom an act may go to."""

from typing import Any

from cchc.cases import api as cases
from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.desk.desk import DeskRequest
from cchc.web.ui.shapes import Option


def options_with(right: str, *, case: cases.CaseView, desk: DeskRequest) -> dict[str, Any]:
    """Return the posts of the case's agency that hold a right, those of the actor's own unit first; the only one is chosen."""
    day = local_date(desk.at)
    units = {case.agency_id} | organisations.descendant_ids_on(case.agency_id, day)
    holders = sorted(identity.holders_of(right, unit_ids=units, on=day), key=lambda post: post.unit_id != desk.actor.unit_id)
    options = [Option(str(post.id), post.name, f"{post.title}, {post.unit_name}") for post in holders]
    return {"options": options, "chosen": options[0].value if len(options) == 1 else ""}


def units_below(case: cases.CaseView, *, desk: DeskRequest) -> list[Option]:
    """Return the units of the case's agency that work on files, without its counter; the agency itself where it has none."""
    below = organisations.descendants_on(case.agency_id, local_date(desk.at))
    units = [Option(str(unit.id), unit.full_name) for unit in below if unit.id != case.counter_id]
    return units or [Option(str(case.agency_id), case.agency_name)]


def units_late(case: cases.CaseView, *, desk: DeskRequest) -> list[Option]:
    """Return the units of which one may have been late, the counter and the agency among them."""
    below = organisations.descendants_on(case.agency_id, local_date(desk.at))
    return [Option(str(unit.id), unit.full_name) for unit in below] + [Option(str(case.agency_id), case.agency_name)]
