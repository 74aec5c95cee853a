"""The ledger of a clock, without a database."""

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM, local_date
from cchc.worktime import api as worktime
from tests.worktime import worlds

Act = worktime.ClockAct
State = worktime.ClockState


class Ledger:
    """A clock without a database."""

    def __init__(self, term: str, calendar=None, schedule=None) -> None:
        self.limit = worktime.TimeLimit.parse(term)
        self.calendar = calendar or worktime.reference_calendar()
        self.schedule = schedule or worktime.reference_schedule()
        self.entries: tuple[worktime.LedgerEntry, ...] = ()

    def do(self, act: worktime.ClockAct, at: datetime | str, **more) -> "Ledger":
        moment = datetime.fromisoformat(at).replace(tzinfo=VIETNAM) if isinstance(at, str) else at
        entry = worktime.next_entry(
            limit=self.limit,
            entries=self.entries,
            act=act,
            at=moment,
            calendar=self.calendar,
            schedule=self.schedule,
            rule="thử",
            **more,
        )
        self.entries = (*self.entries, entry)
        return self

    @property
    def now(self) -> worktime.Projection:
        return worktime.project(limit=self.limit, entries=self.entries)

    def replay(self, calendar=None) -> worktime.Due:
        return worktime.replay(limit=self.limit, entries=self.entries, calendar=calendar or self.calendar, schedule=self.schedule)


def test_tells_the_story_of_the_mock_up():
    ledger = Ledger("5wd").do(Act.STARTED, "2026-11-13T09:12")
    assert ledger.now.due.due_date == date(2026, 11, 20)
    ledger.do(Act.PAUSED, "2026-11-17T15:20", reason="chờ bổ sung hồ sơ")
    assert (ledger.now.state, ledger.now.due, ledger.now.waiting_for) == (State.PAUSED, None, "chờ bổ sung hồ sơ")
    assert ledger.now.promised.due_date == date(2026, 11, 20)
    ledger.do(Act.RESTARTED, "2026-11-19T10:05")
    assert (ledger.now.state, ledger.now.due.due_date, ledger.now.waiting_for) == (State.RUNNING, date(2026, 11, 27), "")
    ledger.do(Act.FINISHED, "2026-11-27T18:00")
    assert (ledger.now.state, ledger.now.on_time, ledger.now.pauses, ledger.now.restarts) == (State.FINISHED, True, 1, 1)


@pytest.mark.parametrize(
    ("term", "paused", "resumed", "expected"),
    [
        ("5wd", "2026-11-17T15:20", "2026-11-19T10:05", "2026-11-25"),  # 3 working days were left.
        ("5wd", "2026-11-20T16:00", "2026-11-28T09:00", "2026-11-30"),  # None was left: the next working day.
        ("5wd", "2026-11-17T15:20", "2026-11-17T16:00", "2026-11-20"),
        ("7d", "2026-11-17T15:20", "2026-11-19T10:05", "2026-11-23"),  # The promise of 20 November, and 2 days; it rolls.
        ("1m", "2026-11-17T15:20", "2026-11-19T10:05", "2026-12-16"),  # 14 December is the promise (13 is a Sunday).
    ],
)
def test_gives_back_after_waiting_what_was_left(term, paused, resumed, expected):
    ledger = Ledger(term).do(Act.STARTED, "2026-11-13T09:12").do(Act.PAUSED, paused).do(Act.RESUMED, resumed)
    assert ledger.now.due.due_date.isoformat() == expected


def test_gives_back_hours_to_the_second():
    ledger = Ledger("8wh").do(Act.STARTED, "2026-11-19T09:00").do(Act.PAUSED, "2026-11-19T10:00:30").do(Act.RESUMED, "2026-11-20T16:00")
    assert ledger.now.due.due_at.isoformat() == "2026-11-23T14:59:30+07:00"  # 1 h on Friday, 5 h 59 min 30 s on Monday.


def test_does_not_mend_lateness_by_waiting():
    ledger = Ledger("1wd").do(Act.STARTED, "2026-11-13T09:00").do(Act.PAUSED, "2026-11-18T09:00").do(Act.RESUMED, "2026-11-30T09:00")
    assert ledger.now.due.due_date == date(2026, 11, 16)
    assert ledger.do(Act.FINISHED, "2026-11-30T10:00").now.on_time is False


