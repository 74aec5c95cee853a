"""Administrative documents and slips: issued, drawn, read back; drafts; sheets without a number."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from cchc.documents import api as documents
from cchc.documents.models import Counter, FormTemplate, Paper
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.kernel.local import VIETNAM
from tests.documents import samples
from tests.documents.reading import Print, Read, read

A5, A4, LANDSCAPE = (148, 210), (210, 297), (297, 210)
CASE = "case:H27.112-261120-0042"
KEY = documents.FormKey


@pytest.fixture
def printed(unit_id: int, officer: Actor) -> Print:
    """Return a function that issues a form and reads its PDF."""

    def issue_and_read(form: documents.FormKey, data: documents.FormData) -> Read:
        paper = documents.issue(actor=officer, at=samples.RECEIVED, form=form, unit_id=unit_id, stream=CASE, data=data, soon=False)
        return read(documents.render(paper.id))

    return issue_and_read


def says(slip: Read, *words: str) -> None:
    """Assert that the slip says all of it."""
    missing = [part for part in words if part not in slip.text]
    assert not missing, (missing, slip.text)


def test_an_extension_apologises_names_the_late_unit_and_the_new_date(printed: Print) -> None:
    letter = printed(KEY.APOLOGY_EXTENSION, samples.APOLOGY_EXTENSION)
    says(
        letter,
        "ỦY BAN NHÂN DÂN XÃ VŨ QUANG",
        "Số: 01/XLGH",
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Kính gửi: Đỗ Thị Bích Ngọc",
        "Vào 14 giờ 32 phút, thứ Sáu, ngày 20 tháng 11 năm 2026, Ủy ban nhân dân xã Vũ Quang đã tiếp nhận hồ sơ H27.112-261120-0042",
        "16 giờ 00 phút, thứ Năm, ngày 26 tháng 11 năm 2026",
        "hồ sơ chưa giải quyết xong",
        f"Lý do: {samples.APOLOGY_EXTENSION.reason}",
        "Cơ quan, đơn vị chậm giải quyết: Công chức tư pháp - hộ tịch",
        "xin lỗi ông/bà (tổ chức)",
        "16 giờ 00 phút, thứ Hai, ngày 30 tháng 11 năm 2026",
        "Nơi trả kết quả: quầy trả kết quả của Trung tâm.",
        "Nơi nhận: - Như trên; - Chủ tịch UBND xã (để báo cáo);",
        "- Lưu: VT, TTPVHCC, LTN.",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "Trần Quốc Bảo",
        "Mẫu số 04, Thông tư 03/2025/TT-VPCP",
    )
    assert letter.codes == (samples.TRACKING,)
    assert letter.sizes == (A4,)
    assert letter.margin > 7


def test_an_apology_goes_with_a_late_result_and_moves_no_date(printed: Print) -> None:
    letter = printed(KEY.APOLOGY, samples.APOLOGY)
    says(
        letter,
        "Số: 01/XL",
        "Về việc trả kết quả quá hạn",
        "Thời gian trả kết quả thực tế: 16 giờ 00 phút, thứ Hai, ngày 30 tháng 11 năm 2026",
        "Sự việc: Hồ sơ được trình ký chậm",
        "Trách nhiệm: Công chức tư pháp",
        "Khắc phục: Kết quả được trả cùng văn bản này",
        "không làm thay đổi thời hạn đã hẹn; việc trả kết quả quá hạn vẫn được ghi nhận là quá hạn./.",
    )


def test_an_apology_without_a_case_speaks_of_what_happened_only(printed: Print) -> None:
    bare = replace(
        samples.APOLOGY, case_code="", promised="", delivered="", received="", occasion="Về việc làm mất giấy tờ", tracking_url=""
    )
    letter = printed(KEY.APOLOGY, bare)
    says(letter, "Về việc làm mất giấy tờ", "không làm thay đổi thời hạn đã hẹn./.")
    assert "hồ sơ H27" not in letter.text
    assert "quá hạn vẫn" not in letter.text


def test_a_stop_notice_says_who_asked_why_what_comes_back_and_what_of_the_fee(printed: Print) -> None:
    letter = printed(KEY.STOP_NOTICE, samples.STOP_NOTICE)
    says(
        letter,
        "THÔNG BÁO Dừng giải quyết hồ sơ",
        "Ngày đề nghị dừng giải quyết: ngày 23 tháng 11 năm 2026; hình thức đề nghị: đơn nộp trực tiếp tại quầy.",
        "chưa có quyết định về kết quả giải quyết",
        "Lý do: Người nộp hồ sơ đề nghị rút hồ sơ",
        "Phí, lệ phí: đã thu 10.000 đ; không hoàn trả",
        "1 Tờ khai cấp Giấy xác nhận tình trạng hôn nhân 1 0 0",
        "Mẫu số 05, Thông tư 03/2025/TT-VPCP",
    )


def test_a_refusal_after_appraisal_is_a_notice_signed_by_who_may_decide(printed: Print) -> None:
    letter = printed(KEY.REFUSAL_AFTER_APPRAISAL, samples.REFUSAL_AFTER_APPRAISAL)
    says(
        letter,
        "THÔNG BÁO Từ chối giải quyết hồ sơ",
        "Căn cứ khoản 4 Điều 22 Nghị định số 123/2015/NĐ-CP.",
        "không đủ điều kiện giải quyết, với lý do cụ thể như sau:",
        "hôn nhân đăng ký năm 2019 chưa chấm dứt.",
        "Hướng dẫn: Nộp lại hồ sơ",
        "quyền kiến nghị, khiếu nại",
        "PHÓ CHỦ TỊCH",
        "Mẫu số 03",
    )


def test_a_hand_over_slip_lists_the_batch_and_its_code_opens_its_page(printed: Print) -> None:
    slip = printed(KEY.HANDOVER_SLIP, samples.HANDOVER_SLIP)
    says(
        slip,
        "Số: 0001/BG",
        "Bên giao: Trung tâm Phục vụ hành chính công, người giao: Lê Thị Thanh Nhàn.",
        "Bên nhận: Văn phòng HĐND và UBND xã, người nhận: Phan Văn Lộc.",
        "Số hồ sơ bàn giao: 02 hồ sơ, gồm:",
        "H27.112-261120-0043 Đăng ký khai sinh",
        "NGƯỜI GIAO (Ký và ghi rõ họ tên) Lê Thị Thanh Nhàn NGƯỜI NHẬN",
    )
    assert slip.codes == (samples.HANDOVER_SLIP.url,)


def test_a_receipt_for_results_names_result_owner_receiver_and_fee(printed: Print) -> None:
    slip = printed(KEY.RESULT_HANDOVER, samples.RESULT_HANDOVER)
    says(
        slip,
        "Số: 0001/BGKQ",
        "Người nhận: Đỗ Thị Bích Ngọc (chủ hồ sơ), số định danh: 042198000317.",
        "127/UBND",
        "10.000 đ",
        "Bản chính trả lại: STT Tên giấy tờ",
        "Người nhận đã kiểm tra và nhận đủ 01 kết quả",
    )
    assert slip.sizes == (A5,)


def test_a_receipt_issued_anew_says_which_it_replaces(printed: Print) -> None:
    words = "Cấp lại, thay giấy số 0042/TN ngày 20/11/2026; lý do: ghi sai tên thủ tục."
    assert words in printed(KEY.RECEIPT, replace(samples.RECEIPT, replaces=words)).text
    assert "Cấp lại" not in printed(KEY.RECEIPT, samples.RECEIPT).text


def test_a_control_slip_has_a_pair_of_rows_for_each_hand_over(forms: None) -> None:
    slip = read(documents.unnumbered(at=samples.RECEIVED, data=samples.CONTROL_SLIP))
    says(
        slip,
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "1. Giao: Trung tâm Phục vụ hành chính công",
        "2. Nhận: Văn phòng HĐND và UBND xã",
        "Đúng hạn",
        "… giờ … phút, ngày … tháng … năm …",
        "Phối hợp: Công an xã Vũ Quang.",
        "Mẫu số 06",
    )
    assert "Số: " not in slip.text


def test_a_control_slip_of_thirty_hand_overs_flows(forms: None) -> None:
    moves = tuple(replace(samples.CONTROL_SLIP.moves[0], note=f"lần thứ {n}.") for n in range(30))
    slip = read(documents.unnumbered(at=samples.RECEIVED, data=replace(samples.CONTROL_SLIP, moves=moves)))
    assert len(slip.pages) > 3
    assert all(f"lần thứ {n}." in slip.text for n in range(30))
    assert slip.margin > 7


def test_a_register_of_five_hundred_rows_lies_across_and_is_closed_on_its_last_page(forms: None) -> None:
    row = samples.REGISTER.rows[0]
    rows = tuple(
        replace(row, number=str(n), case_code=f"H27.112-261120-{n:04d}", owner=f"Người thứ {n} " + "Nguyễn " * 5) for n in range(1, 501)
    )
    closing = "Sổ này có 500 hồ sơ, từ số thứ tự 1 đến số thứ tự 500."
    book = read(documents.unnumbered(at=samples.RECEIVED, data=replace(samples.REGISTER, rows=rows, closing=closing)))
    count = len(book.pages)
    assert count > 20
    assert set(book.sizes) == {LANDSCAPE}
    assert book.margin > 4
    for number, page in enumerate(book.pages[1:], start=2):
        assert f"{number} gồm {count} trang" in page, page[:120]
    assert all(f"H27.112-261120-{n:04d}" in book.text for n in range(1, 501))
    assert closing in book.pages[-1]
    assert "GIÁM ĐỐC (Ký, đóng dấu) Hoàng Thị Mai" in book.pages[-1]


def test_an_empty_register_says_so(forms: None) -> None:
    assert "Trong kỳ không có hồ sơ." in read(documents.unnumbered(at=samples.RECEIVED, data=replace(samples.REGISTER, rows=()))).text


def test_a_day_sheet_counts_files_and_money(forms: None) -> None:
    slip = read(documents.unnumbered(at=samples.RECEIVED, data=samples.DAY_SHEET))
    says(
        slip,
        "1. Đã tiếp nhận trong ngày: 01 hồ sơ",
        "3. Chưa xong, bàn giao lại: 01 hồ sơ",
        "1 Tiền mặt 12 144.000 đ",
        "Cộng: 216.000 đ.",
        "NGƯỜI NHẬN (Ký và ghi rõ họ tên) Hoàng Thị Mai",
    )
    bare = replace(samples.DAY_SHEET, received=(), returned=(), unfinished=(), money=(), total="")
    says(read(documents.unnumbered(at=samples.RECEIVED, data=bare)), "1. Đã tiếp nhận trong ngày: 00 hồ sơ", "Trong ngày không thu.")


def test_any_list_can_be_printed_with_its_filters(forms: None) -> None:
    sheet = read(documents.unnumbered(at=samples.RECEIVED, data=samples.CASE_LIST))
    says(sheet, "DANH SÁCH HỒ SƠ SẮP ĐẾN HẠN", "Bước: đang xử lý; Hạn: trước", "STT Mã hồ sơ Chủ hồ sơ", "Cộng 2 dòng.")
    assert sheet.sizes == (LANDSCAPE,)


def test_a_list_whose_rows_do_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(Invalid, match="Dòng 1 có 1 ô"):
        replace(samples.CASE_LIST, rows=(("một",),))
    with pytest.raises(Invalid, match="ít nhất một cột"):
        replace(samples.CASE_LIST, columns=(), rows=())


@pytest.mark.parametrize("form", [KEY.CONTROL_SLIP, KEY.REGISTER, KEY.DAY_SHEET, KEY.CASE_LIST])
def test_sheets_without_a_number_are_never_issued(form: documents.FormKey, printed: Print) -> None:
    with pytest.raises(Refused, match="không có số"):
        printed(form, documents.SAMPLES[form])


def test_a_form_with_a_number_is_never_drawn_without_one(forms: None) -> None:
    with pytest.raises(Refused, match="phải cấp giấy"):
        documents.unnumbered(at=samples.RECEIVED, data=samples.APOLOGY)


@pytest.mark.parametrize("form", list(samples.LETTERS))
def test_a_draft_bears_its_mark_on_every_page_and_takes_no_number(form: documents.FormKey, forms: None) -> None:
    letter = samples.LETTERS[form]
    field = "happened" if form is KEY.APOLOGY else "reason"
    draft = read(documents.draft(at=samples.RECEIVED, data=replace(letter, **{field: "Một dòng dài. " * 400})))
    assert len(draft.pages) > 1
    assert all("DỰ THẢO" in page for page in draft.pages)
    assert "0001/" not in draft.text
    assert f"/{FormTemplate.objects.filter(key=form).latest('period').series}" in draft.text
    assert not Paper.objects.exists()
    assert not Counter.objects.exists()


def test_what_is_issued_bears_no_draft_mark(printed: Print) -> None:
    assert "DỰ THẢO" not in printed(KEY.APOLOGY, samples.APOLOGY).text


@pytest.mark.parametrize("form", list(samples.LETTERS))
def test_a_signature_never_stands_alone_and_names_may_be_very_long(form: documents.FormKey, printed: Print) -> None:
    letter = samples.LETTERS[form]
    person = replace(letter.person, name="Công ty Trách nhiệm hữu hạn Một thành viên " * 6, address="Ư" * 300)
    field = "happened" if form is KEY.APOLOGY else "reason"
    for length in range(50, 90, 10):
        slip = printed(form, replace(letter, person=person, **{field: "Một dòng khá dài của lý do. " * length}))
        signed = [page for page in slip.pages if "Trần Quốc Bảo" in page]
        assert signed == [slip.pages[-1]]
        assert "./." in signed[0]
        assert slip.margin > 7


def test_a_letter_that_the_face_lacks_does_not_stop_a_letter(printed: Print) -> None:
    slip = printed(KEY.APOLOGY, replace(samples.APOLOGY, person=replace(samples.NGOC, name="Lý 李 🙂 Văn Ba")))
    says(slip, "Văn Ba", "VĂN BẢN XIN LỖI")


@pytest.mark.parametrize("form", [*samples.LETTERS, KEY.HANDOVER_SLIP, KEY.RESULT_HANDOVER])
def test_a_missing_field_is_named(form: documents.FormKey, unit_id: int, officer: Actor) -> None:
    plain = documents.to_plain(documents.SAMPLES[form])
    plain["head"]["agency"] = " "
    with pytest.raises(Invalid) as refusal:
        documents.issue(actor=officer, at=samples.RECEIVED, form=form, unit_id=unit_id, stream=CASE, data=plain)
    assert refusal.value.field == "head.agency"


def test_the_extension_of_2018_bears_its_old_name(unit_id: int, officer: Actor) -> None:
    at = datetime(2024, 3, 5, 9, 0, tzinfo=VIETNAM)
    paper = documents.issue(
        actor=officer, at=at, form=KEY.APOLOGY_EXTENSION, unit_id=unit_id, stream=CASE, data=samples.APOLOGY_EXTENSION, soon=False
    )
    assert paper.title == "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
    assert paper.circular == "Thông tư 01/2018/TT-VPCP"


def test_a_paper_is_found_by_its_number(unit_id: int, other_unit_id: int, officer: Actor) -> None:
    paper = documents.issue(actor=officer, at=samples.RECEIVED, form=KEY.APOLOGY, unit_id=unit_id, stream=CASE, data=samples.APOLOGY)
    assert documents.paper_by_number(unit_id=unit_id, number="1/xl", year=2026).id == paper.id
    absent: list[dict[str, Any]] = [
        {"unit_id": other_unit_id, "number": "01/XL", "year": 2026},
        {"unit_id": unit_id, "number": "01/XL", "year": 2027},
        {"unit_id": unit_id, "number": "một/XL", "year": 2026},
        {"unit_id": unit_id, "number": "9" * 40 + "/XL", "year": 2026},
    ]
    for wrong in absent:
        with pytest.raises(NotFound, match="Không có giấy số"):
            documents.paper_by_number(**wrong)


def test_every_form_has_a_sample_that_survives_the_way_to_json_and_back() -> None:
    assert set(documents.SAMPLES) == set(documents.FormKey)
    for data in documents.SAMPLES.values():
        assert documents.from_plain(type(data), documents.to_plain(data)) == data
