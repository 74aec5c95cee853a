"""The desk with many cases: how long its pages take, how much it takes in a second, beside the same rows written by plain SQL.

    python benchmarks/desk.py                                   # ten thousand cases, about two minutes
    python benchmarks/desk.py --sizes 10000,100000,1000000      # side by side, about a quarter of an hour

Makes a PostgreSQL of its own in a temporary folder and removes it afterwards. Pages are measured through HTTP on the real server
with one web worker, rates with two, always beside the worker of the jobs. The client runs on the same machine and takes its share of
the processor. Tells how far it is on stderr; prints one JSON document.
"""

import argparse
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.office import machine  # noqa: E402 (the path must be set first)

QUICK = "10000"
LIVE = 240
CLIENTS = (1, 4)


def main() -> int:
    """Measure every size on one growing database; return 1 when the number of queries of a page depends on the size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default=QUICK, help=f"numbers of imported cases, growing, by commas (default {QUICK}, the quick run)")
    parser.add_argument("--quick", action="store_true", help=f"the same as --sizes {QUICK} --seconds 4")
    parser.add_argument("--requests", type=int, default=100, help="requests a page that count, after ten that do not (default 100)")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each rate is measured (default 10)")
    options = parser.parse_args()
    sizes = [int(part) for part in (QUICK if options.quick else options.sizes).split(",")]
    seconds = min(options.seconds, 4.0) if options.quick else options.seconds
    with machine.installation("cchc-desk-"):
        report = _measure(sizes, requests=options.requests, seconds=seconds)
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 0 if report["queries_constant"] else 1


def _measure(sizes: list[int], *, requests: int, seconds: float) -> dict[str, Any]:
    from benchmarks.office import stage  # noqa: PLC0415 (it needs Django)

    cast = stage.people()
    stage.live(cast, LIVE)
    report: dict[str, Any] = {"benchmark": "desk", "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine.described()}
    report["queries_constant"], report["sizes"] = True, {}
    before, first_queries = 0, None
    for size in sizes:
        machine.say(f"{size:,} imported cases")
        began = time.monotonic()
        stage.old(cast, first=before, last=size, tell=machine.say)
        filled = round(time.monotonic() - began, 1)
        before = size
        queries = _queries(cast)
        first_queries = first_queries or queries
        report["queries_constant"] &= queries == first_queries
        pages, memory = _pages(cast, requests)
        rates, busy = _rates(cast, seconds)
        report["sizes"][str(size)] = {
            "seconds_to_fill": filled,
            "live_cases_of_the_agency": _live_count(cast),
            "pages": {name: {**took, "queries": queries[name]} for name, took in pages.items()},
            "slowest_median_ms": max(took["median_ms"] for took in pages.values()),
            "per_second": rates,
            "memory_mb": {"one_web_worker": memory, "two_web_workers_after_load": busy},
        }
    return report


def _addresses(cast: Any) -> dict[str, str]:
    """Return the pages that are measured, with what a person would have typed."""
    from benchmarks.office.stage import PROCEDURE  # noqa: PLC0415 (it needs Django)

    return {
        "inbox, mine": "/desk/",
        "inbox, unit": "/desk/?scope=unit",
        "inbox, filtered by name": "/desk/?scope=unit&q=nguyen+van",
        "inbox, only late": "/desk/?scope=unit&urgency=late",
        "case": f"/desk/cases/{cast.codes[0]}/",
        "case, forwarded": f"/desk/cases/{cast.codes[1]}/",
        "intake": "/desk/intake/",
        "intake, procedure chosen": f"/desk/intake/?procedure={PROCEDURE}",
        "list of 100": "/desk/cases/",
        "search, common name": "/desk/cases/?q=nguyen+thi",
        "search, rare name": "/desk/cases/?q=duong+thi+my+uyen",
        "search, no such name": "/desk/cases/?q=nguyen+thi+khong+co",
        "search, identity number": "/desk/cases/?q=042198000317",
        "search, step": "/desk/cases/?step=process",
        "figure, late now": "/desk/cases/?figure=cases.late_now",
    }


def _queries(cast: Any) -> dict[str, int]:
    """Count the statements of each page, asked for inside this process."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (it needs Django)
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.get(login=cast.counters[0]))
    counts = {}
    for name, path in _addresses(cast).items():
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(path)
        assert answer.status_code == 200, f"{path} answered {answer.status_code}"
        counts[name] = len(seen)
    return counts


