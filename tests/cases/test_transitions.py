"""The table of states: whole, consistent, and without a dead end."""

import pytest

from cchc.cases.rules.transitions import TABLE, open_from, require, row_at, rows
from cchc.cases.terms import LIVE, NATIONAL_CODES, Act, Stage, Step
from cchc.identity.api import Right
from cchc.kernel.errors import Conflict

# These are no moves of the table: an answer from another unit, a signature for a batch, what the system does after a change below.
BESIDE = {Act.ANSWER, Act.TAKE_OVER, Act.SETTLE, Act.REHOUSE}


def test_every_act_has_a_row() -> None:
    assert {row.act for row in TABLE} == set(Act) - BESIDE


def test_only_sending_back_has_a_row_for_each_who_may() -> None:
    assert {act for act in Act if len(rows(act)) > 1} == {Act.SEND_BACK}


def test_the_national_codes_are_those_of_the_portal() -> None:
    assert NATIONAL_CODES[Stage.SUBMITTED] == 1
    assert NATIONAL_CODES[Stage.AWAITING_SUPPLEMENT] == 5
    assert NATIONAL_CODES[Stage.RETURNED] == 10


def test_rows_name_a_right_of_the_vocabulary() -> None:
    assert {row.right for row in TABLE} <= set(Right.values())


def test_one_place_has_one_row_of_an_act() -> None:
    for stage in Stage:
        for step in Step:
            acts = [row.act for row in open_from(stage, step)]
            assert len(acts) == len(set(acts)), (stage, step)


def test_every_live_place_reached_has_a_way_on() -> None:
    moves = {row.act for row in TABLE if row.stage is not None and row.step is not None}
    for row in TABLE:
        if row.stage in LIVE and row.step is not None:
            assert any(item.act in moves for item in open_from(row.stage, row.step)), f"{row.act} leads to a dead end"


def test_nothing_withdraws_or_stops_what_was_decided() -> None:
    for act in (Act.WITHDRAW, Act.STOP):
        for stage in (Stage.FINISHED, Stage.RETURNED, Stage.REFUSED):
            with pytest.raises(Conflict):
                require(act=act, stage=stage, step=Step.HAND_OVER)


def test_a_row_that_does_not_fit_still_tells_its_right() -> None:
    assert row_at(Act.APPROVE, Stage.ACCEPTED, Step.FORWARD).right == "cases:case:approve"


def test_every_row_names_its_ground() -> None:
    assert all(row.basis for row in TABLE)
