"""An office moves in: its register becomes cases, all that can be taken, and every row that cannot is told."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.models import Case
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused

DATA = Path(__file__).parent.parent / "data" / "register"
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
MOVER = Actor.system("nhập sổ cũ")

pytestmark = pytest.mark.django_db


def take(file="so-mot-cua.csv", mapping="so-mot-cua.toml", **options):
    return cases.import_register(**{"actor": MOVER, "at": NOW, "file": DATA / file, "mapping": DATA / mapping, **options})


def saved(tmp_path, text, *, name="so.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def mapped(tmp_path, *, columns="", file="", channel=""):
    path = tmp_path / "so.toml"
    path.write_text(f'[file]\n{file}\n[columns]\ncode = "Mã"\nreceived = "Nhận"\n{columns}\n[channel]\n{channel}\n', encoding="utf-8")
    return path


def test_the_numbers_of_the_register():
    report = take()
    assert (report.rows, report.cases, report.added) == (15, 10, 10)
    assert (report.finished, report.on_time, report.late) == (7, 5, 2)
    assert (report.open, report.open_overdue) == (3, 1)
    assert report.by_channel == {"counter": 7, "online": 1, "post": 1, "": 1}
    assert report.by_field == {"Hộ tịch": 2, "Đất đai": 4, "Chứng thực": 3, "": 1}


def test_every_row_that_is_not_taken_is_told_with_its_place_and_why():
    refused = take().refused
    assert [(line["row"], line["code"]) for line in refused] == [(11, "0010"), (13, "0011"), (14, ""), (15, "0001"), (16, "0012")]
    words = ["không có trong lịch", "hai chữ số", "không có mã", "đã có ở hàng 2", "không quy định"]
    assert all(word in line["why"] for word, line in zip(words, refused, strict=True))


def test_what_is_doubtful_is_taken_and_flagged():
    flagged = take().flagged
    assert [(line["row"], line["code"]) for line in flagged] == [(9, "0008"), (10, "0009")]
    assert "Fax" in flagged[0]["why"]
    assert "trước khi bắt đầu" in flagged[1]["why"]
    backwards = Case.objects.get(code="0009")
    assert backwards.finished_at < backwards.received_at
    assert backwards.flags == ["ends_before_start"]


def test_own_promises_are_kept_to_the_microsecond():
    take()
    found = {case.code: case for case in Case.objects.filter(imported=True)}
    assert found["0004"].due_at == datetime(2025, 6, 5, 9, tzinfo=UTC)
    assert found["0004"].finished_at < found["0004"].late_from
    assert found["0005"].finished_at == found["0005"].late_from
    assert found["0002"].finished_at < found["0002"].late_from == found["0003"].finished_at
    assert (found["0006"].due_at, found["0006"].late_from) == (None, None)


def test_imported_cases_are_marked_and_finished_ones_are_returned():
    report = take()
    done, open_ = Case.objects.get(code="0001"), Case.objects.get(code="0007")
    assert (done.stage, done.step, done.returned_at, done.imported) == ("returned", "closed", done.finished_at, True)
    assert (open_.stage, open_.register.code, open_.clock_id) == ("processing", report.register, None)


def test_units_and_procedures_are_found_on_the_day_or_go_to_the_placeholder():
    report = take()
    # On 4 June 2025 the code was that of the town which became part of the commune of today.
    before = Case.objects.get(code="0007")
    assert (before.unit_name, before.agency.full_name) == ("18313", "Thị trấn Vũ Quang")
    assert Case.objects.get(code="0003").agency is None
    assert report.unplaced["unknown_units"]["Phòng Nông nghiệp"] == 1
    assert report.unplaced["unknown_procedures"] == {"Cấp giấy phép cũ": 2}
    known, unknown, none = (Case.objects.get(code=code) for code in ("0001", "0004", "0006"))
    assert (known.procedure_code, unknown.procedure_code, none.procedure_code) == ("1.001193", "", "")
    assert unknown.title == "Cấp giấy phép cũ"
    assert "so-mot-cua" in none.title


def test_a_unit_of_today_gets_its_cases(tmp_path):
    mapping = mapped(tmp_path, columns='unit = { const = "18313" }')
    take(file=saved(tmp_path, "Mã,Nhận\n1,20/11/2026\n"), mapping=mapping)
    assert Case.objects.get(code="1").agency.full_name == "Xã Vũ Quang"


def test_running_it_twice_adds_nothing_and_says_the_same_numbers():
    first = take()
    again = take(at=datetime(2026, 11, 24, tzinfo=UTC))
    assert (again.added, again.known) == (0, 10)
    assert (again.cases, again.on_time, again.late, again.open_overdue) == (first.cases, first.on_time, first.late, first.open_overdue)
    assert Case.objects.filter(imported=True).count() == 10


def test_a_longer_file_of_the_same_name_adds_what_is_new_and_tells_what_changed(tmp_path):
    mapping = mapped(tmp_path, columns='finished = "Xong"')
    take(file=saved(tmp_path, "Mã,Nhận,Xong\n1,20/11/2026,\n"), mapping=mapping)
    report = take(file=saved(tmp_path, "Mã,Nhận,Xong\n1,20/11/2026,23/11/2026\n2,20/11/2026,\n"), mapping=mapping)
    assert (report.added, report.known) == (1, 1)
    assert "giữ bản nhập trước" in report.flagged[0]["why"]
    assert Case.objects.get(code="1").finished_at is None


def test_the_same_code_in_two_registers_is_two_cases(tmp_path):
    mapping = mapped(tmp_path)
    take(file=saved(tmp_path, "Mã,Nhận\n1,20/11/2026\n", name="a.csv"), mapping=mapping)
    report = take(file=saved(tmp_path, "Mã,Nhận\n1,20/11/2026\n", name="b.csv"), mapping=mapping)
    assert report.added == 1
    assert Case.objects.filter(code="1").count() == 2


def test_as_of_is_midnight_in_the_zone_of_the_file(tmp_path):
    file = saved(tmp_path, "Mã,Nhận,Hẹn\n1,2026-06-01,2026-06-10 00:00\n2,2026-06-01,2026-06-09\n3,2026-06-01,2026-06-09 23:59:59\n")
    mapping = mapped(tmp_path, columns='due = "Hẹn"', file='timezone = "America/New_York"')
    report = take(file=file, mapping=mapping, as_of=date(2026, 6, 10))
    assert report.open_overdue == 2
    assert report.as_of.isoformat() == "2026-06-10T00:00:00-04:00"


def test_rows_that_are_events_become_one_case_with_its_steps():
    report = take("tung-buoc.csv", "tung-buoc.toml")
    assert (report.name, report.rows, report.cases, report.finished) == ("Sổ theo bước", 6, 2, 2)
    assert [(line["row"], line["code"]) for line in report.refused] == [(6, "B"), (7, "C")]
    case = Case.objects.get(code="A")
    assert [(step.name, step.resource) for step in case.past_steps.all()] == [("register", "Lan"), ("check", "Hoa"), ("decide", "Minh")]
    assert (case.received_at, case.finished_at) == (datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 3, 5, 9, 0, 0, 250000, tzinfo=UTC))
    # Finished in the very microsecond of the promise.
    assert (report.on_time, report.late, case.due_at) == (2, 0, case.finished_at)


def test_rows_of_one_case_that_disagree_are_told(tmp_path):
    mapping = mapped(tmp_path, columns='due = "Hẹn"\nfield = "Lĩnh vực"', file='rows = "event"')
    text = "Mã,Nhận,Hẹn,Lĩnh vực\n1,20/11/2026,23/11/2026,Hộ tịch\n1,21/11/2026,30/11/2026,Đất đai\n"
    report = take(file=saved(tmp_path, text), mapping=mapping)
    assert len(report.flagged) == 2
    assert Case.objects.get(code="1").due_date == date(2026, 11, 23)


def test_each_case_opens_its_stream_in_the_journal_and_every_chain_holds():
    report = take()
    entries = audit.entries(f"case:{report.register}/0001")
    assert [entry.act for entry in entries] == ["imported"]
    assert entries[0].public["finished_at"].startswith("2025-06-05T08:00")
    assert audit.entries(f"register:{report.register}")[0].public["added"] == 10
    assert audit.verify().holds


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Mã,Nhận\nĐ1,20/11/2026\n", "utf-8-sig"),
        ("Mã;Nhận\nĐ1;20/11/2026\n", "utf-8"),
        ("Mã\tNhận\nĐ1\t20/11/2026\n", "utf-16"),
        ("Ma\u0303,Nhâ\u0323n\nĐ1,20/11/2026\n", "cp1258"),
        ("Sổ theo dõi hồ sơ\n\nMã|Nhận\nĐ1|20/11/2026\n", "utf-8"),
        ('"Mã","Nhận"\r\n"Đ1","20/11/2026"\r\n\r\n', "utf-8"),
        ("Mã,Nhận\nÐ1,20/11/2026\n", "utf-8"),
    ],
)
def test_csv_is_read_as_offices_save_it(tmp_path, text, encoding):
    report = take(file=saved(tmp_path, text, encoding=encoding), mapping=mapped(tmp_path))
    assert (report.cases, report.refused) == (1, [])
    assert Case.objects.filter(code="Đ1").exists()


def test_xlsx_is_read_by_its_content_with_dates_and_codes_as_a_spreadsheet_keeps_them(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Bìa"
    sheet = book.create_sheet("Sổ")
    sheet.append(["SỔ THEO DÕI HỒ SƠ"])
    sheet.append(["Mã", "Nhận", "Hẹn", "Xong"])
    intake, day, closing = (datetime.fromisoformat(text) for text in ("2026-06-01T08:30", "2026-06-05", "2026-06-05T16:00"))
    sheet.append([101004143000, intake, day, closing])
    sheet.append([101004143001.0, "01/06/2026", closing, closing + timedelta(seconds=1)])
    sheet["C3"].number_format = "dd/mm/yyyy"
    path = tmp_path / "so.csv"
    book.save(path)
    mapping = mapped(tmp_path, columns='due = "Hẹn"\nfinished = "Xong"', file='sheet = "Sổ"')
    report = take(file=path, mapping=mapping)
    assert (report.on_time, report.late, report.refused) == (1, 1, [])
    assert Case.objects.get(code="101004143000").due_date == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0 old", r"\.xlsx"),
        (b"PK\x03\x04 not a workbook", "không mở được"),
        (b"Ma\0\0\0\1", "không phải CSV"),
        ("Số,Ngày\n1,2\n".encode(), "không có cột «Mã», «Nhận»"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_whole(tmp_path, content, words):
    path = tmp_path / "so.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match=words):
        take(file=path, mapping=mapped(tmp_path))
    assert not Case.objects.exists()


def test_broken_rows_of_a_csv_are_told_and_swallow_nothing_unseen(tmp_path):
    text = 'Mã,Nhận\n1,20/11/2026\n2,20/11/2026,x,y\n3,20/11/2026\n"4,20/11/2026\n5,20/11/2026\n'
    report = take(file=saved(tmp_path, text), mapping=mapped(tmp_path))
    assert report.cases == 2
    assert [line["row"] for line in report.refused] == [3, 5]
    assert "dòng 5 đến dòng 6" in report.refused[1]["why"]


def test_only_who_may_import_does():
    with pytest.raises(NotAllowed):
        take(actor=Actor(post="Công chức tiếp nhận @ H27.112"))
