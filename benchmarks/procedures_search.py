"""How long a search takes among 5.000 procedures; prints JSON.

Run ``python benchmarks/procedures_search.py`` with a migrated and seeded database. All is done in a transaction that is rolled back.
"""

import json
import os
import random
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent.parent / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402 (the path and the settings come first)

django.setup()

from django.db import connection, transaction  # noqa: E402

from cchc.kernel.actor import Actor  # noqa: E402
from cchc.procedures import api  # noqa: E402

COUNT = 5_000
ROUNDS = 5
DAY = date(2026, 11, 23)
QUERIES = ("xac nhan hon nhan", "khai shin", "1.00487", "khai sinh", "dang ki ket hon", "giay chung nhan dang ky", "dat", "")


def main() -> None:
    """Fill up to the count with titles mixed from the real ones, measure, and roll back."""
    with transaction.atomic():
        _fill()
        best = {query: min(_milliseconds(query) for _ in range(ROUNDS)) for query in QUERIES}
        transaction.set_rollback(True)
    print(json.dumps({"benchmark": "procedures_search", "procedures": COUNT, "milliseconds": best}, ensure_ascii=False))


def _fill() -> None:
    dice = random.Random(20261123)
    titles = [hit.title.split() for hit in api.search("", on=DAY, limit=COUNT)]
    actor, at = Actor.system("đo tốc độ"), datetime(2026, 11, 23, tzinfo=UTC)
    blank = api.VersionDraft(code="", title="", field_name="Lĩnh vực đo", origin="Dữ liệu đo")
    for number in range(COUNT - len(titles)):
        one, other = dice.sample(titles, 2)
        title = " ".join([*one[: dice.randint(2, 12)], *other[-dice.randint(2, 12) :]])
        api.publish_version(actor=actor, at=at, draft=replace(blank, code=f"0.{number:06}", title=title), valid_from=date(2026, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE procedures_version")


def _milliseconds(query: str) -> float:
    start = time.perf_counter()
    api.search(query, on=DAY, limit=10)
    return round((time.perf_counter() - start) * 1000, 1)


if __name__ == "__main__":
    main()
