"""How long the figures take: the rollups made anew and checked, Form II.06 read from them and counted from the facts, the pages."""

import resource
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.office import machine
from benchmarks.office.client import Officer
from benchmarks.office.register import PROVINCE, Cast
from benchmarks.office.stage import PASSWORD
from cchc.cases.figures.work import FORM
from cchc.figures import api as figures
from cchc.figures.rules.registry import facts
from cchc.kernel.figures import Dimension
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.kernel.standing import standing
from cchc.scoring import api as scoring
from cchc.worktime import api as worktime

KEYS = [item.figure.key for item in FORM]
ROLLUPS = ("proceduredayflow", "dayflow", "provinceflow", "procedureflow", "unitdayflow", "halfmonthflow", "unitflow")
TABLES = ("cases_case", "cases_spell", "cases_paststep", *(f"figures_{name}" for name in ROLLUPS))
Moved = dict[tuple[object, ...], tuple[int, ...]]


def sizes() -> dict[str, Any]:
    """Return rows and megabytes of the tables, of their indexes together, and of each index of the spells."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, reltuples::bigint, pg_table_size(oid) / 1048576, pg_indexes_size(oid) / 1048576
            FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r'
            """,
            [list(TABLES)],
        )
        found: dict[str, Any] = {
            name: {"rows": rows, "table_mb": table, "indexes_mb": indexes} for name, rows, table, indexes in cursor.fetchall()
        }
        cursor.execute(
            "SELECT indexrelname, pg_relation_size(indexrelid) / 1048576 FROM pg_stat_user_indexes WHERE relname = 'cases_spell' ORDER BY 1"
        )
        return {**found, "indexes_of_spells_mb": dict(cursor.fetchall())}


