"""A changed calendar: which promises move, which stay, who is told."""

from datetime import date

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import Act
from cchc.cases.models import Case
from cchc.kernel.actor import Actor
from cchc.notifications.models import Message
from cchc.worktime import api as worktime
from tests.cases.office import Office, moment
from tests.world import NOW, citizen

SYSTEM = Actor.system("thử")


def close(*days: date, at=NOW) -> int:
    """Close days and open the run, as the event does."""
    for day in days:
        worktime.set_day(actor=SYSTEM, at=at, day=day, kind=worktime.DayKind.HOLIDAY, name="Nghỉ thử", source="Công điện thử")
    return cases.open_settlement(calendar_version=worktime.load_calendar().version, at=at, actor_post="Quản trị", reason="Công điện thử")


def test_a_closed_monday_moves_its_promises_behind_the_holiday_and_no_other(office: Office) -> None:
    told = office.processing("9.500003", at=moment(23, 8))
    moved = office.receive("9.500002", at=moment(18, 9), owner=citizen())
    stayed = office.receive("9.500002", at=moment(20, 9))
    assert {Case.objects.get(code=code).due_date for code in (told, moved)} == {date(2026, 11, 23)}
    run = close(date(2026, 11, 23), at=moment(23, 9))
    assert cases.settle(settlement_id=run, at=moment(23, 10)) == 2
    assert Case.objects.get(code=moved).due_at == moment(25, 16)
    assert Case.objects.get(code=moved).first_due_at == moment(23, 16)
    assert Case.objects.get(code=stayed).due_at == moment(26, 16)
    entry = audit.entries(f"case:{moved}")[-1]
    assert (entry.act, entry.public["reason"], entry.public["asked_by"]) == (Act.SETTLE, "Công điện thử", "Quản trị")
    before = [Case.objects.get(code=code).revision for code in (told, moved, stayed)]
    assert cases.settle(settlement_id=run, at=moment(23, 11)) == 2
    assert [Case.objects.get(code=code).revision for code in (told, moved, stayed)] == before
    assert worktime.inconsistencies() == ()


def test_a_day_closed_afterwards_mends_no_broken_promise_and_stops_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    # One at a time: those that cannot move must not hide those behind them.
    monkeypatch.setattr("cchc.cases.operations.settling.CHUNK", 1)
    broken = office.processing("9.500003", at=moment(20, 9))
    open_one = office.processing("9.500002", at=moment(20, 10))
    run = close(date(2026, 11, 20), date(2026, 11, 26), at=moment(23))
    assert cases.settle(settlement_id=run, at=moment(23)) == 1
    assert Case.objects.get(code=open_one).due_at == moment(27, 16)
    assert Case.objects.get(code=broken).due_at == moment(20, 16)


def test_an_hour_that_had_passed_when_its_day_was_closed_stays_broken(office: Office) -> None:
    broken, running = (office.processing("9.500004", at=moment(19, hour)) for hour in (14, 16))
    assert [Case.objects.get(code=code).due_at for code in (broken, running)] == [moment(23, 8), moment(23, 10)]
    run = close(date(2026, 11, 23), at=moment(23, 9))
    assert cases.settle(settlement_id=run, at=moment(23, 9)) == 1
    assert [Case.objects.get(code=code).due_at for code in (broken, running)] == [moment(23, 8), moment(25, 10)]


def test_a_day_withdrawn_and_closed_again_is_a_run_of_its_own_that_tells_anew(office: Office) -> None:
    day, at = date(2026, 11, 23), moment(18, 10)
    code = office.processing("9.500002", at=moment(18, 9))
    first = close(day, at=at)
    cases.settle(settlement_id=first, at=at)
    worktime.remove_day(actor=SYSTEM, at=moment(18, 11), day=day, reason="Nhập nhầm")
    cases.return_for_supplement(actor=office.actor("phuc"), at=moment(18, 13), code=code, items=["Đơn"], reason="Thiếu")
    cases.resume(actor=office.actor("nhan"), at=moment(18, 14), code=code)
    assert Case.objects.get(code=code).due_date == day
    second = close(day, at=moment(18, 15))
    assert second != first
    assert cases.settle(settlement_id=second, at=moment(18, 15)) == 1
    assert Case.objects.get(code=code).due_at == moment(25, 16)
    assert Message.objects.filter(kind="calendar_moved", stream=f"case:{code}").count() == 2


def test_a_run_killed_in_the_middle_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [office.receive("9.500002", at=moment(18, 9)) for _ in range(5)]
    run = close(date(2026, 11, 23))
    real, count = worktime.settle_clock, iter(range(10))

    def dies(**given: object) -> worktime.ClockView:
        if next(count) == 3:
            raise RuntimeError("killed")
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(worktime, "settle_clock", dies)
    with pytest.raises(RuntimeError):
        cases.settle(settlement_id=run, at=NOW)
    monkeypatch.undo()
    assert cases.settle(settlement_id=run, at=NOW) == 5
    for code in codes:
        assert [entry.act for entry in audit.entries(f"case:{code}")].count(Act.SETTLE) == 1
        assert Case.objects.get(code=code).due_at == moment(25, 16)
