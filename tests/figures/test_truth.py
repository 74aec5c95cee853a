"""Whatever is done, however late it is typed in, the figures are what one counts going through the files by hand."""

from pathlib import Path
from time import monotonic

import pytest

from tests.figures.truth import Tally, walk

SEED = 20_260_215
ON_FILES = (
    *("receive", "receive_immediate", "ask_supplement", "accept_supplemented", "forward", "assign", "submit", "approve", "hand_over"),
    *("return_for_supplement", "resume", "ask_payment", "confirm_payment", "extend", "apologise", "withdraw", "stop", "recall"),
    *("refuse_after_appraisal", "hand_over_refusal", "refuse_unsupplemented", "correct", "correct_result", "import", "rehouse"),
)
ON_DAYS = ("set_day", "swap_days", "edit_day", "remove_day")
ON_UNITS = ("unit moved", "unit merged into another", "units merged into a new one", "unit replaced", "unit split", "unit created")


def told(folder: Path, *, seed: int, operations: int, **how: int) -> Tally:
    """Walk, and say what was done, refused and compared."""
    begun = monotonic()
    tally = walk(seed=seed, operations=operations, folder=folder, **how)
    print(f"\nseed {seed}, {monotonic() - begun:.0f} s: {tally.operations} operations, {tally.refused.total()} of them refused")
    print(f"refreshed {tally.refreshed} times, verified {tally.verified}, rebuilt {tally.rebuilt};", end=" ")
    print(f"{tally.questions} questions, {tally.numbers} numbers compared, {tally.listed} lists counted, {tally.held} held")
    print(f"done: {dict(sorted(tally.done.items()))}")
    print(f"refused: {dict(sorted(tally.refused.items()))}")
    print(f"followed: {dict(sorted(tally.followed.items()))}")
    return tally


def test_after_some_operations_the_figures_are_true(db, tmp_path):
    tally = told(tmp_path, seed=SEED, operations=250, days=60, asked_every=25, verified_every=125)
    assert tally.done["receive"] > 30
    assert tally.numbers > 300


@pytest.mark.long
def test_after_ten_thousand_operations_the_figures_are_true(fresh_database, request, tmp_path):
    # The seed of the run, which its first line names: ``--randomly-seed`` repeats it.
    seed = request.config.getoption("randomly_seed")
    tally = told(tmp_path, seed=seed, operations=10_000, days=270, asked_every=40, verified_every=500)
    assert tally.numbers > 10_000
    assert [kind for kind in (*ON_FILES, *ON_DAYS, *ON_UNITS) if tally.done[kind] < 2] == []
