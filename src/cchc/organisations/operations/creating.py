"""Create a unit."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.kernel.actor import Actor
from cchc.kernel.bus import publish
from cchc.kernel.codes import modern
from cchc.kernel.errors import Invalid, NotAllowed
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.organisations.events import UnitCreated
from cchc.organisations.models import Unit, UnitParent, UnitTitle
from cchc.organisations.operations.writing import Writing, journal, locked, must_go_on, writing
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.rules.codes import problem_with_code, scheme_for
from cchc.organisations.rules.titles import full_name as whole_name
from cchc.organisations.rules.tree import problem_with_parent
from cchc.organisations.terms import Certainty, Right, UnitKind


@dataclass(frozen=True)
class NewUnit:
    """What a unit that is to be created is.

    ``code`` may be empty when ``agency_code`` is given, which is then the code too. ``type_word`` is the word before the name
    (``Xã``), empty where the name is whole (``Sở Nội vụ``). ``parent_id`` is the id of the unit above, None for none.
    """

    kind: UnitKind
    name: str
    code: str = ""
    type_word: str = ""
    parent_id: int | None = None
    agency_code: str | None = None
    agency_certainty: Certainty = Certainty.OFFICIAL


def create_unit(
    *,
    actor: Actor,
    at: datetime,
    kind: UnitKind,
    name: str,
    code: str = "",
    type_word: str = "",
    parent_id: int | None = None,
    agency_code: str | None = None,
    agency_certainty: Certainty = Certainty.OFFICIAL,
    since: date | None = None,
    act: str = "",
    note: str = "",
) -> UnitView:
    """Create a unit that exists from ``since`` (the day of ``at`` when not given) and return it.

    The parameters are those of ``NewUnit``; ``act`` is the number of the decision. Raises ``NotAllowed``, ``Invalid`` with a
    sentence per parameter, ``Conflict`` when the code is borne by another unit at that time.
    """
    new = NewUnit(kind, name, code, type_word, parent_id, agency_code, agency_certainty)
    work = Writing(actor, at, since or local_date(at), act, note)
    may_stand_under(actor, Right.EDIT_UNIT, parent_id)
    with writing():
        unit = written(work, new)
    return views_of([unit.pk], day=work.day)[unit.pk]


def may_stand_under(actor: Actor, right: Right, parent_id: int | None) -> None:
    """Raise ``NotAllowed`` unless the actor may put a unit under that one; at the top only the system may."""
    if parent_id is None and not actor.is_system:
        raise NotAllowed(right, "Đơn vị không trực thuộc đơn vị nào chỉ được lập bằng dữ liệu tham chiếu: hãy chọn đơn vị cấp trên.")
    actor.must(right, unit_id=parent_id)


def written(work: Writing, new: NewUnit) -> Unit:
    """Check and write the unit with its title, parent, entry and event, in the transaction that is open. Raises ``Invalid``."""
    parent = locked([new.parent_id])[new.parent_id] if new.parent_id is not None else None
    code, agency_code = _checked(new, parent)
    if parent is not None:
        must_go_on(parent, work.day, field="since")
    full_name = whole_name(type_word=new.type_word, name=new.name)
    unit = Unit.objects.create(
        scheme=scheme_for(kind=new.kind, code=code),
        code=code,
        kind=new.kind,
        period=DateRange(work.day, None),
        agency_code=agency_code,
        agency_certainty=new.agency_certainty if agency_code else "",
        name=clean(new.name),
        full_name=full_name,
    )
    whole = DateRange(work.day, None)
    UnitTitle.objects.create(unit=unit, period=whole, type_word=clean(new.type_word), name=unit.name, full_name=full_name, act=work.act)
    if parent is not None:
        UnitParent.objects.create(unit=unit, parent=parent, period=whole, act=work.act)
    journal(
        work, unit, "unit_created", {"kind": new.kind, "code": code, "agency_code": agency_code, "parent": parent.code if parent else None}
    )
    publish(UnitCreated(unit_id=unit.pk, code=code, day=work.day))
    return unit


def _checked(new: NewUnit, parent: Unit | None) -> tuple[str, str | None]:
    """Return (code, agency code in the notation of Decision 20/2020), or raise ``Invalid``."""
    problems: dict[str, str] = {}
    agency_code = None
    if new.agency_code:
        try:
            agency_code = modern(clean(new.agency_code).upper())
        except ValueError as error:
            problems["agency_code"] = str(error)
    code = clean(new.code) or agency_code or ""
    if not code and not problems:
        problems["code"] = "Đơn vị phải có mã hoặc mã định danh điện tử: hãy nhập ít nhất một mã."
    elif code and (problem := problem_with_code(kind=new.kind, code=code)):
        problems["code"] = problem
    if not clean(new.name):
        problems["name"] = "Hãy nhập tên đơn vị."
    if problem := problem_with_parent(kind=new.kind, parent_kind=UnitKind(parent.kind) if parent else None):
        problems["parent_id"] = problem
    if problems:
        raise Invalid(problems)
    return code, agency_code
