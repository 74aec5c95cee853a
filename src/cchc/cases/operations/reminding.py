"""Warn before it is late, and again when it is: the holder first, then the heads; each once.

Reminders are computed from what is due, never from a flag; the key of each makes it one, however often the job runs.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from cchc.audit import api as audit
from cchc.cases.models import Case, Consultation, HandoverSlip
from cchc.cases.queries.bounds import bounds_on
from cchc.cases.terms import CLOSED, RUNNING, RuleKey
from cchc.kernel.actor import Actor
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local_date, moment_text
from cchc.notifications import api as notifications
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime

CHUNK = 1000
# A slip nobody has signed for after this many working hours is somebody's file lying somewhere.
SLIP_HOURS = 4


def remind(*, at: datetime) -> int:
    """Say everything that must be said by now; return how many reminders are new.

    For each running case: one working day and some hours (a setting, 24) before its promise and before its step's own term, to the
    holder; once either is broken, to the holder and to the heads of the unit that has it, and for a broken promise to the heads of
    the one-stop unit too. Opinions that are late are reported to the heads of the one-stop unit (Decree 61/2018 Art. 19(3)).
    """
    said = 0
    for batch in _chunks(_of_cases(at)):
        said += notifications.remind_many(at=at, reminders=batch)
    said += _slips(at)
    return said + _consultations(at)


def _of_cases(at: datetime) -> Iterator[notifications.Reminder]:
    day = local_date(at)
    hours = at + timedelta(hours=bounds_on(day)[RuleKey.REMIND_BEFORE].number)
    # A working day ahead may lie behind a holiday: what is due on the next working day is warned of today.
    next_day = worktime.load_calendar().next_working_day(day)
    horizon = max(hours, at_local(next_day + timedelta(days=1), time.min))
    wanted = Q(due_at__lt=horizon) | Q(late_from__lte=at) | Q(step_due_at__lt=horizon)
    found = Case.objects.filter(wanted, stage__in=sorted(RUNNING)).order_by("pk")
    for case in found.iterator(chunk_size=CHUNK):
        yield from _of_case(case, at=at, horizon=horizon)


def _of_case(case: Case, *, at: datetime, horizon: datetime) -> Iterator[notifications.Reminder]:
    url = f"/desk/cases/{case.code}/"
    holder = {"post_id": case.holder_post_id} if case.holder_post_id else {"unit_id": case.holder_unit_id or case.agency_id}
    if case.late_from is not None and case.late_from <= at:
        text = f"Quá hạn: {case.code} {case.title}, hẹn {moment_text(case.due_at)}" if case.due_at else ""
        key = f"late:{case.code}:{case.due_at}"
        yield notifications.Reminder(kind="late", key=key, text=text, url=url, urgent=True, **holder)
        for unit in {case.holder_unit_id, case.counter_id} - {None}:
            yield notifications.Reminder(kind="late_head", key=key, text=text, url=url, urgent=True, unit_id=unit)
    elif case.due_at is not None and case.due_at < horizon:
        text = f"Sắp đến hẹn: {case.code} {case.title}, {moment_text(case.due_at)}. Hoàn thành, hoặc xin lỗi và gia hạn trong hạn cho phép."
        yield notifications.Reminder(kind="soon", key=f"soon:{case.code}:{case.due_at}", text=text, url=url, **holder)
    if case.step_due_at is None:
        return
    name = case.step_name or case.step_term.label
    if case.step_due_at <= at:
        key = f"step-late:{case.code}:{case.step_due_at}"
        text = f"Quá hạn bước «{name}»: {case.code} {case.title}, hạn bước {moment_text(case.step_due_at)}"
        yield notifications.Reminder(kind="step_late", key=key, text=text, url=url, urgent=True, **holder)
        if case.holder_post_id and case.holder_unit_id:
            yield notifications.Reminder(kind="step_late_head", key=key, text=text, url=url, unit_id=case.holder_unit_id)
    elif case.step_due_at < horizon:
        text = f"Sắp hết hạn bước «{name}»: {case.code} {case.title}, {moment_text(case.step_due_at)}"
        yield notifications.Reminder(kind="step_soon", key=f"step-soon:{case.code}:{case.step_due_at}", text=text, url=url, **holder)


def _slips(at: datetime) -> int:
    """Remind both sides of slips that nobody has signed for."""
    reminders = []
    calendar = worktime.load_calendar()
    for slip in HandoverSlip.objects.filter(received_at__isnull=True).order_by("pk"):
        schedule = organisations.schedule_of(slip.agency_id, on=local_date(at))
        waited = worktime.elapsed(start=slip.given_at, end=at, calendar=calendar, schedule=schedule)
        if waited.working_minutes < SLIP_HOURS * 60:
            continue
        text = f"Phiếu bàn giao số {slip.number} lập lúc {moment_text(slip.given_at)} chưa ai ký nhận"
        key = f"slip:{slip.code}"
        reminders.append(notifications.Reminder(kind="slip", key=key, text=text, url=f"/desk/slips/{slip.code}/", unit_id=slip.to_unit_id))
        if slip.given_by_id is not None:
            reminders.append(
                notifications.Reminder(kind="slip", key=key, text=text, url=f"/desk/slips/{slip.code}/", post_id=slip.given_by_id)
            )
    return notifications.remind_many(at=at, reminders=reminders) if reminders else 0


@transaction.atomic
def _consultations(at: datetime) -> int:
    """Report opinions that are late: written once in the case's journal, told to the unit that was asked and to the one-stop unit."""
    open_ones = Consultation.objects.select_for_update(of=("self",)).select_related("case__register", "unit")
    reminders = []
    for item in open_ones.filter(answered_at__isnull=True, reported_at__isnull=True, due_at__lt=at).exclude(case__stage__in=sorted(CLOSED)):
        item.reported_at = at
        item.save(update_fields=["reported_at"])
        audit.record(
            stream=item.case.stream,
            act="consultation_late",
            at=at,
            actor=Actor.system("nhắc việc"),
            public={"consultation": item.seq, "unit": item.unit.code, "answer_due_at": item.due_at.isoformat()},
        )
        text = f"{item.unit.full_name} chậm trả lời ý kiến về hồ sơ {item.case.code} (hạn {moment_text(item.due_at)})"
        key = f"consultation-late:{item.case.code}:{item.seq}"
        for unit, url in ((item.case.counter_id, f"/desk/cases/{item.case.code}/"), (item.unit_id, "/desk/consultations/")):
            reminders.append(notifications.Reminder(kind="consultation_late", key=key, text=text, url=url, unit_id=unit, urgent=True))
    return notifications.remind_many(at=at, reminders=reminders) if reminders else 0


def _chunks(items: Iterator[notifications.Reminder]) -> Iterator[list[notifications.Reminder]]:
    batch: list[notifications.Reminder] = []
    for item in items:
        batch.append(item)
        if len(batch) >= CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch
