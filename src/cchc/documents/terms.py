"""The words of papers and files: which form, which sheet, how sure we are of its wording, who signs, what a file is."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class FormKey(Term):
    """What a paper is for. Which circular and number it bears on a day is data (``FormTemplate``), never this key."""

    RECEIPT = "receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "supplement", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "refusal", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    REFUSAL_AFTER_APPRAISAL = "refusal_after_appraisal", _("Thông báo không giải quyết hồ sơ sau thẩm định")
    APOLOGY_EXTENSION = "apology_extension", _("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết")
    APOLOGY = "apology", _("Văn bản xin lỗi")
    STOP_NOTICE = "stop_notice", _("Thông báo dừng giải quyết hồ sơ")
    HANDOVER_SLIP = "handover_slip", _("Phiếu bàn giao hồ sơ")
    RESULT_HANDOVER = "result_handover", _("Phiếu bàn giao kết quả")
    CONTROL_SLIP = "control_slip", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    REGISTER = "register", _("Sổ theo dõi hồ sơ")
    DAY_SHEET = "day_sheet", _("Bảng bàn giao cuối ngày")
    CASE_LIST = "case_list", _("Danh sách hồ sơ")
    GUIDE = "guide", _("Phiếu hướng dẫn chuẩn bị hồ sơ")


# Administrative documents with number, date, recipients and signature (Decree 30/2020/NĐ-CP); the others are slips and lists.
LETTERS = frozenset({FormKey.REFUSAL_AFTER_APPRAISAL, FormKey.APOLOGY_EXTENSION, FormKey.APOLOGY, FormKey.STOP_NOTICE})


class PaperSize(Term):
    """The sheet. Slips of the one-stop circular are A5, registers and letters A4 (Circular 01/2018/TT-VPCP Art. 9)."""

    A5 = "A5", _("A5 (148 × 210 mm)")
    A4 = "A4", _("A4 (210 × 297 mm)")
    A4_LANDSCAPE = "A4L", _("A4 ngang (297 × 210 mm)")


class Confidence(Term):
    """How the wording of a form is known."""

    READ = "read", _("Đã đọc văn bản")
    PRACTICE = "practice", _("Theo mẫu đang dùng trong thực tế, chưa đọc phụ lục của thông tư")
    EARLIER = "earlier", _("Theo mẫu của thông tư trước, chưa đối chiếu mẫu hiện hành")
    OWN = "own", _("Mẫu của phần mềm, không có trong thông tư")


class SigningKind(Term):
    """In whose name a person signs (Decree 30/2020/NĐ-CP Art. 13; the marks are those of Annex I, Part I)."""

    OWN = "own", _("Người đứng đầu ký")
    ACTING = "acting", _("Quyền cấp trưởng ký (Q.)")
    FOR_HEAD = "for_head", _("Cấp phó ký thay (KT.)")
    BY_ORDER = "by_order", _("Ký thừa lệnh (TL.)")
    AUTHORISED = "authorised", _("Ký thừa ủy quyền (TUQ.)")


class FileKind(Term):
    """What a kept file is to its case."""

    INTAKE = "intake", _("Giấy tờ quét khi tiếp nhận")
    RESULT = "result", _("Kết quả giải quyết")
    EVIDENCE = "evidence", _("Tài liệu, chứng cứ kèm theo")
    SIGNED = "signed", _("Bản đã ký, đóng dấu")


class FileType(Term):
    """The types of files that are kept; told by the content, never by the name."""

    PDF = "application/pdf", _("tệp PDF")
    PNG = "image/png", _("ảnh PNG")
    JPEG = "image/jpeg", _("ảnh JPEG")
    TIFF = "image/tiff", _("ảnh TIFF")
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _("văn bản Word (DOCX)")
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _("bảng tính Excel (XLSX)")