@pytest.mark.parametrize(("paused", "kept"), [("2026-11-16T23:00", True), ("2026-11-17T00:00", False)])
def test_judges_a_clock_that_ends_while_it_waits_by_when_the_waiting_began(paused, kept):
    ledger = Ledger("1wd").do(Act.STARTED, "2026-11-13T09:00").do(Act.PAUSED, paused).do(Act.FINISHED, "2026-11-30T09:00")
    assert ledger.now.on_time is kept


@pytest.mark.parametrize(
    ("term", "finished", "kept"),
    [
        ("1wd", "2026-11-16T23:59:59", True),
        ("1wd", "2026-11-17T00:00:00", False),
        ("8wh", "2026-11-16T09:00:00", True),
        ("8wh", "2026-11-16T09:00:01", False),
    ],
)
def test_compares_dates_for_days_and_instants_for_hours(term, finished, kept):
    assert Ledger(term).do(Act.STARTED, "2026-11-13T09:00").do(Act.FINISHED, finished).now.on_time is kept


def test_extends_by_a_measure_or_until_a_day():
    ledger = Ledger("5wd").do(Act.STARTED, "2026-11-13T09:00")
    by = ledger.do(Act.EXTENDED, "2026-11-18T09:00", by=worktime.TimeLimit.parse("3wd"))
    assert (by.now.due.due_date, by.now.extensions) == (date(2026, 11, 26), 1)
    until = by.do(Act.EXTENDED, "2026-11-18T10:00", until=date(2026, 12, 1))
    assert (until.now.due.due_date, until.now.extensions) == (date(2026, 12, 1), 2)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "hoặc ngày hẹn mới"),
        ({"by": worktime.TimeLimit.parse("1wd"), "until": date(2026, 12, 1)}, "hoặc ngày hẹn mới"),
        ({"by": worktime.TimeLimit.parse("0wd")}, "lớn hơn 0"),
        ({"until": date(2026, 11, 20)}, "phải sau ngày đã hẹn"),
        ({"until": date(2026, 11, 24)}, "không phải ngày làm việc"),
    ],
)
def test_refuses_an_extension_that_is_none(more, sentence):
    ledger = Ledger("5wd").do(Act.STARTED, "2026-11-13T09:00")
    with pytest.raises(Refused, match=sentence):
        ledger.do(Act.EXTENDED, "2026-11-18T09:00", **more)


@pytest.mark.parametrize(
    ("acts", "act", "sentence"),
    [
        ([], Act.PAUSED, "chưa bắt đầu"),
        ([Act.STARTED], Act.STARTED, "không bắt đầu lần nữa"),
        ([Act.STARTED], Act.RESUMED, "đang chạy"),
        ([Act.STARTED, Act.PAUSED], Act.PAUSED, "đang chờ"),
        ([Act.STARTED, Act.PAUSED], Act.EXTENDED, "đang chờ"),
        ([Act.STARTED, Act.PAUSED], Act.CALENDAR_CHANGED, "đang chờ"),
        ([Act.STARTED, Act.FINISHED], Act.RESTARTED, "đã kết thúc"),
    ],
)
def test_refuses_what_its_state_does_not_allow(acts, act, sentence):
    ledger = Ledger("5wd")
    for done in acts:
        ledger.do(done, "2026-11-13T09:00")
    with pytest.raises(Refused, match=sentence):
        ledger.do(act, "2026-11-13T10:00")


def test_refuses_to_go_back_in_time_and_to_miss_an_entry():
    ledger = Ledger("5wd").do(Act.STARTED, "2026-11-13T09:00").do(Act.PAUSED, "2026-11-16T09:00")
    with pytest.raises(Refused, match="sớm hơn mục trước") as refusal:
        ledger.do(Act.RESUMED, "2026-11-16T08:59")
    assert refusal.value.field == "at"
    with pytest.raises(Refused, match="thiếu mục số 1"):
        worktime.project(limit=ledger.limit, entries=[worktime.LedgerEntry(**{**vars(ledger.entries[0]), "seq": 2})])


