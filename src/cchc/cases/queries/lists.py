"""Lists of cases: the inbox by urgency, the register by search. A constant number of queries, whatever the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case as Choose
from django.db.models import Count, F, Max, Q, Value, When

from cchc.cases.models import Case, CaseQuerySet, Party
from cchc.cases.queries import sets
from cchc.cases.rules.intake import digits
from cchc.cases.rules.timeliness import is_late, timeliness
from cchc.cases.terms import RUNNING, WAITING, Stage, Step, Timeliness, Urgency
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.kernel.text import fold, vi_key

PAGE = 100
_IDENTITY_LENGTH = 12
_RANKS = tuple(Urgency)
# The columns that ``row_of`` reads.
_SHOWN = (
    *("code", "title", "field_name", "channel", "stage", "step", "since", "received_at", "limit", "due_at", "due_date", "late_from"),
    *("finished_at", "returned_at", "unextended", "revision", "forward_by", "imported", "counted_from", "first_due_at", "extensions"),
    *("supplements", "step_name", "step_due_at", "announced_at", "register__code", "holder_post__person__full_name", "holder_unit__name"),
)


@dataclass(frozen=True)
class CaseRow:
    """One line of a list. ``holder`` is the person or the unit that has the case; empty when nobody must act.

    ``register`` is the code of the imported register the case belongs to, and empty for a case of ours.
    """

    code: str
    title: str
    owner: str
    field_name: str
    channel: str
    stage: Stage
    step: Step
    holder: str
    since: datetime
    received_at: datetime | None
    limit: str
    due_at: datetime | None
    due_date: date | None
    late: bool
    finished_at: datetime | None
    returned_at: datetime | None
    timeliness: Timeliness | None
    urgency: Urgency
    revision: int
    forward_by: datetime | None = None
    register: str = ""
    counted_from: datetime | None = None
    first_due_at: datetime | None = None
    extensions: int = 0
    supplements: int = 0
    step_name: str = ""
    step_due_at: datetime | None = None
    step_late: bool = False
    announced_at: datetime | None = None


@dataclass(frozen=True)
class Group:
    """One group of the inbox, with how many it has in all; ``rows`` may be fewer."""

    urgency: Urgency
    count: int
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True)
class Inbox:
    """What waits for somebody.

    ``mine`` and ``unit`` count the whole list, before filters; ``fields`` and ``procedures`` are what it may be narrowed to, the
    second with code and name, both in Vietnamese order.
    """

    groups: tuple[Group, ...]
    mine: int
    unit: int
    shown: int
    matching: int
    fields: tuple[str, ...]
    procedures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filters:
    """What narrows a list; every field empty means all. Mirrors the query string."""

    q: str = ""
    field: str = ""
    step: str = ""
    channel: str = ""
    urgency: str = ""
    holder: str = ""
    procedure: str = ""
    trouble: str = ""
    due: str = ""


# What ``Filters.trouble`` may say: the step's own term is over; the promise is broken and nobody has said sorry.
STEP_LATE, OWES_APOLOGY = "step_late", "owes_apology"


def inbox(
    *, actor: Actor, at: datetime, next_working_day: date, scope: str = "mine", filters: Filters | None = None, most: int = PAGE
) -> Inbox:
    """Return the live cases that the actor (``mine``) or the whole agency (``unit``) must act on, most urgent first.

    ``next_working_day`` is the working day after today; ``most`` is how many lines come along, counts are of all. Needs
    ``cases:case:read``. Six queries, with a text sought seven.
    """
    actor.must("cases:case:read")
    filters = filters or Filters()
    live = Case.objects.live().of_agencies(actor.units)
    mine = mine_of(actor)
    kinds = list(live.order_by().values_list("procedure_code", "field_name").annotate(Count("pk"), Max("pk")))
    wanted = narrowed(live.filter(mine) if scope == "mine" else live, filters, at=at)
    if filters.q:
        # The text is sought once, not for the counts and again for the lines.
        wanted = Case.objects.filter(pk__in=list(wanted.values_list("pk", flat=True)))
    ranked = wanted.annotate(rank=_rank(at, next_working_day))
    if filters.urgency:
        ranked = ranked.filter(rank=_RANKS.index(Urgency(filters.urgency)))
    counts = {_RANKS[rank]: count for rank, count in ranked.order_by().values_list("rank").annotate(Count("pk"))}
    # Thousands are sorted by their keys alone; what a line shows is fetched only for those that are shown.
    shown = dict(ranked.order_by("rank", F("late_from").asc(nulls_last=True), "pk").values_list("pk", "rank")[:most])
    loaded = _loaded(Case.objects).in_bulk(list(shown))
    rows = tuple(row_of(loaded[key], at, urgency=_RANKS[rank]) for key, rank in shown.items())
    latest = [last for code, _field, _count, last in kinds if code]
    procedures = dict(Case.objects.filter(pk__in=latest).order_by().values_list("procedure_code", "title"))
    groups = tuple(
        Group(urgency=item, count=counts[item], rows=tuple(line for line in rows if line.urgency == item))
        for item in Urgency
        if counts.get(item)
    )
    return Inbox(
        groups=groups,
        mine=count_mine(actor=actor),
        unit=sum(count for _code, _field, count, _last in kinds),
        shown=len(rows),
        matching=sum(counts.values()),
        fields=tuple(sorted({field for _code, field, *_numbers in kinds if field}, key=vi_key)),
        procedures=tuple(sorted(procedures.items(), key=lambda item: vi_key(item[1]))),
    )


def search(*, actor: Actor, at: datetime, filters: Filters, before: int | None = None) -> tuple[tuple[CaseRow, ...], int | None]:
    """Return a page of all cases of the agency, newest first, and the key of the next page or None.

    ``before`` is the key the previous page returned. Two queries at most; no count of the whole register.
    """
    actor.must("cases:case:read")
    cases = narrowed(Case.objects.of_agencies(actor.units), filters, at=at)
    return page_of(cases, at=at, before=before)


def page_of(cases: CaseQuerySet, *, at: datetime, before: int | None, most: int | None = None) -> tuple[tuple[CaseRow, ...], int | None]:
    """Return one page of any set of cases, newest first, by keyset; ``most`` of them, if a list's page is too many."""
    most = most or PAGE
    if before is not None:
        cases = cases.filter(pk__lt=before)
    found = list(_loaded(cases.order_by("-pk"))[: most + 1])
    return tuple(row_of(item, at) for item in found[:most]), found[most - 1].pk if len(found) > most else None


