"""Every form drawn, opened again, read and scanned."""

import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from cchc.documents import api as documents
from cchc.documents.models import FormTemplate
from cchc.kernel.actor import Actor
from tests.documents import samples
from tests.documents.reading import Print, Read, read

A5, A4 = (148, 210), (210, 297)


@pytest.fixture
def printed(unit_id: int, officer: Actor) -> Print:
    """Return a function that issues a form and reads its PDF."""

    def issue_and_read(form: documents.FormKey, data: documents.FormData) -> Read:
        paper = documents.issue(
            actor=officer, at=samples.RECEIVED, form=form, unit_id=unit_id, stream="case:H27.112-261120-0042", data=data, soon=False
        )
        return read(documents.render(paper.id))

    return issue_and_read


def test_a_receipt_says_all_that_form_01_asks(printed: Print) -> None:
    slip = printed(documents.FormKey.RECEIPT, samples.RECEIPT)
    for words in (
        "ỦY BAN NHÂN DÂN XÃ VŨ QUANG",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "Số: 0001/TN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Vũ Quang, ngày 20 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H27.112-261120-0042",
        "Tiếp nhận hồ sơ của: ĐỖ THỊ BÍCH NGỌC (chủ hồ sơ).",
        "Số định danh: 042198000317. Điện thoại: 0912 000 342. Thư điện tử: không có.",
        "Địa chỉ: Thôn 4, xã Vũ Quang, tỉnh Hà Tĩnh.",
        "Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873). Hình thức nộp: trực tiếp.",
        "1 Tờ khai cấp Giấy xác nhận tình trạng hôn nhân 1 0 0",
        "2 Thẻ căn cước (xuất trình, đã trả lại) 1 0 0",
        "2. Số lượng hồ sơ: 01 bộ.",
        "3. Thời gian giải quyết theo quy định: 03 ngày làm việc.",
        "4. Thời gian nhận hồ sơ: 14 giờ 32 phút, thứ Sáu, ngày 20 tháng 11 năm 2026.",
        "5. Thời gian trả kết quả: 16 giờ 00 phút, thứ Năm, ngày 26 tháng 11 năm 2026",
        "Không tính 21/11, 22/11 và 24/11 (Ngày Văn hóa Việt Nam, nghỉ lễ).",
        "6. Đăng ký nhận kết quả tại: quầy trả kết quả của Trung tâm.",
        "Phí, lệ phí: 10.000 đ, đã thu tiền mặt, biên lai số 0001187.",
        "Vào Sổ theo dõi hồ sơ, Quyển số 01, Số thứ tự 3914.",
        "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Đỗ Thị Bích Ngọc",
        "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên) Lê Thị Thanh Nhàn",
        "Kiểm chứng lời hẹn: mã B05E 6D17.",
        "Mẫu số 01, Thông tư 03/2025/TT-VPCP",
    ):
        assert words in slip.text, words
    assert slip.codes == (samples.TRACKING,)
    assert slip.sizes == (A5,)
    assert slip.margin > 2.5


def test_a_supplement_request_names_every_item_the_reason_and_whom_to_ask(printed: Print) -> None:
    slip = printed(documents.FormKey.SUPPLEMENT, samples.SUPPLEMENT)
    for words in (
        "Số: 0001/BS",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Hồ sơ của: ĐỖ THỊ BÍCH NGỌC.",
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
        "1 Tờ khai theo mẫu Mục 7 chưa ghi mục đích sử dụng. 01 bản chính",
        "2 Bản án hoặc quyết định ly hôn đã có hiệu lực 01 bản chụp",
        f"Lý do: {samples.SUPPLEMENT.reason}",
        "Thời hạn giải quyết tính lại từ đầu sau khi nhận đủ hồ sơ.",
        "liên hệ với bà Lê Thị Thanh Nhàn, số điện thoại 0239 000 0001 để được hướng dẫn.",
        "NGƯỜI HƯỚNG DẪN (Ký và ghi rõ họ tên) Lê Thị Thanh Nhàn",
        "Mẫu số 02, Thông tư 03/2025/TT-VPCP",
    ):
        assert words in slip.text, words
    assert slip.codes == (samples.TRACKING,)
    assert slip.sizes == (A5,)