def test_moves_with_a_changed_calendar_only_when_told():
    ledger = Ledger("3wd").do(Act.STARTED, "2026-11-20T09:00")
    swap = [
        worktime.DayRow(date(2026, 11, 23), worktime.DayKind.SWAPPED_OFF, "hoán đổi", date(2026, 11, 28)),
        worktime.DayRow(date(2026, 11, 28), worktime.DayKind.MAKEUP_WORK, "hoán đổi", date(2026, 11, 23)),
    ]
    changed = worktime.Calendar.of([*ledger.calendar.rows.values(), *swap])
    assert ledger.now.due.due_date == date(2026, 11, 26)
    ledger.calendar = changed
    assert ledger.now.due.due_date == date(2026, 11, 26)
    ledger.do(Act.CALENDAR_CHANGED, "2026-11-20T16:00")
    assert ledger.now.due.due_date == date(2026, 11, 26)
    assert ledger.replay().due_date == date(2026, 11, 27)
    assert ledger.entries[-1].calendar_version == changed.version != ledger.entries[0].calendar_version


@given(st.integers(0, 2**32))
@settings(max_examples=200)
def test_replayed_on_its_own_calendar_makes_the_same_promise(seed):
    chance = random.Random(seed)
    ledger = random_ledger(chance)
    assert ledger.replay() == ledger.now.promised
    for length in range(1, len(ledger.entries) + 1):
        seen = worktime.project(limit=ledger.limit, entries=ledger.entries[:length])
        assert seen.promised == ledger.entries[length - 1].due
        assert (seen.due is None) == (seen.state is State.PAUSED)
        assert (seen.on_time is None) == (seen.state is not State.FINISHED)


@given(st.integers(0, 2**32))
@settings(max_examples=150)
def test_shifts_working_days_by_those_waited_and_leaves_hours_whole(seed):
    chance = random.Random(seed)
    calendar, schedule, _ = worlds.random_world(chance)
    table = worktime.Timetable(calendar, schedule)
    case = worlds.random_case(chance)
    ledger = Ledger(str(case.limit), calendar, schedule).do(Act.STARTED, case.instant)
    before = ledger.now.due
    paused = case.instant + (before.due_at - case.instant) * chance.random()
    resumed = paused + timedelta(minutes=chance.randrange(20_000))
    after = ledger.do(Act.PAUSED, paused).do(Act.RESUMED, resumed).now.due
    assert after.due_at >= before.due_at or after.due_date == before.due_date
    if case.unit == "wh":
        left = worktime.elapsed(start=paused, end=before.due_at, calendar=calendar, schedule=schedule)
        again = worktime.elapsed(start=resumed, end=after.due_at, calendar=calendar, schedule=schedule)
        assert again.working_minutes == left.working_minutes
    elif case.unit == "wd" and schedule.results_on_makeup_days and local_date(paused) < before.due_date:
        waited = table.days_between(local_date(paused), local_date(resumed))
        assert table.days_between(before.due_date, after.due_date) == waited


@given(st.integers(0, 2**32))
@settings(max_examples=100)
def test_restarted_forgets_what_went_before(seed):
    chance = random.Random(seed)
    ledger = random_ledger(chance, finish=False)
    at = ledger.entries[-1].at + timedelta(minutes=chance.randrange(5000))
    ledger.do(Act.RESTARTED, at)
    assert ledger.now.due == worktime.due(start=at, limit=ledger.limit, calendar=ledger.calendar, schedule=ledger.schedule)


def random_ledger(chance: random.Random, *, finish: bool = True) -> Ledger:
    """Return a clock with some random lawful acts."""
    calendar, schedule, _ = worlds.random_world(chance)
    case = worlds.random_case(chance)
    ledger = Ledger(str(case.limit), calendar, schedule).do(Act.STARTED, case.instant)
    moves = {
        State.RUNNING: [Act.PAUSED, Act.RESTARTED, Act.EXTENDED, Act.CALENDAR_CHANGED] + [Act.FINISHED] * finish,
        State.PAUSED: [Act.RESUMED, Act.RESTARTED] + [Act.FINISHED] * finish,
    }
    for _ in range(chance.randrange(8)):
        if ledger.now.state is State.FINISHED:
            break
        act = chance.choice(moves[ledger.now.state])
        more = {"by": worlds.random_case(chance).limit} if act is Act.EXTENDED else {}
        if more and more["by"].is_same_day:
            continue
        ledger.do(act, ledger.entries[-1].at + timedelta(minutes=chance.randrange(8000)), **more)
    return ledger
