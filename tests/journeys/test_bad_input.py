"""Bad input of every kind the issue names: a clear sentence at the place, nothing lost, nothing half written."""

import json
import shutil
import threading
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from cchc.audit import api as audit
from cchc.audit.models import Entry
from cchc.cases import api as cases
from cchc.cases.models import Case, CodeCounter, IntakeKey
from cchc.cli import main
from cchc.documents.models import Paper
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, Refused
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.forms import filled
from tests.world import CERTIFIED_COPY, MARITAL_STATUS, NOW, World, citizen, intake

RECORDS = Path(__file__).parent.parent / "data" / "procedures" / "procedures.jsonl"
MAPPING = '[columns]\ncode = "Mã"\nreceived = "Nhận"\ndue = "Hẹn"\n'
SYSTEM = Actor.system("kiểm thử")
PERSON = {
    "owner_identity_number": "042198000317",
    "owner_full_name": "Đỗ Thị Bích Ngọc",
    "owner_birth_date": "14/02/1998",
    "owner_address": "Thôn 4, xã Vũ Quang",
    "owner_phone": "0912000342",
}
ACTS = ("forwarding", "assignment", "submission", "approval", "handover", "acceptance")


@pytest.fixture(autouse=True)
def _fresh_limits(request: pytest.FixtureRequest) -> None:
    if "desk" in request.fixturenames:
        cache.clear()


@pytest.fixture
def code(desk: Desk) -> str:
    """Return a case received an hour ago."""
    return cases.receive(actor=desk.world.counter, at=NOW - timedelta(hours=1), intake=intake())


def form_of(desk: Desk, procedure: str = MARITAL_STATUS, **changes: Any) -> dict[str, Any]:
    """Return the intake screen filled in soundly, but for the changes."""
    page = desk.page("/desk/intake/", procedure=procedure)
    given = {str(box["name"]): "1" for box in page.select("#intake td input[type=checkbox]")}
    return filled(page.select_one("#intake"), **{**PERSON, **given, **changes})


def problems(page: BeautifulSoup) -> dict[str, str]:
    return {str(item["id"]).removeprefix("p-"): text_of(item) for item in page.select(".problem[id]")}


def written() -> tuple[int, ...]:
    """Return how much there is of everything an intake writes, the counters of codes too."""
    return tuple(model.objects.count() for model in (Case, Entry, Paper, IntakeKey, CodeCounter))


def refused(desk: Desk, url: str, data: dict[str, Any], *, status: int = 422) -> BeautifulSoup:
    """Send a form that must not be taken: it comes back as it was typed, and nothing was written."""
    before = written()
    page = desk.send(url, data, status=status)
    assert written() == before
    assert "dict_items" not in str(page)
    for name in PERSON:
        field = page.select_one(f"#f-{name}")
        assert field is None or field["value"] == data[name], name
    return page


