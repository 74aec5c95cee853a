"""Intake on one screen: four acts, nothing typed is lost, a form sent twice makes one case."""

from datetime import datetime
from typing import Any

import pytest

from cchc.cases import api as cases
from cchc.cases.models import Case
from cchc.kernel.local import VIETNAM
from cchc.procedures import api as procedures
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.forms import filled
from tests.world import BIRTH, CERTIFIED_COPY, MARITAL_STATUS

pytestmark = pytest.mark.django_db
PERSON = {
    "owner_identity_number": "042 198 000 317",
    "owner_full_name": "Đỗ  Thị Bích Ngọc",
    "owner_birth_date": "14/02/1998",
    "owner_address": "Thôn 4, xã Vũ Quang",
    "owner_phone": "0912 000 342",
}


def form_of(desk: Desk, code: str = MARITAL_STATUS, **changes: Any) -> dict[str, Any]:
    page = desk.page("/desk/intake/", procedure=code)
    everything = {str(box["name"]): "1" for box in page.select("#intake td input[type=checkbox]")}
    return filled(page.select_one("#intake"), **{**PERSON, **everything, **changes})


def seen(desk: Desk, code: str) -> cases.CaseView:
    return cases.case(code=code, actor=desk.world.counter, at=desk.at)


def problems(page: Any) -> dict[str, str]:
    return {str(item["id"]).removeprefix("p-"): text_of(item) for item in page.select(".problem[id]")}


def test_an_empty_screen_asks_for_the_procedure(desk: Desk) -> None:
    page = desk.page("/desk/intake/")
    assert page.select_one("#f-q").has_attr("autofocus")
    assert page.select_one(".btn--main") is None


def test_a_procedure_is_found_in_two_keystrokes(desk: Desk) -> None:
    found = desk.page("/desk/intake/procedures/", q="kh")
    assert BIRTH in [item["data-value"] for item in found.select("[role=option]")]
    assert (
        next(item["data-value"] for item in desk.page("/desk/intake/procedures/", q="tinh trang hon nhan").select("li")) == MARITAL_STATUS
    )
    assert found.select("mark")


def test_words_without_script_show_procedures_to_pick(desk: Desk) -> None:
    page = desk.send("/desk/intake/", {"do": "refresh", "q": "ket hon", **PERSON}, status=200)
    picks = {str(button["value"]): text_of(button) for button in page.select("button[name=pick]")}
    assert "Đăng ký kết hôn" in picks.values()
    again = desk.send("/desk/intake/", {**filled(page.select_one("#intake")), "pick": MARITAL_STATUS}, status=200)
    assert again.select_one("input[name=titled_code]")["value"] == MARITAL_STATUS
    assert again.select_one("#f-owner_full_name")["value"] == PERSON["owner_full_name"]


def test_the_promise_and_its_ground_are_shown_before_it_is_made(desk: Desk) -> None:
    promise = text_of(desk.page("/desk/intake/", procedure=MARITAL_STATUS).select_one("section[aria-labelledby=b5]"))
    for words in (
        "16:00 thứ Năm 26/11/2026",
        "24/11 (Ngày Văn hóa Việt Nam)",
        "Điều 17 Nghị định 118/2025",
        "trước 17:00, vì nhận trước 15:00",
    ):
        assert words in promise
    desk.at = datetime(2026, 11, 20, 15, 10, tzinfo=VIETNAM)
    assert "chậm nhất 07:00 thứ Hai 23/11" in text_of(
        desk.page("/desk/intake/", procedure=MARITAL_STATUS).select_one("section[aria-labelledby=b5]")
    )


def test_fees_follow_the_quantities_and_everything_typed_stays(desk: Desk) -> None:
    data = form_of(desk, CERTIFIED_COPY, copies="12", pages="4", request="Làm hồ sơ xin việc", owner_full_name="Nguyễn Văn  A")
    page = desk.send("/desk/intake/", {**data, "do": "refresh"}, status=200)
    assert page.select_one("#total").text == "72.000\u00a0đ"
    assert "12 bản" in text_of(page.select_one("section[aria-labelledby=b4]"))
    assert page.select_one("#f-request").text.strip() == "Làm hồ sơ xin việc"
    assert page.select_one("#f-owner_full_name")["value"] == "Nguyễn Văn  A"
    assert page.select_one("input[name=key]")["value"] == data["key"]
    wrong = desk.send("/desk/intake/", {**data, "pages": "bốn", "do": "receive"})
    assert problems(wrong)["pages"].startswith("Nhập một số")
    assert wrong.select_one("#f-pages")["value"] == "bốn"


def test_another_case_type_brings_its_own_papers_and_term(desk: Desk) -> None:
    data = form_of(desk, CERTIFIED_COPY)
    page = desk.send("/desk/intake/", {**data, "case_type": "2", "do": "refresh"}, status=200)
    assert "16:00 thứ Tư 25/11/2026" in text_of(page)
    assert page.select_one("[formaction='/desk/intake/immediate/']") is None
    assert not page.select("#intake td input[checked]")


