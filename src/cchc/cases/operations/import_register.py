"""An existing register becomes cases marked as imported: how an office moves in.

All of the file or, when something breaks, nothing: one transaction. What cannot be taken is told row by row and never guessed.
Running it again adds only the rows that are new.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from cchc.audit import api as audit
from cchc.cases.models import Case, PastStep, Register, Spell
from cchc.cases.operations.following import days_of
from cchc.cases.operations.register_directory import Directory, WorkingDays
from cchc.cases.operations.register_file import opened
from cchc.cases.operations.register_report import RegisterReport
from cchc.cases.operations.register_rows import Found, Troubles, found_in
from cchc.cases.rules.register_mapping import Mapping, parse
from cchc.cases.rules.spells import Debt, broken_at, end_of
from cchc.cases.rules.timeliness import timeliness
from cchc.cases.terms import SpellStart, SpellState, Stage, Step, Timeliness
from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.bulk import copy_rows
from cchc.kernel.errors import Refused
from cchc.kernel.text import clean, fold

BATCH = 2000
_SECRET_BYTES = 24
_CODE_STEM = 24


@transaction.atomic
def import_register(
    *,
    actor: Actor,
    at: datetime,
    file: Path,
    mapping: Path,
    as_of: date | None = None,
    progress: Callable[[int], None] = lambda _rows: None,
) -> RegisterReport:
    """Import a register (CSV or XLSX) by its mapping (TOML) and report; needs ``cases:register:import``.

    ``as_of`` is a day: open cases are overdue as of its 00:00 in the file's time zone; without it, as of ``at``. A register is known
    by the name in the mapping, or by the file's name; a code it has already is left as it is. ``progress`` is told how many rows are
    read. Raises ``Refused`` or ``Invalid`` for a file or a mapping that cannot be used; rows are refused in the report.
    """
    actor.must(identity.Right.IMPORT_REGISTER)
    read = _mapping(mapping)
    register = _register(read.register or clean(file.stem), at)
    moment = datetime.combine(as_of, time.min, tzinfo=read.zone) if as_of else at.astimezone(read.zone)
    report = RegisterReport(register=register.code, name=register.name, file=file.name, as_of=moment)
    directory = Directory()
    troubles = Troubles()
    with opened(file, read) as table:
        report.shape = table.shape
        for batch in _batches(found_in(table, read, troubles, progress)):
            _take(batch, actor=actor, at=at, register=register, directory=directory, report=report, troubles=troubles)
    report.close(troubles=troubles, directory=directory)
    if report.added:
        audit.record(
            stream=f"register:{register.code}",
            act="register_imported",
            at=at,
            actor=actor,
            private={"file": file.name},
            public={"added": report.added, "known": report.known, "refused": len(report.refused), "file_digest": _digest(file)},
        )
    return report


def _mapping(path: Path) -> Mapping:
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(f"Không đọc được tệp ánh xạ «{path}».", field="mapping") from error
    except UnicodeError as error:
        raise Refused("Tệp ánh xạ phải lưu bằng UTF-8.", field="mapping") from error


def _register(name: str, at: datetime) -> Register:
    """Return the register of that name, opening it the first time; nobody else imports into it until this transaction ends."""
    stem = fold(name).replace(" ", "-")[:_CODE_STEM].strip("-") or "so"
    code = f"{stem}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [code])
    return Register.objects.get_or_create(code=code, defaults={"name": name, "imported_at": at})[0]


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    rows = iter(found)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _take(
    batch: list[Found],
    *,
    actor: Actor,
    at: datetime,
    register: Register,
    directory: Directory,
    report: RegisterReport,
    troubles: Troubles,
) -> None:
    """Count every case of the batch, and insert those that the register does not have yet."""
    known = {row[0]: row[1:] for row in register.cases.filter(code__in=[item.code for item in batch]).values_list("code", *_FACTS)}
    fresh = []
    for item in batch:
        report.count(item)
        kept = known.get(item.code)
        if kept is None:
            fresh.append(item)
        elif kept != (item.received_at, item.promise.due_at if item.promise else None, item.finished_at):
            troubles.flag(
                item.row, item.code, "Sổ này đã có mã với ngày khác; giữ bản nhập trước. Nếu là sổ khác, đặt tên sổ ở [file] register."
            )
    report.known += len(known)
    report.added += len(fresh)
    cases = [_case(item, register, directory) for item in fresh]
    with connection.cursor() as cursor:
        copy_rows(cursor, cases)
        keys = dict(register.cases.filter(code__in=[case.code for case in cases]).values_list("code", "pk"))
        copy_rows(
            cursor,
            [
                PastStep(case_id=keys[item.code], ordinal=place, name=step.name, at=step.at, resource=step.resource)
                for item in fresh
                for place, step in enumerate(item.steps, start=1)
            ],
        )
        spells = [_spell(case, keys[case.code], directory.days) for case in cases]
        copy_rows(cursor, spells)
    figures.mark_stale(sorted({day for spell in spells for day in days_of(spell)}))
    audit.record_first([_entry(case, spell, actor, at, register) for case, spell in zip(cases, spells, strict=True)])


_FACTS = ("received_at", "due_at", "finished_at")


def _case(item: Found, register: Register, directory: Directory) -> Case:
    unit_id = directory.unit(item.unit, item.received_day)
    procedure = directory.procedure(item.procedure, item.received_day)
    done = item.finished_at is not None
    return Case(
        register=register,
        code=item.code,
        secret=secrets.token_urlsafe(_SECRET_BYTES),
        agency_id=unit_id,
        version_id=procedure.version_id,
        procedure_code=procedure.code,
        title=procedure.title or f"Thủ tục chưa rõ ({register.name})",
        field_name=(item.field or procedure.field)[:300],
        unit_name=item.unit[:300],
        channel=item.channel,
        filed_by=item.filed_by,
        stage=Stage.RETURNED if done else Stage.PROCESSING,
        step=Step.CLOSED if done else Step.PROCESS,
        since=item.finished_at or item.received_at,
        filed_at=item.received_at,
        received_at=item.received_at,
        due_at=item.promise.due_at if item.promise else None,
        due_date=item.promise.due_date if item.promise else None,
        late_from=item.promise.late_from if item.promise else None,
        finished_at=item.finished_at,
        returned_at=item.finished_at,
        imported=True,
        flags=list(item.flags),
    )


def _spell(case: Case, case_id: int, days: WorkingDays) -> Spell:
    """Return the one spell of an imported case. A register that says it was finished before it was received gives it no length."""
    assert case.received_at is not None, "a row without the day it was received is refused"
    owed = Debt(case.agency_id, SpellState.RUNNING, case.late_from)
    ends = max(case.finished_at, case.received_at) if case.finished_at else None
    how = timeliness(finished_at=case.finished_at, due_date=case.due_date, late_from=case.late_from) if case.finished_at else None
    return Spell(
        case_id=case_id,
        seq=1,
        agency_id=case.agency_id,
        field=case.field_name,
        procedure=case.procedure_code,
        channel=case.channel,
        state=owed.state,
        start=SpellStart.RECEIVED,
        begins=case.received_at,
        ends=ends,
        end=end_of(owed, None, finished=how) if ends else "",
        late_from=owed.late_from,
        late_at=broken_at(owed, begins=case.received_at, ends=ends),
        first_kept=None if how is None else how is not Timeliness.LATE,
        working_days=None if how is None or ends is None else days.between(case.received_at, ends),
    )


def _entry(case: Case, spell: Spell, actor: Actor, at: datetime, register: Register) -> audit.Draft:
    public = {
        "register": register.code,
        "stage": case.stage.value,
        "received_at": case.received_at.isoformat(),
        "due_at": case.due_at.isoformat() if case.due_at else None,
        "due_date": case.due_date.isoformat() if case.due_date else None,
        "finished_at": case.finished_at.isoformat() if case.finished_at else None,
        **({} if spell.working_days is None else {"working_days": spell.working_days}),
    }
    return audit.Draft(stream=case.stream, act="imported", at=at, actor=actor, public=public)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
