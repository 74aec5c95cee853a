"""Spells follow the case: whenever an act changes what is owed, the open spell ends and the next begins, and the buckets go stale."""

from datetime import date, datetime

from cchc.cases.models import Case, Spell
from cchc.cases.rules.spells import Debt, broken_at, debt, end_of, start_of
from cchc.cases.rules.timeliness import is_late, timeliness
from cchc.cases.terms import SpellState, Stage, Timeliness
from cchc.figures import api as figures
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime


def debt_of(case: Case) -> Debt | None:
    """Return what is owed on the case as its row stands."""
    return debt(stage=case.stage_term, received=case.received_at is not None, agency_id=case.agency_id, late_from=case.late_from)


def follow(case: Case, *, before: Debt | None, at: datetime) -> None:
    """Write the change from ``before`` to what the saved case owes now. Three statements when something changed, else one."""
    now = debt_of(case)
    if now == before and not _received_and_done(case, before):
        if case.agency_id is not None:
            figures.mark_touched(case.agency_id, local_date(at))
        return
    touched: set[tuple[int, date, str]] = set()
    seq = 0
    if before is not None:
        seq = _end(case, before, now, at, touched)
    if now is not None or _received_and_done(case, before):
        spell = _opened(case, before, now, at, seq + 1)
        spell.save(force_insert=True)
        touched |= days_of(spell)
    figures.mark_stale(sorted(touched))


def changed_at(case: Case) -> datetime:
    """Return when the case last moved, or when what is owed on it last changed: an extension moves the promise and not the file."""
    begun = Spell.objects.filter(case=case, ends__isnull=True).values_list("begins", flat=True).first()
    return case.since if begun is None else max(case.since, begun)


def finished_how(case: Case) -> Timeliness | None:
    """Return how the result kept the promise; None when the case ended without one.

    A written refusal after appraisal is an answer but no result: the statutory columns count what has been resolved (dossier §6.2,
    states 9 and 10).
    """
    if case.finished_at is None or case.stage_term not in {Stage.FINISHED, Stage.RETURNED}:
        return None
    return timeliness(finished_at=case.finished_at, due_date=case.due_date, late_from=case.late_from, unextended=case.unextended)


def _received_and_done(case: Case, before: Debt | None) -> bool:
    """Say whether the case was received and finished in one act, at the counter: its spell has no length but counts."""
    return before is None and case.immediate and case.revision == 1 and case.finished_at is not None


def _end(case: Case, before: Debt, now: Debt | None, at: datetime, touched: set[tuple[int, date, str]]) -> int:
    spell = Spell.objects.get(case=case, ends__isnull=True)
    touched |= days_of(spell)
    how = finished_how(case)
    spell.ends, spell.end = at, end_of(before, now, finished=how)
    spell.late_at = broken_at(before, begins=spell.begins, ends=at)
    if now is None and how is not None:
        spell.first_kept = not is_late(late_from=case.first_late_from, moment=at)
        spell.working_days = case.working_days = _working_days(case, last=spell)
    spell.save(update_fields=["ends", "end", "late_at", "first_kept", "working_days"])
    touched |= days_of(spell)
    return spell.seq


def _opened(case: Case, before: Debt | None, now: Debt | None, at: datetime, seq: int) -> Spell:
    owed = now or debt(stage=Stage.ACCEPTED, received=True, agency_id=case.agency_id, late_from=case.late_from)
    assert owed is not None, "an accepted case is owed"
    spell = Spell(
        case=case,
        seq=seq,
        agency_id=case.agency_id,
        field=case.field_name,
        procedure=case.procedure_code,
        channel=case.channel,
        state=owed.state,
        start=start_of(before, owed),
        begins=at,
        late_from=owed.late_from,
        late_at=broken_at(owed, begins=at, ends=None if now else at),
    )
    if now is None:
        how = finished_how(case)
        spell.ends, spell.end = at, end_of(owed, None, finished=how)
        if how is not None:
            spell.first_kept = not is_late(late_from=case.first_late_from, moment=at)
            spell.working_days = case.working_days = 0
    return spell


def _working_days(case: Case, *, last: Spell) -> int:
    """Return the working days from acceptance to the result. Neither the first day counts nor what passed in a wait for the applicant.

    By the hours that the agency kept on the day of acceptance, as the promise was made (Civil Code 2015 Art. 147).
    """
    assert case.received_at is not None, "what has a spell was received"
    assert case.agency_id is not None, "a case of ours has an agency"
    earlier = Spell.objects.filter(case=case, state=SpellState.RUNNING, seq__lt=last.seq).values_list("begins", "ends")
    stretches = [*earlier, (last.begins, last.ends)] if last.state == SpellState.RUNNING else list(earlier)
    calendar = worktime.load_calendar()
    schedule = organisations.schedule_of(case.agency_id, on=local_date(case.received_at))
    return sum(
        worktime.elapsed(start=begins, end=ends, calendar=calendar, schedule=schedule).working_days for begins, ends in stretches if ends
    )


def days_of(spell: Spell) -> set[tuple[int, date, str]]:
    """Return the agency, the days on which the spell counts there (it begins, is broken, ends), and its procedure."""
    if spell.agency_id is None:
        return set()
    return {
        (spell.agency_id, local_date(moment), spell.procedure) for moment in (spell.begins, spell.ends, spell.late_at) if moment is not None
    }