def rebuilt(tell: Callable[[str], None], *, tidy: bool = True) -> dict[str, Any]:
    """Make the rollups anew; tell the seconds and the memory: of this process and of the server's that works for it.

    With ``tidy`` the planner is told of them afterwards, which a transaction that goes on cannot do.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    # From here on the peak is of the rebuild alone.
    Path("/proc/self/clear_refs").write_text("5")
    marks: list[tuple[float, float]] = []
    before = machine.megabytes("self", "VmRSS")

    def note(done: int, of: int) -> None:
        marks.append((machine.megabytes("self", "VmRSS"), machine.megabytes(server, "RssAnon")))
        tell(f"  rebuild: month {done} of {of}")

    began = time.monotonic()
    buckets = figures.rebuild(progress=note)
    seconds = time.monotonic() - began
    if tidy:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {', '.join(f'figures_{name}' for name in ROLLUPS)}")
    own, server_mb = zip(*marks, strict=True)
    return {
        "seconds": round(seconds, 1),
        "buckets": buckets,
        "process_mb": {"before": before, "after": machine.megabytes("self", "VmRSS"), "peak": machine.megabytes("self", "VmHWM")},
        "process_mb_by_month": {"least": min(own), "most": max(own)},
        "server_process_private_mb_by_month": {"first": server_mb[0], "most": max(server_mb), "last": server_mb[-1]},
        "peak_of_this_program_so_far_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def checked() -> dict[str, Any]:
    """Count everything again and compare."""
    began = time.monotonic()
    wrong = figures.verify(with_journal=False)
    return {"seconds": round(time.monotonic() - began, 1), "disagreements": wrong[:20], "holds": wrong == []}


def periods(today: date) -> tuple[Period, Period]:
    """Return the last whole reporting year and the last whole reporting quarter."""
    kinds, found = worktime.ReportingKind, []
    for kind in (kinds.YEAR, kinds.QUARTER):
        running = worktime.reporting_period(kind, containing=today).period
        found.append(worktime.reporting_period(kind, containing=date.fromordinal(running.start.toordinal() - 1)).period)
    return found[0], found[1]


def form(cast: Cast, times: int = 20) -> dict[str, Any]:
    """Read Form II.06 by field: of the province for a year from the rollups, of one commune and one department for a quarter.

    Each time as the first reader after a change: what is held is no reading of the rollups.
    """
    year, quarter = periods(local_date(datetime.now(UTC)))
    asked = {
        "province, year, by field": (cast.province_id, year, Dimension.FIELD),
        "province, year, by unit": (cast.province_id, year, Dimension.UNIT),
        "largest commune, quarter, by field": (cast.commune.id, quarter, Dimension.FIELD),
        "largest department, quarter, by field": (cast.department.id, quarter, Dimension.FIELD),
    }
    return {name: _form(*question, times) for name, question in asked.items()}


def _form(unit_id: int, period: Period, by: Dimension, times: int) -> dict[str, Any]:
    def read() -> None:
        # As a page does: what cannot change meanwhile is read once.
        with standing():
            figures.figure_tables(KEYS, unit_id=unit_id, period=period, by=[by])

    read()
    _changed()
    with CaptureQueriesContext(connection) as seen:
        read()
    took = sorted(_after_a_change(read) for _ in range(times))
    return {"median_ms": machine.at(took, 0.5), "p95_ms": machine.at(took, 0.95), "n": times, "queries": len(seen)}


def recounted(cast: Cast, times: int = 3) -> tuple[dict[str, Any], Moved]:
    """Count the year of the province by field from the facts, and what was open at its first day; give the numbers too."""
    year, _quarter = periods(local_date(datetime.now(UTC)))
    scopes = figures.scopes_of(cast.province_id)
    took: dict[str, list[float]] = {"flows": [], "stock": []}
    for _ in range(times):
        began = time.monotonic()
        inside = facts().recount(scopes, year, ["field"])
        counted = time.monotonic()
        before = facts().stock(scopes, year.start, ["field"])
        took["flows"].append(counted - began)
        took["stock"].append(time.monotonic() - counted)
    both = [sum(pair) for pair in zip(*took.values(), strict=True)]
    numbers: Moved = {}
    for key in {*inside, *before}:
        now, then = inside.get(key, figures.Counts()), before.get(key, figures.Counts())
        numbers[key] = (*(now[flow] for flow in figures.Flow), then.open, then.overdue, then.waiting)
    kept = figures.moved(cast.province_id, year, ["field"])
    equal = {
        key: (*(row.inside[flow] for flow in figures.Flow), row.before.open, row.before.overdue, row.before.waiting)
        for key, row in kept.items()
    }
    parts = {f"{name}_s": round(statistics.median(values), 2) for name, values in took.items()}
    told = {"median_s": round(statistics.median(both), 2), **parts, "n": times, "equals_rollups": _told(equal) == _told(numbers)}
    return told, numbers


def _told(numbers: Moved) -> Moved:
    return {key: row for key, row in numbers.items() if any(row)}


def _addresses(cast: Cast) -> dict[str, tuple[str, bool]]:
    """Return the pages that are measured, and whether one must have signed in."""
    of = f"don-vi={PROVINCE}"
    share, commune = "/so-lieu/so/cases.on_time_share/", f"don-vi={cast.commune.code}"
    return {
        "public board of the province": (f"/so-lieu/?{of}", False),
        "board of the largest commune": (f"/so-lieu/don-vi/{cast.commune.code}/", False),
        "board of the largest department": (f"/so-lieu/don-vi/{cast.department.code}/", False),
        "figure, by unit": (f"{share}?{of}&theo=don-vi", False),
        "figure, by field": (f"{share}?{of}&theo=linh-vuc", False),
        "figure, by procedure": (f"{share}?{of}&theo=thu-tuc", False),
        "figure, by month": (f"{share}?{of}&theo=thang", False),
        "figure of the commune, by procedure": (f"{share}?{commune}&theo=thu-tuc", False),
        "figure with its files, leader": (f"{share}?{of}&theo=linh-vuc", True),
        "leaders": ("/so-lieu/dieu-hanh/", True),
        "wall": (f"/so-lieu/man-hinh/?{of}", False),
        "index of the province": (f"/so-lieu/chi-so-766/?{of}", False),
        "index of the largest commune": (f"/so-lieu/chi-so-766/?{commune}", False),
        "form II.06 on the screen, leader": ("/so-lieu/bao-cao/", True),
    }


def scored() -> dict[str, Any]:
    """Compute the points of the running periods, as the job does every five minutes."""
    began = time.monotonic()
    scoring.compute_running(at=datetime.now(UTC))
    return {"seconds": round(time.monotonic() - began, 1)}


def pages(cast: Cast, *, times: int, seconds: float) -> dict[str, Any]:
    """Measure the pages on one web worker through HTTP, and count the statements of each inside this process.

    ``first`` is for the first reader after something has happened today: what rests on the figures is read and drawn again, but for the
    sums of the months before. ``anew`` is for a reader for whom those are not held either, as after a late correction of every month.
    The other numbers are for readers after those, until the figures change again.
    """
    today = local_date(datetime.now(UTC))
    found: dict[str, Any] = {}
    queries = {name: _queries(path, cast.leader if signed else "") for name, (path, signed) in _addresses(cast).items()}
    with machine.served(1) as (port, children):
        for name, (path, signed) in _addresses(cast).items():
            # A connection of its own: the server hangs up on who is silent for long.
            who = Officer.signed_in(port, cast.leader, PASSWORD) if signed else Officer(port)
            who.get(path)
            took: list[float] = []
            first = sorted(_after_a_change(lambda: who.get(path), today) for _ in range(9))  # noqa: B023 (called at once)
            anew = sorted(_after_a_change(lambda: who.get(path)) for _ in range(5))  # noqa: B023 (called at once)
            end = time.monotonic() + seconds
            while len(took) < times and (len(took) < 3 or time.monotonic() < end):
                took.append(machine.milliseconds(lambda: who.get(path)))  # noqa: B023 (called at once)
            who.close()
            took.sort()
            found[name] = {
                "median_ms": machine.at(took, 0.5),
                "p95_ms": machine.at(took, 0.95),
                "n": len(took),
                "first_median_ms": machine.at(first, 0.5),
                "anew_median_ms": machine.at(anew, 0.5),
                "queries": queries[name],
            }
            machine.say(f"  {name}: {found[name]}")
        memory = machine.memory(children)
    return {"pages": found, "memory_mb": memory}


def _after_a_change(read: Callable[[], object], since: date = date.min) -> float:
    """Return how long a page takes whose numbers have just changed from a day on."""
    _changed(since)
    return machine.milliseconds(read)


def _changed(since: date = date.min) -> None:
    """Let the figures look changed from a day on: nothing that was read of them is held any longer, but for the months before."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE editions_stamp SET stamp = gen_random_uuid() WHERE subject IN ('facts', 'figures')")
        cursor.execute("UPDATE editions_month SET stamp = gen_random_uuid() WHERE month >= %s", [since.replace(day=1)])


def _queries(path: str, login: str) -> int:
    client = Client(headers={"host": "127.0.0.1"})
    if login:
        client.force_login(get_user_model().objects.get(login=login))
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return len(seen)
