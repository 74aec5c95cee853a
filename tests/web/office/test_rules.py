"""The office's rules: every limit with its ground, another value from a day on, and back to the reference."""

from datetime import date
from typing import Any

import pytest

from cchc.cases import api as cases
from cchc.cases.api import RuleKey
from cchc.web.office.rules.listing import GROUPS
from cchc.web.office.rules.words import SETTINGS, value_words
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import BIRTH, CERTIFIED_COPY, MARITAL_STATUS, NOW

NOTICE = "/office/rules/extension_notice/"
LAW = {"value": "1", "unit": "d", "scope": "all", "since": "01/12/2026", "source": "Nghị định 61/2018/NĐ-CP, khoản 9 Điều 19"}
DECEMBER = date(2026, 12, 1)


def value_on(day: date, key: RuleKey, code: str = "") -> str:
    """Return the value the engine uses."""
    return cases.bounds_on(day, code)[key].value


@pytest.mark.parametrize("address", ["/office/rules/", NOTICE, "/office/rules/procedures/"])
def test_open_for_who_may_edit_them_and_for_nobody_else(office: Desk, address: str) -> None:
    office.page(address)
    office.sign_in("nhan").page(address, status=403)


@pytest.mark.parametrize("address", [NOTICE, f"{NOTICE}reference/"])
def test_refuse_a_form_sent_without_the_right(office: Desk, address: str) -> None:
    office.sign_in("nhan").send(address, {**LAW, "on": "01/12/2026"}, status=403)
    assert value_on(DECEMBER, RuleKey.EXTENSION_NOTICE) == "1wd"


def test_every_limit_has_words_and_a_place_in_the_list() -> None:
    assert set(SETTINGS) == set(RuleKey) == {key for _name, keys in GROUPS for key in keys}
    for key, setting in SETTINGS.items():
        assert setting.known, key
        assert all(value_words(key, value) for value, _ground in setting.known)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (RuleKey.EXTENSION_NOTICE, "1wd", "1 ngày làm việc trước ngày hẹn"),
        (RuleKey.EXTENSION_NOTICE, "1d", "1 ngày trước ngày hẹn"),
        (RuleKey.SUPPLEMENT_WITHIN, "3wd", "3 ngày làm việc từ khi tiếp nhận"),
        (RuleKey.SUPPLEMENT_RESUME, "restart", "tính lại từ đầu"),
        (RuleKey.PAYMENT_RESUME, "shift", "cộng thời gian chờ"),
        (RuleKey.SUPPLEMENTS_AFTER, "1", "1 lần"),
        (RuleKey.EXTENSIONS, "0", "không lần nào"),
        (RuleKey.UNDO_MINUTES, "0", "không được rút lại"),
        (RuleKey.REMIND_BEFORE, "24", "24 giờ"),
    ],
)
def test_values_are_said_in_words(key: RuleKey, value: str, words: str) -> None:
    assert value_words(key, value) == words


def test_the_list_says_value_ground_confidence_and_whose_it_is(office: Desk) -> None:
    told = text_of(office.page("/office/rules/"))
    for words in (
        "1 ngày làm việc trước ngày hẹn",
        "tính lại từ đầu",
        "Khoản 4 Điều 20 Nghị định 63/2010/NĐ-CP",
        "Chưa có căn cứ chung",
        "Mức chuẩn",
        "Chưa ai đổi",
    ):
        assert words in told
    assert "Cơ quan đặt" not in told


def test_the_page_of_the_notice_explains_the_day_of_the_law_and_the_working_day_of_the_house(office: Desk) -> None:
    told = text_of(office.page(NOTICE))
    assert "1 ngày trước ngày hẹn Luật: chậm nhất 01 ngày" in told
    assert "1 ngày làm việc trước ngày hẹn Quy tắc của phần mềm, chặt hơn luật" in told


def test_another_value_holds_from_its_day_and_is_kept_in_the_journal(office: Desk) -> None:
    assert office.done(NOTICE, LAW) == NOTICE
    assert value_on(date(2026, 11, 30), RuleKey.EXTENSION_NOTICE) == "1wd"
    assert value_on(DECEMBER, RuleKey.EXTENSION_NOTICE) == "1d"
    page = office.page("/office/rules/")
    assert "Sắp áp dụng" in text_of(page)
    assert "Cơ quan đặt" in text_of(page)
    assert "Đặt mức của cơ quan Gia hạn chậm nhất trước ngày hẹn: 1 ngày trước ngày hẹn, từ 01/12/2026" in text_of(
        page.select_one(".ledger")
    )
    assert "Quản trị hệ thống" in text_of(page.select_one(".ledger .who"))
    office.at = NOW.replace(month=12, day=2)
    assert "Cơ quan đặt mức khác" in text_of(office.page(NOTICE))


