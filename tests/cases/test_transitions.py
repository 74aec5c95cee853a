"""The table of states: whole, consistent, and never ahead of what is performed."""

from cchc.cases.rules.transitions import TABLE, open_from
from cchc.cases.terms import LIVE, NATIONAL_CODES, Act, Stage, Step
from cchc.identity.api import Right


def test_every_act_has_one_row() -> None:
    assert sorted(row.act for row in TABLE) == sorted(Act)


def test_the_national_codes_are_those_of_the_portal() -> None:
    assert NATIONAL_CODES[Stage.SUBMITTED] == 1
    assert NATIONAL_CODES[Stage.AWAITING_SUPPLEMENT] == 5
    assert NATIONAL_CODES[Stage.RETURNED] == 10


def test_rows_that_are_performed_name_a_right_of_the_vocabulary() -> None:
    assert {row.right for row in TABLE if row.performed} <= set(Right.values())


def test_nothing_is_offered_that_is_not_performed() -> None:
    for stage in Stage:
        for step in Step:
            assert all(row.performed for row in open_from(stage, step))


def test_every_live_place_reached_has_a_way_on() -> None:
    for row in TABLE:
        if row.performed and row.stage in LIVE:
            assert open_from(row.stage, row.step), f"{row.act} leads to a dead end"


def test_every_row_names_its_ground() -> None:
    assert all(row.basis for row in TABLE)
