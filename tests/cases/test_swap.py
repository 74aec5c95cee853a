"""The swap of Monday 23/11/2026 over a crowd of open cases: which dates move, which stay, who is told; and twice is once."""

import json
import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.models import Case, SettledPromise
from cchc.cases.tasks import settle_promises
from cchc.kernel import bus
from cchc.kernel.standing import standing
from cchc.notifications import api as notifications
from cchc.notifications.models import Message
from cchc.worktime import api as worktime
from cchc.worktime.models import ClockEntry
from tests.cases.crowded import (
    FRIDAY_EVENING,
    KINDS,
    MONDAY,
    MONDAY_MORNING,
    WEDNESDAY,
    Expected,
    Filed,
    file,
    foretell,
    plan,
    plan_on_monday,
    recounted,
)
from tests.cases.office import Office, naive
from tests.web.desk.conftest import Desk, text_of

SWAP = {
    "off": "23/11/2026",
    "makeup": "28/11/2026",
    "name": "Nghỉ hoán đổi",
    "source": "Thông báo thử 12/TB-BNV",
    "confidence": "sure",
}
REASON = "23/11/2026, làm bù 28/11/2026: Nghỉ hoán đổi, Thông báo thử 12/TB-BNV"
TABLES = [
    "cases_case",
    "cases_handover",
    "cases_request",
    "cases_settledpromise",
    "cases_settlement",
    "worktime_calendarday",
    "worktime_clock",
    "worktime_clockentry",
    "notifications_message",
    "notifications_letter",
    "notifications_passage",
    "documents_paper",
    "audit_entry",
    "audit_stream",
]
SHOWN = 6


@dataclass
class Town:
    """An office with its crowd, and the clock on its wall."""

    office: Office
    desk: Desk
    planned: list[Filed]
    seconds: float

    @property
    def place_of(self) -> dict[str, int]:
        return {case.code: case.place for case in self.planned}

    def later(self, **after: int) -> None:
        self.desk.at += timedelta(**after)


@pytest.fixture
def settle_in(office: Office, client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Town]:
    """Return what fills the office with a crowd; pages and jobs then read the town's own clock."""

    def fill(count: int, *, shuffled: bool = False) -> Town:
        planned, began = plan(count), monotonic()
        order = random.Random(7).sample(planned, count) if shuffled else planned
        with standing():
            file(office, order)
        town = Town(office, Desk(client=client, world=office.world), planned, monotonic() - began)
        monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: town.desk.at))
        monkeypatch.setattr("cchc.cases.tasks.timezone", SimpleNamespace(now=lambda: town.desk.at))
        return town

    return fill


# --- What the office does ----------------------------------------------------------------------------------------------


@contextmanager
def undone() -> Iterator[None]:
    """Roll back whatever happens inside. No atomic block: the progress of a job is written outside of any."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def swap(town: Town, *, decided: datetime, news_first_to_last: bool = True) -> int:
    """Enter the swap on the administrator's page, let the queue do what follows, and return the run."""
    town.desk.at = decided
    foreseen = text_of(town.desk.sign_in("quantri").send("/office/calendar/swaps/new/", {**SWAP, "do": "preview"}, status=200))
    assert "lời hẹn sẽ dời" in foreseen
    before = jobs_of("cchc.kernel.deliver")
    town.desk.done("/office/calendar/swaps/new/", {**SWAP, "do": "save"})
    town.later(minutes=2)
    news = [job for job in jobs_of("cchc.kernel.deliver") if job not in before]
    assert len(news) == 2, "both days of the swap are told"
    for _id, given in news if news_first_to_last else reversed(news):
        bus.deliver(**given)
    asked = jobs_of(cases.SETTLE_TASK)
    assert len(asked) == 2
    counts = []
    for _id, given in asked:
        settle_promises(**given)
        counts.append(SettledPromise.objects.count())
    assert counts[0] == counts[1], "the first of the two jobs leaves nothing to the second"
    (run,) = {given["settlement_id"] for _id, given in asked}
    return int(run)


def jobs_of(task: str) -> list[tuple[int, dict[str, Any]]]:
    """Return the jobs of a task that lie in the queue, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [task])
        return [(number, json.loads(given)) for number, given in cursor.fetchall()]


def send_all(at: datetime) -> list[str]:
    """Run every sending job of the queue twice, as a queue may; return what came out on the console, which has no mail server."""
    console, said = logging.getLogger("cchc.notifications.console"), Said()
    console.addHandler(said)
    before = console.propagate, console.level
    console.propagate, console.level = False, logging.INFO
    try:
        for _turn in range(2):
            for _id, given in jobs_of("cchc.notifications.send"):
                notifications.send(message_id=given["message_id"], at=at, is_last=False)
    finally:
        console.propagate, console.level = before
        console.removeHandler(said)
    return said.lines


class Said(logging.Handler):
    """Keep what is logged, and print none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


