"""What the counter fills in, and whether it can become a case: competent agency, valid procedure, sound answers."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from cchc.cases.rules.intake import PaperForm, PartyForm, filing_problem, party_problems
from cchc.cases.rules.lengths import length_problems
from cchc.cases.terms import FiledBy, PaymentMethod, ResultChannel
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures

_LEVELS = {
    organisations.UnitKind.MINISTRY: procedures.Level.MINISTRY,
    organisations.UnitKind.PROVINCE: procedures.Level.PROVINCE,
    organisations.UnitKind.DEPARTMENT: procedures.Level.PROVINCE,
    organisations.UnitKind.DISTRICT: procedures.Level.DISTRICT,
    organisations.UnitKind.COMMUNE: procedures.Level.COMMUNE,
}

MOST_SETS = 99


@dataclass(frozen=True)
class PaperGiven:
    """What lies on the counter for one line of the checklist, by the line's place in the procedure (from 1)."""

    ordinal: int
    given: bool
    originals: int = 0
    certified: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Intake:
    """One filled-in intake screen. ``case_type`` is the place of the chosen case type; ``quantities`` feed the fee (copies, pages).

    ``filed_by`` None lets it follow from the rest: see ``rules.intake.who_filed``.
    """

    procedure: str
    owner: PartyForm
    submitter: PartyForm | None = None
    channel: procedures.Channel = procedures.Channel.COUNTER
    case_type: int = 1
    papers: tuple[PaperGiven, ...] = ()
    result_channel: ResultChannel = ResultChannel.COUNTER
    request: str = ""
    sets: int = 1
    quantities: dict[str, int] = field(default_factory=dict)
    payment: PaymentMethod = PaymentMethod.CASH
    notify: bool = False
    filed_by: FiledBy | None = None


@dataclass(frozen=True)
class Prepared:
    """An intake that may become a case: everything looked up, nothing written yet."""

    intake: Intake
    agency: organisations.UnitView
    counter_id: int
    version: procedures.VersionView
    case_type: procedures.CaseTypeView | None
    papers: tuple[PaperForm, ...]
    notes: tuple[str, ...]
    quote: procedures.FeeQuote


def prepare(*, actor: Actor, at: datetime, intake: Intake) -> Prepared:
    """Check an intake whole and return what it will become.

    Raises ``NotAllowed`` without the right, ``Refused`` for a procedure that does not exist, is out of force or belongs to
    another level, and ``Invalid`` with all wrong answers at once. Missing papers are no error here: they call for a
    supplement request.
    """
    if actor.unit_id is None:
        raise Refused("Chỉ người giữ vị trí ở Bộ phận Một cửa mới tiếp nhận hồ sơ.")
    day = local_date(at)
    agency = identity.agency_of(actor.unit_id, on=day)
    actor.must(identity.Right.RECEIVE_CASE, unit_id=agency.id)
    version = procedure_for(intake.procedure, at=at, agency=agency)
    case_type, problems = _case_type(version, intake.case_type)
    papers, notes = _checklist(case_type, intake)
    problems |= party_problems(party=intake.owner, today=day, prefix="owner")
    if intake.submitter:
        problems |= party_problems(party=intake.submitter, today=day, prefix="submitter")
    if sentence := filing_problem(intake.filed_by, by_another=intake.submitter is not None):
        problems["filed_by"] = sentence
    problems |= length_problems(request=intake.request)
    if not 1 <= intake.sets <= MOST_SETS:
        problems["sets"] = f"Số bộ hồ sơ từ 1 đến {MOST_SETS}."
    try:
        quote = procedures.quote(version, intake.channel, intake.quantities, case_type=case_type.id if case_type else None)
        procedures.limit_for(version, intake.channel, case_type.id if case_type else None)
    except Refused as error:
        raise Invalid(problems | {error.field or "quantities": error.message}) from error
    if problems:
        raise Invalid(problems)
    return Prepared(
        intake=_cleaned(intake),
        agency=agency,
        counter_id=actor.unit_id,
        version=version,
        case_type=case_type,
        papers=papers,
        notes=notes,
        quote=quote,
    )


def procedure_for(code: str, *, at: datetime, agency: organisations.UnitView) -> procedures.VersionView:
    """Return the version in force of a procedure this agency may take; raise ``NotFound`` or ``Refused`` at ``procedure``."""
    version = _version(code, at)
    _competent(version, agency)
    return version


def level_of(agency: organisations.UnitView) -> procedures.Level | None:
    """Return the level whose procedures an agency takes; None for one that takes those of every level."""
    return _LEVELS.get(agency.kind)


def _version(code: str, at: datetime) -> procedures.VersionView:
    if not code.strip():
        raise Refused("Chọn thủ tục trước khi tiếp nhận.", field="procedure")
    try:
        return procedures.version_for(code.strip(), on=local_date(at))
    except NotFound as error:
        raise NotFound(error.message, field="procedure") from error
    except Refused as error:
        raise Refused(error.message, field="procedure") from error


def _competent(version: procedures.VersionView, agency: organisations.UnitView) -> None:
    """Refuse a procedure of another level: the law asks to guide the person to the right agency, in writing."""
    level = level_of(agency)
    if version.levels and level is not None and level not in version.levels:
        words = ", ".join(item.label.lower() for item in version.levels)
        raise Refused(
            f"Thủ tục {version.code} thuộc thẩm quyền {words}, không thuộc {agency.full_name}. Lập phiếu từ chối và hướng dẫn đến đúng nơi.",
            field="procedure",
        )


def _case_type(version: procedures.VersionView, place: int) -> tuple[procedures.CaseTypeView | None, dict[str, str]]:
    if not version.case_types:
        return None, {}
    if not 1 <= place <= len(version.case_types):
        return None, {"case_type": "Chọn một trường hợp của thủ tục này."}
    return version.case_types[place - 1], {}


def _checklist(case_type: procedures.CaseTypeView | None, intake: Intake) -> tuple[tuple[PaperForm, ...], tuple[str, ...]]:
    """Match what was given with the case type's papers. Every legal paper becomes a line, given or not."""
    given = {item.ordinal: item for item in intake.papers}
    papers = case_type.papers if case_type else ()
    lines = []
    for place, paper in enumerate(papers, start=1):
        item = given.get(place, PaperGiven(ordinal=place, given=False))
        lines.append(
            PaperForm(
                name=paper.name,
                originals=item.originals if item.given else 0,
                certified=item.certified if item.given else 0,
                copies=item.copies if item.given else 0,
                required=paper.is_required,
                given=item.given,
            ),
        )
    return tuple(lines), tuple(paper.note for paper in papers)


def _cleaned(intake: Intake) -> Intake:
    submitter = _cleaned_party(intake.submitter) if intake.submitter else None
    return replace(intake, owner=_cleaned_party(intake.owner), submitter=submitter, request=clean(intake.request))


def _cleaned_party(party: PartyForm) -> PartyForm:
    return replace(party, full_name=clean(party.full_name), address=clean(party.address), email=party.email.strip())
