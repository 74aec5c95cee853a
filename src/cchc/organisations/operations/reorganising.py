"""Merge units, split a unit, close a unit. Cases, posts and figures of the past stay with the units that existed then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.kernel.actor import Actor
from cchc.kernel.bus import publish
from cchc.kernel.errors import Refused
from cchc.organisations.events import UnitClosed
from cchc.organisations.models import Succession, Unit, UnitParent
from cchc.organisations.operations.creating import NewUnit, may_stand_under, written
from cchc.organisations.operations.moving import moved
from cchc.organisations.operations.writing import Writing, cut, journal, locked, mark_office, must_be_older, must_exist, writing
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.rules.lineage import problem_with_shares
from cchc.organisations.terms import Certainty, Right, SuccessionKind

_WHOLE = Decimal(1)


@dataclass(frozen=True)
class Part:
    """Where a part of a split unit goes: into a unit that is created, or into one that exists (its id).

    The id of the split unit itself is the rest that goes on. ``share`` is empty when it is not known. One part of all
    ``is_default``: it takes over what cannot be divided, the units below among it.
    """

    into: NewUnit | int
    share: Decimal | None = None
    is_default: bool = False


def merge_units(
    *,
    actor: Actor,
    at: datetime,
    unit_ids: Sequence[int],
    into: NewUnit | int,
    on: date,
    act: str = "",
    note: str = "",
) -> UnitView:
    """Merge the units from ``on`` into a new unit, or into one that exists (its id), and return that one.

    The merged units end; the units below them go on below the successor. One unit alone is replaced by a new one. A new unit
    may bear the code of a merged one. Raises ``NotAllowed``, ``NotFound``, ``Refused``, ``Invalid``, ``Conflict``.
    """
    for unit_id in unit_ids:
        actor.must(Right.EDIT_LINEAGE, unit_id=unit_id)
    _may_receive(actor, into)
    work = Writing(actor, at, on, act, note)
    with writing():
        olds = _to_end(work, [unit_id for unit_id in unit_ids if unit_id != into])
        for old in olds:
            _end(work, old)
        successor = _successor(work, into, ended=olds)
        kind = SuccessionKind.REPLACED if len(olds) == 1 and isinstance(into, NewUnit) else SuccessionKind.MERGED
        for old in olds:
            _tie(work, kind, old, successor, share=_WHOLE, is_default=True)
        if isinstance(into, int):
            _goes_on(work, successor)
        for old in olds:
            _pass_children(work, old, successor)
            _tell_closed(work, old, "unit_merged", [successor])
    return views_of([successor.pk], day=on)[successor.pk]


def split_unit(
    *,
    actor: Actor,
    at: datetime,
    unit_id: int,
    parts: Sequence[Part],
    on: date,
    act: str = "",
    note: str = "",
) -> tuple[UnitView, ...]:
    """Split the unit from ``on`` into two parts or more and return the units that carry them, in the order given.

    The unit ends unless a part goes onto itself. Raises ``NotAllowed``, ``NotFound``, ``Refused`` (shares that cannot be, not
    exactly one default part), ``Invalid``, ``Conflict``.
    """
    actor.must(Right.EDIT_LINEAGE, unit_id=unit_id)
    for part in parts:
        _may_receive(actor, part.into)
    if len(parts) < 2:  # noqa: PLR2004 (one part is no split)
        raise Refused("Chia đơn vị phải có ít nhất hai phần: hãy thêm phần còn lại.", field="parts")
    if sum(part.is_default for part in parts) != 1:
        raise Refused("Hãy chọn đúng một phần tiếp nhận những gì không chia được.", field="parts")
    if problem := problem_with_shares(shares=[part.share for part in parts]):
        raise Refused(problem, field="parts")
    work = Writing(actor, at, on, act, note)
    with writing():
        goes_on = any(part.into == unit_id for part in parts)
        (old,) = _to_end(work, [unit_id])
        if not goes_on:
            _end(work, old)
        successors = [old if part.into == unit_id else _successor(work, part.into, ended=[] if goes_on else [old]) for part in parts]
        if len({successor.pk for successor in successors}) < len(parts):
            raise Refused("Hai phần không thể cùng vào một đơn vị: hãy gộp lại thành một phần.", field="parts")
        for part, successor in zip(parts, successors, strict=True):
            _tie(work, SuccessionKind.SPLIT, old, successor, share=part.share, is_default=part.is_default)
            if isinstance(part.into, int) and successor is not old:
                _goes_on(work, successor)
        if goes_on:
            mark_office(old)
            journal(work, old, "unit_split", {"into": [successor.code for successor in successors]})
        else:
            _pass_children(work, old, next(unit for part, unit in zip(parts, successors, strict=True) if part.is_default))
            _tell_closed(work, old, "unit_split", successors)
    views = views_of([successor.pk for successor in successors], day=on)
    return tuple(views[successor.pk] for successor in successors)


def close_unit(*, actor: Actor, at: datetime, unit_id: int, on: date, act: str = "", note: str = "") -> UnitView:
    """End the unit, with no successor: ``on`` is the first day without it. Return it as it was on its last day.

    Raises ``NotAllowed``, ``NotFound``, ``Refused`` when it does not exist then or units still stand below it.
    """
    actor.must(Right.EDIT_LINEAGE, unit_id=unit_id)
    work = Writing(actor, at, on, act, note)
    with writing():
        (old,) = _to_end(work, [unit_id])
        below = UnitParent.objects.filter(parent=old, period__overlap=DateRange(on, None)).values("unit").distinct().count()
        if below:
            raise Refused(f"{old.full_name} còn {below} đơn vị trực thuộc: hãy chuyển hoặc kết thúc các đơn vị này trước.", field="unit_id")
        _end(work, old)
        _tell_closed(work, old, "unit_closed", [])
    return views_of([unit_id], day=on)[unit_id]


def _may_receive(actor: Actor, into: NewUnit | int) -> None:
    if isinstance(into, NewUnit):
        may_stand_under(actor, Right.EDIT_LINEAGE, into.parent_id)
    else:
        actor.must(Right.EDIT_LINEAGE, unit_id=into)


def _to_end(work: Writing, unit_ids: Sequence[int]) -> list[Unit]:
    if not unit_ids:
        raise Refused("Hãy chọn ít nhất một đơn vị để nhập vào đơn vị khác.", field="unit_ids")
    units = locked(unit_ids)
    for unit in units.values():
        must_be_older(unit, work.day)
    return [units[unit_id] for unit_id in dict.fromkeys(unit_ids)]


def _end(work: Writing, unit: Unit) -> None:
    """End the unit and what holds of it: its titles, its place, its schedules."""
    unit.period = DateRange(unit.period.lower, work.day)
    mark_office(unit, "period")
    for rows in (unit.titles.all(), unit.parents.all(), unit.schedules.all()):
        cut(rows, work.day)


def _successor(work: Writing, into: NewUnit | int, *, ended: Sequence[Unit]) -> Unit:
    if isinstance(into, NewUnit):
        return written(work, into)
    if any(into == old.pk for old in ended):
        raise Refused("Đơn vị đã kết thúc không thể tiếp nhận: hãy chọn đơn vị khác.", field="into")
    unit = locked([into])[into]
    must_exist(unit, work.day, field="into")
    return unit


def _tie(work: Writing, kind: SuccessionKind, old: Unit, new: Unit, *, share: Decimal | None, is_default: bool) -> None:
    Succession.objects.create(
        day=work.day,
        kind=kind,
        predecessor=old,
        successor=new,
        share=share,
        share_known=share is not None,
        is_default=is_default,
        act=work.act,
        note=work.note,
        certainty=Certainty.OFFICIAL,
    )


def _goes_on(work: Writing, unit: Unit) -> None:
    """A unit that took others in is also its own predecessor, else they alone would seem to have made it."""
    older = unit.period.lower is None or unit.period.lower < work.day
    if older and not Succession.objects.filter(predecessor=unit, successor=unit, day=work.day).exists():
        _tie(work, SuccessionKind.CONTINUED, unit, unit, share=_WHOLE, is_default=True)
    journal(work, unit, "unit_enlarged", {})


def _pass_children(work: Writing, old: Unit, successor: Unit) -> None:
    children = list(UnitParent.objects.filter(parent=old, period__contains=work.day).values_list("unit_id", flat=True))
    for child in locked(children).values():
        moved(work, child, successor)
    # Units that were to come under the old one later come under its successor.
    UnitParent.objects.filter(parent=old, period__startswith__gt=work.day).update(parent=successor)


def _tell_closed(work: Writing, old: Unit, act: str, successors: Sequence[Unit]) -> None:
    journal(work, old, act, {"into": [successor.code for successor in successors]})
    publish(UnitClosed(unit_id=old.pk, code=old.code, day=work.day, successor_ids=[successor.pk for successor in successors]))