# --- What is left behind -----------------------------------------------------------------------------------------------


def snapshot() -> dict[str, set[str]]:
    """Return every row that a run could touch, and the messages that lie in the queue."""
    found = {"sendings": {str(job) for job in jobs_of("cchc.notifications.send")}}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT t::text FROM {table} t")
            found[table] = {text for (text,) in cursor.fetchall()}
    return found


def changes(before: dict[str, set[str]], after: dict[str, set[str]]) -> dict[str, list[str]]:
    """Return what differs, a few rows of each table."""
    return {name: sorted(before[name] ^ after[name])[:SHOWN] for name in before if before[name] != after[name]}


def outcome(town: Town) -> dict[int, tuple[object, ...]]:
    """Return by place what became of each case, with nothing in it that depends on the order of receipt."""
    moved = {move.case.code: move for move in SettledPromise.objects.select_related("case")}
    letters = {
        message.stream: (
            message.status,
            message.channel,
            message.letter.name,
            message.letter.email,
            message.letter.phone,
            message.letter.text,
        )
        for message in Message.objects.filter(kind="calendar_moved").select_related("letter")
    }
    found: dict[int, tuple[object, ...]] = {}
    for row in Case.objects.all():
        move, letter = moved.get(row.code), letters.get(row.stream)
        found[town.place_of[row.code]] = (
            (row.stage, row.step, row.revision, row.due_at, row.due_date, row.late_from, row.first_due_at, row.unextended),
            (move.due_before, move.due_after, move.told) if move else None,
            tuple(word.replace(row.code, "MÃ") for word in letter) if letter else None,
        )
    return found


def check_moves(town: Town, expected: Expected, *, decided: datetime) -> None:
    """Compare every case with the oracle: the row, its ledger and its journal."""
    settled = {move.case.code: move for move in SettledPromise.objects.select_related("case")}
    lines = {entry.clock_id: entry for entry in ClockEntry.objects.filter(act=worktime.ClockAct.CALENDAR_CHANGED)}
    assert len(lines) == ClockEntry.objects.filter(act=worktime.ClockAct.CALENDAR_CHANGED).count()
    assert {town.place_of[code] for code in settled} == set(expected.moves)
    assert len(lines) == len(expected.moves)
    by_code = {case.code: case for case in town.planned}
    for row in Case.objects.all():
        case, wrong = by_code[row.code], f"place {by_code[row.code].place}, {row.code}, {by_code[row.code].fate}"
        due = expected.moves.get(case.place, case.due)
        assert ((naive(row.due_at), row.due_date) if row.due_at else None) == due, wrong
        assert ((naive(row.first_due_at), row.first_due_date) if row.first_due_at else None) == case.first, wrong
        if case.place not in expected.moves:
            assert row.code not in settled, wrong
            continue
        assert case.due, wrong
        assert (case.due[1], row.due_date) == (MONDAY, WEDNESDAY), wrong
        move, line, entry = settled[row.code], lines[row.clock_id], audit.entries(row.stream)[-1]
        assert (naive(move.due_before), move.due_after) == (case.due[0], row.due_at), wrong
        assert (line.rule, line.actor_post, line.due_at) == (cases.SETTLE_RULE, entry.actor_post, row.due_at), wrong
        assert "tính lại hẹn do lịch làm việc thay đổi" in line.actor_post
        assert (entry.act, entry.public["basis"], entry.public["told"]) == (cases.Act.SETTLE, cases.SETTLE_RULE, move.told), wrong
        assert entry.public["asked_by"].startswith("Quản trị hệ thống @ H27.112"), wrong
        assert (datetime.fromisoformat(entry.public["due_before"]), datetime.fromisoformat(entry.public["due_at"])) == (
            move.due_before,
            row.due_at,
        ), wrong
        assert line.reason == entry.public["reason"] == REASON, wrong
    assert audit.verify().holds
    assert worktime.inconsistencies() == ()
    late = [case for case in town.planned if expected.whys.get(case.place) == "đã trễ"]
    assert {move.stream for move in worktime.unsettled()} == {
        f"case:{case.code}" for case in late if case.due and case.due[1] == MONDAY and case.is_broken(decided)
    }
    assert worktime.unsettled(unbroken_at=decided) == (), "nothing is said to wait that will never move"