def test_back_to_the_reference_from_a_day_on(office: Desk) -> None:
    office.done(NOTICE, LAW)
    assert office.done(f"{NOTICE}reference/", {"restored": "", "on": "15/12/2026"}) == NOTICE
    assert value_on(date(2026, 12, 14), RuleKey.EXTENSION_NOTICE) == "1d"
    assert value_on(date(2026, 12, 15), RuleKey.EXTENSION_NOTICE) == "1wd"
    told = text_of(office.page(NOTICE).select_one(".ledger"))
    assert "Trở về mức chuẩn Gia hạn chậm nhất trước ngày hẹn: mức của cơ quan áp dụng đến hết 14/12/2026" in told
    again = office.send(f"{NOTICE}reference/", {"restored": "", "on": "15/12/2026"})
    assert "không có mức riêng nào" in text_of(again)
    assert len(office.page(NOTICE).select(".ledger li")) == 2


def test_one_procedure_may_have_a_limit_of_its_own_found_by_its_name(office: Desk) -> None:
    office.done(
        "/office/rules/payment_resume/",
        {"value": "restart", "scope": "one", "q": MARITAL_STATUS, "since": "01/12/2026", "source": "Quyết định 5/QĐ-UBND"},
    )
    assert value_on(DECEMBER, RuleKey.PAYMENT_RESUME, MARITAL_STATUS) == "restart"
    assert value_on(DECEMBER, RuleKey.PAYMENT_RESUME, BIRTH) == "shift"
    assert f"riêng {MARITAL_STATUS}" in text_of(office.page("/office/rules/"))
    many = office.send(
        "/office/rules/payment_resume/", {"value": "restart", "scope": "one", "q": "chứng thực", "since": "01/12/2026", "source": "x"}
    )
    assert len(many.select("input[type=radio][name=procedure]")) > 1
    assert many.select_one("#f-source").text == "x"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": ""}, "Nhập số mới."),
        ({"value": "-1"}, "Nhập một số từ 0 đến 999."),
        ({"value": "1000"}, "Nhập một số từ 0 đến 999."),
        ({"value": "¹"}, "Nhập một số từ 0 đến 999."),
        ({"unit": "tuần"}, "Lựa chọn này không có trong danh sách."),
        ({"since": ""}, "Nhập ngày bắt đầu áp dụng."),
        ({"since": "31/02/2026"}, "Không có ngày 31/02/2026."),
        ({"source": "  "}, "Ghi căn cứ"),
        ({"source": "a" * 501}, "Căn cứ dài quá 500 ký tự"),
        ({"scope": "one", "q": ""}, "Gõ mã hoặc tên thủ tục rồi chọn."),
        ({"scope": "one", "q": "!!!"}, "Gõ mã hoặc tên thủ tục rồi chọn."),
        ({"scope": "one", "q": "qwxzz vvkk"}, "Không tìm thấy thủ tục nào"),
        ({"scope": "one", "procedure": "9.999999"}, "thủ tục"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office: Desk, changes: dict[str, Any], sentence: str) -> None:
    page = office.send(NOTICE, {**LAW, **changes})
    assert sentence in text_of(page)
    kept = {**LAW, **changes}
    assert page.select_one("#f-value")["value"] == kept["value"]  # type: ignore[index]
    assert page.select_one("#f-source").text.strip() == kept["source"].strip()  # type: ignore[union-attr]
    assert value_on(DECEMBER, RuleKey.EXTENSION_NOTICE) == "1wd"


@pytest.mark.parametrize("value", ["", "giữa chừng"])
def test_a_way_of_the_clock_that_is_none_is_refused(office: Desk, value: str) -> None:
    page = office.send("/office/rules/supplement_resume/", {**LAW, "value": value})
    assert "Chọn tính lại từ đầu hoặc cộng thời gian chờ." in text_of(page)


@pytest.mark.parametrize("address", ["/office/rules/lai_suat/", "/office/rules/lai_suat/reference/"])
def test_an_unknown_limit_is_not_found(office: Desk, address: str) -> None:
    if address.endswith("reference/"):
        office.send(address, {"on": "01/12/2026"}, status=404)
    else:
        office.page(address, status=404)


def test_asks_no_more_for_more_limits(office: Desk) -> None:
    def count(address: str) -> int:
        with FirstReader() as queries:
            office.page(address)
        return len(queries)

    def add(code: str) -> None:
        office.done(NOTICE, {**LAW, "scope": "one", "procedure": code})

    add(BIRTH)
    for address in ("/office/rules/", NOTICE):
        count(address)
    before = [count("/office/rules/"), count(NOTICE)]
    add(MARITAL_STATUS)
    add(CERTIFIED_COPY)
    assert [count("/office/rules/"), count(NOTICE)] == before
