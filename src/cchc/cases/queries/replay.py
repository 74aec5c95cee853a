"""The story of a case told again from its journal, and compared with its spells: nothing is believed because it is stored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from cchc.audit import api as audit
from cchc.cases.models import Case, Spell
from cchc.cases.rules.bounds import RESTART
from cchc.cases.rules.spells import Debt, broken_at, debt, end_of, start_of
from cchc.cases.rules.timeliness import is_late, late_from, timeliness
from cchc.cases.terms import WAITING, Act, SpellEnd, SpellStart, SpellState, Stage, Timeliness
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local, local_date
from cchc.organisations import api as organisations
from cchc.worktime.api import LimitUnit

Bearer = Callable[[str, date], int]
CHUNK = 500
_RESUMING = {Act.RESUME, Act.CONFIRM_PAYMENT}
_KEPT = ("agency_id", "state", "start", "begins", "ends", "end", "late_from", "late_at", "first_kept", "field", "procedure", "channel")


@dataclass(frozen=True)
class Told:
    """A spell as the journal tells it."""

    agency_id: int | None
    state: SpellState
    start: SpellStart
    begins: datetime
    ends: datetime | None
    end: SpellEnd | None
    late_from: datetime | None
    late_at: datetime | None
    first_kept: bool | None
    working_days: int | None = None


@dataclass(frozen=True)
class _Promise:
    """A promise as an entry carries it, with its first late instant."""

    due_date: date
    late_from: datetime


def disagreements(progress: Callable[[int, int], None]) -> Iterator[str]:
    """Give a sentence for each case whose spells are not what its journal tells. Three queries for each 500 cases."""
    total, done, last = Case.objects.count(), 0, 0
    # Remembered for one run only: who bore a code on a day changes when a reorganisation is entered late.
    bearer = cache(_bearer)
    while chunk := list(Case.objects.filter(pk__gt=last).select_related("register").order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        stories = audit.public_entries([case.stream for case in chunk])
        spells: dict[int, list[Spell]] = {}
        for spell in Spell.objects.filter(case__in=chunk).order_by("case", "seq"):
            spells.setdefault(spell.case_id, []).append(spell)
        for case in chunk:
            wanted = told(case, stories.get(case.stream, []), bearer=bearer)
            kept = spells.get(case.pk, [])
            if _of_case(case, wanted) != [tuple(getattr(spell, name) for name in _KEPT) for spell in kept] or not _same_days(wanted, kept):
                yield f"Hồ sơ {case.code}: các quãng thời gian đã lưu khác với nhật ký."
        done += len(chunk)
        progress(done, total)


def told(case: Case, story: Sequence[audit.PublicEntry], *, bearer: Bearer) -> list[Told]:
    """Return the spells that the journal of a case tells; ``bearer`` finds the unit that bore a code on a day."""
    if case.imported:
        return _imported(case, story)
    precise = case.limit.endswith(LimitUnit.WORKING_HOURS.value)
    agencies = _agencies(story, bearer)
    spells: list[Told] = []
    owed: Debt | None = None
    first: _Promise | None = None
    last: _Promise | None = None
    unextended: datetime | None = None
    paused: datetime | None = None
    received = False
    for entry, agency in zip(story, agencies, strict=True):
        stage = Stage(entry.public["stage"]) if "stage" in entry.public else None
        if stage is None:
            continue
        promise = _promise(entry.public, precise=precise)
        if entry.act == Act.EXTEND and last is not None:
            unextended = unextended or last.late_from
        if entry.act in _RESUMING and promise is not None and last is not None and paused is not None:
            unextended = _after_waiting(unextended, entry.public["mode"], paused, promise.late_from - last.late_from)
        paused = (paused or entry.at) if stage in WAITING else None
        received = received or stage not in {Stage.SUBMITTED, Stage.REFUSED, Stage.AWAITING_SUPPLEMENT, Stage.WITHDRAWN, Stage.STOPPED}
        last = promise or last
        first = first or last
        now = debt(stage=stage, received=received, agency_id=agency, late_from=last.late_from if last else None)
        at_once = owed is None and not spells and received and now is None and entry.act == Act.IMMEDIATE
        if now == owed and not at_once:
            continue
        how = _how(entry.at, stage, last, unextended)
        kept = None if how is None or now is not None else not is_late(late_from=first.late_from if first else None, moment=entry.at)
        if owed is not None:
            spells[-1] = replace(_closed(spells[-1], owed, now, entry.at, how, kept), working_days=entry.public.get("working_days"))
        if now is not None:
            spells.append(_begun(owed, now, entry.at))
        elif at_once:
            only = Debt(agency, SpellState.RUNNING, last.late_from if last else None)
            at_one_go = _closed(_begun(None, only, entry.at), only, None, entry.at, how, kept)
            spells.append(replace(at_one_go, working_days=entry.public.get("working_days")))
        owed = now
    return spells


def _how(at: datetime, stage: Stage, promise: _Promise | None, unextended: datetime | None) -> Timeliness | None:
    if stage not in {Stage.FINISHED, Stage.RETURNED}:
        return None
    return timeliness(
        finished_at=at,
        due_date=promise.due_date if promise else None,
        late_from=promise.late_from if promise else None,
        unextended=unextended,
    )


def _after_waiting(unextended: datetime | None, mode: str, paused: datetime, moved: timedelta) -> datetime | None:
    """Return the promise before its extension after a wait: as it was when it was broken already, else gone or moved with the promise."""
    if unextended is None or is_late(late_from=unextended, moment=paused):
        return unextended
    return None if mode == RESTART else unextended + moved


def _begun(before: Debt | None, now: Debt, at: datetime) -> Told:
    return Told(now.agency_id, now.state, start_of(before, now), at, None, None, now.late_from, broken_at(now, begins=at, ends=None), None)


def _closed(spell: Told, before: Debt, now: Debt | None, at: datetime, how: Timeliness | None, kept: bool | None) -> Told:  # noqa: FBT001 (three answers)
    return replace(
        spell, ends=at, end=end_of(before, now, finished=how), late_at=broken_at(before, begins=spell.begins, ends=at), first_kept=kept
    )


def _imported(case: Case, story: Sequence[audit.PublicEntry]) -> list[Told]:
    public = story[0].public
    begins = datetime.fromisoformat(public["received_at"])
    finished = datetime.fromisoformat(public["finished_at"]) if public["finished_at"] else None
    # An old register does not say whether its promise was of an hour: the case's row keeps what its mapping made of it.
    owed = Debt(case.agency_id, SpellState.RUNNING, case.late_from)
    spell = _begun(None, owed, begins)
    if finished is None:
        return [spell]
    how = timeliness(finished_at=finished, due_date=case.due_date, late_from=case.late_from)
    closed = _closed(spell, owed, None, max(begins, finished), how, how is not Timeliness.LATE)
    return [replace(closed, working_days=public.get("working_days"))]


def _promise(public: Any, *, precise: bool) -> _Promise | None:
    if not public.get("due_at") or not public.get("due_date"):
        return None
    due_at, day = local(datetime.fromisoformat(public["due_at"])), date.fromisoformat(public["due_date"])
    return _Promise(day, late_from(due_at=due_at, due_date=day, precise=precise))


def _agencies(story: Sequence[audit.PublicEntry], bearer: Bearer) -> list[int | None]:
    """Return the competent agency after each entry: the one that received it, until it was handed on by a reorganisation.

    The entry names it by its id: a unit that is put in the place of another may bear its code, and from a day before the entry.
    Entries from before there were ids are read by the code.
    """
    found: list[int | None] = []
    code, agency = "", None
    for entry in story:
        if "agency_id" in entry.public:
            agency = entry.public["agency_id"]
        elif not code and entry.public.get("agency"):
            agency = bearer(entry.public["agency"], local_date(entry.at))
        elif entry.act == Act.REHOUSE and entry.public["from_unit"] == code:
            agency = bearer(entry.public["to_unit"], local_date(entry.at))
        if not code:
            code = entry.public.get("agency", "")
        elif entry.act == Act.REHOUSE and entry.public["from_unit"] == code:
            code = entry.public["to_unit"]
        found.append(agency)
    return found


def _bearer(code: str, day: date) -> int:
    """Return who bore the code on the day, or bore it last: a unit may have ended before the day on which its act was entered."""
    try:
        return organisations.unit(code, on=day).id
    except NotFound:
        return organisations.last_bearer(code).id


def _same_days(told_: Sequence[Told], kept: Sequence[Spell]) -> bool:
    """Say whether the working days kept are those that the entry of the result has told; older entries tell none."""
    return all(one.working_days in (None, other.working_days) for one, other in zip(told_, kept, strict=True))


def _of_case(case: Case, spells: Sequence[Told]) -> list[tuple[object, ...]]:
    cut = (case.field_name, case.procedure_code, case.channel)
    return [(t.agency_id, t.state, t.start, t.begins, t.ends, t.end or "", t.late_from, t.late_at, t.first_kept, *cut) for t in spells]