# --- At the counter ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("owner_birth_date", "31/02/1998", "Không có ngày 31/02/1998. Xem lại ngày và tháng."),
        ("owner_birth_date", "14/02/2098", "Ngày sinh 14/02/2098 không hợp lý"),
        ("owner_birth_date", "14/02/1798", "Ngày sinh 14/02/1798 không hợp lý"),
        ("owner_birth_date", "năm ngoái", "Ngày phải viết theo dạng ngày/tháng/năm"),
        ("owner_birth_date", "14/02/1997", ""),
        ("owner_identity_number", "04219800031", "đủ 12 chữ số từ 0 đến 9; đang có 11 ký tự"),
        ("owner_identity_number", "04219800031" * 3, "đang có 33 ký tự"),
        ("owner_identity_number", "04219800031X", "đủ 12 chữ số"),
        ("owner_identity_number", "٠٤٢١٩٨٠٠٠٣١٧", "đủ 12 chữ số"),
        ("owner_identity_number", "042298000317", "Số định danh ghi năm sinh 2098, ở tương lai"),
        ("owner_identity_number", " ", "Nhập số định danh cá nhân"),
        ("owner_phone", "٠٩١٢٠٠٠٣٤٢", "Số điện thoại gồm 10 hoặc 11 chữ số"),
        ("owner_full_name", "A" * 301, "Họ và tên dài 301 ký tự, nhiều nhất 300. Hãy rút gọn."),
        ("owner_full_name", "A" * 1_000_000, "Họ và tên dài 1.000.000 ký tự"),
        ("owner_address", "a" * 501, "Địa chỉ dài 501 ký tự"),
        ("request", "a" * 1001, "Nội dung yêu cầu dài 1.001 ký tự"),
        ("sets", "0", "Nhập một số từ 1 đến 99."),
        ("sets", "000000000001" + "9" * 5000, "Nhập một số từ 1 đến 99."),
    ],
)
@pytest.mark.django_db
def test_a_wrong_answer_is_told_at_its_field(desk: Desk, field: str, typed: str, sentence: str) -> None:
    page = refused(desk, "/desk/intake/", {**form_of(desk), field: typed, "do": "receive"})
    told = problems(page)
    if not sentence:  # A number that contradicts the birth date is told where the number is.
        field, sentence = "owner_identity_number", "còn ngày sinh đã nhập là năm 1997"
    assert sentence in told.get(field, text_of(page.select_one(".alert--error")))
    assert set(told) <= {field, "owner_identity_number"}, "a date that is wrong may also contradict the number"


@pytest.mark.parametrize("typed", ["0", "-1", "1,5", "1.5", "1000000000", "9" * 400, "１２", "hai"])
@pytest.mark.django_db
def test_a_count_that_is_none_is_refused_and_never_read_otherwise(desk: Desk, typed: str) -> None:
    data = form_of(desk, CERTIFIED_COPY, copies=typed, pages="4")
    page = refused(desk, "/desk/intake/immediate/", data)
    assert problems(page)["copies"] == "Nhập một số từ 1 đến 9999."
    assert page.select_one("#f-copies")["value"] == typed


@pytest.mark.parametrize(
    ("act", "field", "length", "sentence"),
    [
        ("immediate", "number", 61, "Số của kết quả dài 61 ký tự"),
        ("immediate", "receiver", 301, "Họ tên người nhận dài 301 ký tự"),
        ("supplement", "reason", 2001, "Lý do dài 2.001 ký tự"),
        ("supplement", "items", 1001, "Mỗi việc cần bổ sung dài 1.001 ký tự"),
        ("refusal", "refuse_reason", 2001, "Lý do dài 2.001 ký tự"),
        ("refusal", "guidance", 1001, "Phần hướng dẫn dài 1.001 ký tự"),
    ],
)
@pytest.mark.django_db
def test_what_is_too_long_is_refused_and_not_cut(desk: Desk, act: str, field: str, length: int, sentence: str) -> None:
    sound = {"items": "Tờ khai", "reason": "Thiếu tờ khai.", "refuse_reason": "Không thuộc thẩm quyền."}
    data = {**form_of(desk, CERTIFIED_COPY if act == "immediate" else MARITAL_STATUS), **sound, field: "a" * length}
    page = refused(desk, f"/desk/intake/{act}/", data)
    assert sentence in problems(page)[field]
    box = page.select_one(f"#f-{field}")
    assert (box.get("value") or box.text.strip()) == "a" * length


@pytest.mark.django_db
def test_a_missing_paper_is_named_and_takes_no_number(desk: Desk) -> None:
    page = refused(desk, "/desk/intake/", {**form_of(desk, p1=None), "do": "receive"})
    assert "Còn thiếu 1 giấy tờ: Tờ khai" in text_of(page.select_one("#f-papers"))
    assert "nêu đủ trong một lần" in text_of(page.select_one("#f-papers"))
    assert desk.done("/desk/intake/", {**form_of(desk), "do": "receive"}).startswith("/desk/cases/H27.112-261120-0001/")