def count_mine(*, actor: Actor) -> int:
    """Return how many live cases wait for the actor. One query."""
    return Case.objects.live().of_agencies(actor.units).filter(mine_of(actor)).count()


def narrowed(cases: CaseQuerySet, filters: Filters, *, at: datetime) -> CaseQuerySet:
    """Apply filters. ``q`` is a code, an identity number or part of a name, with or without accents.

    ``holder`` is the key of a post, ``due`` an ISO day on which the promise or the step comes due.
    """
    text = filters.q.strip()
    if text:
        number = digits(text)
        if number.isdigit() and len(number) == _IDENTITY_LENGTH:
            cases = cases.filter(pk__in=Party.objects.filter(identity_number=number).values("case_id"))
        elif "-" in text and any(character.isdigit() for character in text):
            cases = cases.filter(code__startswith=text.upper())
        else:
            cases = cases.filter(pk__in=Party.objects.filter(search_key__contains=fold(text)).values("case_id"))
    if filters.field:
        cases = cases.filter(field_name=filters.field)
    if filters.step:
        cases = cases.filter(step=filters.step)
    if filters.channel:
        cases = cases.filter(channel=filters.channel)
    return _further(cases, filters, at)


def _further(cases: CaseQuerySet, filters: Filters, at: datetime) -> CaseQuerySet:
    if filters.holder:
        cases = cases.filter(holder_post_id=int(filters.holder))
    if filters.procedure:
        cases = cases.filter(procedure_code=filters.procedure)
    if filters.trouble == STEP_LATE:
        cases = cases.filter(sets.OWED, step_due_at__lt=at)
    elif filters.trouble == OWES_APOLOGY:
        cases = cases.filter(sets.owes_apology(at))
    if filters.due:
        cases = cases.filter(sets.due_on(date.fromisoformat(filters.due)))
    return cases


