"""Every figure that is registered can be asked in every way it says, and is the number of files that it opens."""

import re
from datetime import date

import pytest

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.kernel.errors import Invalid, NotAllowed, Refused
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from tests.cases.office import Office
from tests.world import NOW

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
KEYS = [item.figure.key for item in figures.measures()]
# Their value is no count of the files they open.
OTHER = {
    "cases.integrity.acceptance_hours",
    "cases.integrity.handover_hours",
    "cases.steps_on_time",
    "cases.paid_by_transfer",
    "cases.working_days_median",
    "cases.working_days_p90",
}


@pytest.fixture
def office(crowded_office: Office) -> Office:
    """Return the office with its files."""
    return crowded_office


def test_there_are_many_and_each_says_what_it_is():
    assert len(KEYS) >= 40
    for item in figures.measures():
        figure = item.figure
        assert figure.label
        assert figure.definition.endswith(".")
        assert figure.formula
        assert re.fullmatch(r"[a-z][a-z0-9]*(\.[A-Za-z0-9_]+)+", figure.key)
        assert all(key in KEYS for key in figure.beside), figure.beside


def test_each_can_be_cut_as_it_says_and_the_parts_are_the_whole(office: Office):
    for key in KEYS:
        _parts_are_the_whole(office, key)


def _parts_are_the_whole(office: Office, key: str) -> None:
    measure = figures.measure(key)
    unit = office.world.commune.id
    whole = figures.figure_table(key, unit_id=unit, period=NOVEMBER).total
    for cut in measure.figure.by:
        table = figures.figure_table(key, unit_id=unit, period=NOVEMBER, by=[cut])
        additive = measure.figure.unit == "hồ sơ" or whole.of is not None
        if additive and not (cut is Dimension.MONTH and (measure.figure.at_end or key == "cases.ii06.carried")):
            assert sum(line.number for line in table.lines) == whole.number, (key, cut)
            assert sum(line.of or 0 for line in table.lines) == (whole.of or 0), (key, cut)


def test_each_opens_as_many_files_as_it_counts(office: Office):
    for key in KEYS:
        if figures.measure(key).part and key not in OTHER:
            _opens_what_it_counts(office, key)


def _opens_what_it_counts(office: Office, key: str) -> None:
    unit = office.world.commune.id
    for only in ({}, {Dimension.FIELD: "Lĩnh vực thử"}, {Dimension.CHANNEL: "counter"}, {Dimension.PROCEDURE: "9.500002"}):
        table = figures.figure_table(key, unit_id=unit, period=NOVEMBER, only=only)
        assert cases.count_behind(key=key, asked=figures.Asked(unit, NOVEMBER, (), only)) == table.total.number


def test_a_level_is_its_units_together(office: Office):
    province = organisations.unit("42", on=NOW.date()).id
    keys = [key for key in KEYS if Dimension.LEVEL in figures.measure(key).figure.by]
    assert len(keys) > 20
    for key in keys:
        units, levels = (
            figures.figure_table(key, unit_id=province, period=NOVEMBER, by=[cut]) for cut in (Dimension.UNIT, Dimension.LEVEL)
        )
        kinds = {
            str(unit_id): view.kind.value
            for unit_id, view in organisations.units_on([line.key[0] for line in units.lines], NOW.date()).items()
        }
        summed: dict[str, list[float]] = {}
        for line in units.lines:
            both = summed.setdefault(kinds[str(line.key[0])], [0, 0])
            both[0] += line.number
            both[1] += line.of or 0
        assert {line.key[0]: [line.number, line.of or 0] for line in levels.lines} == summed, key


def test_a_level_is_told_month_by_month(office: Office):
    province, autumn = organisations.unit("42", on=NOW.date()).id, Period(date(2026, 10, 1), date(2026, 12, 1))
    for key in ("cases.received", "cases.ii06.open", "cases.on_time_share"):
        by_unit, by_level = (
            figures.figure_table(key, unit_id=province, period=autumn, by=[cut, Dimension.MONTH])
            for cut in (Dimension.UNIT, Dimension.LEVEL)
        )
        assert {line.key[1] for line in by_level.lines} == {line.key[1] for line in by_unit.lines}
        assert {line.key[0] for line in by_level.lines} == {"commune"}
        for month in {line.key[1] for line in by_unit.lines}:
            units, (level,) = ([line for line in table.lines if line.key[1] == month] for table in (by_unit, by_level))
            assert (level.number, level.of or 0) == (sum(line.number for line in units), sum(line.of or 0 for line in units)), (key, month)


@pytest.mark.parametrize("cut", [Dimension.MONTH, Dimension.LEVEL])
def test_what_is_no_single_value_cannot_narrow_a_question(office: Office, cut: Dimension):
    with pytest.raises(Refused, match="Không lọc được theo"):
        figures.figure_table("cases.received", unit_id=office.world.commune.id, period=NOVEMBER, only={cut: "2026-11"})


def test_what_nobody_has_imported_or_nothing_can_be_told_of_is_no_nought(office: Office):
    for key in ("qd766.PUBLISH_ON_TIME", "cases.integrity.handover_hours"):
        total = figures.figure_table(key, unit_id=office.world.other_commune.id, period=NOVEMBER).total
        assert (total.value, total.of) == (None, None), key


def test_an_imported_value_is_of_its_unit_and_period_alone(office: Office):
    text = f"key,unit,from,to,numerator,denominator\nqd766.PUBLISH_ON_TIME,{office.world.commune.code},2026-11-01,2026-11-30,9,12\n"
    with pytest.raises(NotAllowed):
        figures.import_values(actor=office.actor("nhan"), at=NOW, content=text.encode(), source="Cổng, 01/12/2026")
    assert figures.import_values(actor=office.actor("thu"), at=NOW, content=text.encode(), source="Cổng, 01/12/2026") == 1
    ask = {"key": "qd766.PUBLISH_ON_TIME", "unit_id": office.world.commune.id}
    assert str(figures.figure_table(**ask, period=NOVEMBER).total.value) == "75.00"
    assert figures.figure_table(**ask, period=Period(date(2026, 11, 1), date(2026, 11, 15))).total.value is None
    wrong = "key,unit,from,to,numerator,denominator\ncases.received,18313,2026-11-01,2026-11-30,9,\nqd766.PUBLISH_ON_TIME,18313,x,2026-11-30,-1,2\n"
    with pytest.raises(Invalid) as refused:
        figures.import_values(actor=office.actor("thu"), at=NOW, content=wrong.encode(), source="x")
    assert list(refused.value.problems) == ["line 2", "line 3"]
