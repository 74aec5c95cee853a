"""Random lives, beside a second opinion written by hand."""

import time
from collections import Counter

import pytest

from tests.cases.lives import walk
from tests.cases.office import Office

TOGETHER, ACTS = 10, 14


def story(office: Office, *, first: int, lives: int) -> tuple[Counter, Counter]:
    """Walk so many lives, ten side by side, and say how many acts were done and how many refused."""
    begun, done, refused = time.monotonic(), Counter(), Counter()
    for seed in range(first, first + lives // TOGETHER):
        walked = walk(office, seed=seed, lives=TOGETHER, acts=ACTS)
        done += walked.done
        refused += walked.refused
    seconds = time.monotonic() - begun
    print(f"{lives} lives, seeds {first}..{first + lives // TOGETHER - 1}, {seconds:.0f} s: {done.total()} acts, {refused.total()} refused")
    print(f"done: {dict(sorted(done.items()))}")
    print(f"refused: {dict(sorted(refused.items()))}")
    return done, refused


def test_a_few_hundred_acts_end_as_the_second_opinion_says(office: Office) -> None:
    done, refused = story(office, first=1, lives=30)
    assert done.total() > 100
    assert refused.total() > 40


@pytest.mark.long
@pytest.mark.parametrize("part", range(2))
def test_ten_thousand_lives_end_as_the_second_opinion_says(fresh_database: object, office: Office, part: int) -> None:
    done, refused = story(office, first=1_000 + part * 500, lives=5_000)
    assert all(done[act] > 20 for act in refused)