@pytest.mark.django_db
def test_a_procedure_out_of_force_is_refused_at_the_finder_and_gone_from_the_portal(desk: Desk) -> None:
    data = form_of(desk)
    procedures.repeal_procedure(actor=SYSTEM, at=NOW, code=MARITAL_STATUS, on=NOW.date(), decision="05/QĐ-UBND")
    page = refused(desk, "/desk/intake/", {**data, "do": "receive"})
    assert "hết hiệu lực từ 20/11/2026" in problems(page)["q"]
    answer = desk.client.get(f"/thu-tuc/{MARITAL_STATUS}/")
    assert answer.status_code == 410
    assert "hết hiệu lực từ 20/11/2026" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_that_was_accepted_does_not_come_back_as_refused(desk: Desk) -> None:
    data = form_of(desk)
    desk.done("/desk/intake/", {**data, "do": "receive"})
    page = refused(desk, "/desk/intake/refusal/", {**data, "refuse_reason": "Không thuộc thẩm quyền."}, status=409)
    assert "đã ghi thành hồ sơ H27.112-261120-0001 với nội dung khác" in text_of(page)


@pytest.mark.parametrize("key", ["k" * 1000, "\0", "'; --"])
@pytest.mark.django_db
def test_a_forged_key_breaks_nothing(desk: Desk, key: str) -> None:
    assert desk.done("/desk/intake/", {**form_of(desk), "key": key, "do": "receive"})


@pytest.mark.django_db
def test_a_known_key_tells_nothing_to_another_agency(world: World) -> None:
    cases.receive(actor=world.counter, at=NOW, intake=intake(), key="abc")
    with pytest.raises(NotAllowed):
        cases.receive(actor=world.stranger, at=NOW, intake=intake(), key="abc")


# --- Letters -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_eth_and_decomposed_accents_are_stored_and_found_in_one_form(desk: Desk) -> None:
    typed = unicodedata.normalize("NFD", "Đỗ Thị Bích Ngọc").replace("Đ", "Ð")
    assert typed != PERSON["owner_full_name"]
    desk.done("/desk/intake/", {**form_of(desk), "owner_full_name": typed, "do": "receive"})
    view = cases.case(code="H27.112-261120-0001", actor=desk.world.counter, at=desk.at)
    assert view.owner.full_name == PERSON["owner_full_name"]
    for words in (typed, "ÐỖ THỊ", "do thi bich"):
        assert desk.page("/desk/cases/", q=words).select_one("a.code").text == view.row.code


@pytest.mark.parametrize("words", [unicodedata.normalize("NFD", "đăng ký kết hôn"), "ðăng ký kết hôn", "DANG KY KET HON"])
@pytest.mark.django_db
def test_a_procedure_is_found_however_its_accents_are_typed(desk: Desk, words: str) -> None:
    assert desk.page("/thu-tuc/", q=words).find(string="Đăng ký kết hôn") or "Đăng ký kết hôn" in text_of(desk.page("/thu-tuc/", q=words))


@pytest.mark.django_db
def test_what_looks_like_a_script_stays_text(desk: Desk) -> None:
    wicked = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    url = desk.done("/desk/intake/", {**form_of(desk), "owner_full_name": wicked, "request": wicked, "do": "receive"})
    secret = cases.case(code="H27.112-261120-0001", actor=desk.world.counter, at=desk.at).secret
    for address in (
        url,
        "/desk/?scope=unit",
        "/desk/cases/?q=script",
        f"/ho-so/H27.112-261120-0001/{secret}/",
        f"/thu-tuc/?q={quote(wicked)}",
    ):
        answer = desk.client.get(address).content.decode()
        assert "<script>alert" not in answer
        assert "<img src=x" not in answer


# --- Codes and addresses -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_code_that_does_not_exist_is_told_in_a_sentence(desk: Desk) -> None:
    page = desk.page("/desk/cases/H27.112-261120-9999/", status=404)
    assert "Không có hồ sơ mã «H27.112-261120-9999»" in text_of(page)
    for noun in ACTS:
        desk.sign_in({"assignment": "lan", "submission": "phuc", "approval": "khai"}.get(noun, "nhan"))
        desk.page(f"/desk/cases/H27.112-261120-9999/{noun}/", status=404)
    desk.sign_in("nhan")
    assert "Kiểm tra lại mã in ở đầu giấy hẹn" in text_of(desk.page("/ho-so/", ma="H27.112-261120-9999", status=404))
    assert "Không có đơn vị" not in text_of(page)