def _pages(cast: Any, requests: int) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Measure each page by one client on one web worker."""
    from benchmarks.office.client import Officer  # noqa: PLC0415 (the path must be set first)
    from benchmarks.office.stage import PASSWORD  # noqa: PLC0415

    found = {}
    with machine.served(1) as (port, children):
        officer = Officer.signed_in(port, cast.counters[0], PASSWORD)
        for name, path in _addresses(cast).items():
            for _warm in range(10):
                officer.get(path)
            took = sorted(machine.milliseconds(lambda path=path: officer.get(path)) for _ in range(requests))  # type: ignore[misc]
            found[name] = {"median_ms": machine.at(took, 0.5), "p95_ms": machine.at(took, 0.95), "n": len(took)}
            machine.say(f"  {name}: {found[name]['median_ms']} ms")
        officer.close()
        return found, machine.memory(children)


def _rates(cast: Any, seconds: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Measure creates, changes of state and lists a second on two web workers, and plain SQL beside them."""
    rates: dict[str, Any] = {}
    with machine.served(2) as (port, children):
        for clients in CLIENTS:
            codes: list[str] = []
            kinds = {
                "creates": _creating(cast, port, codes),
                "status changes": _changing(cast, port, codes),
                "lists of 100": _listing(cast, port),
            }
            rates[f"{clients} client{'s' * (clients > 1)}"] = {kind: _rate(make, clients, seconds) for kind, make in kinds.items()}
        memory = machine.memory(children)
    for clients in CLIENTS:
        one = rates[f"{clients} client{'s' * (clients > 1)}"]
        one["creates by plain SQL"], one["rows of a create"] = _plain(codes[-1], clients, seconds)
        one["plain SQL is faster by"] = round(one["creates by plain SQL"] / one["creates"], 1)
        machine.say(f"  {clients}: {one}")
    return rates, memory


Step = Callable[[], int]


def _creating(cast: Any, port: int, codes: list[str]) -> Callable[[int], Step]:
    """Return what makes, for one client, the step that receives one case through the intake form."""
    from benchmarks.office import stage  # noqa: PLC0415 (it needs Django)
    from benchmarks.office.client import Officer  # noqa: PLC0415

    def make(place: int) -> Step:
        officer = Officer.signed_in(port, cast.counters[place], stage.PASSWORD)
        dice = random.Random(time.time_ns())
        owner = {"owner_identity_number": "042198000317", "owner_birth_date": "14/02/1998", "owner_phone": "0912000342"}
        form = {**officer.intake(stage.PROCEDURE), **owner}

        def step() -> int:
            key = f"{dice.getrandbits(128):032x}"
            lead = officer.post("/desk/intake/", {**form, "owner_full_name": stage.name(dice), "key": key})
            codes.append(unquote(lead.split("/cases/")[1].split("/")[0]))
            return 1

        return step

    return make


def _changing(cast: Any, port: int, codes: list[str]) -> Callable[[int], Step]:
    """Return what makes, for one client, the step that forwards a received case and assigns it: two changes, two people."""
    from benchmarks.office.client import Officer  # noqa: PLC0415 (the path must be set first)
    from benchmarks.office.stage import PASSWORD  # noqa: PLC0415

    heads = [login for login in cast.actors if login.startswith("truong-")]
    waiting: Iterator[str] = iter(codes)
    lock = threading.Lock()

    def make(place: int) -> Step:
        counter = Officer.signed_in(port, cast.counters[place], PASSWORD)
        head = Officer.signed_in(port, heads[place], PASSWORD)
        post = str(cast.actors["chuyen-vien"].post_id)

        def step() -> int:
            with lock:
                code = next(waiting, None)
            if code is None:
                return 0
            counter.post(f"/desk/cases/{code}/forwarding/", {"unit_id": str(cast.office_id)})
            head.post(f"/desk/cases/{code}/assignment/", {"post_id": post})
            return 2

        return step

    return make


def _listing(cast: Any, port: int) -> Callable[[int], Step]:
    from benchmarks.office.client import Officer  # noqa: PLC0415 (the path must be set first)
    from benchmarks.office.stage import PASSWORD  # noqa: PLC0415

    def make(place: int) -> Step:
        officer = Officer.signed_in(port, cast.counters[place], PASSWORD)

        def step() -> int:
            officer.get("/desk/cases/")
            return 1

        return step

    return make


def _rate(make: Callable[[int], Step], clients: int, seconds: float) -> float:
    """Let so many clients take steps at once; return how much they did a second. A step that does nothing was the last."""
    steps = [make(place) for place in range(clients)]
    done, last = [0] * clients, [0.0] * clients
    wrong: list[BaseException] = []
    gate = threading.Barrier(clients)

    def work(place: int) -> None:
        try:
            gate.wait()
            began = time.monotonic()
            while time.monotonic() < began + seconds and (did := steps[place]()):
                done[place] += did
            last[place] = time.monotonic() - began
        except BaseException as error:  # noqa: BLE001 (told by the main thread)
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return round(sum(done) / max(last), 1)


def _plain(code: str, clients: int, seconds: float) -> tuple[float, int]:
    """Write the rows of a receipt by plain SQL as often as it goes."""
    import psycopg  # noqa: PLC0415 (beside what it is for)
    from django.db import connection  # noqa: PLC0415 (it needs Django)
    from psycopg.rows import dict_row  # noqa: PLC0415

    from benchmarks.office import plain  # noqa: PLC0415

    at = connection.settings_dict
    conninfo = psycopg.conninfo.make_conninfo(host=at["HOST"], port=at["PORT"], user=at["USER"], dbname=at["NAME"])
    with psycopg.connect(conninfo, autocommit=True, row_factory=dict_row) as own:
        pattern = plain.pattern_of(own, code)
    return plain.rate(conninfo, pattern, clients=clients, seconds=seconds), pattern.count


def _live_count(cast: Any) -> int:
    from cchc.cases.models import Case  # noqa: PLC0415 (it needs Django)

    return Case.objects.live().of_agencies(frozenset({cast.agency_id})).count()


if __name__ == "__main__":
    sys.exit(main())
