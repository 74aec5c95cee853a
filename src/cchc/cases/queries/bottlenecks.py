"""Where files wait: each step of a process with its waiting and its work against its term, what is sent back, the ways really gone.

Read from the holdings, whose rows are the hand-overs of the journal: the same files, acts and instants as the event log
(``event_log``), and the same minutes as the page of a case. Everything is of the files *accepted* in a period, with all that happened to
them since; no number here is of a person.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from cchc.cases.models import Case, CaseQuerySet, Handover
from cchc.cases.queries.event_log import accepted_by
from cchc.cases.queries.flow_views import Bottlenecks, Choices, FlowAsked, FlowFiles, Mark, Rework, Spread, StepFlow, WayGone
from cchc.cases.queries.lists import page_of
from cchc.cases.rules import flow
from cchc.cases.rules.passes import Held, Key, Pass, Spent, Way, by_office, by_process, quantile, way
from cchc.cases.terms import CLOSED, Act, FlowPart, Stage, Step
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop as _
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

SHOWN_WAYS = 8
# Hand-overs are read file by file: more than these are asked for in parts.
MOST_FILES = 40_000
OUTSIDE = _("Ngoài quy trình đã công bố")
_ENDED = CLOSED | {Stage.FINISHED}
# A file that ended so did not go the whole way, and its way says so.
_CUT_SHORT = frozenset({Stage.REFUSED, Stage.WITHDRAWN, Stage.STOPPED})


def bottlenecks(*, actor: Actor, at: datetime, asked: FlowAsked) -> Bottlenecks:
    """Return the flow of a unit's files through their steps as it is now, at ``at``. Needs ``cases:case:read`` in that unit.

    A constant number of queries; hand-overs are read whole, about six for each file.
    """
    actor.must(identity.Right.READ_CASE, unit_id=asked.unit_id)
    if (files := _asked_for(asked).count()) > MOST_FILES:
        return Bottlenecks(files, 0, (), (), (), 0, is_published=False, edition=None, choices=_choices(asked, ()), too_many=True)
    read = _read(asked, at)
    kept = organisations.schedules_on(sorted({row.agency_id for row in read.rows}), local_date(at))
    timed = [(row, _timed(row, kept[row.agency_id].schedule)) for row in read.rows]
    _count_minutes([item for _row, passes in timed for item in passes], at)
    by_key: dict[Key, list[tuple[int, _Timed]]] = {key: [] for key in read.names}
    for row, passes in timed:
        for item in passes:
            by_key.setdefault(item.what.key, []).append((row.case_id, item))
    whole = sum(item.office for rows in by_key.values() for _case, item in rows if item.what.end) or 1
    ended = [(row, passes) for row, passes in timed if row.stage in _ENDED]
    ways = _ways(ended, read)
    return Bottlenecks(
        files=len(timed),
        ended=len(ended),
        steps=tuple(_step(key, rows, read, whole) for key, rows in by_key.items()),
        rework=_rework([row for row, _passes in timed], read),
        ways=ways[:SHOWN_WAYS],
        other_ways=max(len(ways) - SHOWN_WAYS, 0),
        is_published=read.is_published,
        edition=read.edition,
        choices=_choices(asked, read.editions),
    )


def flow_files(
    *, actor: Actor, at: datetime, asked: FlowAsked, part: FlowPart, key: str = "", target: str = "", before: int | None = None
) -> FlowFiles:
    """Return the files behind a number of ``bottlenecks``: of a step by its key, sent back from it to ``target``, or of a way.

    Needs ``cases:case:read`` in that unit; only files of the actor's agencies are listed, the others are counted. Raises ``Refused``
    where there are too many to read.
    """
    actor.must(identity.Right.READ_CASE, unit_id=asked.unit_id)
    if _asked_for(asked).count() > MOST_FILES:
        raise Refused("Quá nhiều hồ sơ để đọc từng bước. Chọn một thủ tục, một đơn vị hoặc kỳ ngắn hơn.")
    read = _read(asked, at)
    found = Case.objects.filter(pk__in=[row.case_id for row in read.rows if _belongs(row, part, key, target)])
    mine = found if actor.is_system else found.of_agencies(actor.units)
    rows, following = page_of(mine, at=at, before=before)
    count = mine.count()
    return FlowFiles(_names(part, key, target, read), rows, following, count, found.count() - count)


# ------------------------------------------------------------------ reading


@dataclass(frozen=True)
class _Row:
    """A file with its way."""

    case_id: int
    agency_id: int
    stage: Stage
    way: Way


@dataclass(frozen=True)
class _Read:
    """The files asked for, and what their steps are called: by key, in order, with the published term."""

    rows: tuple[_Row, ...]
    names: Mapping[Key, tuple[str, str]]
    editions: tuple[tuple[int, int], ...]
    edition: int | None
    is_published: bool


def _asked_for(asked: FlowAsked) -> CaseQuerySet:
    cases = accepted_by(asked.unit_id, asked.period).filter(imported=False)
    if asked.procedure:
        return cases.filter(procedure_code=asked.procedure)
    return cases.filter(field_name=asked.field) if asked.field else cases


def _read(asked: FlowAsked, at: datetime) -> _Read:
    cases = _asked_for(asked)
    rows = list(cases.order_by("pk").values_list("pk", "agency_id", "stage", "version_id"))
    version, editions = _edition(asked, [row[3] for row in rows])
    if version is not None:
        rows = [row for row in rows if row[3] == version.id]
        cases = cases.filter(version_id=version.id)
    steps = version.steps if version else ()
    last = flow.last(steps)
    key = by_process(last.ordinal if last else None) if steps else by_office
    held = _holdings(cases, with_terms=bool(steps))
    found = tuple(_Row(pk, agency, Stage(stage), way(held.get(pk, ()), key=key, now=at)) for pk, agency, stage, _version in rows)
    been = {item.key for row in found for item in row.way.passes}
    names: dict[Key, tuple[str, str]] = (
        {step.ordinal: (step.name, step.time.text if step.time else "") for step in steps}
        if steps
        else {step: (step.label, "") for step in Step if step in been}
    )
    return _Read(found, names, editions, version.number if version else None, bool(steps))


def _edition(asked: FlowAsked, versions: Sequence[int | None]) -> tuple[procedures.VersionView | None, tuple[tuple[int, int], ...]]:
    """Return the edition asked for, else the one with the most files, the newest of equals; and how many files each has."""
    if not asked.procedure or not versions:
        return None, ()
    counts = Counter(versions)
    known = [view for view in procedures.versions_of(asked.procedure) if view.id in counts]
    wanted = next((view for view in known if view.number == asked.edition), None)
    chosen = wanted or max(known, key=lambda view: (counts[view.id], view.number))
    return chosen, tuple((view.number, counts[view.id]) for view in known)


def _holdings(cases: CaseQuerySet, *, with_terms: bool) -> dict[int, list[Held]]:
    """Return what was held, by file, oldest first. One query.

    A term is that of a step of a process, which may take in several places of the office: told place by place it would be nobody's.
    """
    columns = ("case_id", "act", "step", "ordinal", "to_post_id", "at", "received_at", "ended_at", "due_at")
    rows = Handover.objects.filter(case__in=cases.order_by().values("pk"), to_unit__isnull=False)
    found: dict[int, list[Held]] = {}
    for case_id, act, step, ordinal, post, begun, received, ended, due in rows.order_by("case_id", "seq").values_list(*columns):
        held = Held(Act(act), Step(step), ordinal, post is not None, begun, received, ended, due if with_terms else None)
        found.setdefault(case_id, []).append(held)
    return found


def _choices(asked: FlowAsked, editions: tuple[tuple[int, int], ...]) -> Choices:
    cases = accepted_by(asked.unit_id, asked.period).filter(imported=False)
    rows = list(cases.order_by().values_list("procedure_code", "field_name").annotate(files=Count("pk"), title=Max("title")))
    fields: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for code, field, files, title in rows:
        fields[field] += files
        codes[code] += files
        titles[code] = max(title, titles.get(code, ""))
    return Choices(
        procedures=tuple((code, titles[code], files) for code, files in codes.most_common()),
        fields=tuple((field, files) for field, files in fields.most_common() if field),
        editions=editions,
    )


# ------------------------------------------------------------------ minutes


@dataclass
class _Timed:
    """A pass with its working minutes by what they went into, and those of its term; filled by ``_count_minutes``."""

    what: Pass
    schedule: worktime.Schedule
    minutes: dict[Spent, int]
    budget: int | None = None

    @property
    def office(self) -> int:
        """Return the minutes that the office had it."""
        return self.minutes[Spent.WAITING] + self.minutes[Spent.WORKING]


def _timed(row: _Row, schedule: worktime.Schedule) -> list[_Timed]:
    return [_Timed(item, schedule, dict.fromkeys(Spent, 0)) for item in row.way.passes]


def _count_minutes(passes: Sequence[_Timed], at: datetime) -> None:
    """Count the working minutes of all stretches at once, by the hours that each agency keeps."""
    calendar = worktime.load_calendar()
    for schedule in {item.schedule.code: item.schedule for item in passes}.values():
        mine = [item for item in passes if item.schedule.code == schedule.code]
        parts = [(item, stretch) for item in mine for stretch in item.what.stretches]
        terms = [(item, (item.what.due_from, item.what.due_at)) for item in mine if item.what.due_from and item.what.due_at]
        spans = [(stretch.start, stretch.end or at) for _item, stretch in parts]
        counted = worktime.worked_minutes([*spans, *(term for _item, term in terms)], calendar=calendar, schedule=schedule)
        for (item, stretch), minutes in zip(parts, counted[: len(parts)], strict=True):
            item.minutes[stretch.spent] += minutes
        for (item, _term), minutes in zip(terms, counted[len(parts) :], strict=True):
            item.budget = minutes


# ------------------------------------------------------------------ counting


def _step(key: Key, rows: Sequence[tuple[int, _Timed]], read: _Read, whole: int) -> StepFlow:
    name, budget_text = read.names.get(key, (_name(key, read), ""))
    ended = [item for _case, item in rows if item.what.end is not None]
    office = sum(item.office for item in ended)
    judged = [item for _case, item in rows if item.what.due_at is not None and (item.what.end is not None or item.what.late)]
    return StepFlow(
        key=_text(key),
        name=name,
        budget_text=budget_text,
        files=len({case for case, _item in rows}),
        passes=len(rows),
        here=len(rows) - len(ended),
        waiting=_spread(item.minutes[Spent.WAITING] for item in ended),
        working=_spread(item.minutes[Spent.WORKING] for item in ended),
        office=_spread(item.office for item in ended),
        applicant=_spread(item.minutes[Spent.APPLICANT] for item in ended),
        waited=sum(item.minutes[Spent.WAITING] for item in ended) / (office or 1),
        share=office / whole,
        budget=quantile([item.budget for _case, item in rows if item.budget is not None], 0.5),
        late=sum(item.what.late for item in judged),
        judged=len(judged),
        sent_back=sum(item.what.sent_back for _case, item in rows),
        came_back=sum(item.what.came_back for _case, item in rows),
    )


def _spread(minutes: Iterable[int]) -> Spread:
    values = list(minutes)
    return Spread(quantile(values, 0.5), quantile(values, 0.9))


def _rework(rows: Sequence[_Row], read: _Read) -> tuple[Rework, ...]:
    times: Counter[tuple[Key, Key]] = Counter()
    files: Counter[tuple[Key, Key]] = Counter()
    for row in rows:
        found = _returns(row.way)
        times.update(found)
        files.update(set(found))
    return tuple(
        Rework(_text(source), _name(source, read), _text(target), _name(target, read), count, files[source, target])
        for (source, target), count in times.most_common()
    )


def _returns(gone: Way) -> list[tuple[Key, Key]]:
    pairs = zip(gone.passes, gone.passes[1:], strict=False)
    return [(before.key, after.key) for before, after in pairs if before.sent_back]


def _ways(ended: Sequence[tuple[_Row, list[_Timed]]], read: _Read) -> tuple[WayGone, ...]:
    """Return the ways of the files that ended, the most trodden first."""
    found: dict[str, list[int]] = {}
    marks: dict[str, tuple[Mark, ...]] = {}
    for row, passes in ended:
        key = _way_text(row)
        found.setdefault(key, []).append(sum(item.office for item in passes))
        if key not in marks:
            marks[key] = _marks(row, read)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), len(item[0]), item[0]))
    return tuple(WayGone(key, marks[key], len(of), len(of) / len(ended), quantile(of, 0.5)) for key, of in ordered)


def _marks(row: _Row, read: _Read) -> tuple[Mark, ...]:
    pauses = {Step.SUPPLEMENT, Step.PAYMENT}
    marks = [Mark(_text(key), key.label if key in pauses else _name(key, read), is_wait=key in pauses) for key in row.way.walk]
    return (*marks, Mark(row.stage.value, row.stage.label, is_end=True)) if row.stage in _CUT_SHORT else tuple(marks)


def _way_text(row: _Row) -> str:
    """Return a way as an address carries it: ``1-2-3-2-3``, with how it was cut short."""
    end = f"-{row.stage.value}" if row.stage in _CUT_SHORT else ""
    return "-".join(_text(key) for key in row.way.walk) + end


def _belongs(row: _Row, part: FlowPart, key: str, target: str) -> bool:
    there = [item for item in row.way.passes if _text(item.key) == key]
    match part:
        case FlowPart.ALL:
            found = True
        case FlowPart.ENDED:
            found = row.stage in _ENDED
        case FlowPart.WAY:
            found = row.stage in _ENDED and _way_text(row) == key
        case FlowPart.RETURNED:
            found = any((_text(source), _text(back)) == (key, target) for source, back in _returns(row.way))
        case FlowPart.LATE:
            found = any(item.late for item in there)
        case FlowPart.HERE:
            found = any(item.end is None for item in there)
        case FlowPart.THROUGH:
            found = bool(there)
    return found


def _names(part: FlowPart, key: str, target: str, read: _Read) -> tuple[str, ...]:
    if part is FlowPart.WAY:
        gone = next((row for row in read.rows if _way_text(row) == key), None)
        return tuple(mark.name for mark in _marks(gone, read)) if gone else ()
    keys = {_text(item): item for item in (*read.names, *(step.key for row in read.rows for step in row.way.passes))}
    return tuple(_name(keys[text], read) for text in (key, target) if text in keys)


def _text(key: Key) -> str:
    return "0" if key is None else str(key)


def _name(key: Key, read: _Read) -> str:
    if key in read.names:
        return read.names[key][0]
    return key.label if isinstance(key, Step) else OUTSIDE
