"""A burst of receipts: what each writes for the figures, as many a second as wanted, while the rollups are kept up as the job does.

These are the rows of an intake that figures rest on: the case, its spell, the marks, in one transaction. They are not whole intakes
over HTTP, whose rate other benchmarks measure.
"""

import random
import threading
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any

from django.db import connections, transaction

from benchmarks.office.register import CODE, Cast
from cchc.cases.models import Case, Register, Spell
from cchc.cases.operations.following import days_of
from cchc.cases.terms import SpellStart, SpellState, Stage, Step
from cchc.figures import api as figures
from cchc.kernel.local import VIETNAM

WRITERS, EVERY = 4, 3.0


def burst(cast: Cast, *, rate: int, seconds: float) -> dict[str, Any]:
    """Write so many a second for so long; tell how far the rollups were behind at most, and what each refresh took."""
    register = Register.objects.get(code=CODE)
    written: list[list[tuple[float, int]]] = [[] for _ in range(WRITERS)]
    lags: list[float] = []
    wrong: list[BaseException] = []
    began = time.monotonic()

    def write(place: int) -> None:
        dice = random.Random(place)
        try:
            for number in range(int(rate * seconds / WRITERS)):
                wanted = began + (number * WRITERS + place) / rate
                time.sleep(max(0.0, wanted - time.monotonic()))
                marks = _receipt(register, dice.choice(cast.slots), dice)
                written[place].append((time.monotonic(), marks))
                lags.append(time.monotonic() - wanted)
        except BaseException as error:  # noqa: BLE001 (told by the main thread)
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(place,)) for place in range(WRITERS)]
    for thread in threads:
        thread.start()
    rounds = _keep_up(threads, began)
    if wrong:
        raise wrong[0]
    commits = sorted(moment for each in written for moment, _marks in each)
    ages = _ages(commits, rounds)
    took = sorted(end - start for start, end, _marks in rounds)
    return {
        "what": "rows of an intake's figures part (case, spell, marks) in one transaction each; not whole intakes over HTTP",
        "receipts": len(commits),
        "per_second": round(len(commits) / (commits[-1] - began), 1),
        "marks": sum(marks for each in written for _moment, marks in each),
        "writers": WRITERS,
        "slowest_receipt_behind_its_turn_s": round(max(lags), 2),
        "greatest_age_of_a_mark_s": round(max(ages), 2),
        "refreshes": len(rounds),
        "refresh_s": {
            "median": round(took[len(took) // 2], 2),
            "most": round(took[-1], 2),
            "each": [round(end - start, 2) for start, end, _m in rounds],
        },
        "left_unapplied": figures.waiting(),
    }


def receive(cast: Cast, *, number: int) -> int:
    """Write so many, one after the other; return how many marks."""
    register, dice = Register.objects.get(code=CODE), random.Random(number)
    return sum(_receipt(register, dice.choice(cast.slots), dice) for _ in range(number))


def _receipt(register: Register, agency: int, dice: random.Random) -> int:
    """Write what one intake writes for the figures; return how many marks."""
    with transaction.atomic():
        days = sorted(days_of(_spell(register, agency, dice)))
        figures.mark_stale(days)
    return len(days)


def _keep_up(threads: list[threading.Thread], began: float) -> list[tuple[float, float, int]]:
    """Refresh until the writers have ended and nothing is left; give begin, end and marks of each round.

    As the job does: every three seconds, and at once while there are marks.
    """
    rounds: list[tuple[float, float, int]] = []
    turn = began + EVERY
    while True:
        last = not any(thread.is_alive() for thread in threads)
        time.sleep(max(0.0, turn - time.monotonic()))
        start = time.monotonic()
        marks = figures.refresh()
        rounds.append((start, time.monotonic(), marks))
        # As the job: in a rush it stays at it.
        turn = time.monotonic() + (0.0 if marks else EVERY)
        if last:
            return rounds


def _ages(commits: list[float], rounds: list[tuple[float, float, int]]) -> list[float]:
    """Return how old each mark was when the first refresh that began after it had ended: it was applied then at the latest."""
    ages, place = [], 0
    for moment in commits:
        while rounds[place][0] < moment:
            place += 1
        ages.append(rounds[place][1] - moment)
    return ages


def _spell(register: Register, agency: int, dice: random.Random) -> Spell:
    """Receive a case of today by an old register's row, and owe its result."""
    now = datetime.now(UTC)
    due = now.astimezone(VIETNAM).date() + timedelta(days=dice.choice((1, 3, 5, 7, 10, 15, 20, 30)))
    late = datetime.combine(due + timedelta(days=1), clock.min, tzinfo=VIETNAM)
    number = f"{time.time_ns()}{dice.getrandbits(40):x}"
    procedure = f"9.{100 + dice.randrange(300):06}"
    common = {"agency_id": agency, "channel": dice.choice(("online", "counter", "post"))}
    case = Case.objects.create(
        register=register,
        code=f"DON-{number}",
        secret=number[-43:],
        procedure_code=procedure,
        title="Hồ sơ của phép đo dồn dập",
        field_name=f"Lĩnh vực quản lý nhà nước số {40 + dice.randrange(20)}",
        stage=Stage.PROCESSING,
        step=Step.PROCESS,
        since=now,
        filed_at=now,
        received_at=now,
        due_at=late - timedelta(hours=7),
        due_date=due,
        late_from=late,
        imported=True,
        **common,
    )
    return Spell.objects.create(
        case=case,
        seq=1,
        field=case.field_name,
        procedure=procedure,
        state=SpellState.RUNNING,
        start=SpellStart.RECEIVED,
        begins=now,
        late_from=late,
        late_at=late,
        **common,
    )
