"""Limits that an office sets: with a ground, from a day on, and back again."""

from datetime import date

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import RuleKey
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotAllowed
from tests.cases.office import FIVE, Office
from tests.world import NOW

SYSTEM = Actor.system("thử")


def value(day: date, procedure: str = "") -> str:
    return cases.bounds_on(day, procedure)[RuleKey.EXTENSIONS].value


def test_the_offices_own_holds_from_its_day_and_the_procedures_own_before_all(office: Office) -> None:
    cases.set_bound(actor=SYSTEM, at=NOW, key=RuleKey.EXTENSIONS, value="2", since=date(2026, 12, 1), source="QĐ 5")
    cases.set_bound(actor=SYSTEM, at=NOW, key=RuleKey.EXTENSIONS, value="0", since=date(2026, 12, 1), source="QĐ 6", procedure_code=FIVE)
    assert [value(date(2026, 11, 30)), value(date(2026, 12, 1)), value(date(2026, 12, 1), FIVE)] == ["1", "2", "0"]
    cases.clear_bound(actor=SYSTEM, at=NOW, key=RuleKey.EXTENSIONS, on=date(2026, 12, 5))
    assert [value(date(2026, 12, 4)), value(date(2026, 12, 5)), value(date(2026, 12, 5), FIVE)] == ["2", "1", "0"]
    assert [entry.act for entry in audit.entries("case_rules")][-3:] == ["bound_set", "bound_set", "bound_cleared"]


@pytest.mark.parametrize(
    ("key", "given", "source", "procedure", "field"),
    [
        (RuleKey.EXTENSIONS, "-1", "QĐ", "", "value"),
        (RuleKey.EXTENSIONS, "²", "QĐ", "", "value"),
        (RuleKey.EXTENSION_NOTICE, "1 ngày", "QĐ", "", "value"),
        (RuleKey.SUPPLEMENT_RESUME, "pause", "QĐ", "", "value"),
        (RuleKey.EXTENSIONS, "1", " ", "", "source"),
        (RuleKey.EXTENSIONS, "1", "QĐ", "không có", "procedure_code"),
    ],
)
def test_a_bad_value_is_told_at_its_place(office: Office, key: RuleKey, given: str, source: str, procedure: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        cases.set_bound(actor=SYSTEM, at=NOW, key=key, value=given, since=NOW.date(), source=source, procedure_code=procedure)
    assert set(refusal.value.problems) == {field}


def test_not_everybody_sets_them(office: Office) -> None:
    with pytest.raises(NotAllowed):
        cases.set_bound(actor=office.actor("hoa"), at=NOW, key=RuleKey.EXTENSIONS, value="9", since=NOW.date(), source="QĐ")
