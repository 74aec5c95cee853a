"""A filled example of every form, with made-up people: what a preview shows, and what a changed layout must be able to draw."""

from datetime import date, datetime

from cchc.documents.rules.forms import (
    ApologyData,
    ApologyExtensionData,
    CaseListData,
    ControlSlipData,
    DayLine,
    DaySheetData,
    Ending,
    FormData,
    GuideData,
    HandoverLine,
    HandoverSlipData,
    Head,
    ListColumn,
    MoneyLine,
    Move,
    PaperLine,
    Person,
    ReceiptData,
    RefusalAfterAppraisalData,
    RefusalData,
    RegisterData,
    RegisterRow,
    ResultHandoverData,
    ResultLine,
    StopNoticeData,
    SupplementData,
    SupplementItem,
)
from cchc.documents.rules.phrases import date_phrase, moment_phrase, not_counted_phrase
from cchc.documents.rules.signatures import signature
from cchc.documents.terms import FormKey, SigningKind
from cchc.kernel.local import VIETNAM

DRAWN_AT = _RECEIVED = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
_PROMISED = datetime(2026, 11, 26, 16, 0, tzinfo=VIETNAM)
_PUT_OFF = datetime(2026, 11, 30, 16, 0, tzinfo=VIETNAM)
_NOT_COUNTED = ((date(2026, 11, 21), ""), (date(2026, 11, 22), ""), (date(2026, 11, 24), "Ngày Văn hóa Việt Nam, nghỉ lễ"))
_TRACKING = "https://dichvucong.hatinh.example/tra-cuu/H27.112-261120-0042/9Jq3vX0kTn2sYb7LwR5mEA"
_SLIP = "https://dichvucong.hatinh.example/desk/handovers/4f0c2f0a/"
_CODE = "H27.112-261120-0042"
_NAME = "Cấp Giấy xác nhận tình trạng hôn nhân"
_NUMBER = "1.004873"
_CENTRE = "Trung tâm Phục vụ hành chính công"
_OFFICE = "Văn phòng HĐND và UBND xã"

_HEAD = Head(superior="Ủy ban nhân dân xã Vũ Quang", agency=_CENTRE, place="Vũ Quang", phone="0239 000 0000")
_COMMITTEE = Head(superior="Tỉnh Hà Tĩnh", agency="Ủy ban nhân dân xã Vũ Quang", place="Vũ Quang", phone="0239 000 0000")
_NGOC = Person(name="Đỗ Thị Bích Ngọc", address="Thôn 4, xã Vũ Quang, tỉnh Hà Tĩnh", phone="0912 000 342", identity_number="042198000317")
_ENDING = Ending(
    signature=signature(
        kind=SigningKind.FOR_HEAD, title="Phó Chủ tịch", head_title="Chủ tịch", body="Ủy ban nhân dân", name="Trần Quốc Bảo"
    ),
    recipients=("Như trên", "Chủ tịch UBND xã (để báo cáo)", "Trung tâm Phục vụ hành chính công"),
    archive="VT, TTPVHCC",
    drafter="LTN",
)

