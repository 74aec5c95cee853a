"""Millions of old cases for the figures: a province with its communes and departments, and some communes of two others.

The rows are made by the server itself, in chunks, so that neither memory nor Python's speed matters. Every case has its spells and
its past steps in the shape of an imported register; there are no journal entries, which the rollups never read.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import accumulate

from django.db import connection, transaction

from benchmarks.office.stage import PASSWORD, SYSTEM
from cchc.cases.models import Case, Register
from cchc.identity import api as identity
from cchc.identity.models import Person
from cchc.kernel.errors import NotFound
from cchc.kernel.local import VIETNAM, local_date
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures

PROVINCE, AGENCY_CODE, NEIGHBOURS = "01", "H26", ("42", "75")
DEPARTMENTS, COMMUNES_OF_NEIGHBOUR = 15, 10
# Of all cases: at the departments, at the communes of the province; the rest lie in the neighbours.
AT_DEPARTMENTS, AT_COMMUNES = 0.25, 0.65
FIELDS, PROCEDURES, SLOTS = 60, 400, 4096
LEADER, CODE = "lanh-dao-tinh", "so-do-so-lieu"
SINCE = date(2026, 1, 1)
CHUNK = 250_000
TABLES = ("cases_case", "cases_spell", "cases_paststep")

# One row of dice for each case, each step of the story worked out once (``OFFSET 0``); moments are local until they are stored. An early case ends before its day, one of four on it, one of 25
# within two weeks after it, two of a thousand never. One of eleven waits once for papers, one of fourteen is extended, few are withdrawn.
_CASES = """
    WITH dice AS MATERIALIZED (
        SELECT n, random() AS who, random() AS what, random() AS way, random() AS term, random() AS back, random() AS clock,
               random() AS turn, random() AS how, random() AS spent
        FROM generate_series(%(first)s, %(last)s - 1) n
    ), filed AS (
        SELECT n, turn, how, spent, clock, (%(units)s::bigint[])[1 + floor(who * %(slots)s)::int] AS agency,
               1 + floor(what * what * %(procedures)s)::int AS place,
               CASE WHEN way < 0.45 THEN 'online' WHEN way < 0.9 THEN 'counter' ELSE 'post' END AS channel,
               ('{1,3,5,7,10,15,20,30}'::int[])[1 + floor(term * 8)::int] AS days,
               LEAST(%(now)s::timestamp::date - floor(back * 1095)::int + interval '7 hours 30 minutes' + clock * interval '9 hours 25 minutes',
                     %(now)s::timestamp) AS received
        FROM dice OFFSET 0
    ), turned AS (
        SELECT *, turn < 0.09 AND received + interval '20 hours' <= %(now)s AS waits,
               received::date + 2 + floor(spent * 8)::int + interval '8 hours' AS resumed,
               turn >= 0.09 AND turn < 0.16 AND received::date + days + interval '9 hours' <= %(now)s AS extends,
               turn > 0.985 AS withdrawn
        FROM filed OFFSET 0
    ), promised AS (
        SELECT *, CASE WHEN waits AND resumed <= %(now)s THEN resumed::date ELSE received::date END AS day
        FROM turned OFFSET 0
    ), due AS (
        SELECT *, received::date + days AS first_due, day + days + CASE WHEN extends THEN 5 ELSE 0 END AS due FROM promised OFFSET 0
    ), ended AS (
        SELECT *, CASE WHEN how > 0.998 OR waits AND resumed > %(now)s THEN NULL
                       WHEN extends AND how < 0.9 THEN first_due + 1 + floor(spent * 5)::int
                       WHEN extends THEN due + 1 + floor(spent * 10)::int
                       WHEN how < 0.7 THEN day + floor(spent * days)::int
                       WHEN how < 0.96 THEN due
                       ELSE due + 1 + floor(spent * 14)::int END + interval '17 hours' + clock * interval '30 minutes' AS ends
        FROM due OFFSET 0
    ), whole AS (
        SELECT *, CASE WHEN ends <= %(now)s THEN ends AT TIME ZONE %(zone)s END AS done FROM ended OFFSET 0
    )
    INSERT INTO cases_case (register_id, code, secret, agency_id, procedure_code, title, field_name, unit_name, channel, result_channel,
        request, sets, stage, step, step_name, since, revision, filed_at, received_at, "limit", due_at, due_date, late_from, first_due_at,
        first_due_date, first_late_from, counted_from, unextended, extensions, supplements, finished_at, returned_at, immediate, imported, flags, filed_by)
    SELECT %(register)s, 'SL-' || lpad(n::text, 9, '0'), lpad(n::text, 11, '0') || md5(n::text), agency, (%(codes)s::text[])[place],
        (%(titles)s::text[])[place], (%(fields)s::text[])[place], '', channel, 'counter', '', 1,
        CASE WHEN done IS NOT NULL AND withdrawn THEN 'withdrawn' WHEN done IS NOT NULL THEN 'returned'
             WHEN waits AND resumed > %(now)s THEN 'awaiting_supplement' ELSE 'processing' END,
        CASE WHEN done IS NOT NULL THEN 'closed' WHEN waits AND resumed > %(now)s THEN 'supplement' ELSE 'process' END,
        '', COALESCE(done, received AT TIME ZONE %(zone)s), 1, received AT TIME ZONE %(zone)s, received AT TIME ZONE %(zone)s, '',
        (due + interval '17 hours') AT TIME ZONE %(zone)s, due, (due + 1)::timestamp AT TIME ZONE %(zone)s,
        (first_due + interval '17 hours') AT TIME ZONE %(zone)s, first_due, (first_due + 1)::timestamp AT TIME ZONE %(zone)s,
        CASE WHEN waits AND resumed <= %(now)s THEN resumed AT TIME ZONE %(zone)s END,
        CASE WHEN extends THEN (first_due + 1)::timestamp AT TIME ZONE %(zone)s END, extends::int, waits::int,
        CASE WHEN NOT withdrawn THEN done END, CASE WHEN NOT withdrawn THEN done END, false, true, '{}', ''
    FROM whole
