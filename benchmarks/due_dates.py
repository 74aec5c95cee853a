"""How many due dates a second the vectorised form computes on one core; prints JSON.

Run ``python benchmarks/due_dates.py``. No database is needed. The best of several rounds counts, since the machine has other work.
"""

import json
import os
import sys
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent.parent / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402 (the path and the settings come first)
import numpy as np  # noqa: E402

django.setup()

from cchc.worktime import api as worktime  # noqa: E402

COUNT = 1_000_000
ROUNDS = 5
TERMS = {"wd": 5, "d": 10, "m": 2, "wh": 12}


def main() -> None:
    """Measure each unit and print ``{"<unit>": due dates per second, …}`` beside the count."""
    minutes = np.random.default_rng(20261123).integers(0, 9 * 365 * 24 * 60, COUNT)
    starts = np.datetime64("2018-01-01T00:00") + minutes.astype("timedelta64[m]")
    common = {"calendar": worktime.reference_calendar(), "schedule": worktime.reference_schedule()}
    rates = {}
    for unit, amount in TERMS.items():
        best = min(_seconds(starts, amount, worktime.LimitUnit(unit), common) for _ in range(ROUNDS))
        rates[unit] = round(COUNT / best)
    print(json.dumps({"benchmark": "due_dates", "count": COUNT, "per_second": rates}))


def _seconds(starts: np.ndarray, amount: int, unit: worktime.LimitUnit, common: dict[str, object]) -> float:
    begun = time.process_time()
    worktime.due_dates(starts=starts, amount=amount, unit=unit, **common)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
