"""Many processes receiving at once: receipts a second, and whether every promise about codes and journal still holds.

    DATABASE_URL=… python benchmarks/intake_storm.py --processes 16 --seconds 30

Writes into the database it is given, which must have the reference data: use one that may be thrown away. Prints one JSON document.
"""

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PROCEDURE = "1.004873"
COMMUNES = {"18313": "H27.901", "18322": "H27.902"}


def main() -> int:
    """Build the stage, let the storm pass, check what is left; return 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--processes", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 (the path and the environment must be set first)

    django.setup()
    actors = _stage(options.processes)
    report = _check(_storm(actors, options.seconds), options.seconds)
    print(json.dumps({"processes": options.processes, **report}, ensure_ascii=False, indent=2))
    return 0 if report["holds"] else 1


def _letters(place: int) -> str:
    """Return a name of letters for a number: a person's name has no digits."""
    return chr(ord("A") + place % 26) * (1 + place // 26)


def _stage(number: int) -> list[Any]:
    """Return one counter officer for each process, spread over two communes."""
    from cchc.identity import api as identity  # noqa: PLC0415
    from cchc.kernel.actor import Actor  # noqa: PLC0415
    from cchc.organisations import api as organisations  # noqa: PLC0415

    system, now, since = Actor.system("đo tốc độ tiếp nhận"), datetime.now(UTC), date(2026, 1, 1)
    counters = []
    for commune, agency_code in COMMUNES.items():
        unit = organisations.unit(commune, on=now.date())
        organisations.give_agency_code(actor=system, at=now, unit_id=unit.id, agency_code=agency_code)
        kind, code = organisations.UnitKind.ONE_STOP, f"{agency_code}.01"
        counters.append(
            organisations.create_unit(
                actor=system, at=now, kind=kind, name=f"Quầy {code}", agency_code=code, parent_id=unit.id, since=since
            ),
        )
    actors = []
    for place in range(number):
        person = identity.create_person(
            actor=system, at=now, login=f"storm-{place}", full_name=f"Công chức {_letters(place)}", password=None
        )
        unit_id = counters[place % len(counters)].id
        identity.appoint(actor=system, at=now, person=person, unit_id=unit_id, role="counter_officer", title=f"Quầy {place}", since=since)
        actors.append(identity.actor_for(person, at=now))
    return actors


def _storm(actors: list[Any], seconds: float) -> list[tuple[list[str], list[float], list[str]]]:
    """Run one process for each actor, all starting at once; return the codes, the seconds of each receipt, and what went wrong."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    # A copy of this process needs no second start of Django; it has no thread and no connection.
    context = multiprocessing.get_context("fork")
    gate, answers = context.Barrier(len(actors)), context.SimpleQueue()
    workers = [context.Process(target=_receive, args=(actor, seconds, gate, answers)) for actor in actors]
    for worker in workers:
        worker.start()
    found = [answers.get() for _ in workers]
    for worker in workers:
        worker.join()
    return found


def _receive(actor: Any, seconds: float, gate: Any, answers: Any) -> None:
    from cchc.cases import api as cases  # noqa: PLC0415
    from cchc.procedures import api as procedures  # noqa: PLC0415

    version = procedures.version_for(PROCEDURE, on=datetime.now(UTC).date())
    papers = tuple(
        cases.PaperGiven(ordinal=place, given=True, originals=paper.originals, copies=paper.copies)
        for place, paper in enumerate(version.case_types[0].papers, start=1)
    )
    owner = cases.PartyForm(full_name="Đỗ Thị Bích Ngọc", identity_number="042198000317", phone="0912000342")
    intake = cases.Intake(procedure=PROCEDURE, owner=owner, papers=papers)
    codes: list[str] = []
    took: list[float] = []
    wrong: list[str] = []
    gate.wait()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            codes.append(cases.receive(actor=actor, at=datetime.now(UTC), intake=intake))
            took.append(time.monotonic() - began)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is counted and told)
            wrong.append(f"{type(error).__name__}: {error}"[:300])
    answers.put((codes, took, wrong))


def _check(found: list[tuple[list[str], list[float], list[str]]], seconds: float) -> dict[str, Any]:
    from cchc.audit import api as audit  # noqa: PLC0415

    codes = [code for part, _took, _wrong in found for code in part]
    took = sorted(value for _codes, part, _wrong in found for value in part)
    wrong = [error for _codes, _took, part in found for error in part]
    series: defaultdict[str, list[int]] = defaultdict(list)
    for code in codes:
        agency_and_day, _dash, number = code.rpartition("-")
        series[agency_and_day].append(int(number))
    gapless = all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in series.values())
    report = audit.verify()
    unique = len(set(codes)) == len(codes)
    return {
        "seconds": seconds,
        "receipts": len(codes),
        "receipts_per_second": round(len(codes) / seconds, 1),
        "milliseconds": {
            name: round(1000 * took[int(share * (len(took) - 1))], 1) for name, share in (("p50", 0.5), ("p95", 0.95), ("max", 1.0))
        }
        if took
        else {},
        "series": {name: len(numbers) for name, numbers in sorted(series.items())},
        "unique": unique,
        "gapless": gapless,
        "chains": report.streams,
        "entries": report.entries,
        "chains_hold": report.holds,
        "errors": wrong[:20],
        "holds": bool(codes) and unique and gapless and report.holds and not wrong,
    }


if __name__ == "__main__":
    sys.exit(main())