def test_a_complete_file_is_received_and_its_receipt_is_the_first_thing(desk: Desk) -> None:
    url = desk.done("/desk/intake/", {**form_of(desk), "do": "receive"})
    page = desk.page(url)
    assert "Đã tiếp nhận H27.112-261120-0001" in text_of(page.select_one(".messages"))
    link = page.select_one("a[autofocus]")
    assert link["href"].startswith("/desk/papers/")
    case = seen(desk, "H27.112-261120-0001")
    assert (case.owner.full_name, case.owner.phone) == ("Đỗ Thị Bích Ngọc", "0912000342")
    assert all(paper.given for paper in case.papers)


def test_the_same_form_twice_is_one_case(desk: Desk) -> None:
    data = {**form_of(desk), "do": "receive"}
    assert desk.done("/desk/intake/", data) == desk.done("/desk/intake/", data)
    assert Case.objects.count() == 1
    page = desk.send("/desk/intake/", {**data, "owner_full_name": "Người Khác"}, status=409)
    assert "đã ghi thành hồ sơ H27.112-261120-0001" in text_of(page)


def test_wrong_answers_are_told_at_their_places_all_at_once(desk: Desk) -> None:
    data = form_of(desk, owner_birth_date="31/02/1998", owner_identity_number="042 198 000 31", owner_full_name=" ", owner_phone="123")
    page = desk.send("/desk/intake/", {**data, "do": "receive"})
    told = problems(page)
    assert told["owner_birth_date"] == "Không có ngày 31/02/1998. Xem lại ngày và tháng."
    assert "đang có 11 ký tự" in told["owner_identity_number"]
    assert {"owner_full_name", "owner_phone"} <= set(told)
    assert page.select_one("#f-owner_birth_date")["value"] == "31/02/1998"
    assert page.select_one("#f-owner_birth_date")["aria-invalid"] == "true"
    assert all(box.has_attr("checked") for box in page.select("#intake td input[type=checkbox]"))
    assert Case.objects.count() == 0


def test_a_missing_paper_calls_for_a_supplement_request(desk: Desk) -> None:
    data = form_of(desk, p1=None)
    page = desk.send("/desk/intake/", {**data, "do": "receive"})
    assert "Còn thiếu 1 giấy tờ: Tờ khai" in text_of(page.select_one("#f-papers"))
    assert page.select_one("#f-items").text.strip().startswith("Tờ khai cấp Giấy xác nhận")
    assert "p1" not in filled(page.select_one("#intake"))
    empty = desk.send("/desk/intake/supplement/", {**filled(page.select_one("#intake")), "reason": " "})
    assert "Ghi lý do" in problems(empty)["reason"]
    assert empty.select_one("details[open] #f-items")
    url = desk.done("/desk/intake/supplement/", {**filled(page.select_one("#intake")), "reason": "Thiếu tờ khai."})
    case = seen(desk, "H27.112-261120-0001")
    assert case.row.stage is cases.Stage.AWAITING_SUPPLEMENT
    assert case.requests[0].items == ("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân (01 bản chính)",)
    assert "Phiếu yêu cầu bổ sung" in text_of(desk.page(url).select_one("a[autofocus]"))


def test_what_was_written_in_the_request_is_not_overwritten(desk: Desk) -> None:
    data = form_of(desk, p1=None, items="Ảnh 4 × 6", items_was="")
    page = desk.send("/desk/intake/", {**data, "do": "refresh"}, status=200)
    assert page.select_one("#f-items").text.strip() == "Ảnh 4 × 6"


def test_all_papers_are_ticked_by_one_button(desk: Desk) -> None:
    page = desk.send("/desk/intake/", {**form_of(desk, p1=None, p2=None), "do": "all"}, status=200)
    assert "đã đủ 2/2" in text_of(page.select_one("#b2"))


def test_a_picked_phrase_is_written_into_the_paper_without_script(desk: Desk) -> None:
    phrase = procedures.phrases_for(BIRTH, procedures.PhraseKind.SUPPLEMENT)[0]
    refusal = procedures.phrases_for(BIRTH, procedures.PhraseKind.REFUSAL)[0]
    data = form_of(desk, BIRTH, p1=None, items="Ảnh 4 × 6", items_was="")
    page = desk.send("/desk/intake/", {**data, "phrase": str(phrase.id)}, status=200)
    assert page.select_one("details[open] #f-items").text.strip().splitlines() == ["Ảnh 4 × 6", phrase.text]
    assert page.select_one("#f-reason")["value"] == phrase.reason
    again = desk.send(
        "/desk/intake/", {**filled(page.select_one("#intake")), "reason": "Lý do của tôi", "phrase": str(phrase.id)}, status=200
    )
    assert again.select_one("#f-items").text.count(phrase.text) == 1
    assert again.select_one("#f-reason")["value"] == "Lý do của tôi"
    page = desk.send("/desk/intake/", {**data, "refusal_phrase": str(refusal.id)}, status=200)
    assert page.select_one("details[open] #f-refuse_reason").text.strip() == refusal.text
    assert page.select_one("#f-guidance").text.strip() == refusal.reason
    desk.send("/desk/intake/", {**data, "phrase": "' OR 1"}, status=200)