@pytest.mark.django_db
def test_a_secret_that_no_receipt_holds_is_the_same_unknown(desk: Desk, code: str) -> None:
    told = {
        (answer.status_code, text_of(BeautifulSoup(answer.content, "html.parser").main))
        for secret in ("x", quote("khôngphảimã"), "%F0%9F%98%80", "a" * 5000)
        for answer in (desk.client.get(f"/ho-so/{place}/{secret}/") for place in (code, "H27.112-261120-9999"))
    }
    assert len(told) == 1
    assert told.pop()[0] == 404


@pytest.mark.parametrize(
    "address",
    [
        "/ho-so/H27%00/x/",
        "/thu-tuc/1.0%00/",
        "/desk/cases/H27%00/",
        "/desk/registers/a/b%00/",
        "/desk/procedures/1%00/guide/",
        "/khong%00/",
    ],
)
@pytest.mark.django_db
def test_an_address_with_a_nul_is_not_ours(desk: Desk, address: str) -> None:
    answer = desk.client.get(address)
    assert answer.status_code == 400
    assert 'lang="vi"' in answer.content.decode()


@pytest.mark.django_db
def test_a_nul_in_a_question_is_left_out(desk: Desk) -> None:
    for address in ("/desk/intake/?procedure=1%00", "/desk/cases/?q=%00", "/thu-tuc/?q=%00&linh-vuc=%00", "/ho-so/?ma=%00"):
        assert desk.client.get(address).status_code == 200


@pytest.mark.parametrize("typed", ["9" * 5000, "٣", "-1", "x"])
@pytest.mark.django_db
def test_a_number_in_an_address_that_is_none_is_as_if_absent(desk: Desk, typed: str) -> None:
    for address, name in ((f"/desk/procedures/{MARITAL_STATUS}/guide/", "case_type"), ("/desk/cases/", "before")):
        assert desk.client.get(address, {name: typed}).status_code == 200


@pytest.mark.django_db
def test_a_code_in_small_letters_is_the_same_case_for_looking_and_acting(desk: Desk, code: str) -> None:
    url = f"/desk/cases/{code.lower()}/forwarding/"
    assert desk.done(url, filled(desk.page(url).select_one("main form[data-once]"), unit_id=str(desk.world.office.id)))


# --- Rights, and two at once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", ACTS)
@pytest.mark.parametrize("login", ["thu", "tan"])
@pytest.mark.django_db
def test_an_officer_without_the_right_is_told_which_and_nothing_is_written(desk: Desk, code: str, login: str, noun: str) -> None:
    before = written()
    answer = desk.sign_in(login).client.post(f"/desk/cases/{code}/{noun}/", {"seen": "99", "unit_id": "1", "post_id": "1", "receiver": "A"})
    text = text_of(BeautifulSoup(answer.content, "html.parser"))
    assert answer.status_code == 403, text
    assert "chưa có quyền" in text
    assert "Hồ sơ vừa thay đổi" not in text, "what happened is not told to those who may not read it"
    assert written() == before


@pytest.mark.django_db
def test_the_right_is_asked_inside_the_operation(world: World) -> None:
    code = cases.receive(actor=world.counter, at=NOW, intake=intake())
    tries: tuple[Callable[[Actor], Any], ...] = (
        lambda actor: cases.receive(actor=actor, at=NOW, intake=intake()),
        lambda actor: cases.receive_immediate(actor=actor, at=NOW, intake=intake(CERTIFIED_COPY, quantities={"pages": 1})),
        lambda actor: cases.ask_supplement(actor=actor, at=NOW, intake=intake(), items=["a"], reason="b"),
        lambda actor: cases.refuse(actor=actor, at=NOW, intake=intake(), reason="b"),
        lambda actor: cases.accept_supplemented(actor=actor, at=NOW, code=code, papers=[]),
        lambda actor: cases.forward(actor=actor, at=NOW, code=code, unit_id=world.office.id),
        lambda actor: cases.assign(actor=actor, at=NOW, code=code, post_id=1),
        lambda actor: cases.submit(actor=actor, at=NOW, code=code, post_id=1),
        lambda actor: cases.approve(actor=actor, at=NOW, code=code),
        lambda actor: cases.hand_over(actor=actor, at=NOW, code=code, receiver="A"),
        lambda actor: cases.reveal_identity(actor=actor, at=NOW, code=code),
    )
    for attempt in tries:
        with pytest.raises(NotAllowed):
            attempt(world.reader)
    for attempt in tries[4:]:
        with pytest.raises(NotAllowed):
            attempt(world.stranger)
    with pytest.raises(NotAllowed):
        cases.case(code=code, actor=world.stranger, at=NOW)