def test_items_without_quantities_have_no_empty_column(printed: Print) -> None:
    items = (documents.SupplementItem("Tờ khai theo mẫu"), documents.SupplementItem("Bản án ly hôn"))
    slip = printed(documents.FormKey.SUPPLEMENT, replace(samples.SUPPLEMENT, items=items))
    assert "STT Nội dung cần bổ sung, hoàn thiện 1 Tờ khai theo mẫu 2 Bản án ly hôn Lý do:" in slip.text


def test_a_file_without_papers_says_so(printed: Print) -> None:
    slip = printed(documents.FormKey.RECEIPT, replace(samples.RECEIPT, papers=()))
    assert "1. Thành phần hồ sơ nộp: không phải nộp giấy tờ." in slip.text
    assert "STT" not in slip.text


def test_a_refusal_says_why_and_where_to_go(printed: Print) -> None:
    slip = printed(documents.FormKey.REFUSAL, samples.REFUSAL)
    for words in (
        "Số: 0001/TC",
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
        "không thuộc thẩm quyền của xã Vũ Quang. Hồ sơ chưa thu phí, lệ phí.",
        "Hướng dẫn: Nộp hồ sơ tại Trung tâm Phục vụ hành chính công xã Mai Hoa.",
        "1 Giấy đề nghị đăng ký hộ kinh doanh 1 0 0",
        "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Đỗ Thị Bích Ngọc",
    ):
        assert words in slip.text, words
    assert slip.codes == (samples.TRACKING,)
    assert slip.sizes == (A5,)


def test_a_guide_is_an_a4_sheet_without_a_number(forms: None) -> None:
    slip = read(documents.guide(at=samples.RECEIVED, data=samples.GUIDE))
    assert "PHIẾU HƯỚNG DẪN CHUẨN BỊ HỒ SƠ" in slip.text
    assert "1 Tờ khai (mẫu phát tại quầy) 1 0 0" in slip.text
    assert "2. Thời gian giải quyết: 03 ngày làm việc." in slip.text
    assert "3. Phí, lệ phí: 10.000 đ." in slip.text
    assert "Số:" not in slip.text
    assert slip.codes == (samples.GUIDE.url,)
    assert slip.sizes == (A4,)


@pytest.mark.parametrize("form", list(samples.SAMPLES))
def test_a_template_on_a4_draws_the_same_words_on_the_larger_sheet(form: documents.FormKey, printed: Print) -> None:
    small = printed(form, samples.SAMPLES[form])
    FormTemplate.objects.filter(key=form).update(paper_size=documents.PaperSize.A4)
    large = printed(form, samples.SAMPLES[form])
    assert large.sizes == (A4,)
    assert large.text.replace("0002/", "0001/").split() == small.text.split()


def test_the_text_of_a_pdf_is_composed_vietnamese(printed: Print) -> None:
    lower = "aăâbcdđeêghiklmnoôơpqrstuưvxy àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ".replace(" ", "")
    letters = " ".join(in_words(lower)) + " " + " ".join(in_words(lower.upper()))
    slip = printed(documents.FormKey.REFUSAL, replace(samples.REFUSAL, advice=unicodedata.normalize("NFD", letters)))
    assert letters in slip.text
    assert unicodedata.is_normalized("NFC", slip.text)