"""
# The spells of a case follow from its row: a wait begins twenty hours after the receipt, an extension on the morning of the first promise.
_SPELLS = """
    WITH told AS (
        SELECT c.*, COALESCE(finished_at, CASE WHEN stage = 'withdrawn' THEN since END) AS closed,
               1 + extensions + supplements + (counted_from IS NOT NULL)::int AS count, received_at + interval '20 hours' AS asked,
               (first_due_date + interval '9 hours') AT TIME ZONE %(zone)s AS extended,
               CASE WHEN stage = 'withdrawn' THEN 'closed' WHEN finished_at >= late_from THEN 'late'
                    WHEN finished_at >= unextended THEN 'extended'
                    WHEN (finished_at AT TIME ZONE %(zone)s)::date < CASE WHEN extensions > 0 THEN first_due_date ELSE due_date END THEN 'early'
                    ELSE 'on_time' END AS how
        FROM cases_case c WHERE id > %(after)s
    ), cut AS (
        SELECT t.*, seq, CASE WHEN seq = 1 THEN received_at WHEN extensions > 0 THEN extended WHEN seq = 2 THEN asked ELSE counted_from END AS begins,
               CASE WHEN seq = count THEN closed WHEN extensions > 0 THEN extended WHEN seq = 1 THEN asked ELSE counted_from END AS ends,
               supplements > 0 AND seq = 2 AS waits, CASE WHEN seq = 1 THEN first_late_from ELSE late_from END AS promise
        FROM told t, generate_series(1, count) seq
    )
    INSERT INTO cases_spell (case_id, seq, agency_id, field, procedure, channel, state, start, begins, ends, "end", late_from, late_at, first_kept)
    SELECT id, seq, agency_id, field_name, procedure_code, channel, CASE WHEN waits THEN 'waiting' ELSE 'running' END,
           CASE WHEN seq = 1 THEN 'received' ELSE 'goes_on' END, begins, ends,
           CASE WHEN ends IS NULL THEN '' WHEN seq < count THEN 'goes_on' ELSE how END,
           CASE WHEN NOT waits THEN promise END,
           CASE WHEN NOT waits AND (ends IS NULL OR GREATEST(begins, promise) <= ends) THEN GREATEST(begins, promise) END,
           CASE WHEN seq = count AND ends IS NOT NULL AND how <> 'closed' THEN ends < first_late_from END
    FROM cut ORDER BY id, seq
"""
_STEPS = """
    INSERT INTO cases_paststep (case_id, ordinal, name, at, resource)
    SELECT c.id, place, (%(steps)s::text[])[place], received_at + (since - received_at) * (place - 1) / 4, 'Bộ phận ' || place
    FROM cases_case c, generate_series(1, 2 + (c.id %% 4 = 0)::int + (c.id %% 8 = 0)::int) place WHERE c.id > %(after)s
"""
_STEP_NAMES = ["Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Trình ký kết quả", "Trả kết quả"]


@dataclass(frozen=True)
class Cast:
    """The province that is measured, its largest commune and department, who has cases and in what shares, and its leader's login."""

    province_id: int
    commune: organisations.UnitView
    department: organisations.UnitView
    slots: list[int]
    leader: str = LEADER


def cast() -> Cast:
    """Return the units and the leader; those that the reference data do not have are made, once."""
    now = datetime.now(UTC)
    province = organisations.unit(PROVINCE, on=now.date())
    departments = [
        _unit(organisations.UnitKind.DEPARTMENT, f"Sở {chr(ord('A') + place)}", place + 1, province.id, now) for place in range(DEPARTMENTS)
    ]
    office = _unit(organisations.UnitKind.OFFICE, "Văn phòng Ủy ban", DEPARTMENTS + 1, province.id, now)
    if not Person.objects.filter(login=LEADER).exists():
        person = identity.create_person(actor=SYSTEM, at=now, login=LEADER, full_name="Nguyễn Văn An", password=PASSWORD)
        identity.appoint(actor=SYSTEM, at=now, person=person, unit_id=office.id, role="unit_head", title="Chánh Văn phòng", since=SINCE)
    communes = _communes(province.id, now)
    others = [view for code in NEIGHBOURS for view in _communes(organisations.unit(code, on=now.date()).id, now)[:COMMUNES_OF_NEIGHBOUR]]
    shares = [(AT_DEPARTMENTS, departments), (AT_COMMUNES, communes), (1 - AT_DEPARTMENTS - AT_COMMUNES, others)]
    return Cast(province.id, communes[0], departments[0], [unit for share, units in shares for unit in _slots(units, round(share * SLOTS))])