@pytest.mark.django_db
def test_the_slower_of_two_officers_is_told_who_was_faster(desk: Desk, code: str) -> None:
    url = f"/desk/cases/{code}/forwarding/"
    slow = filled(desk.page(url).select_one("main form[data-once]"), unit_id=str(desk.world.office.id), note="Chuyển gấp")
    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    page = refused(desk, url, slow, status=409)
    assert "«Chuyển xử lý»" in text_of(page)
    assert "Việc của bạn chưa được ghi" in text_of(page)
    assert "Chuyển gấp" in str(page)


def test_of_two_officers_at_the_same_instant_one_acts(world: World, fresh_database: object) -> None:
    code = cases.receive(actor=world.counter, at=NOW, intake=intake())
    start, outcomes = threading.Barrier(2), []

    def act() -> None:
        start.wait()
        try:
            cases.forward(actor=world.counter, at=NOW, code=code, unit_id=world.office.id, seen=1)
            outcomes.append("done")
        except Conflict as conflict:
            outcomes.append(conflict.message)
        finally:
            connection.close()

    both = [threading.Thread(target=act) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    assert next(outcome for outcome in outcomes if outcome != "done").startswith("Hồ sơ vừa thay đổi: «Chuyển xử lý»")
    stream = f"case:{code}"
    assert [item.act for item in audit.entries(stream)].count("forwarded") == 1
    assert audit.verify(stream=stream).holds


@pytest.mark.django_db
def test_a_time_before_the_last_act_is_refused(world: World) -> None:
    code = cases.receive(actor=world.counter, at=NOW, intake=intake())
    with pytest.raises(Refused, match="sớm hơn việc trước đó") as refusal:
        cases.forward(actor=world.counter, at=NOW - timedelta(minutes=1), code=code, unit_id=world.office.id)
    assert refusal.value.field == "at"


@pytest.mark.django_db
def test_no_form_can_name_its_own_time(desk: Desk) -> None:
    desk.done("/desk/intake/", {**form_of(desk), "at": "2020-01-01T08:00", "received_at": "2020-01-01T08:00", "do": "receive"})
    assert Case.objects.get().received_at == desk.at


@pytest.mark.django_db
def test_a_face_refuses_what_a_form_would_never_send(world: World) -> None:
    for changes, field in (
        ({"sets": 10**9}, "sets"),
        ({"quantities": {"copies": -1}}, "quantities"),
        ({"case_type": 99}, "case_type"),
        ({"request": "a" * 2000}, "request"),
        ({"owner": citizen(name="a" * 999)}, "owner_full_name"),
    ):
        code = CERTIFIED_COPY if field == "quantities" else MARITAL_STATUS
        with pytest.raises(Invalid) as refusal:
            cases.receive(actor=world.counter, at=NOW, intake=intake(code, **changes))
        assert field in refusal.value.problems
    assert Case.objects.count() == 0


# --- The command line and files ----------------------------------------------------------------------------------------


def command(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what a refused command says on stderr, having seen that it prints nothing and leaves with 2."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as leaving:
        call_command(*words)
    shown = capsys.readouterr()
    assert (leaving.value.code, shown.out) == (2, "")
    return shown.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2026-02-30T09:00", "--term", "5wd"), "«2026-02-30T09:00» không phải thời điểm"),
        (("--from", "hôm qua", "--term", "5wd"), "«hôm qua» không phải thời điểm"),
        (("--from", "2026-08-28T09:00", "--term", "5 ngày"), "Không hiểu thời hạn «5 ngày»"),
        (("--from", "2026-08-28T09:00", "--term", "٥wd"), "Không hiểu thời hạn"),
        (("--from", "2026-08-28T09:00", "--term=-5wd"), "Không hiểu thời hạn «-5wd»"),
        (("--from", "2026-08-28T09:00", "--term", "99999wd"), "dài quá 10 năm"),
        (("--from", "2026-08-28T09:00", "--term", "0d"), "phải lớn hơn 0"),
    ],
)
def test_a_moment_or_a_term_no_parser_knows(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str) -> None:
    assert sentence in command(capsys, "due", *words)