def in_words(text: str, size: int = 12) -> list[str]:
    """Return the text in words of ``size`` letters, short enough to stay whole."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def test_markup_in_what_people_type_is_printed_and_never_run(printed: Print) -> None:
    evil = '#strong[a] $x^2$ *b* _c_ \\ "d" \'e\' `f` @g <h> // i [j] {k} ~ = 1. #{panic()} #read("/etc/passwd")'
    slip = printed(documents.FormKey.REFUSAL, replace(samples.REFUSAL, advice=evil, person=replace(samples.NGOC, name=evil)))
    assert f"Hướng dẫn: {evil}" in slip.text
    assert f"Hồ sơ của: {evil.upper()}." in slip.text


def test_a_letter_that_the_face_lacks_does_not_stop_the_counter(printed: Print) -> None:
    slip = printed(documents.FormKey.RECEIPT, replace(samples.RECEIPT, person=replace(samples.NGOC, name="Lý 李 🙂 Văn Ba")))
    assert "VĂN BA" in slip.text
    assert slip.codes == (samples.TRACKING,)


def test_forty_papers_and_long_names_flow_to_further_pages_with_their_number(printed: Print) -> None:
    company = "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Xuất nhập khẩu và Đầu tư Xây dựng Hương Sơn"
    papers = tuple(
        documents.PaperLine(f"Giấy tờ thứ {n}: " + "bản vẽ có xác nhận của cơ quan có thẩm quyền, " * 3, copies=n) for n in range(1, 41)
    )
    person = replace(samples.NGOC, name=company, address="đường Nguyễn Thị Minh Khai nối dài, " * 12, email="x" * 200 + "@example.vn")
    slip = printed(documents.FormKey.RECEIPT, replace(samples.RECEIPT, person=person, papers=papers))
    count = len(slip.pages)
    assert count > 2
    assert set(slip.sizes) == {A5}
    assert all(f"Giấy tờ thứ {n}:" in slip.text for n in range(1, 41))
    assert "gồm" not in slip.pages[0]
    for number, page in enumerate(slip.pages[1:], start=2):
        assert page.startswith(f"Số 0001/TN · Mã hồ sơ H27.112-261120-0042 {number} gồm {count} trang"), page[:90]
        assert "STT Tên giấy tờ" in page or "5. Thời gian trả kết quả" in page or "NGƯỜI NỘP HỒ SƠ" in page
    assert company in slip.pages[-1]
    assert slip.text.count("x") >= 200
    assert slip.margin > 2.5


@pytest.mark.parametrize("count", range(14, 30, 3))
def test_signatures_never_stand_alone_on_a_sheet(count: int, printed: Print) -> None:
    papers = tuple(documents.PaperLine(f"Giấy tờ thứ {n}", originals=1) for n in range(count))
    slip = printed(documents.FormKey.RECEIPT, replace(samples.RECEIPT, papers=papers))
    signed = [page for page in slip.pages if "NGƯỜI TIẾP NHẬN HỒ SƠ" in page]
    assert signed == [slip.pages[-1]]
    assert "6. Đăng ký nhận kết quả tại" in signed[0]
    assert "Kiểm chứng lời hẹn" in signed[0]


def test_nothing_runs_off_the_sheet(printed: Print) -> None:
    data = replace(samples.RECEIPT, person=replace(samples.NGOC, name="Ư" * 400), procedure_name="Đ" * 900, result_place="y" * 300)
    papers = (documents.PaperLine("g" * 3000, copies=1),)
    slip = printed(documents.FormKey.RECEIPT, replace(data, papers=papers))
    assert slip.text.count("g") >= 3000
    assert slip.text.count("Ư") >= 400
    assert slip.margin > 2.5


def test_an_online_receipt_is_signed_by_the_receiver_only(printed: Print) -> None:
    slip = printed(documents.FormKey.RECEIPT, replace(samples.RECEIPT, channel="trực tuyến", submitter_signs=False))
    assert "NGƯỜI NỘP HỒ SƠ" not in slip.text
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in slip.text


def test_an_owner_who_is_not_the_submitter_is_named(printed: Print) -> None:
    slip = printed(documents.FormKey.RECEIPT, replace(samples.RECEIPT, owner="Đỗ Văn An"))
    assert "ĐỖ THỊ BÍCH NGỌC. " in slip.text
    assert "Chủ hồ sơ: Đỗ Văn An." in slip.text
    assert "(chủ hồ sơ)" not in slip.text


def test_a_paper_without_a_link_has_no_code(printed: Print) -> None:
    slip = printed(documents.FormKey.RECEIPT, replace(samples.RECEIPT, tracking_url=""))
    assert slip.codes == ()
    assert "Quét ô vuông" not in slip.text


def test_drawing_the_same_twice_gives_the_same_bytes(forms: None) -> None:
    first = documents.guide(at=samples.RECEIVED, data=samples.GUIDE)
    assert documents.guide(at=samples.RECEIVED, data=samples.GUIDE) == first
    assert documents.guide(at=samples.RECEIVED + timedelta(days=1), data=samples.GUIDE) != first


def test_a_pdf_is_fit_for_archives_and_screen_readers(forms: None) -> None:
    pdf = documents.guide(at=samples.RECEIVED, data=samples.GUIDE)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_missing_fonts_are_named_with_what_to_do(forms: None, settings: Settings, tmp_path: Path) -> None:
    settings.FONTS = tmp_path
    with pytest.raises(ImproperlyConfigured, match="make setup"):
        documents.guide(at=samples.RECEIVED, data=samples.GUIDE)
