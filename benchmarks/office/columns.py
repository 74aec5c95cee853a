"""The same count in DuckDB, which keeps columns and reads them with all cores: what PostgreSQL's recount is compared with."""

import time
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection

from benchmarks.office.counted import Moved, periods
from benchmarks.office.register import Cast
from cchc.figures import api as figures
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local_date

_COLUMNS = {
    "agency": "agency_id",
    "field": "field",
    "channel": "channel",
    "state": "state",
    "start": "start",
    "begins": "begins AT TIME ZONE 'UTC'",
    "ends": "ends AT TIME ZONE 'UTC'",
    "how": '"end"',
    "late_at": "late_at AT TIME ZONE 'UTC'",
    "first_kept": "first_kept",
}
_TYPES = {"agency": "BIGINT", "begins": "TIMESTAMP", "ends": "TIMESTAMP", "late_at": "TIMESTAMP", "first_kept": "BOOLEAN"}
_BEGAN, _ENDED, _BROKEN = (f"({column} >= $first AND {column} < $end)" for column in ("begins", "ends", "late_at"))
_OPEN = "(begins < $first AND (ends IS NULL OR ends >= $first))"
# In the order of the flows, then what was open, overdue and waiting at the first day. The units stood there all the time.
_SUMS = (
    f"{_BEGAN} AND start = 'received'",
    f"{_BEGAN} AND start = 'received' AND channel = 'online'",
    f"{_BEGAN} AND start = 'taken'",
    f"{_ENDED} AND how = 'given'",
    *(f"{_ENDED} AND how = '{how}'" for how in ("early", "on_time", "extended", "late")),
    f"{_ENDED} AND first_kept",
    f"{_ENDED} AND how = 'closed'",
    _BROKEN,
    f"{_ENDED} AND late_at IS NOT NULL",
    f"{_BEGAN} AND state = 'waiting'",
    f"{_ENDED} AND state = 'waiting'",
    _OPEN,
    f"{_OPEN} AND late_at < $first",
    f"{_OPEN} AND state = 'waiting'",
)


def compared(cast: Cast, *, numbers: Moved, seconds: float, folder: Path, times: int = 3) -> dict[str, Any]:
    """Load the spells into DuckDB, count the same year there, and tell both times and whether every number is equal."""
    scopes = figures.scopes_of(cast.province_id)
    if any(scope.since or scope.until for scope in scopes):
        return {"left_out": "Units came or went under the province: the count in DuckDB does not know of that."}
    file = folder / "spells.csv"
    began = time.monotonic()
    _write(file)
    written = time.monotonic()
    columns = {name: _TYPES.get(name, "VARCHAR") for name in _COLUMNS}
    with duckdb.connect(str(folder / "spells.duckdb")) as own:
        own.execute(
            "CREATE TABLE spell AS SELECT * FROM read_csv($file, header = false, columns = $columns)",
            {"file": str(file), "columns": columns},
        )
        loaded = time.monotonic()
        file.unlink()
        year, _quarter = periods(local_date(datetime.now(UTC)))
        values = {
            "first": _moment(year.start),
            "end": _moment(year.end),
            "agencies": [scope.unit_id for scope in scopes],
        }
        sums = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in _SUMS)
        query = f"SELECT field, {sums} FROM spell WHERE agency IN (SELECT unnest($agencies)) GROUP BY 1"  # noqa: S608 (texts of this file alone)
        took = []
        for _ in range(times):
            start = time.monotonic()
            rows = own.execute(query, values).fetchall()
            took.append(time.monotonic() - start)
    found = {(row[0],): tuple(row[1:]) for row in rows if any(row[1:])}
    median = sorted(took)[len(took) // 2]
    return {
        "version": duckdb.__version__,
        "written_s": round(written - began, 1),
        "loaded_s": round(loaded - written, 1),
        "file_mb": round((folder / "spells.duckdb").stat().st_size / 2**20),
        "median_s": round(median, 3),
        "postgresql_takes_times": round(seconds / median, 1),
        "equal": found == {key: row for key, row in numbers.items() if any(row)},
    }


def _write(file: Path) -> None:
    columns = ", ".join(_COLUMNS.values())
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY (SELECT {columns} FROM cases_spell) TO STDOUT (FORMAT csv)") as copy,  # noqa: S608 (as above)
        file.open("wb") as out,
    ):
        for block in copy:
            out.write(block)


def _moment(day: Any) -> datetime:
    return at_local(day, clock.min).astimezone(UTC).replace(tzinfo=None)