_RECEIPT = ReceiptData(
    head=_HEAD,
    person=_NGOC,
    case_code=_CODE,
    procedure_name=_NAME,
    procedure_code=_NUMBER,
    channel="trực tiếp",
    papers=(
        PaperLine("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", originals=1),
        PaperLine("Thẻ căn cước", originals=1, note="xuất trình, đã trả lại"),
    ),
    sets=1,
    statutory_time="03 ngày làm việc",
    received=moment_phrase(_RECEIVED),
    appointment=moment_phrase(_PROMISED),
    not_counted=not_counted_phrase(_NOT_COUNTED),
    result_place="quầy trả kết quả của Trung tâm",
    receiver="Lê Thị Thanh Nhàn",
    fee="10.000 đ, đã thu tiền mặt, biên lai số 0001187",
    register_book="01",
    register_number="3914",
    verification_code="B05E 6D17",
    tracking_url=_TRACKING,
)
_SUPPLEMENT = SupplementData(
    head=_HEAD,
    person=_NGOC,
    procedure_name=_NAME,
    procedure_code=_NUMBER,
    items=(
        SupplementItem("Tờ khai theo mẫu", "01 bản chính", "Mục 7 chưa ghi mục đích sử dụng."),
        SupplementItem("Bản án hoặc quyết định ly hôn đã có hiệu lực", "01 bản chụp"),
    ),
    reason="Người yêu cầu đã từng kết hôn nhưng hồ sơ chưa có giấy tờ chứng minh hôn nhân đã chấm dứt.",
    contact_name="bà Lê Thị Thanh Nhàn",
    contact_phone="0239 000 0001",
    officer="Lê Thị Thanh Nhàn",
    case_code=_CODE,
    clock_note="Thời hạn giải quyết tính lại từ đầu sau khi nhận đủ hồ sơ.",
    tracking_url=_TRACKING,
)
_REFUSAL = RefusalData(
    head=_HEAD,
    person=_NGOC,
    procedure_name="Đăng ký thành lập hộ kinh doanh",
    procedure_code="1.001612",
    reason="Địa điểm kinh doanh thuộc xã Mai Hoa, không thuộc thẩm quyền của xã Vũ Quang.\nHồ sơ chưa thu phí, lệ phí.",
    officer="Lê Thị Thanh Nhàn",
    advice="Nộp hồ sơ tại Trung tâm Phục vụ hành chính công xã Mai Hoa.",
    returned=(PaperLine("Giấy đề nghị đăng ký hộ kinh doanh", originals=1),),
    tracking_url=_TRACKING,
)
_REFUSAL_AFTER_APPRAISAL = RefusalAfterAppraisalData(
    head=_COMMITTEE,
    person=_NGOC,
    case_code=_CODE,
    procedure_name=_NAME,
    procedure_code=_NUMBER,
    received=moment_phrase(_RECEIVED),
    promised=moment_phrase(_PROMISED),
    reason="Kết quả xác minh tại nơi cư trú trước đây cho thấy hôn nhân đăng ký năm 2019 chưa chấm dứt.",
    legal_basis="khoản 4 Điều 22 Nghị định số 123/2015/NĐ-CP",
    advice="Nộp lại hồ sơ khi có bản án hoặc quyết định ly hôn đã có hiệu lực pháp luật.",
    fee_note="không thu.",
    returned=(PaperLine("Bản sao trích lục kết hôn", certified=1),),
    ending=_ENDING,
    contact="Lê Thị Thanh Nhàn, 0239 000 0001",
    tracking_url=_TRACKING,
)
_APOLOGY_EXTENSION = ApologyExtensionData(
    head=_COMMITTEE,
    person=_NGOC,
    case_code=_CODE,
    procedure_name=_NAME,
    procedure_code=_NUMBER,
    received=moment_phrase(_RECEIVED),
    promised=moment_phrase(_PROMISED),
    late_unit="Công chức tư pháp - hộ tịch, Ủy ban nhân dân xã Vũ Quang",
    reason="Chưa nhận được trả lời xác minh của nơi cư trú trước đây.",
    new_appointment=moment_phrase(_PUT_OFF),
    result_place="quầy trả kết quả của Trung tâm",
    ending=_ENDING,
    contact="Lê Thị Thanh Nhàn, 0239 000 0001",
    tracking_url=_TRACKING,
)
_APOLOGY = ApologyData(
    head=_COMMITTEE,
    person=_NGOC,
    occasion="Về việc trả kết quả quá hạn",
    happened="Hồ sơ được trình ký chậm 02 ngày làm việc so với quy trình; kết quả có sau ngày đã hẹn.",
    responsible="Công chức tư pháp - hộ tịch, Ủy ban nhân dân xã Vũ Quang.",
    remedy="Kết quả được trả cùng văn bản này; Ủy ban nhân dân xã đã kiểm điểm người làm chậm.",
    case_code=_CODE,
    procedure_name=_NAME,
    procedure_code=_NUMBER,
    received=moment_phrase(_RECEIVED),
    promised=moment_phrase(_PROMISED),
    delivered=moment_phrase(_PUT_OFF),
    ending=_ENDING,
    contact="Lê Thị Thanh Nhàn, 0239 000 0001",
    tracking_url=_TRACKING,
)
_STOP_NOTICE = StopNoticeData(
    head=_COMMITTEE,
    person=_NGOC,
    case_code=_CODE,
    procedure_name=_NAME,
    procedure_code=_NUMBER,
    received=moment_phrase(_RECEIVED),
    requested=date_phrase(date(2026, 11, 23)),
    request_channel="đơn nộp trực tiếp tại quầy",
    stopped=moment_phrase(datetime(2026, 11, 23, 15, 10, tzinfo=VIETNAM)),
    reason="Người nộp hồ sơ đề nghị rút hồ sơ vì không còn nhu cầu.",
    returned=(PaperLine("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", originals=1),),
    fee_note="đã thu 10.000 đ; không hoàn trả vì hồ sơ đã được thẩm định.",
    ending=_ENDING,
    contact="Lê Thị Thanh Nhàn, 0239 000 0001",
    tracking_url=_TRACKING,
)
_HANDOVER_SLIP = HandoverSlipData(
    head=_HEAD,
    giver_unit=_CENTRE,
    giver="Lê Thị Thanh Nhàn",
    receiver_unit=_OFFICE,
    receiver="Phan Văn Lộc",
    given=moment_phrase(_RECEIVED),
    lines=(
        HandoverLine(_CODE, _NAME, _NGOC.name, papers="01 bộ, 02 tờ", due="16:00 26/11/2026"),
        HandoverLine("H27.112-261120-0043", "Đăng ký khai sinh", "Nguyễn Văn Hùng", papers="01 bộ, 03 tờ", due="16:00 23/11/2026"),
    ),
    url=_SLIP,
)
_RESULT_HANDOVER = ResultHandoverData(
    head=_HEAD,
    giver="Lê Thị Thanh Nhàn",
    giver_unit=_CENTRE,
    receiver=_NGOC.name,
    receiver_role="chủ hồ sơ",
    receiver_identity="042198000317",
    given=moment_phrase(_PROMISED),
    method="trực tiếp tại quầy",
    lines=(ResultLine(_CODE, _NAME, "127/UBND-XNTTHN", _NGOC.name, fee="10.000 đ"),),
    returned=(PaperLine("Quyết định ly hôn", originals=1),),
)
_CONTROL_SLIP = ControlSlipData(
    head=_HEAD,
    case_code=_CODE,
    procedure_name=_NAME,
    procedure_code=_NUMBER,
    owner=_NGOC.name,
    lead_unit="Ủy ban nhân dân xã Vũ Quang",
    coordinating=("Công an xã Vũ Quang",),
    received=moment_phrase(_RECEIVED),
    promised=moment_phrase(_PROMISED),
    moves=(
        Move(
            giver_unit=_CENTRE,
            giver="Lê Thị Thanh Nhàn",
            given=moment_phrase(_RECEIVED),
            receiver_unit=_OFFICE,
            receiver="Phan Văn Lộc",
            received=moment_phrase(datetime(2026, 11, 20, 15, 5, tzinfo=VIETNAM)),
            due="17:00 23/11/2026",
            outcome="Đúng hạn",
        ),
        Move(
            giver_unit=_OFFICE,
            giver="Phan Văn Lộc",
            given=moment_phrase(datetime(2026, 11, 23, 16, 40, tzinfo=VIETNAM)),
            receiver_unit="Lãnh đạo Ủy ban nhân dân xã",
            due="11:30 26/11/2026",
        ),
    ),
    printed="16:45 23/11/2026",
)
_REGISTER = RegisterData(
    head=_HEAD,
    unit=_CENTRE + " xã Vũ Quang",
    period="từ ngày 01/11/2026 đến ngày 30/11/2026",
    book="01",
    rows=(
        RegisterRow(
            number="3914",
            case_code=_CODE,
            procedure_name=_NAME,
            owner=_NGOC.name,
            contact="Thôn 4, xã Vũ Quang; 0912 000 342",
            lead_unit="UBND xã Vũ Quang",
            received="20/11/2026",
            promised="26/11/2026",
            returned="26/11/2026",
            method="Trực tiếp",
        ),
        RegisterRow(
            number="3915",
            case_code="H27.112-261120-0043",
            procedure_name="Đăng ký khai sinh",
            owner="Nguyễn Văn Hùng",
            contact="Thôn 2, xã Vũ Quang; 0912 000 118",
            lead_unit="UBND xã Vũ Quang",
            received="20/11/2026",
            promised="23/11/2026",
        ),
    ),
    closing="Sổ này có 02 hồ sơ, từ số thứ tự 3914 đến số thứ tự 3915.",
    signature=signature(kind=SigningKind.OWN, title="Giám đốc", name="Hoàng Thị Mai"),
    printed="16:45 30/11/2026",
)
_DAY_SHEET = DaySheetData(
    head=_HEAD,
    unit="Quầy 3, " + _CENTRE,
    day=date_phrase(date(2026, 11, 20)),
    printed="16:45 20/11/2026",
    giver="Lê Thị Thanh Nhàn",
    receiver="Hoàng Thị Mai",
    received=(DayLine(_CODE, _NAME, _NGOC.name, "đã chuyển Văn phòng lúc 15:05"),),
    returned=(DayLine("H27.112-261118-0017", "Đăng ký kết hôn", "Lê Văn Tùng", "Lê Văn Tùng"),),
    unfinished=(DayLine("H27.112-261120-0051", "Đăng ký khai sinh", "Nguyễn Văn Hùng", "chuyển đầu giờ sáng 23/11"),),
    money=(MoneyLine("Tiền mặt", 12, "144.000 đ"), MoneyLine("Chuyển khoản", 3, "72.000 đ")),
    total="216.000 đ",
)
_CASE_LIST = CaseListData(
    head=_HEAD,
    title="Danh sách hồ sơ sắp đến hạn",
    filters=("Bước: đang xử lý", "Hạn: trước 17:00 thứ Sáu 27/11/2026"),
    columns=(
        ListColumn("Mã hồ sơ", 3),
        ListColumn("Chủ hồ sơ", 3),
        ListColumn("Thủ tục", 5),
        ListColumn("Hẹn trả", 2),
        ListColumn("Phí (đ)", 1, is_number=True),
    ),
    rows=(
        (_CODE, _NGOC.name, _NAME, "16:00 26/11/2026", "10.000"),
        ("H27.112-261120-0043", "Nguyễn Văn Hùng", "Đăng ký khai sinh", "16:00 23/11/2026", "0"),
    ),
    printed="16:45 20/11/2026",
    printed_by="Lê Thị Thanh Nhàn",
)
_GUIDE = GuideData(
    head=_HEAD,
    procedure_name=_NAME,
    procedure_code=_NUMBER,
    papers=(PaperLine("Tờ khai", originals=1, note="mẫu phát tại quầy"), PaperLine("Thẻ căn cước", originals=1)),
    statutory_time="03 ngày làm việc",
    fee="10.000 đ",
    where="Trung tâm Phục vụ hành chính công xã Vũ Quang",
    hours="07 giờ 00 phút đến 11 giờ 30 phút",
    url="https://dichvucong.hatinh.example/thu-tuc/1.004873",
)

SAMPLES: dict[FormKey, FormData] = {
    FormKey.RECEIPT: _RECEIPT,
    FormKey.SUPPLEMENT: _SUPPLEMENT,
    FormKey.REFUSAL: _REFUSAL,
    FormKey.REFUSAL_AFTER_APPRAISAL: _REFUSAL_AFTER_APPRAISAL,
    FormKey.APOLOGY_EXTENSION: _APOLOGY_EXTENSION,
    FormKey.APOLOGY: _APOLOGY,
    FormKey.STOP_NOTICE: _STOP_NOTICE,
    FormKey.HANDOVER_SLIP: _HANDOVER_SLIP,
    FormKey.RESULT_HANDOVER: _RESULT_HANDOVER,
    FormKey.CONTROL_SLIP: _CONTROL_SLIP,
    FormKey.REGISTER: _REGISTER,
    FormKey.DAY_SHEET: _DAY_SHEET,
    FormKey.CASE_LIST: _CASE_LIST,
    FormKey.GUIDE: _GUIDE,
}
