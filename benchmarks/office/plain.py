"""The rows of one receipt written by plain SQL, for comparison: no form, no rule, no page, only the writing.

The rows of a case that was received through the face are the pattern: whatever a receipt writes, this writes, in one transaction,
with new keys, codes and numbers.
"""

import json
import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

_RAISE = """
    INSERT INTO cases_codecounter (agency_id, day, last) VALUES (%s, current_date, 1)
    ON CONFLICT (agency_id, day) DO UPDATE SET last = cases_codecounter.last + 1 RETURNING last
"""
Row = dict[str, Any]


@dataclass(frozen=True)
class Pattern:
    """The rows of one receipt, by table."""

    rows: dict[str, list[Row]]

    @property
    def count(self) -> int:
        """How many rows are inserted, beside the counters that are raised."""
        return sum(len(found) for found in self.rows.values())


def pattern_of(connection: "psycopg.Connection[Row]", code: str) -> Pattern:
    """Read the rows of a receipt."""
    (case,) = connection.execute("SELECT * FROM cases_case WHERE code = %s", [code])
    stream = f"case:{code}"
    asked: dict[str, tuple[str, Any]] = {
        "worktime_clock": ("id = %s", case["clock_id"]),
        "worktime_clockentry": ("clock_id = %s", case["clock_id"]),
        "cases_case": ("id = %s", case["id"]),
        "cases_party": ("case_id = %s", case["id"]),
        "cases_casepaper": ("case_id = %s", case["id"]),
        "cases_feeline": ("case_id = %s", case["id"]),
        "cases_handover": ("case_id = %s", case["id"]),
        "cases_intakekey": ("case_id = %s", case["id"]),
        "audit_stream": ("name = %s", stream),
        "audit_entry": ("stream_id = (SELECT id FROM audit_stream WHERE name = %s)", stream),
        "audit_privatepart": (
            "entry_id IN (SELECT e.id FROM audit_entry e JOIN audit_stream s ON s.id = e.stream_id WHERE s.name = %s)",
            stream,
        ),
        "documents_paper": ("stream = %s", stream),
        "documents_snapshot": ("paper_id IN (SELECT id FROM documents_paper WHERE stream = %s)", stream),
        "procrastinate_jobs": (
            "args->>'paper_id' IN (SELECT code::text FROM documents_paper WHERE stream = %s) AND status = 'todo'",
            stream,
        ),
    }
    rows = {}
    for table, (condition, value) in asked.items():
        query = sql.SQL("SELECT * FROM {} WHERE {} ORDER BY 1").format(sql.Identifier(table), sql.SQL(condition))
        rows[table] = [dict(row) for row in connection.execute(query, [value])]
    return Pattern(rows)


def rate(conninfo: str, pattern: Pattern, *, clients: int, seconds: float) -> float:
    """Return the receipts a second that so many connections write at once."""
    done = [0] * clients
    wrong: list[BaseException] = []
    gate = threading.Barrier(clients + 1)

    def write(place: int) -> None:
        try:
            loop(place)
        except BaseException as error:  # noqa: BLE001 (told by the main thread)
            wrong.append(error)

    def loop(place: int) -> None:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            gate.wait()
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                with connection.transaction():
                    receipt(connection, pattern)
                done[place] += 1

    threads = [threading.Thread(target=write, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return round(sum(done) / (time.monotonic() - began), 1)


def receipt(connection: "psycopg.Connection[Any]", pattern: Pattern) -> None:
    """Write the rows of one receipt with what must be new in each."""
    rows = pattern.rows
    (case,) = rows["cases_case"]
    mark = secrets.token_hex(8)
    connection.execute(_RAISE, [case["agency_id"]])
    clocks: dict[Any, Any] = {}
    for row in rows["worktime_clock"]:
        clocks[row["id"]] = _insert(connection, "worktime_clock", row, **_streamed(row, mark))
    for row in rows["worktime_clockentry"]:
        _insert(connection, "worktime_clockentry", row, clock_id=clocks[row["clock_id"]])
    code = f"PLAIN-{mark}"
    fresh = _insert(connection, "cases_case", case, code=code, secret=secrets.token_urlsafe(24), clock_id=clocks.get(case["clock_id"]))
    for table in ("cases_party", "cases_casepaper", "cases_feeline", "cases_handover"):
        for row in rows[table]:
            _insert(connection, table, row, case_id=fresh)
    for row in rows["cases_intakekey"] or [{"id": 0, "digest": "0" * 64}]:
        _insert(connection, "cases_intakekey", row, case_id=fresh, key=mark)
    (stream,) = rows["audit_stream"]
    stream_id = _insert(connection, "audit_stream", stream, name=f"case:{code}")
    entries = {row["id"]: _insert(connection, "audit_entry", row, stream_id=stream_id) for row in rows["audit_entry"]}
    for row in rows["audit_privatepart"]:
        _insert(connection, "audit_privatepart", row, returning="", entry_id=entries[row["entry_id"]])
    _papers(connection, rows, f"case:{code}")


def _papers(connection: "psycopg.Connection[Any]", rows: dict[str, list[Row]], stream: str) -> None:
    papers, codes = {}, {}
    for row in rows["documents_paper"]:
        changes: Row = {"stream": stream}
        for kept in ("unit_id", "series", "year"):
            changes[kept] = row[kept]
        raised = connection.execute(
            "UPDATE documents_counter SET last = last + 1 WHERE unit_id = %s AND series = %s AND year = %s RETURNING last",
            [row["unit_id"], row["series"], row["year"]],
        ).fetchone()
        assert raised is not None, "the pattern was numbered by this counter"
        codes[str(row["code"])] = uuid4()
        papers[row["id"]] = _insert(connection, "documents_paper", row, **changes, number=raised[0], code=codes[str(row["code"])])
    for row in rows["documents_snapshot"]:
        _insert(connection, "documents_snapshot", row, returning="", paper_id=papers[row["paper_id"]])
    for row in rows["procrastinate_jobs"]:
        # Django's connections leave JSON as text.
        args = json.loads(row["args"]) if isinstance(row["args"], str) else row["args"]
        # No worker serves this queue: the drawing of papers is not compared.
        new = Jsonb({"paper_id": str(codes[args["paper_id"]])})
        _insert(connection, "procrastinate_jobs", row, args=new, queue_name="plain")


def _streamed(row: Row, mark: str) -> Row:
    return {"stream": f"case:PLAIN-{mark}"} if "stream" in row else {}


def _insert(connection: "psycopg.Connection[Any]", table: str, row: Row, *, returning: str = "id", **changes: Any) -> Any:
    """Insert a row like the pattern's with changes; return its new key, where the database gives one."""
    values = {name: _plain(value) for name, value in {**row, **changes}.items() if name not in {returning, "written_by"}}
    query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, values)), sql.SQL(", ").join([sql.Placeholder()] * len(values))
    )
    if not returning:
        connection.execute(query, list(values.values()))
        return None
    found = connection.execute(query + sql.SQL(" RETURNING {}").format(sql.Identifier(returning)), list(values.values())).fetchone()
    return found[0] if found else None


def _plain(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value
