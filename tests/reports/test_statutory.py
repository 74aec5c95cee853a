"""Statutory forms filled from figures: of a commune by field, of a province by agency, and the same numbers in every file."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from docx import Document

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.kernel.errors import NotFound
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.reports import api as reports
from cchc.reports.queries.statutory import previous
from tests.cases.office import Office
from tests.world import NOW

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 9, 15), date(2026, 12, 15))


@pytest.fixture
def office(crowded_office: Office) -> Office:
    """Return the office with its files."""
    return crowded_office


def filled(unit: organisations.UnitView, period: Period = QUARTER, key: str = "ii06") -> reports.FilledForm:
    return reports.statutory(key, unit=unit, period=period, at=NOW)


def numbers(form: reports.FilledForm) -> dict[str, list[object]]:
    return {row.label: [value for value in row.cells.values() if isinstance(value, int)] for row in form.rows}


def test_a_commune_by_field(office: Office) -> None:
    form = filled(office.world.commune)
    assert form.definition.key == "ii06a"
    assert form.header.period_label == "quý IV năm 2026"
    # STT, (3) … (13): three births, all late; seven trial files, five done early, two late by now.
    assert numbers(form) == {
        "Hộ tịch": [1, 3, 0, 3, 0, 0, 0, 0, 0, 3, 0, 3],
        "Lĩnh vực thử": [2, 7, 0, 7, 0, 5, 5, 0, 0, 2, 0, 2],
    }
    assert form.notes == ("Kỳ chưa hết: số liệu đến hết ngày 20/11/2026.",)
    assert [checked.difference for checked in form.identity] == [0]


def test_a_province_by_agency(office: Office) -> None:
    province = organisations.ancestors_on(office.world.commune.id, NOW.date())[-1]
    form = filled(province)
    assert form.definition.key == "ii06c"
    assert {label: row[1] for label, row in numbers(form).items()} == {"Xã Mai Hoa": 6, "Xã Vũ Quang": 10}


def test_what_ended_without_a_result_explains_the_difference(office: Office) -> None:
    code = office.receive("9.500002", at=datetime(2026, 11, 18, 9, tzinfo=VIETNAM))
    cases.withdraw(actor=office.actor("hoa"), at=NOW, code=code, asked_by="Đơn ngày 20/11", reason="Không cần nữa", fee_remark="Không thu")
    figures.refresh()
    (checked,) = filled(office.world.commune).identity
    assert (checked.difference, checked.unexplained) == (1, 0)
    assert checked.explanations == (("Rút, dừng, từ chối: kết thúc không có kết quả", 1),)


def test_a_form_that_is_not_in_force_is_not_offered_for_its_time(office: Office) -> None:
    with pytest.raises(NotFound, match="Không có mẫu biểu «ii07a» áp dụng ngày 20/11/2026"):
        filled(office.world.commune, key="ii07a")
    old = filled(office.world.commune, Period(date(2019, 12, 15), date(2020, 3, 15)), key="ii07a")
    assert old.definition.key == "ii07a"
    assert old.rows == ()


def xlsx_cells(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(BytesIO(data), data_only=True).worksheets[0]
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def docx_cells(data: bytes) -> list[list[object]]:
    return [[cell.text for cell in row.cells] for table in Document(BytesIO(data)).tables for row in table.rows]


def test_every_file_says_what_the_data_say(office: Office) -> None:
    form = filled(office.world.commune)
    wanted = [[row["cells"][key] for key in row["cells"]] for row in form.as_json()["rows"]]
    for cells in (xlsx_cells(reports.to_xlsx(form, at=NOW)), docx_cells(reports.to_docx(form, at=NOW))):
        found = [row for row in cells if len(row) > 1 and str(row[1]) in {"Hộ tịch", "Lĩnh vực thử"}]
        assert [[str(value) for value in row] for row in found] == [[str(value) for value in row] for row in wanted]


def test_the_period_before_is_of_the_same_kind() -> None:
    assert previous(QUARTER) == Period(date(2026, 6, 15), date(2026, 9, 15))
    assert previous(Period(date(2025, 12, 15), date(2026, 12, 15))) == Period(date(2024, 12, 15), date(2025, 12, 15))
    assert previous(Period(date(2026, 11, 1), date(2026, 11, 11))) == Period(date(2026, 10, 22), date(2026, 11, 1))


def test_each_difference_is_told(office: Office) -> None:
    october = Period(date(2026, 10, 15), date(2026, 11, 15))
    now, before, changes = reports.with_differences("ii06", unit=office.world.commune, period=october, at=NOW)
    assert (now.header.period_label, before.header.period_label) == ("tháng 11 năm 2026", "tháng 10 năm 2026")
    assert changes.totals[0].change == 10