def test_a_refusal_is_written_with_its_reason(desk: Desk) -> None:
    data = form_of(desk)
    assert "Ghi lý do từ chối" in problems(desk.send("/desk/intake/refusal/", data))["refuse_reason"]
    desk.done("/desk/intake/refusal/", {**data, "refuse_reason": "Không thuộc thẩm quyền.", "guidance": "Đến xã Mai Hoa."})
    case = seen(desk, "H27.112-261120-0001")
    assert (case.row.stage, case.requests[0].guidance) == (cases.Stage.REFUSED, "Đến xã Mai Hoa.")


def test_a_same_day_procedure_is_done_and_the_queue_moves(desk: Desk) -> None:
    data = form_of(desk, CERTIFIED_COPY, copies="12", pages="4")
    url = desk.done("/desk/intake/immediate/", data)
    assert url == f"/desk/intake/?procedure={CERTIFIED_COPY}"
    page = desk.page(url)
    told = text_of(page.select_one(".messages")).replace("\u00a0", " ")
    assert "H27.112-261120-0001 : số 1 trong sổ, thu 72.000 đ" in told
    assert "giấy hẹn" not in told
    assert page.select_one("#f-owner_identity_number")["value"] == ""
    case = seen(desk, "H27.112-261120-0001")
    assert (case.row.stage, case.receiver, case.issued) == (cases.Stage.RETURNED, "Đỗ Thị Bích Ngọc", ())
    again = desk.done("/desk/intake/immediate/", form_of(desk, CERTIFIED_COPY, receipt="1", receiver="Nguyễn Văn B"))
    assert desk.page(again).select_one(".messages a[target=_blank]")
    assert seen(desk, "H27.112-261120-0002").receiver == "Nguyễn Văn B"


def test_somebody_else_may_bring_the_file(desk: Desk) -> None:
    data = form_of(desk, submitter_full_name="Nguyễn Văn B", submitter_identity_number="042 090 000 11")
    page = desk.send("/desk/intake/", {**data, "do": "receive"})
    assert "submitter_identity_number" in problems(page)
    assert page.select_one("details[open] #f-submitter_full_name")["value"] == "Nguyễn Văn B"
    desk.done("/desk/intake/", {**data, "submitter_identity_number": "042090000111", "do": "receive"})
    submitter = seen(desk, "H27.112-261120-0001").submitter
    assert submitter is not None
    assert submitter.full_name == "Nguyễn Văn B"


def test_a_procedure_that_is_not_ours_is_refused_at_the_finder(desk: Desk) -> None:
    assert "9.999999" in problems(desk.page("/desk/intake/", procedure="9.999999"))["q"]
    page = desk.send("/desk/intake/", {"do": "receive", **PERSON})
    assert problems(page)["q"] == "Chọn thủ tục trước khi tiếp nhận."
    assert page.select_one("#f-owner_full_name")["value"] == PERSON["owner_full_name"]


@pytest.mark.parametrize("url", ["/desk/intake/", "/desk/intake/procedures/", f"/desk/procedures/{MARITAL_STATUS}/guide/"])
def test_only_who_receives_may_open_it(desk: Desk, url: str) -> None:
    assert "Tiếp nhận hồ sơ" in text_of(desk.sign_in("thu").page(url, status=403))


@pytest.mark.parametrize("name", ["immediate", "supplement", "refusal"])
def test_only_who_receives_may_send_it(desk: Desk, name: str) -> None:
    desk.sign_in("phuc").send(f"/desk/intake/{name}/", {}, status=403)
    assert desk.client.get(f"/desk/intake/{name}/").status_code == 405


def test_who_files_is_one_click_and_follows_who_brings_the_file(desk: Desk) -> None:
    desk.done("/desk/intake/", form_of(desk, filed_by="helped", do="receive"))
    assert seen(desk, "H27.112-261120-0001").filed_by is cases.FiledBy.HELPED
    assert "Cán bộ hỗ trợ nộp" in desk.page("/desk/cases/H27.112-261120-0001/").select_one("#identity").get_text()
    other = {"submitter_full_name": "Nguyễn Văn B", "submitter_identity_number": "042090000111"}
    desk.done("/desk/intake/", form_of(desk, **other, do="receive"))
    assert seen(desk, "H27.112-261120-0002").filed_by is cases.FiledBy.AGENT
