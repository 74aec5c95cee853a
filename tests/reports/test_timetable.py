"""Who owes which form by which day: data that must not contradict themselves, and what a unit sees of them."""

from datetime import date, datetime
from typing import Any

import pytest

from cchc.kernel.local import VIETNAM
from cchc.reports import api as reports
from tests.reports.acting import LATE, OPEN, Tiers, locked, sent

ROW: dict[str, Any] = {
    "forms": ["ii06"],
    "kinds": ["quarter"],
    "level": "commune",
    "from": date(2020, 10, 21),
    "due_day": 16,
    "confidence": "own",
}


def parsed(*rows: dict[str, Any]) -> tuple[reports.Duty, ...]:
    return reports.parse_timetable({"duties": list(rows)}, kinds=["quarter", "year"])


def test_a_due_day_lies_in_the_last_month_of_the_period() -> None:
    (duty,) = parsed(ROW)
    assert reports.due_on(duty, date(2026, 12, 14)) == date(2026, 12, 16)
    assert reports.due_on(duty, date(2026, 3, 14)) == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_day": 31}, "phải là một ngày từ 1 đến 28"),
        ({"kinds": ["week"]}, "không phải là một kỳ báo cáo"),
        ({"level": "district"}, "không phải là một trong"),
        ({"confidence": "sure"}, "không phải là một trong"),
        ({"deadline": 1}, "không có nghĩa"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(reports.BadDefinition, match=sentence):
        parsed({**ROW, **change})


def test_a_mark_is_not_left_out() -> None:
    with pytest.raises(reports.BadDefinition, match="thiếu mục «confidence»"):
        parsed({name: value for name, value in ROW.items() if name != "confidence"})


def test_nobody_owes_a_form_twice() -> None:
    with pytest.raises(reports.BadDefinition, match="hai lần"):
        parsed(ROW, {**ROW, "due_day": 18})
    assert len(parsed({**ROW, "until": date(2027, 1, 1)}, {**ROW, "from": date(2027, 1, 1), "due_day": 18})) == 2


def test_the_reference_data_can_be_read_and_name_forms_that_are_there() -> None:
    found = reports.duties()
    assert {duty.level for duty in found} == set(reports.Level)
    on = {form.key for form in reports.definitions_on(date(2026, 12, 14))}
    assert {duty.form for duty in found} <= on | {"ii06"}


def due(unit: Any, at: datetime) -> list[tuple[str, str, date, object]]:
    return [
        (item.definition.key, item.period.label, item.due_on, item.state)
        for item in reports.owed(unit, today=at.astimezone(VIETNAM).date())
    ]


@pytest.mark.django_db
def test_a_commune_owes_the_quarter_that_ended_and_will_owe_the_one_that_runs(tiers: Tiers) -> None:
    found = [item for item in due(tiers.office.world.commune, OPEN) if item[0] == "ii06a"]
    # What was before the first file was reported elsewhere.
    assert found == [
        ("ii06a", "năm 2027", date(2027, 12, 16), None),
        ("ii06a", "quý I năm 2027", date(2027, 3, 16), None),
        ("ii06a", "quý IV năm 2026", date(2026, 12, 16), None),
        ("ii06a", "năm 2026", date(2026, 12, 16), None),
    ]
    assert [item[2] for item in due(tiers.province, OPEN) if item[:2] == ("ii06c", "quý IV năm 2026")] == [date(2026, 12, 25)]


@pytest.mark.django_db
def test_lateness_is_shown_before_and_after_sending(tiers: Tiers) -> None:
    commune = tiers.office.world.commune

    def quarter() -> reports.Owed:
        return next(item for item in reports.owed(commune, today=LATE.date()) if item.period.label == "quý IV năm 2026")

    assert (quarter().days_left(LATE.date()), quarter().days_late(LATE.date()), quarter().is_done) == (-1, 1, False)
    locked(tiers)
    assert quarter().state is reports.State.LOCKED
    reports.unlock_report(actor=tiers.actor("thu"), at=OPEN, code=quarter().code, seq=1, reason="Chốt nhầm")
    sent(tiers, at=LATE)
    assert (quarter().is_done, quarter().sent_on, quarter().days_late(date(2027, 1, 5))) == (True, LATE.date(), 1)
