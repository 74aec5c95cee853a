"""Give a unit its agency code."""

from datetime import datetime

from cchc.kernel.actor import Actor
from cchc.kernel.codes import modern
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.organisations.operations.writing import Writing, announce_change, journal, locked, mark_office, writing
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.terms import Certainty, Right, Scheme


def give_agency_code(
    *,
    actor: Actor,
    at: datetime,
    unit_id: int,
    agency_code: str,
    certainty: Certainty = Certainty.OFFICIAL,
    act: str = "",
    note: str = "",
) -> UnitView:
    """Give the unit the agency code (either notation) for its whole existence and return the unit.

    A unit whose own code is its agency code gets the new one as code too: the code then has a new stream in the journal, and
    begins with an entry that names the old one. Raises ``NotAllowed``, ``NotFound``, ``Refused`` (form), ``Conflict`` (borne by another unit).
    """
    actor.must(Right.EDIT_UNIT, unit_id=unit_id)
    work = Writing(actor, at, local_date(at), act, note)
    with writing():
        unit = locked([unit_id])[unit_id]
        try:
            code = modern(clean(agency_code).upper())
        except ValueError as error:
            raise Refused(str(error), field="agency_code") from error
        public = {"before": unit.agency_code, "after": code, "certainty": certainty}
        journal(work, unit, "unit_agency_code_given", public)
        former = unit.code
        if unit.scheme == Scheme.AGENCY:
            unit.code = code
        unit.agency_code, unit.agency_certainty = code, certainty
        mark_office(unit.fill_keys(), "code", "agency_code", "agency_key", "agency_certainty")
        if unit.code != former:
            # The new stream begins by naming the old one, so that the unit's history can be followed back.
            journal(work, unit, "unit_code_taken", {"before": former, "after": code})
        announce_change(work, unit, "unit_agency_code_given")
    return views_of([unit_id], day=work.day)[unit_id]
