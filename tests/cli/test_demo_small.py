"""A small demo is a whole one: every kind of life a file can have is in it, and it is as sound as the great one."""

from datetime import date
from typing import Any

import pytest

from cchc.audit import api as audit
from cchc.cli import demo
from cchc.cli.demo.cast import script
from cchc.worktime import api as worktime
from tests.cli.test_demo import assert_sound

UNTIL = date(2026, 11, 23)
CASES = 70


@pytest.fixture
def told(db: None) -> dict[str, Any]:
    return demo.seed_demo(until=UNTIL, cases=CASES, progress=lambda _line: None)


def test_every_kind_of_life_is_in_it_and_all_is_sound(told: dict[str, Any]) -> None:
    assert told["cases"] == CASES
    # In a small story some lives find no file whose term and day would allow them; most do.
    wanted = {row["name"] for row in script("story")["fate"]}
    assert len(wanted & set(told["fates"])) >= len(wanted) - 6
    assert_sound()
    assert worktime.inconsistencies() == ()
    assert audit.verify().holds
