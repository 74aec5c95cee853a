"""Filled forms of made-up people, as the counter would fill them."""

from datetime import date, datetime

from cchc.documents import api as documents
from cchc.kernel.local import VIETNAM

RECEIVED = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
PROMISED = datetime(2026, 11, 26, 16, 0, tzinfo=VIETNAM)
TRACKING = "https://dichvucong.hatinh.example/tra-cuu/H27.112-261120-0042/9Jq3vX0kTn2sYb7LwR5mEA"

HEAD = documents.Head(
    superior="Ủy ban nhân dân xã Vũ Quang", agency="Trung tâm Phục vụ hành chính công", place="Vũ Quang", phone="0239 000 0000"
)
NGOC = documents.Person(
    name="Đỗ Thị Bích Ngọc", address="Thôn 4, xã Vũ Quang, tỉnh Hà Tĩnh", phone="0912 000 342", identity_number="042198000317"
)
NOT_COUNTED = ((date(2026, 11, 21), ""), (date(2026, 11, 22), ""), (date(2026, 11, 24), "Ngày Văn hóa Việt Nam, nghỉ lễ"))

RECEIPT = documents.ReceiptData(
    head=HEAD,
    person=NGOC,
    case_code="H27.112-261120-0042",
    procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
    procedure_code="1.004873",
    channel="trực tiếp",
    papers=(
        documents.PaperLine("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", originals=1),
        documents.PaperLine("Thẻ căn cước", originals=1, note="xuất trình, đã trả lại"),
    ),
    sets=1,
    statutory_time="03 ngày làm việc",
    received=documents.moment_phrase(RECEIVED),
    appointment=documents.moment_phrase(PROMISED),
    not_counted=documents.not_counted_phrase(NOT_COUNTED),
    result_place="quầy trả kết quả của Trung tâm",
    receiver="Lê Thị Thanh Nhàn",
    fee="10.000 đ, đã thu tiền mặt, biên lai số 0001187",
    register_book="01",
    register_number="3914",
    verification_code="B05E 6D17",
    tracking_url=TRACKING,
)
SUPPLEMENT = documents.SupplementData(
    head=HEAD,
    person=NGOC,
    procedure_name=RECEIPT.procedure_name,
    procedure_code=RECEIPT.procedure_code,
    items=(
        documents.SupplementItem("Tờ khai theo mẫu", "01 bản chính", "Mục 7 chưa ghi mục đích sử dụng."),
        documents.SupplementItem("Bản án hoặc quyết định ly hôn đã có hiệu lực", "01 bản chụp"),
    ),
    reason="Người yêu cầu đã từng kết hôn nhưng hồ sơ chưa có giấy tờ chứng minh hôn nhân đã chấm dứt.",
    contact_name="bà Lê Thị Thanh Nhàn",
    contact_phone="0239 000 0001",
    officer="Lê Thị Thanh Nhàn",
    case_code=RECEIPT.case_code,
    clock_note="Thời hạn giải quyết tính lại từ đầu sau khi nhận đủ hồ sơ.",
    tracking_url=TRACKING,
)
REFUSAL = documents.RefusalData(
    head=HEAD,
    person=NGOC,
    procedure_name="Đăng ký thành lập hộ kinh doanh",
    procedure_code="1.001612",
    reason="Địa điểm kinh doanh thuộc xã Mai Hoa, không thuộc thẩm quyền của xã Vũ Quang.\nHồ sơ chưa thu phí, lệ phí.",
    officer="Lê Thị Thanh Nhàn",
    advice="Nộp hồ sơ tại Trung tâm Phục vụ hành chính công xã Mai Hoa.",
    returned=(documents.PaperLine("Giấy đề nghị đăng ký hộ kinh doanh", originals=1),),
    tracking_url=TRACKING,
)
GUIDE = documents.GuideData(
    head=HEAD,
    procedure_name=RECEIPT.procedure_name,
    procedure_code=RECEIPT.procedure_code,
    papers=(documents.PaperLine("Tờ khai", originals=1, note="mẫu phát tại quầy"), documents.PaperLine("Thẻ căn cước", originals=1)),
    statutory_time="03 ngày làm việc",
    fee="10.000 đ",
    where="Trung tâm Phục vụ hành chính công xã Vũ Quang",
    hours="07 giờ 00 phút đến 11 giờ 30 phút",
    url="https://dichvucong.hatinh.example/thu-tuc/1.004873",
)
SAMPLES = {documents.FormKey.RECEIPT: RECEIPT, documents.FormKey.SUPPLEMENT: SUPPLEMENT, documents.FormKey.REFUSAL: REFUSAL}