def fill(made: Cast, *, first: int, last: int, tell: Callable[[str], None] = lambda _line: None) -> None:
    """Add the cases with the numbers from ``first`` until before ``last``. Indexes are built afterwards, at once."""
    if first >= last:
        return
    now = datetime.now(UTC)
    register = Register.objects.get_or_create(code=CODE, defaults={"name": "Sổ của phép đo số liệu", "imported_at": now})[0]
    values = {
        **_dictionary(now.date()),
        "register": register.pk,
        "units": made.slots,
        "slots": len(made.slots),
        "procedures": PROCEDURES,
        "now": now.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0),
        "zone": str(VIETNAM),
        "steps": _STEP_NAMES,
    }
    indexes = _without_indexes()
    began = time.monotonic()
    for start in range(first, last, CHUNK):
        end = min(start + CHUNK, last)
        with transaction.atomic(), connection.cursor() as cursor:
            # Nobody else is here, and the rows are right: foreign keys need not be looked up one by one.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute("SELECT setseed(%s), COALESCE(max(id), 0) FROM cases_case", [start // CHUNK / 1000])
            after = cursor.fetchone()[1]
            cursor.execute(_CASES, {**values, "first": start, "last": end})
            cursor.execute(_SPELLS, {**values, "after": after})
            cursor.execute(_STEPS, {**values, "after": after})
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        tell(f"  {end:,} cases, {time.monotonic() - began:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for index in indexes:
            cursor.execute(index)
        cursor.execute("RESET maintenance_work_mem")


def settle() -> None:
    """Let the planner and the index-only scans know of the rows, as the server does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(TABLES)}")


def cases() -> int:
    """Return how many cases are there already."""
    return Case.objects.filter(register__code=CODE, code__startswith="SL-").count()


def _unit(kind: organisations.UnitKind, name: str, number: int, parent_id: int, now: datetime) -> organisations.UnitView:
    code = f"{AGENCY_CODE}.{900 + number}"
    try:
        return organisations.unit(code, on=now.date())
    except NotFound:
        return organisations.create_unit(actor=SYSTEM, at=now, kind=kind, name=name, agency_code=code, parent_id=parent_id, since=SINCE)


def _communes(province_id: int, now: datetime) -> list[organisations.UnitView]:
    """Return the communes of a province; the first is going to be the largest."""
    found = list(organisations.descendants_on(province_id, local_date(now), kinds=[organisations.UnitKind.COMMUNE]))
    random.Random(PROVINCE).shuffle(found)
    return found


def _slots(units: list[organisations.UnitView], number: int) -> list[int]:
    """Return so many slots shared out over the units: the first has the most, the last about a tenth of that."""
    weights = list(accumulate(1 / (place + 8) for place in range(len(units))))
    return [
        next(unit.id for unit, upto in zip(units, weights, strict=True) if (slot + 0.5) / number <= upto / weights[-1])
        for slot in range(number)
    ]


def _dictionary(day: date) -> dict[str, list[str]]:
    """Return codes, titles and fields of the procedures: those of the reference data, and made ones up to the number of a province."""
    hits = procedures.search("", on=day, limit=PROCEDURES)
    known = [(hit.code, hit.title, hit.field.name) for hit in hits[:FIELDS]]
    fields = sorted({field for _code, _title, field in known})
    fields += [f"Lĩnh vực quản lý nhà nước số {place}" for place in range(len(fields), FIELDS)]
    known += [
        (f"9.{place:06}", f"Thủ tục của phép đo số {place}, dài như tên thật", fields[place % FIELDS])
        for place in range(len(known), PROCEDURES)
    ]
    # The busiest stand first; the reference data must not have the same field throughout.
    random.Random(FIELDS).shuffle(known)
    codes, titles, names = (list(column) for column in zip(*known, strict=True))
    return {"codes": codes, "titles": titles, "fields": names}


def _without_indexes() -> list[str]:
    """Drop the indexes but for the primary keys; return the statements that make them again."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),
                   format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
            FROM pg_constraint c WHERE c.conrelid = ANY(%(tables)s::regclass[]) AND c.contype = 'u'
            UNION ALL
            SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid) FROM pg_index i
            WHERE i.indrelid = ANY(%(tables)s::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
            """,
            {"tables": list(TABLES)},
        )
        found = cursor.fetchall()
        for drop, _make in found:
            cursor.execute(drop)
    return [make for _drop, make in found]
