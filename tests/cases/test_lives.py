"""Random lives, beside a second opinion written by hand."""

import time

import pytest

from tests.cases.lives_machine import ACTS, Tally, walk
from tests.cases.office import Office

PARTS, LIVES = 2, 10_000


def told(office: Office, *, lives: int, seed: int) -> Tally:
    """Walk, and say how many lives there were, how many acts were done and how many refused."""
    begun = time.monotonic()
    tally = walk(office, lives=lives, seed=seed)
    seconds = time.monotonic() - begun
    print(f"{tally.lives} lives in {tally.walks} walks, seeds from {seed}, {seconds:.0f} s:", end=" ")
    print(f"{tally.done.total()} acts done, {tally.refused.total()} refused")
    print(f"done: {dict(sorted(tally.done.items()))}")
    print(f"refused: {dict(sorted(tally.refused.items()))}")
    print(f"finished: {dict(sorted(tally.finished.items()))}")
    return tally


def test_a_few_lives_go_as_the_second_opinion_says(office: Office) -> None:
    tally = told(office, lives=30, seed=1)
    assert tally.lives >= 30
    assert tally.done.total() > 100
    assert tally.refused.total() > 40


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_lives_go_as_the_second_opinion_says(fresh_database: object, office: Office, part: int) -> None:
    tally = told(office, lives=LIVES // PARTS, seed=(part + 1) * LIVES)
    assert tally.lives >= LIVES // PARTS
    assert {act: (tally.done[act], tally.refused[act]) for act in ACTS if min(tally.done[act], tally.refused[act]) <= 20} == {}