def check_messages(town: Town, expected: Expected) -> Counter[str]:
    """One message to each who has an address or a telephone, none to anybody else; return how they were told."""
    kept = {message.stream: message for message in Message.objects.filter(kind="calendar_moved").select_related("letter")}
    assert len(kept) == Message.objects.filter(kind="calendar_moved").count(), "somebody is told twice"
    ways: Counter[str] = Counter()
    told = dict(SettledPromise.objects.values_list("case__code", "told"))
    for case in town.planned:
        message = kept.pop(f"case:{case.code}", None)
        if case.place not in expected.moves or not case.told_by:
            assert message is None, f"place {case.place}: told of nothing, or without an address"
            if case.place in expected.moves:
                ways["nobody"] += 1
                assert told[case.code] is False
            continue
        assert message is not None, f"place {case.place} is not told"
        assert told[case.code] is (case.told_by == "email")
        name = {"submitter": f"nopthay{case.place}@example.vn", "email": f"nguoi{case.place}@example.vn"}.get(case.contact, "")
        assert message.letter.email == name
        at, _day = expected.moves[case.place]
        assert f"{at:%H:%M}" in message.letter.text
        assert "25/11/2026" in message.letter.text
        assert REASON in message.letter.text
        ways[notifications.Status(message.status).label] += 1
    assert not kept
    return ways


def check_pages(town: Town, expected: Expected, *, run: int, ways: Counter[str]) -> None:
    """The run's page counts and names what the oracle says; the citizen's page tells the new promise, why and by which rule."""
    ours = {case.code for case in town.planned if case.place in expected.moves and not case.elsewhere}
    page = town.desk.sign_in("quantri").page(f"/office/calendar/runs/{run}/")
    facts = dict(zip(*[[text_of(cell) for cell in page.select(f"dl.facts {tag}")] for tag in ("dt", "dd")], strict=True))
    moved, open_ones = len(expected.moves), sum(case.state == "running" and case.due is not None for case in town.planned)
    by_mail = sum(case.told_by == "email" for case in town.planned if case.place in expected.moves)
    shown = [facts[name].replace(".", "") for name in ("Lời hẹn dời", "Lời hẹn giữ nguyên", "Đã báo người nộp", "Phải gọi điện")]
    assert shown == [str(number) for number in (moved, open_ones - moved, by_mail, moved - by_mail)], f"{shown}, {ways}"
    sheet = town.desk.client.get(f"/office/calendar/runs/{run}/moved.csv").content.decode()
    assert {line.partition(",")[0] for line in sheet.splitlines()[1:]} == ours
    cache.clear()
    for moves in (True, False):
        some = [case for case in town.planned if case.due and case.state == "running" and (case.place in expected.moves) is moves]
        for case in some[:SHOWN]:
            row = Case.objects.get(code=case.code)
            told = text_of(town.desk.page(f"/ho-so/{row.code}/{row.secret}/").select_one("main"))
            assert ("Dời hẹn vì lịch làm việc thay đổi" in told) is moves
            if moves:
                assert f"{naive(row.due_at):%H:%M} thứ Tư 25/11/2026" in told
                assert f"{case.due[0]:%H:%M} thứ Hai 23/11/2026" in told
                assert REASON in told
                assert "dời sang ngày làm việc kế tiếp" in told


# --- The trial ---------------------------------------------------------------------------------------------------------


def tried(town: Town, *, decided: datetime) -> dict[int, tuple[object, ...]]:
    """Swap once with every check, settle again and again with none, send all, and return what became of each case."""
    expected = foretell(town.planned, decided=decided)
    began = monotonic()
    run = swap(town, decided=decided)
    seconds = monotonic() - began
    check_moves(town, expected, decided=decided)
    check_messages(town, expected)
    once, came = snapshot(), outcome(town)
    town.later(hours=1)
    settle_promises(run)
    assert changes(once, snapshot()) == {}, "the same run again"
    version = worktime.load_calendar().version
    anew = cases.open_settlement(calendar_version=version, at=town.desk.at, actor_post="Người khác", reason="Chạy lại")
    assert cases.settle(settlement_id=anew, at=town.desk.at) == 0
    assert set(changes(once, snapshot())) == {"cases_settlement"}, "another run over the same calendar leaves nothing but itself"
    printed = send_all(town.desk.at)
    ways = check_messages(town, expected)
    assert sum("ngày hẹn trả kết quả thay đổi" in line for line in printed) == ways[notifications.Status.PRINTED.label]
    sent = snapshot()
    settle_promises(run)
    assert changes(sent, snapshot()) == {}, "once more, after all was sent"
    check_pages(town, expected, run=run, ways=ways)
    show(town, expected, ways, decided=decided, seconds=seconds)
    return came