def test_a_csv_is_answered_whole_or_not_at_all(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("from,term\n2026-08-28T09:00,5wd\n2026-02-30,5wd\n2026-08-28,nhanh\n", encoding="utf-8")
    told = command(capsys, "due", "--csv", str(file))
    assert "Dòng 3: «2026-02-30» không phải thời điểm" in told
    assert "Dòng 4: Không hiểu thời hạn «nhanh»" in told


def not_what_it_says(tmp_path: Path) -> dict[str, Path]:
    """Return files whose name says one thing and whose content another, and one that breaks off in the middle."""
    from openpyxl import Workbook  # noqa: PLC0415 (slow to load)

    made = {name: tmp_path / name for name in ("pdf.csv", "cũ.csv", "rác.csv", "rỗng.csv", "nén.xlsx", "chữ.xlsx", "gãy.xlsx")}
    made["pdf.csv"].write_bytes(b"%PDF-1.7\n...")
    made["cũ.csv"].write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64))
    made["rác.csv"].write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    made["rỗng.csv"].write_bytes(b"")
    with zipfile.ZipFile(made["nén.xlsx"], "w") as archive:
        archive.writestr("a.txt", "a")
    made["chữ.xlsx"].write_text("x,y\n1,2\n", encoding="utf-8")
    book = Workbook()
    for row in (("Mã", "Nhận", "Hẹn"), ("1", "21/01/2026", "23/01/2026")):
        book.active.append(row)
    book.save(tmp_path / "lành.xlsx")
    with zipfile.ZipFile(tmp_path / "lành.xlsx") as whole, zipfile.ZipFile(made["gãy.xlsx"], "w") as broken:
        for item in whole.namelist():
            content = whole.read(item)
            broken.writestr(item, content[:-40] if item.endswith("sheet1.xml") else content)
    return made


@pytest.mark.django_db
def test_a_file_that_is_not_what_it_says_is_refused_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    sentences = {
        "pdf.csv": "Tệp là PDF",
        "cũ.csv": "bảng tính kiểu cũ (.xls)",
        "rác.csv": "không phải CSV cũng không phải XLSX",
        "rỗng.csv": "Tệp rỗng",
        "nén.xlsx": "giống XLSX nhưng không mở được",
        "chữ.xlsx": "Tệp không có cột «Mã», «Nhận», «Hẹn»",
        "gãy.xlsx": "bị hỏng ở giữa",
    }
    before = written()
    for name, path in not_what_it_says(tmp_path).items():
        assert sentences[name] in command(capsys, "import", "register", str(path), "--mapping", str(mapping), "--json"), name
    assert written() == before


@pytest.mark.django_db
def test_a_catalogue_that_is_not_what_it_says_is_refused_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name, path in not_what_it_says(tmp_path).items():
        told = command(capsys, "import", "procedures", str(path), "--json")
        assert told.startswith("T"), f"{name}: {told}"
        assert path.name in told


