"""A case of an imported register: read, never acted on."""

from dataclasses import dataclass
from datetime import datetime

from cchc.cases.models import Case
from cchc.cases.queries.detail import LedgerLine, ledger
from cchc.cases.queries.lists import CaseRow, row_of
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound


@dataclass(frozen=True)
class PastStepView:
    """A step as the old register wrote it."""

    name: str
    at: datetime | None
    resource: str


@dataclass(frozen=True)
class ImportedView:
    """What came in with a case. ``unit_name`` is what the file said of the unit; ``flags`` are doubts noted at import."""

    row: CaseRow
    register_name: str
    unit_name: str
    agency_name: str
    steps: tuple[PastStepView, ...]
    flags: tuple[str, ...]
    ledger: tuple[LedgerLine, ...]


def imported(*, register: str, code: str, actor: Actor, at: datetime) -> ImportedView:
    """Return an imported case.

    Raises ``NotFound``, and ``NotAllowed`` outside the reader's agency; a case that was placed in no agency is for those who may
    import. A constant number of queries.
    """
    actor.must(identity.Right.READ_CASE)
    rows = (
        Case.objects.with_owner().select_related("register", "agency", "holder_post__person", "holder_unit").prefetch_related("past_steps")
    )
    found = rows.filter(register__code=register, code=code, imported=True).first()
    if found is None:
        raise NotFound(f"Không có hồ sơ «{code}» trong sổ đã nhập «{register}».", field="code")
    if found.agency_id is None:
        actor.must(identity.Right.IMPORT_REGISTER)
    else:
        actor.must(identity.Right.READ_CASE, unit_id=found.agency_id)
    return ImportedView(
        row=row_of(found, at=at),
        register_name=found.register.name,
        unit_name=found.unit_name,
        agency_name=found.agency.full_name if found.agency else "",
        steps=tuple(PastStepView(name=step.name, at=step.at, resource=step.resource) for step in found.past_steps.all()),
        flags=tuple(found.flags),
        ledger=ledger(found.stream),
    )