def show(town: Town, expected: Expected, ways: Counter[str], *, decided: datetime, seconds: float) -> None:
    """Print the table of the trial."""
    moved = Counter(KINDS[case.procedure] for case in town.planned if case.place in expected.moves)
    again = recounted(town.planned)
    stays = [case for case in town.planned if expected.whys.get(case.place) == "giữ nguyên" and case.place in again and case.due]
    later = sum(again[case.place] > case.due[1] for case in stays if case.due)
    earlier = sum(again[case.place] < case.due[1] for case in stays if case.due)
    whys = Counter(expected.whys.values())
    print(
        f"\nHoán đổi 23/11 làm bù 28/11, quyết định {naive(decided):%d/%m %H:%M}: {len(town.planned)} hồ sơ, còn mở {len(town.planned) - whys['đã xong']}"
    )
    print(f"  đang chạy, có hẹn: {len(expected.moves) + whys['giữ nguyên'] + whys['đã trễ']}")
    print(f"  dời 23/11 sang 25/11: {len(expected.moves)} ({', '.join(f'{kind} {count}' for kind, count in moved.most_common())})")
    print(f"  giữ nguyên: {whys['giữ nguyên']} (tính lại từ đầu thì {later} muộn hơn, {earlier} sớm hơn)")
    print(f"  không đụng: {', '.join(f'{why} {count}' for why, count in whys.most_common() if why != 'giữ nguyên')}")
    print(f"  báo: {', '.join(f'{way} {count}' for way, count in ways.items() if way != 'nobody')}; không có cách báo {ways['nobody']}")
    print(f"  {town.seconds:.1f} s nhận, {seconds:.1f} s hoán đổi và tính lại")


def backwards(monkeypatch: pytest.MonkeyPatch, *, chunk: int) -> None:
    """Let the run find the promises last first, so many at a time."""
    real = worktime.unsettled

    def found(
        calendar: worktime.Calendar | None = None,
        *,
        unbroken_at: datetime | None = None,
        limit: int | None = None,
        after_id: int | None = None,
    ) -> object:
        moves = [move for move in reversed(real(calendar, unbroken_at=unbroken_at)) if after_id is None or move.clock_id < after_id]
        return tuple(moves[:limit])

    monkeypatch.setattr(worktime, "unsettled", found)
    monkeypatch.setattr("cchc.cases.operations.settling.CHUNK", chunk)


def all_of_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[object, ...]]:
    """Try the Friday and the Monday, and the Friday in another order; each is rolled back. Return what the Friday gave."""
    for case in town.planned:
        assert case.code
    with undone():
        friday = tried(town, decided=FRIDAY_EVENING)
    with undone():
        more = plan_on_monday(len(town.planned) // 10, after=len(town.planned))
        file(town.office, more)
        fuller = replace(town, planned=[*town.planned, *more])
        tried(fuller, decided=MONDAY_MORNING)
        bites(fuller)
    with undone(), monkeypatch.context() as order:
        backwards(order, chunk=7)
        swap(town, decided=FRIDAY_EVENING, news_first_to_last=False)
        other = outcome(town)
    assert {place: (came, other[place]) for place, came in friday.items() if came != other[place]} == {}
    return friday


def bites(town: Town) -> None:
    """Make sure that the crowd tries every rule: broken that morning, and stays where a fresh count would move it either way."""
    expected, again = foretell(town.planned, decided=MONDAY_MORNING), recounted(town.planned)
    dues = {case.place: case.due[1] for case in town.planned if case.due}
    assert any(dues[place] == MONDAY for place, why in expected.whys.items() if why == "đã trễ")
    stays = {place for place, why in expected.whys.items() if why == "giữ nguyên"} & set(again)
    assert any(again[place] > dues[place] for place in stays)
    assert any(again[place] < dues[place] for place in stays)
    assert {KINDS[case.procedure] for case in town.planned if case.place in expected.moves} == {*KINDS.values()} - {"không thời hạn"}


def test_eighty_four_cases_move_stay_and_are_told_as_the_oracle_says_whatever_the_order(
    settle_in: Callable[..., Town], monkeypatch: pytest.MonkeyPatch
) -> None:
    with undone():
        friday = all_of_it(settle_in(84), monkeypatch)
    town = settle_in(84, shuffled=True)
    monkeypatch.setattr("cchc.cases.operations.settling.CHUNK", 1)
    swap(town, decided=FRIDAY_EVENING)
    assert outcome(town) == friday


@pytest.mark.long
def test_two_thousand_open_cases_move_stay_and_are_told_as_the_oracle_says_whatever_the_order(
    settle_in: Callable[..., Town], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = settle_in(2250)
    assert sum(case.state != "over" for case in town.planned) >= 2000
    friday = all_of_it(town, monkeypatch)
    assert sum(move is not None for _row, move, _letter in friday.values()) > 500
