"""Definitions of forms … (the data in the repository, and data that contradict themselves)."""

import copy
import tomllib
from datetime import date

import pytest
from django.conf import settings

from cchc.kernel.errors import NotFound
from cchc.reports import api as reports

FOLDER = settings.SEEDS / "reference" / "reports"
II06 = ("ii06a", "ii06c", "ii06d")


def data(key="ii06a"):
    return tomllib.loads((FOLDER / key / "definition.toml").read_text(encoding="utf-8"))


def refused(change):
    given = copy.deepcopy(data())
    change(given)
    with pytest.raises(reports.BadDefinition) as caught:
        reports.parse(given)
    return str(caught.value)


def test_all_are_read():
    keys = [form.key for form in reports.read_definitions(FOLDER)]
    assert keys == ["digitisation", "feedback", "ii06a", "ii06c", "ii06d", "ii07a", "lateness_causes", "payment", "register"]


@pytest.mark.parametrize("key", II06)
def test_the_head_of_ii06_is_that_of_the_dossier(key):
    form = reports.definition_on(key, date(2026, 9, 15))
    assert form.form_number == f"Biểu số II.06{key[-1]}/VPCP/KSTT"
    assert form.unit_of_count == "Số hồ sơ TTHC"
    assert [(leaf.number, leaf.heading, leaf.formula.text if leaf.formula else None) for leaf in form.leaves] == [
        ("(1)", "STT", None),
        ("(2)", "Lĩnh vực giải quyết" if key == "ii06a" else "Đơn vị giải quyết", None),
        ("(3)", "Tổng số", "(4)+(5)+(6)"),
        ("(4)", "Trực tuyến", None),
        ("(5)", "Trực tiếp, dịch vụ bưu chính", None),
        ("(6)", "Từ kỳ trước", None),
        ("(7)", "Tổng số", "(8)+(9)+(10)"),
        ("(8)", "Trước hạn", None),
        ("(9)", "Đúng hạn", None),
        ("(10)", "Quá hạn", None),
        ("(11)", "Tổng số", "(12)+(13)"),
        ("(12)", "Trong hạn", None),
        ("(13)", "Quá hạn", None),
    ]
    assert [check.text for check in form.checks] == ["(3) = (7) + (11)"]
    assert [(cell.row, cell.column, cell.rows, cell.columns, cell.heading) for cell in reports.head_cells(form.columns)][:8] == [
        (0, 0, 3, 1, "STT"),
        (0, 1, 3, 1, form.leaves[1].heading),
        (0, 2, 1, 4, "Số lượng hồ sơ tiếp nhận"),
        (0, 6, 1, 4, "Số lượng hồ sơ đã giải quyết"),
        (0, 10, 1, 3, "Số lượng hồ sơ đang giải quyết"),
        (1, 2, 2, 1, "Tổng số"),
        (1, 3, 1, 2, "Trong kỳ"),
        (1, 5, 2, 1, "Từ kỳ trước"),
    ]


@pytest.mark.parametrize("key", ["ii06a", "ii06c", "ii06d", "ii07a", "lateness_causes", "register"])
def test_the_head_covers_every_cell_once(key):
    form = next(form for form in reports.read_definitions(FOLDER) if form.key == key)
    covered = [
        (row, column)
        for cell in reports.head_cells(form.columns)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    depth = reports.head_depth(form.columns)
    assert sorted(covered) == [(row, column) for row in range(depth) for column in range(len(form.leaves))]


def test_what_no_source_shows_is_marked():
    for form in reports.read_definitions(FOLDER):
        assert any(mark.confidence is reports.Confidence.OWN for mark in form.marks), form.key
    ii06d = reports.definition_on("ii06d", date(2026, 9, 15))
    assert ii06d.marks[0].confidence is reports.Confidence.UNVERIFIED


def test_the_old_form_ends_where_the_new_one_begins():
    assert reports.definition_on("ii07a", date(2020, 10, 20)).legal_basis.startswith("Thông tư 02/2017")
    with pytest.raises(NotFound, match="ii07a"):
        reports.definition_on("ii07a", date(2020, 10, 21))
    assert {"ii06a", "ii06c"} <= {form.key for form in reports.definitions_on(date(2020, 10, 21))}


def test_a_formula_with_an_unknown_column_is_refused():
    assert "(99)" in refused(lambda given: given["columns"][2]["columns"][0].update(formula="(4)+(99)"))
    assert "(2)" in refused(lambda given: given.update(checks=["(3) = (2)"]))


def test_a_circle_is_refused():
    def turn(given):
        for name, text in (("(4)", "(5)+(6)"), ("(5)", "(4)+(6)")):
            column = next(row for row in given["columns"][2]["columns"][1]["columns"] if row["number"] == name)
            del column["figure"]
            column["formula"] = text

    assert "(4) → (5) → (4)" in refused(turn)


def test_doubles_are_refused():
    assert "«online»" in refused(lambda given: given["columns"][2]["columns"][2].update(key="online"))
    assert "«(4)»" in refused(lambda given: given["columns"][2]["columns"][2].update(number="(4)"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda given: given.pop("title"), "title"),
        (lambda given: given.update(titel="x"), "titel"),
        (lambda given: given.update(rows="colour"), "colour"),
        (lambda given: given.update(until=date(2020, 1, 1)), "rỗng"),
        (lambda given: given["columns"][2]["columns"][0].update(formula="(4)*(5)"), "không đọc được"),
        (lambda given: given["columns"][2]["columns"][0].update(figure="cases.x"), "một trong hai"),
        (lambda given: given["columns"][2].update(key="received_group"), "cột con"),
        (lambda given: given["columns"][1].update(kind="text"), "đúng một cột tên dòng"),
        (lambda given: given.update(checks=["(3)"]), "dấu bằng"),
        (lambda given: given.update(sheet="II/06"), "trang tính"),
    ],
)
def test_what_contradicts_itself_is_refused(change, words):
    assert words in refused(change)


def test_two_forms_of_one_key_on_one_day_are_refused(tmp_path):
    text = (FOLDER / "ii06a" / "definition.toml").read_text(encoding="utf-8")
    for name, first in (("one", "2020-10-21"), ("two", "2027-01-01")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "definition.toml").write_text(text.replace("from = 2020-10-21", f"from = {first}"), encoding="utf-8")
    with pytest.raises(reports.BadDefinition, match="01/01/2027"):
        reports.read_definitions(tmp_path)
    (tmp_path / "one" / "definition.toml").write_text(text.replace("from =", "until = 2027-01-01\nfrom ="), encoding="utf-8")
    assert len(reports.read_definitions(tmp_path)) == 2


def test_a_file_that_is_wrong_is_named(tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "definition.toml").write_text("key = ", encoding="utf-8")
    with pytest.raises(reports.BadDefinition, match=r"broken/definition\.toml"):
        reports.read_definitions(tmp_path)
