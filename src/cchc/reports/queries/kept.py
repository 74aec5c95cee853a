"""Reports that were locked: their versions, their numbers as they were, and what they differ from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.reports.models import Explanation, Report, Version
from cchc.reports.queries.statutory import reporting_of, statutory
from cchc.reports.queries.units import agency_of, receiver_of
from cchc.reports.rules.comparing import Gap, gaps
from cchc.reports.rules.definitions import Definition
from cchc.reports.rules.differences import Difference, Differences, differences
from cchc.reports.rules.digests import digest_of
from cchc.reports.rules.filling import FilledForm
from cchc.reports.rules.freezing import noted, signed, thaw
from cchc.reports.rules.life import Transition, days_late, open_to
from cchc.reports.terms import Basis, Side, State
from cchc.worktime import api as worktime


@dataclass(frozen=True)
class Happening:
    """One line of a report's story."""

    at: datetime
    seq: int
    state: State
    who: str
    reason: str = ""


@dataclass(frozen=True)
class Explained:
    """A difference to the period before, and what the office wrote about it."""

    difference: Difference
    text: str = ""


@dataclass(frozen=True)
class ReportView:
    """One version of a report as a reader sees it.

    ``form`` holds the locked numbers; ``changes`` are its differences to the period before, the largest first, and ``compared`` says with
    what. ``reason`` is why it was unlocked or returned. ``acts`` are what the reader may do now, none for a former version. ``parts`` are the codes of the reports it was made of.
    """

    code: str
    unit: organisations.UnitView
    receiver: organisations.UnitView | None
    period: worktime.ReportingPeriod | None
    days: Period
    due_on: date | None
    seq: int
    last_seq: int
    state: State
    basis: Basis
    digest: str
    is_intact: bool
    reason: str
    letter: str
    pdf: UUID | None
    locked_at: datetime
    sent_on: date | None
    form: FilledForm
    changes: tuple[Explained, ...]
    compared: str
    parts: tuple[tuple[str, str], ...]
    story: tuple[Happening, ...]
    acts: tuple[Transition, ...]

    @property
    def definition(self) -> Definition:
        """Return the form as it was when the numbers were locked."""
        return self.form.definition

    @property
    def is_latest(self) -> bool:
        """Say whether no later version was locked."""
        return self.seq == self.last_seq

    @property
    def days_late(self) -> int:
        """Return by how many days it was sent late; 0 while it is not sent."""
        return days_late(self.due_on, self.sent_on) if self.sent_on else 0

    @property
    def printed(self) -> FilledForm:
        """Return the form as it goes into files: with what the office explained."""
        return noted(self.form, [f"{item.difference.sentence} Giải trình: {item.text}" for item in self.changes if item.text])


def report(code: str, *, actor: Actor, at: datetime, seq: int | None = None) -> ReportView:
    """Return a report, its last version or the one of that number. Raises ``NotFound``.

    Read by the agency that reports and by every agency above it; to others it does not exist. About a dozen queries.
    """
    actor.must(identity.Right.READ_CASE)
    row = Report.objects.filter(code=code).first()
    if row is None or not _may_read(row, actor, local_date(at)):
        raise NotFound("Không có báo cáo này, hoặc không phải báo cáo của cơ quan mình và đơn vị bên dưới.")
    versions = list(Version.objects.filter(report=row).defer("form", "previous").order_by("seq"))
    shown = next((version for version in versions if version.seq == (seq or versions[-1].seq)), None)
    if shown is None:
        raise NotFound(f"Báo cáo này không có lần chốt thứ {seq}.")
    return _view(row, shown, versions, actor, local_date(at))


def live_gaps(view: ReportView, *, at: datetime) -> tuple[Gap, ...]:
    """Return where what is counted now differs from what was locked: facts that came late, corrected since, or reported otherwise."""
    try:
        now = statutory(view.definition.key, unit=view.unit, period=view.days, at=at)
    except (NotFound, Refused):
        # A form that is not in force any more is not counted again.
        return ()
    return gaps(view.form, now)


def form_of(version: Version) -> FilledForm:
    """Return the locked numbers with the signature there is; a draft until somebody has signed."""
    return signed(thaw(version.form), lines=version.signer_lines, signer=version.signer, is_draft=not version.signer)


def changes_of(version: Version) -> Differences | None:
    """Return what changed from the period before, as it was known when the numbers were locked; None where nothing can be compared."""
    if version.previous is None:
        return None
    try:
        return differences(thaw(version.form), thaw(version.previous))
    except Refused:
        return None


def told(found: Differences | None) -> Sequence[Difference]:
    """Return the differences that are told: what changed, totals first."""
    return [item for item in (*found.totals, *found.rows) if item.change] if found is not None else []


def sides_of(row: Report, actor: Actor, day: date) -> frozenset[Side]:
    """Return on which side of a report the actor stands: of the agency that reports, of the one that receives, or neither."""
    if actor.unit_id is None:
        return frozenset()
    own = agency_of(actor, day)
    above = receiver_of(row.unit_id, day)
    sides = {Side.OWN} if own.id == row.unit_id else set()
    return frozenset(sides | ({Side.ABOVE} if above is not None and above.id == own.id else set()))


def _may_read(row: Report, actor: Actor, day: date) -> bool:
    if actor.is_system:
        return True
    own = agency_of(actor, day)
    return own.id == row.unit_id or own.id in organisations.units_on([row.unit_id], day)[row.unit_id].ancestor_ids


def _view(row: Report, shown: Version, versions: Sequence[Version], actor: Actor, day: date) -> ReportView:
    days = Period(row.start, row.end)
    texts = {(item.row, item.column): item.text for item in Explanation.objects.filter(version=shown)}
    found = changes_of(shown)
    is_latest = shown.seq == versions[-1].seq
    return ReportView(
        code=row.code,
        unit=organisations.units_on([row.unit_id], days.last or row.start)[row.unit_id],
        receiver=receiver_of(row.unit_id, day),
        period=reporting_of(days),
        days=days,
        due_on=row.due_on,
        seq=shown.seq,
        last_seq=versions[-1].seq,
        state=shown.state_term,
        basis=Basis(shown.basis),
        digest=shown.digest,
        is_intact=digest_of(shown.form) == shown.digest,
        reason=shown.reason,
        letter=shown.letter,
        pdf=shown.pdf,
        locked_at=shown.locked_at,
        sent_on=local_date(shown.sent_at) if shown.sent_at else None,
        form=form_of(shown),
        changes=tuple(Explained(item, texts.get((item.row, item.column), "")) for item in told(found)),
        compared=shown.previous["form"]["header"]["period_label"] if shown.previous else "",
        parts=tuple((part["unit"], part["code"]) for part in shown.parts),
        story=_story(versions),
        acts=open_to(shown.state_term, rights=actor.rights, sides=sides_of(row, actor, day)) if is_latest else (),
    )


def _story(versions: Sequence[Version]) -> tuple[Happening, ...]:
    lines = []
    for row in versions:
        steps = (
            (row.locked_at, State.LOCKED, row.locked_by, ""),
            (row.signed_at, State.SIGNED, row.signed_by, row.letter),
            (row.sent_at, State.SENT, row.sent_by, ""),
            (row.received_at, State.RECEIVED, row.received_by, ""),
            (row.ended_at, row.state_term, row.ended_by, row.reason),
        )
        lines.extend(Happening(at, row.seq, state, who, reason) for at, state, who, reason in steps if at is not None)
    return tuple(reversed(lines))