@pytest.mark.django_db
def test_a_term_no_parser_knows_is_left_to_a_person_and_is_no_promise(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import", "procedures", str(RECORDS), "--json")
    report = json.loads(capsys.readouterr().out)
    left = {(item["code"], item["what"], item["channel"]) for item in report["left_to_person"]}
    assert ("9.000003", "term", "counter") in left
    version = procedures.versions_of("9.000003")[0]
    with pytest.raises(Refused, match="đang chờ người rà soát"):
        procedures.limit_for(version, procedures.Channel.COUNTER)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (MAPPING + "la = 1\n", "khóa lạ «la»"),
        (MAPPING + "[file]\ntimezone = 'Sao Hỏa'\n", "Không có múi giờ «Sao Hỏa»"),
        ("[columns]\ncode = 'Mã'\n", "thiếu «received»"),
        ("[columns]\ncode == 'Mã'\n", "không đúng cú pháp TOML, dòng 2"),
        ("\x00", "không đúng cú pháp TOML"),
    ],
)
@pytest.mark.django_db
def test_a_mapping_that_is_wrong_is_told_at_its_key(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, sentence: str) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(text, encoding="utf-8")
    assert sentence in command(capsys, "import", "register", "không-có.csv", "--mapping", str(mapping))


@pytest.mark.django_db
def test_rows_that_cannot_be_taken_are_told_and_the_rest_is(tmp_path: Path) -> None:
    file, mapping = tmp_path / "sổ.csv", tmp_path / "map.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    file.write_text(
        "Mã,Nhận,Hẹn\n1,31/02/2026,\n2,21/01/2026,mai\n3,21/01/2026,23/01/2026\n,21/01/2026,\n3,22/01/2026,\n", encoding="utf-8"
    )
    report = cases.import_register(actor=SYSTEM, at=NOW, file=file, mapping=mapping, as_of=date(2026, 2, 1))
    assert {row["row"]: row["why"] for row in report.refused} == {
        2: "Ngày tiếp nhận «31/02/2026» không có trong lịch hoặc trên đồng hồ.",
        3: "Ngày hẹn «mai» không đọc được. Viết như 21/01/2026, 21/01/2026 14:30 hoặc 2026-01-21T14:30:00+07:00.",
        5: "Hàng không có mã hồ sơ.",
        6: "Mã đã có ở hàng 4; mỗi hồ sơ chỉ được một hàng.",
    }
    assert list(Case.objects.values_list("code", flat=True)) == ["3"]


@pytest.mark.django_db
def test_a_calendar_with_two_rows_for_a_day_is_not_loaded(capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Any) -> None:
    shutil.copytree(settings.SEEDS / "reference" / "worktime", tmp_path / "reference" / "worktime")
    with (tmp_path / "reference" / "worktime" / "calendar.csv").open("a", encoding="utf-8") as file:
        file.write("2026-11-24,holiday,Hai,,x,sure\n")
    settings.SEEDS = tmp_path
    before = worktime.load_calendar()
    assert "Ngày 24/11/2026 đã có trong lịch" in command(capsys, "seed", "reference")
    assert worktime.load_calendar() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("due", "--bogus"), "Tham số không đúng: không có tham số «--bogus»."),
        (("due", "--from"), "--from cần một giá trị đi kèm."),
        (("import",), "Tham số không đúng: thiếu LOẠI."),
        (("import", "register", "a.csv"), "Tham số không đúng: thiếu --mapping."),
        (("import", "foo"), "LOẠI không nhận 'foo'; chọn một trong: 'people', 'procedures', 'register'."),
        (("seed", "demo", "--cases", "-5"), "«-5» không phải số hồ sơ"),
        (("seed", "demo", "--until", "2026-02-30"), "«2026-02-30» không phải là ngày"),
        (("unit",), "Tham số không đúng: thiếu MÃ."),
        (("db", "foo"), "start|stop|status không nhận 'foo'"),
        (("serve", "--port", "x"), "--port phải là số nguyên, không phải 'x'."),
    ],
)
def test_wrong_arguments_are_told_in_vietnamese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.setattr("sys.argv", ["cchc", *words])
    with pytest.raises(SystemExit) as leaving:
        main()
    shown = capsys.readouterr()
    assert (leaving.value.code, shown.out) == (2, "")
    assert sentence in shown.err
    for english in ("usage:", "error:", "required", "invalid", "unrecognized", "expected"):
        assert english not in shown.err
