"""Published files become versions; twice adds nothing; what is not certain is listed; a wrong file is refused whole."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused
from cchc.procedures import api
from tests.procedures.drafts import AT, SYSTEM

pytestmark = pytest.mark.django_db
RECORDS = Path(__file__).resolve().parents[1] / "data" / "procedures" / "procedures.jsonl"
DAY = date(2026, 11, 23)


def workbook(
    path: Path, rows: list[list[str]], header: tuple[str, ...] = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
) -> Path:
    """Write a list as the portal exports it: a motto over the whole width, then the header, then the rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách TTHC"
    sheet.append(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nDANH SÁCH THỦ TỤC HÀNH CHÍNH"])
    sheet.merge_cells("A1:E1")
    sheet.append(list(header))
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def take(*files: Path) -> api.ImportReport:
    return api.import_procedures(actor=SYSTEM, at=AT, files=files, progress=lambda _line: None)


def test_records_are_taken_and_every_number_is_accounted_for() -> None:
    report = take(RECORDS)
    assert (report.rows, report.taken, len(report.refused)) == (7, 4, 3)
    assert [(row.line, row.code) for row in report.refused] == [(5, "9.5"), (6, ""), (7, "")]
    assert (report.terms, report.terms_read, report.fees, report.fees_read) == (9, 7, 9, 7)
    left = {(item.code, item.what, item.channel) for item in report.left_to_person}
    assert left == {
        ("9.000003", "term", "online"),
        ("9.000003", "fee", "online"),
        ("9.000003", "term", "counter"),
        ("9.000003", "fee", "counter"),
        ("9.000004", "term", "counter"),
    }
    assert all(item.why.endswith(".") for item in report.left_to_person)


def test_a_record_becomes_structure() -> None:
    take(RECORDS)
    view = api.version_for("9.000001", DAY)
    assert {term.channel.value: str(term.limit) for term in view.terms} == {"online": "3wd", "post": "2m", "counter": "8wh"}
    assert {fee.channel.value: (fee.amount, fee.per.value) for fee in view.fees if fee.channel} == {
        "online": (5000, "item"),
        "post": (0, "case"),
        "counter": (10_000, "case"),
    }
    assert [(case.name, [(p.name, p.originals, p.copies, p.is_required) for p in case.papers]) for case in view.case_types] == [
        ("Trường hợp cấp mới", [("Đơn đề nghị (Mẫu số 1);", 1, 0, True), ("Ảnh vườn cây", 2, 1, True)]),
        ("Trường hợp cấp lại", [("Đơn đề nghị cấp lại", 1, 0, True), ("Giấy cũ (nếu có)", 0, 1, False)]),
    ]
    assert [(result.code, result.name) for result in view.results] == [
        ("KQ.G99.000001", "Giấy khen mẫu"),
        ("KQ.G99.000002", "Văn bản trả lời"),
    ]
    assert [basis.number for basis in view.legal_bases] == ["11/2020/NĐ-CP", "22/2021/TT-BTC"]
    assert [step.name for step in view.steps] == ["Nộp đơn", "Thẩm tra vườn cây", "Trao giấy khen"]
    assert view.subjects == (api.SubjectKind.CITIZEN, api.SubjectKind.ORGANISATION)
    assert view.confidence is api.Confidence.IMPORTED


def test_same_day_pages_and_the_letter_eth_survive_the_import() -> None:
    take(RECORDS)
    view = api.version_for("9.000002", DAY)
    assert view.immediate
    assert api.fee(view.id, api.Channel.COUNTER, {"pages": 4, "copies": 12}).total == 72_000
    assert api.version_for("9.000003", DAY).title.startswith("Đăng ký")
    assert api.search("đăng ký mẫu có số dính liền", on=DAY)[0].code == "9.000003"


def test_papers_to_hand_in_and_to_show_are_one_case_and_remarks_are_no_papers() -> None:
    take(RECORDS)
    (case,) = api.version_for("9.000004", DAY).case_types
    assert [(paper.name, paper.use.value) for paper in case.papers] == [("Tờ khai mẫu", "submit"), ("Giấy tờ tùy thân", "show")]
    assert case.note == "Một lời nhắc, không phải giấy tờ."


def test_running_it_twice_adds_nothing(tmp_path: Path) -> None:
    sheet = workbook(
        tmp_path / "danh-sach.xlsx", [["9.200001", "Thủ tục mẫu trong danh sách", "Bộ Mẫu", "Ủy ban nhân dân cấp xã", "Lĩnh vực mẫu"]]
    )
    assert take(RECORDS, sheet).taken == 5
    again = take(sheet, RECORDS)
    assert (again.taken, again.unchanged) == (0, 5)


def test_a_list_is_read_by_its_header_wherever_the_columns_stand(tmp_path: Path) -> None:
    rows = [
        ["Hộ tịch", " 9.200001 ", "Ðăng ký mẫu\u00a0một", "Ủy ban nhân dân cấp xã"],
        ["Hộ tịch", "9.200002", "", "Sở Mẫu"],
        ["Hộ tịch", "abc", "Mã sai", ""],
        ["", "", "", ""],
        ["Luật sư", "9.200003", "Đăng ký mẫu hai", "Sở Tư pháp"],
    ]
    report = take(workbook(tmp_path / "khac.xlsx", rows, ("Lĩnh vực", "Mã TTHC", "Tên thủ tục hành chính", "Cơ quan thực hiện")))
    assert (report.taken, [(row.line, row.why) for row in report.refused]) == (
        2,
        [(4, "Thiếu tên thủ tục."), (5, "Mã thủ tục «abc» không đúng dạng 1.004873.")],
    )
    one, two = api.version_for("9.200001", DAY), api.version_for("9.200003", DAY)
    assert (one.title, one.levels, one.field.code) == ("Đăng ký mẫu một", (api.Level.COMMUNE,), "ho-tich")
    assert two.levels == (api.Level.PROVINCE,)
    assert "thời hạn giải quyết" in one.missing
    with pytest.raises(Refused, match="chưa có thời hạn"):
        api.limit_for(one, api.Channel.COUNTER)


def test_a_whole_record_replaces_a_line_of_a_list_but_never_the_other_way_round(tmp_path: Path) -> None:
    sheet = workbook(
        tmp_path / "d.xlsx",
        [["9.000001", "Cấp giấy khen thưởng người trồng cây (mẫu)", "Bộ Mẫu", "Ủy ban nhân dân cấp xã", "Trồng cây mẫu"]],
    )
    assert take(sheet).taken == 1
    assert take(RECORDS).taken == 4
    whole = api.versions_of("9.000001")[0]
    assert (whole.number, len(whole.terms)) == (2, 3)
    assert take(sheet).taken == 0


def test_what_the_office_published_is_not_replaced_and_differences_are_listed(tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "d.xlsx", [["1.004873", "Cấp giấy gì đó khác", "Bộ Tư pháp", "Ủy ban nhân dân cấp xã", "Hộ tịch"]])
    report = take(sheet)
    assert (report.taken, report.unchanged) == (0, 1)
    (item,) = report.left_to_person
    assert (item.what, item.code) == ("title", "1.004873")
    assert "Cấp Giấy xác nhận tình trạng hôn nhân" in item.why


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.jsonl", b"  \n", "rỗng"),
        ("that.xlsx", b'{"ma_thu_tuc": "9.000001"}', "mang tên Excel"),
        ("that.jsonl", b"PK\x03\x04 khong phai", "mang tên văn bản"),
        ("hong.xlsx", b"PK\x03\x04 khong phai", "bị hỏng"),
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        ("trang.xlsx", b"<html><body>loi</body></html>", "không phải bảng Excel"),
        ("khac.jsonl", b'{"a": 1}\n{"b": 2}\n', "không có bản ghi thủ tục nào"),
        ("ma.jsonl", '{"ma_thu_tuc": "é"}'.encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_written(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    wrong = tmp_path / name
    wrong.write_bytes(content)
    with pytest.raises(Refused, match=words) as refusal:
        take(RECORDS, wrong)
    assert (refusal.value.field, name in refusal.value.message) == ("files", True)
    assert api.search("9.000001", on=DAY) == ()


def test_a_workbook_without_the_columns_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Mã số, Tên, Lĩnh vực"):
        take(workbook(tmp_path / "x.xlsx", [["a", "b"]], ("Họ tên", "Ngày sinh")))
    with pytest.raises(Refused, match="Không đọc được"):
        take(tmp_path / "khong-co.xlsx")


def test_importing_needs_the_right() -> None:
    with pytest.raises(NotAllowed):
        api.import_procedures(actor=Actor(post="Công chức @ H27.112"), at=AT, files=[RECORDS], progress=print)


def test_the_command_prints_one_json_document_and_its_progress_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    call_command("import", "procedures", str(RECORDS), "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["taken"], report["terms_read"], len(report["left_to_person"])) == (4, 7, 5)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "procedures.jsonl: 7 dòng" in captured.err
