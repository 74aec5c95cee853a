"""The room «Thủ tục»: found, published from a form as one act, nothing typed lost, every problem at its row."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cchc.cases import api as cases
from cchc.kernel.errors import Refused
from cchc.procedures import api as procedures
from tests.procedures.drafts import SYSTEM
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.forms import filled
from tests.world import MARITAL_STATUS, NOW, intake

pytestmark = pytest.mark.django_db
NEW = "/office/procedures/new/"
CODE = "9.200001"
EDITION = f"/office/procedures/{CODE}/edition/"


def typed(**changes: Any) -> dict[str, Any]:
    """Return a whole new procedure as typed: two cases, three steps over two units, a fee with tiers."""
    whole = {
        "base": "0",
        "revision": "0",
        "code": CODE,
        "title": "Cấp thẻ  thư viện xã",
        "field_name": "Thư viện mẫu",
        "keywords": "the doc sach",
        "level-commune": "1",
        "legal_kind": "local",
        "service_level": "full",
        "register": "none",
        "origin": "Quyết định của xã",
        "confidence": "high",
        "is_listed": "1",
        "case-1-name": "Cấp mới",
        "case-1-paper-1-name": "Đơn đề nghị",
        "case-1-paper-1-originals": "1",
        "case-1-paper-1-copies": "2",
        "case-1-paper-1-required": "1",
        "case-1-paper-1-use": "submit",
        "case-1-paper-2-name": "Căn cước",
        "case-1-paper-2-originals": "1",
        "case-1-paper-2-copies": "0",
        "case-1-paper-2-use": "show",
        "case-2-name": "Cấp lại",
        "term-1-channel": "counter",
        "term-1-limit": "3 ngày làm việc",
        "term-2-channel": "online",
        "term-2-limit": "2WD",
        "term-3-channel": "counter",
        "term-3-case": "2",
        "term-3-limit": "trong ngày",
        "fee-1-name": "Phí chụp tài liệu",
        "fee-1-kind": "fee",
        "fee-1-amount": "2.000",
        "fee-1-per": "page",
        "fee-1-cap": "200.000",
        "fee-1-tier-1-start": "1",
        "fee-1-tier-1-amount": "2.000",
        "fee-1-tier-2-start": "3",
        "fee-1-tier-2-amount": "1000",
        "step-1-name": "Tiếp nhận",
        "step-1-kind": "intake",
        "step-1-unit": "Trung tâm",
        "step-1-time": "2wh",
        "step-1-outcome-1-name": "Đủ",
        "step-1-outcome-1-next": "2",
        "step-2-name": "Xử lý",
        "step-2-unit": "Phòng Văn hóa",
        "step-2-time": "1 ngày làm việc",
        "step-2-outcome-1-name": "Trình ký",
        "step-2-outcome-1-next": "3",
        "step-2-outcome-2-name": "Trả lại bước trước",
        "step-2-outcome-2-next": "1",
        "step-3-name": "Ký",
        "step-3-outcome-1-name": "Đã ký",
        "step-3-outcome-1-next": "",
        "result-1-name": "Thẻ thư viện",
        "basis-1-number": "12/2026/QĐ-UBND",
        "decision": "45/QĐ-UBND",
        "valid_from": "20/11/2026",
        "do": "publish",
    }
    return {name: value for name, value in {**whole, **changes}.items() if value is not None}


def problems(page: Any) -> dict[str, str]:
    return {str(item["id"]).removeprefix("p-"): text_of(item) for item in page.select(".problem[id]")}


def published(office: Desk, **changes: Any) -> procedures.VersionView:
    office.done(NEW, typed(**changes))
    return procedures.versions_of(CODE)[0]


def test_a_new_procedure_is_published_whole_from_the_form(office: Desk) -> None:
    assert office.done(NEW, typed()) == f"/office/procedures/{CODE}/"
    view = procedures.version_for(CODE, NOW.date())
    assert (view.title, view.decision, view.keywords, view.confidence) == (
        "Cấp thẻ thư viện xã",
        "45/QĐ-UBND",
        "the doc sach",
        procedures.Confidence.HIGH,
    )
    new, again = view.case_types
    assert [(paper.name, paper.copies, paper.is_required) for paper in new.papers] == [("Đơn đề nghị", 2, True), ("Căn cước", 0, False)]
    limits = {(term.channel.value, term.case_type): str(term.limit) for term in view.terms}
    assert limits == {("counter", None): "3wd", ("online", None): "2wd", ("counter", again.id): "0wd"}
    assert [(tier.start, tier.amount) for tier in view.fees[0].tiers] == [(1, 2000), (3, 1000)]
    assert [(step.kind.value, step.kind_is_guessed, str(step.time)) for step in view.steps] == [
        ("intake", False, "2wh"),
        ("process", True, "1wd"),
        ("approve", True, "None"),
    ]
    assert [way.next for way in view.steps[1].outcomes] == [3, 1]
    page = office.page(f"/office/procedures/{CODE}/")
    for words in ("suy ra", "từ trang 3: 1.000 đ", "10/16 giờ làm việc", "Công bố phiên bản", "Quản trị hệ thống", "bước 3"):
        assert words in text_of(page), words


def test_cases_are_received_under_what_was_published(office: Desk) -> None:
    published(office)
    code = cases.receive(actor=office.world.counter, at=NOW, intake=intake(CODE, quantities={"pages": 4}))
    assert cases.case(code=code, actor=office.world.counter, at=NOW).procedure_code == CODE


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"title": ""}, "title", "Thiếu tên"),
        ({"code": "9 2"}, "code", "dấu cách"),
        ({"valid_from": "31/02/2027"}, "valid_from", "Không có ngày"),
        ({"case-1-paper-2-name": " "}, "case-1-paper-2-name", "Giấy tờ 2 của trường hợp 1"),
        ({"case-1-paper-1-copies": "nhiều"}, "case-1-paper-1-copies", "Nhập một số"),
        ({"term-2-limit": ""}, "term-2-limit", "Ghi thời hạn"),
        ({"term-2-limit": "khoảng 5 ngày"}, "term-2-limit", "Không có quy tắc đọc"),
        ({"term-2-limit": "5"}, "term-2-limit", "không có đơn vị"),
        ({"term-2-limit": "99999wd"}, "term-2-limit", "10 năm"),
        ({"term-3-case": "7"}, "term-3-case", "Thời hạn 3"),
        ({"fee-1-absence": "local"}, "fee-1-amount", "không được có cả hai"),
        ({"fee-1-per": "case"}, "fee-1-cap", "tính theo trang"),
        ({"fee-1-tier-2-start": "1"}, "fee-1-tier-1-start", "tăng dần"),
        ({"fee-1-amount": "-5"}, "fee-1-amount", "Nhập một số"),
        ({"step-2-name": ""}, "step-2-name", "Bước 2 chưa có tên"),
        ({"step-2-time": "không quy định"}, "step-2-time", "bỏ trống"),
        ({"step-2-outcome-2-next": "9"}, "step-2-outcome-2-next", "bước 9"),
        ({"step-2-kind": "sửa"}, "step-2-kind", "không có trong danh sách"),
        ({"result-1-name": ""}, "result-1-name", "Kết quả 1"),
        ({"basis-1-number": ""}, "basis-1-number", "Căn cứ 1"),
    ],
)
def test_a_problem_stands_at_its_row_and_what_was_typed_stays(office: Desk, changes: dict[str, str], place: str, words: str) -> None:
    page = office.send(NEW, typed(**changes))
    assert words in problems(page)[place]
    form = filled(page.select_one("#edition"))
    name = next(iter(changes))
    assert form[name].strip() == changes[name].strip() or name in {"term-3-case", "step-2-outcome-2-next", "step-2-kind"}
    assert form["case-1-paper-1-name"] == "Đơn đề nghị"
    assert page.select_one(f".alert a[href='#f-{place}']"), "the head of the form leads there"
    assert not procedures.hits_for([CODE], on=NOW.date())


def test_steps_longer_than_the_term_are_told_at_the_steps(office: Desk) -> None:
    page = office.send(NEW, typed(**{"step-2-time": "5wd"}))
    assert "42 giờ làm việc, dài hơn thời hạn 16" in text_of(page.select_one("#f-steps_total"))
    assert "42/16" in text_of(page.select_one("#balance"))


def test_rows_come_and_go_without_script_and_what_points_at_them_follows(office: Desk) -> None:
    page = office.send(NEW, typed(do=None, add="step-1"), status=200)
    form = filled(page.select_one("#edition"))
    assert (form["step-2-name"], form["step-3-name"], form["step-1-outcome-1-next"], form["step-3-outcome-1-next"]) == (
        "",
        "Xử lý",
        "3",
        "4",
    )
    form = filled(office.send(NEW, {**form, "drop": "step-2"}, status=200).select_one("#edition"))
    assert (form["step-2-name"], form["step-1-outcome-1-next"], form["step-2-outcome-2-next"]) == ("Xử lý", "2", "1")
    form = filled(office.send(NEW, {**form, "up": "step-2"}, status=200).select_one("#edition"))
    assert (form["step-1-name"], form["step-1-outcome-1-next"], form["step-1-outcome-2-next"]) == ("Xử lý", "3", "2")
    form = filled(office.send(NEW, {**form, "drop": "case-1"}, status=200).select_one("#edition"))
    assert (form["case-1-name"], form["term-3-case"], "case-2-name" in form) == ("Cấp lại", "1", False)
    page = office.send(NEW, {**form, "add": "fee-1-tier"}, status=200)
    assert page.select_one("#f-fee-1-tier-3-start")
    for odd in ("step-99", "paper", "case-1-tier", "<b>", "step-0"):
        for act in ("add", "drop", "up"):
            office.send(NEW, typed(do=None, **{act: odd}), status=200)


def test_a_check_publishes_nothing_and_says_what_would_change(office: Desk) -> None:
    published(office)
    form = filled(office.page(EDITION).select_one("#edition"))
    place = next(name for name, value in form.items() if value == "3 ngày làm việc")
    page = office.send(EDITION, {**form, place: "4wd", "step-3-unit": "UBND xã", "do": "check"}, status=200)
    told = text_of(page.select_one(".alert--ok"))
    assert "Trực tiếp: 3 ngày làm việc → Trực tiếp: 4 ngày làm việc" in told
    assert "Bước 3" in told
    assert len(procedures.versions_of(CODE)) == 1


def test_the_next_version_ends_the_one_before_and_the_page_tells_the_difference(office: Desk) -> None:
    published(office)
    form = filled(office.page(EDITION).select_one("#edition"), valid_from="01/12/2026", title="Cấp thẻ đọc sách")
    office.done(EDITION, {**form, "do": "publish"})
    assert [row.number for row in procedures.versions_of(CODE)] == [2, 1]
    assert procedures.version_for(CODE, date(2026, 12, 1)).title == "Cấp thẻ đọc sách"
    page = office.page(f"/office/procedures/{CODE}/")
    assert "Tên thủ tục : Cấp thẻ thư viện xã → Cấp thẻ đọc sách" in text_of(page)
    assert "có hiệu lực từ" in text_of(office.page(f"/office/procedures/{CODE}/versions/2/"))
    office.page(f"/office/procedures/{CODE}/versions/9/", status=404)


def test_the_second_of_two_who_publish_is_told_who_was_faster(office: Desk) -> None:
    published(office)
    form = filled(office.page(EDITION).select_one("#edition"), valid_from="01/12/2026")
    office.done(EDITION, {**form, "do": "publish"})
    page = office.send(EDITION, {**form, "valid_from": "02/12/2026", "title": "Tên thứ ba", "do": "publish"}, status=409)
    assert "phiên bản 2 đã được công bố: Quản trị hệ thống" in text_of(page.select_one("#edition .alert"))
    assert page.select_one("#f-title")["value"] == "Tên thứ ba"
    again = office.send(NEW, typed(), status=409)
    assert "đã có trong danh mục" in problems(again)["code"]


def test_unfinished_work_is_left_and_taken_up_again(office: Desk) -> None:
    assert "mã thủ tục" in problems(office.send(NEW, typed(code="", do="save")))["code"]
    assert office.done(NEW, typed(**{"term-2-limit": "chưa rõ", "do": "save"})) == EDITION
    page = office.page(EDITION)
    assert "Đang mở bản nháp do Phan Văn Quý" in text_of(page)
    form = filled(page.select_one("#edition"))
    assert (form["term-2-limit"], form["revision"]) == ("chưa rõ", "1")
    office.done(EDITION, {**form, "term-2-limit": "2wd", "do": "save"})
    late = office.send(EDITION, {**form, "title": "Tên khác", "do": "save"}, status=409)
    assert "Phan Văn Quý đã lưu bản nháp" in text_of(late)
    assert CODE in text_of(office.page("/office/procedures/drafts/"))
    office.done(EDITION, {**filled(office.page(EDITION).select_one("#edition")), "do": "publish"})
    assert procedures.drafts() == ()
    assert procedures.version_for(CODE, NOW.date()).steps[0].name == "Tiếp nhận"


def test_a_draft_is_discarded(office: Desk) -> None:
    office.done(NEW, typed(do="save"))
    office.done(f"/office/procedures/{CODE}/discarding/", {})
    assert procedures.draft(CODE) is None
    assert office.client.post(f"/office/procedures/{CODE}/discarding/").status_code == 404


def test_a_process_is_copied_from_another_procedure(office: Desk) -> None:
    page = office.send(NEW, typed(do="copy", copy_from=MARITAL_STATUS), status=200)
    names = [step.name for step in procedures.version_for(MARITAL_STATUS, NOW.date()).steps]
    form = filled(page.select_one("#edition"))
    assert [form[f"step-{place}-name"] for place in range(1, len(names) + 1)] == names
    assert form["title"] == "Cấp thẻ thư viện xã" or form["title"] == typed()["title"]
    assert "Không có thủ tục" in problems(office.send(NEW, typed(do="copy", copy_from="9.9")))["copy_from"]


def test_repealing_needs_a_decision_and_ends_the_intake(office: Desk) -> None:
    published(office)
    url = f"/office/procedures/{CODE}/repeal/"
    assert "quyết định" in problems(office.send(url, {"on": "01/12/2026", "decision": " "}))["decision"]
    assert "hiệu lực từ" in problems(office.send(url, {"on": "20/11/2026", "decision": "1/QĐ"}))["on"]
    office.done(url, {"on": "01/12/2026", "decision": "99/QĐ-UBND"})
    assert "99/QĐ-UBND" in text_of(office.page(f"/office/procedures/{CODE}/"))
    with pytest.raises(Refused, match="hết hiệu lực từ 01/12/2026"):
        procedures.version_for(CODE, date(2026, 12, 1))


def test_the_list_forgives_accents_and_narrows(office: Desk) -> None:
    assert MARITAL_STATUS in text_of(office.page("/office/procedures/", q="xac nhan tinh trang"))
    assert MARITAL_STATUS in text_of(office.page("/office/procedures/", q="tinh trnag hon nhan"))
    assert "Không có thủ tục nào khớp" in text_of(office.page("/office/procedures/", q="qwxz zzqk jjwv"))
    published(office, **{name: None for name in typed() if name.startswith(("step-", "fee-", "term-"))})
    for lack in ("term", "fee", "steps"):
        assert CODE in text_of(office.page("/office/procedures/", lack=lack))
    assert CODE not in text_of(office.page("/office/procedures/", lack="papers"))
    assert CODE in text_of(office.page("/office/procedures/", confidence="high", level="commune", q=CODE))
    for odd in ({"level": "x"}, {"lack": "' OR 1"}, {"state": "?"}, {"start": "9" * 30}, {"field": "khong-co"}):
        office.page("/office/procedures/", **odd)


def test_pages_ask_a_constant_number_of_questions(office: Desk) -> None:
    def asked(url: str) -> int:
        office.page(url)
        with FirstReader() as seen:
            office.page(url)
        return len(seen)

    before = asked("/office/procedures/")
    for number in range(5):
        procedures.publish_version(
            actor=SYSTEM,
            at=NOW,
            draft=procedures.VersionDraft(code=f"9.3{number}", title="An táng", field_name="Thư viện mẫu", origin="thử"),
            valid_from=NOW.date(),
        )
    assert asked("/office/procedures/") == before
    published(office)
    one = asked(f"/office/procedures/{CODE}/")
    form = filled(office.page(EDITION).select_one("#edition"), valid_from="01/12/2026")
    office.done(EDITION, {**form, "do": "publish"})
    assert asked(f"/office/procedures/{CODE}/") == one


def test_files_of_the_portal_are_read_and_reported(office: Desk) -> None:
    data = Path("tests/data/procedures")
    file = next(path for path in sorted(data.rglob("*")) if path.suffix == ".jsonl")
    page = office.send("/office/procedures/import/", {"files": SimpleUploadedFile(file.name, file.read_bytes())}, status=200)
    assert "Đã đọc" in text_of(page)
    for name, content, words in (("a.xlsx", b"", "rỗng"), ("a.xlsx", b"khong phai", "a.xlsx"), ("../x.exe", b"MZ\x00", "x.exe")):
        refused = office.send("/office/procedures/import/", {"files": SimpleUploadedFile(name, content)})
        assert words in problems(refused)["files"]
    assert "Chọn ít nhất" in problems(office.send("/office/procedures/import/", {}))["files"]


PAGES = [
    "/office/procedures/",
    NEW,
    "/office/procedures/drafts/",
    "/office/procedures/import/",
    f"/office/procedures/{MARITAL_STATUS}/",
    f"/office/procedures/{MARITAL_STATUS}/edition/",
    f"/office/procedures/{MARITAL_STATUS}/repeal/",
    f"/office/procedures/{MARITAL_STATUS}/phrases/",
    "/office/phrases/",
    "/office/featured/",
]


@pytest.mark.parametrize("url", PAGES)
def test_only_who_may_publish_enters(office: Desk, url: str) -> None:
    office.page(url)
    office.sign_in("nhan").page(url, status=403)
    assert office.client.post(url, {"do": "publish"}).status_code in {403, 405}


def test_phrases_are_added_changed_and_withdrawn_and_reach_the_counter(office: Desk) -> None:
    url = f"/office/procedures/{MARITAL_STATUS}/phrases/"
    assert "Ghi câu" in problems(office.send(url, {"kind": "supplement", "text": " "}))["text"]
    office.done(url, {"kind": "supplement", "text": "Giấy của tôi", "reason": "Vì vậy"})
    assert "đã có" in problems(office.send(url, {"kind": "supplement", "text": "Giấy của tôi"}))["text"]
    phrase = next(row for row in procedures.phrases_of(MARITAL_STATUS) if row.text == "Giấy của tôi")
    office.done(f"/office/phrases/{phrase.id}/", {"text": "Giấy mới", "reason": "", "ordinal": "1"})
    assert "Giấy mới" in text_of(office.page(url))
    counter = office.sign_in("nhan")
    assert "Giấy mới" in text_of(counter.page("/desk/intake/", procedure=MARITAL_STATUS))
    office.sign_in("quantri").done(f"/office/phrases/{phrase.id}/withdrawal/", {})
    offered = office.sign_in("nhan").page("/desk/intake/", procedure=MARITAL_STATUS)
    assert "Giấy mới" not in text_of(offered.select_one(".phrases"))
    office.sign_in("quantri").page("/office/phrases/999999/", status=404)


def test_the_portal_names_first_what_the_office_says(office: Desk, client: Any) -> None:
    form = filled(office.page("/office/featured/").select_one("main form"))
    assert form["name-1"] == "Khai sinh cho con"
    refused = office.send("/office/featured/", {**form, "code-2": "9.9", "name-1": ""})
    assert set(problems(refused)) == {"code-2", "name-1"}
    office.done("/office/featured/", {"code-3": MARITAL_STATUS, "name-3": "Giấy độc thân"})
    assert "Giấy độc thân" in text_of(office.page("/"))
    assert "Khai sinh cho con" not in text_of(office.page("/"))