def rows_by_code(*, actor: Actor, at: datetime, codes: Sequence[str]) -> tuple[CaseRow, ...]:
    """Return the lines of our cases with these codes that the reader may see, in the order of the codes. One query."""
    actor.must("cases:case:read")
    found = Case.objects.of_agencies(actor.units).filter(code__in=list(codes), imported=False).order_by("code")
    return rows_of(found, at=at)


def rows_of(cases: CaseQuerySet, *, at: datetime) -> tuple[CaseRow, ...]:
    """Load the rows of an ordered, sliced set of cases in one query."""
    return tuple(row_of(item, at) for item in _loaded(cases))


def _loaded(cases: CaseQuerySet) -> CaseQuerySet:
    """Load what a line shows and nothing else: a list has a hundred."""
    return cases.with_owner().select_related("register", "holder_post__person", "holder_unit").only(*_SHOWN)


def mine_of(actor: Actor) -> Q:
    """Return the cases in the actor's hands: the own ones, those of people represented, and the unit's that nobody has."""
    return Q(holder_post_id__in=sorted(actor.hands)) | Q(holder_post__isnull=True, holder_unit_id=actor.unit_id)


def _rank(at: datetime, next_day: date) -> Choose:
    """Return how urgent a case is, as a column: the place of its word in the vocabulary, the most urgent first."""
    return Choose(
        When(stage__in=sorted(WAITING), then=Value(_RANKS.index(Urgency.WAITING))),
        When(stage=Stage.FINISHED, then=Value(_RANKS.index(Urgency.READY))),
        When(late_from__lte=at, then=Value(_RANKS.index(Urgency.LATE))),
        When(due_date__lte=local_date(at), then=Value(_RANKS.index(Urgency.TODAY))),
        When(due_date__lte=next_day, then=Value(_RANKS.index(Urgency.NEXT))),
        default=Value(_RANKS.index(Urgency.LATER)),
    )


def row_of(case: Case, at: datetime, *, urgency: Urgency = Urgency.LATER) -> CaseRow:
    """Return the line of a case loaded with its owner's name and its holder."""
    holder = case.holder_post.person.full_name if case.holder_post else case.holder_unit.name if case.holder_unit else ""
    moment = case.finished_at or at
    return CaseRow(
        code=case.code,
        title=case.title,
        owner=case.owner_name or "",  # type: ignore[attr-defined]
        field_name=case.field_name,
        channel=case.channel,
        stage=case.stage_term,
        step=case.step_term,
        holder=holder,
        since=case.since,
        received_at=case.received_at,
        limit=case.limit,
        due_at=case.due_at,
        due_date=case.due_date,
        late=is_late(late_from=case.late_from, moment=moment),
        finished_at=case.finished_at,
        returned_at=case.returned_at,
        timeliness=timeliness(finished_at=case.finished_at, due_date=case.due_date, late_from=case.late_from, unextended=case.unextended)
        if case.finished_at
        else None,
        urgency=urgency,
        revision=case.revision,
        forward_by=case.forward_by,
        register=case.register.code if case.imported else "",
        counted_from=case.counted_from,
        first_due_at=case.first_due_at,
        extensions=case.extensions,
        supplements=case.supplements,
        step_name=case.step_name,
        step_due_at=case.step_due_at,
        step_late=case.stage_term in RUNNING and case.step_due_at is not None and case.step_due_at < at,
        announced_at=case.announced_at,
    )
