"""The figures with millions of cases: rollups made anew, Form II.06, the boards, a burst of receipts, DuckDB beside it.

    python benchmarks/figures.py                                      # a hundred thousand cases, about three minutes
    python benchmarks/figures.py --sizes 100000,1000000,10000000      # growing on one database, about an hour and 25 GB

Makes a PostgreSQL of its own in a temporary folder and removes it afterwards; ``--keep`` names a folder that stays and is used
again. Pages are measured through HTTP on the real server with one web worker beside the worker of the jobs. Tells how far it is on
stderr; prints one JSON document.
"""

import argparse
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.office import machine  # noqa: E402 (the path must be set first)

QUICK = "100000"
RATE = 100
# The server's own settings but for this: a checkpoint in the middle of the filling is not what is measured.
OPTIONS = ("max_wal_size=8GB",)


def main() -> int:
    """Measure every size on one growing database; return 1 when a number is not what it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default=QUICK, help=f"numbers of cases, growing, by commas (default {QUICK}, the quick run)")
    parser.add_argument("--keep", type=Path, help="a folder for the database that stays and is used again")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the burst lasts (default 60)")
    parser.add_argument("--pages", type=float, default=8.0, help="how many seconds each page is measured at most (default 8)")
    options = parser.parse_args()
    sizes = [int(part) for part in options.sizes.split(",")]
    with machine.installation("cchc-figures-", keep=options.keep, options=OPTIONS) as folder:
        report = _measure(sizes, folder, seconds=options.seconds, pages=options.pages)
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 0 if report["holds"] else 1


def _measure(sizes: list[int], folder: Path, *, seconds: float, pages: float) -> dict[str, Any]:
    from benchmarks.office import register  # noqa: PLC0415 (it needs Django)

    cast = register.cast()
    _quiet()
    report: dict[str, Any] = {"benchmark": "figures", "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine.described()}
    report |= {"journal": False, "settings": list(OPTIONS), "holds": True, "sizes": {}}
    for size in sizes:
        machine.say(f"{size:,} cases")
        found = _size(cast, size, folder, seconds=seconds, pages=pages)
        report["sizes"][str(size)] = found
        report["holds"] &= found["verify"]["holds"] and found["recount"]["equals_rollups"] and found["duckdb"].get("equal", True)
    return report


def _size(cast: Any, size: int, folder: Path, *, seconds: float, pages: float) -> dict[str, Any]:
    from benchmarks.office import burst, columns, counted, register  # noqa: PLC0415 (they need Django)

    there, began = register.cases(), time.monotonic()
    register.fill(cast, first=there, last=size, tell=machine.say)
    register.settle()
    found: dict[str, Any] = {"cases_filled": max(0, size - there), "seconds_to_fill": round(time.monotonic() - began, 1)}
    found["rebuild"] = counted.rebuilt(machine.say)
    found["mb"] = counted.sizes()
    found["form_ii06"] = counted.form(cast)
    machine.say(f"  {found}")
    found["recount"], numbers = counted.recounted(cast)
    with tempfile.TemporaryDirectory(dir=folder, prefix="duckdb-") as beside:
        found["duckdb"] = columns.compared(cast, numbers=numbers, seconds=found["recount"]["median_s"], folder=Path(beside))
    machine.say(f"  {found['recount']} {found['duckdb']}")
    found["scores"] = counted.scored()
    found |= counted.pages(cast, times=50, seconds=pages)
    found["burst"] = burst.burst(cast, rate=RATE, seconds=seconds)
    machine.say(f"  {found['burst']}")
    found["verify"] = counted.checked()
    machine.say(f"  {found['verify']}")
    return found


def _quiet() -> None:
    """Leave what the new units would tell to the figures untold: nothing is counted yet."""
    from django.db import connection  # noqa: PLC0415 (it needs Django)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")


if __name__ == "__main__":
    sys.exit(main())
