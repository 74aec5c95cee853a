"""What each field of the forms means, for who edits a layout. Fields of one name mean one thing in every form."""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from cchc.documents.rules.forms import SHAPES
from cchc.documents.terms import FormKey
from cchc.kernel.text import gettext_noop as _


@dataclass(frozen=True)
class FieldNote:
    """One field as typst reads it (``data.person.name``), what it means, and whether it may be empty or holds a list."""

    path: str
    meaning: str
    may_be_empty: bool
    is_list: bool


_MEANINGS = {
    "head": _("Cơ quan ban hành"),
    "superior": _("Cơ quan chủ quản, dòng trên"),
    "agency": _("Cơ quan ban hành, dòng dưới, in đậm"),
    "place": _("Địa danh trước ngày tháng"),
    "phone": _("Số điện thoại"),
    "address": _("Địa chỉ"),
    "person": _("Người nộp hồ sơ, người nhận văn bản"),
    "name": _("Họ tên, tên tổ chức hoặc tên giấy tờ"),
    "email": _("Thư điện tử"),
    "identity_number": _("Số định danh hoặc mã số"),
    "identity_label": _("Tên của loại số định danh"),
    "case_code": _("Mã hồ sơ"),
    "procedure_name": _("Tên thủ tục"),
    "procedure_code": _("Mã thủ tục"),
    "channel": _("Hình thức nộp"),
    "papers": _("Giấy tờ của hồ sơ, hoặc số giấy tờ đi kèm"),
    "originals": _("Số bản chính"),
    "certified": _("Số bản chứng thực"),
    "copies": _("Số bản chụp"),
    "note": _("Ghi chú"),
    "sets": _("Số bộ hồ sơ"),
    "statutory_time": _("Thời gian giải quyết theo quy định"),
    "received": _("Lúc nhận hồ sơ; trên phiếu bàn giao là lúc bên nhận ký nhận; trên bảng cuối ngày là hồ sơ đã nhận"),
    "appointment": _("Lúc hẹn trả kết quả"),
    "result_place": _("Nơi trả kết quả"),
    "receiver": _("Người nhận"),
    "owner": _("Chủ hồ sơ"),
    "not_counted": _("Câu nêu những ngày không tính vào thời hạn"),
    "fee": _("Phí, lệ phí"),
    "register_book": _("Quyển của Sổ theo dõi hồ sơ"),
    "register_number": _("Số thứ tự trong Sổ theo dõi hồ sơ"),
    "verification_code": _("Mã kiểm chứng lời hẹn"),
    "tracking_url": _("Địa chỉ mà mã QR mở"),
    "submitter_signs": _("Người nộp có ký hay không"),
    "replaces": _("Câu nói giấy này cấp lại, thay giấy nào, vì sao"),
    "items": _("Những nội dung cần bổ sung"),
    "quantity": _("Số lượng, ghi sẵn bằng chữ"),
    "guidance": _("Hướng dẫn cách làm"),
    "reason": _("Lý do"),
    "contact_name": _("Người để liên hệ"),
    "contact_phone": _("Số điện thoại để liên hệ"),
    "officer": _("Người tiếp nhận hoặc hướng dẫn"),
    "due": _("Hạn"),
    "clock_note": _("Câu nói việc này ảnh hưởng thế nào đến thời hạn"),
    "legal_basis": _("Căn cứ pháp lý"),
    "advice": _("Hướng dẫn làm tiếp"),
    "submitted": _("Lúc nộp trực tuyến"),
    "returned": _("Giấy tờ trả lại, hoặc kết quả đã trả"),
    "promised": _("Lúc đã hẹn trả kết quả"),
    "late_unit": _("Cơ quan, đơn vị chậm giải quyết"),
    "new_appointment": _("Lúc hẹn lại"),
    "ending": _("Phần cuối văn bản"),
    "signature": _("Khối chữ ký"),
    "lines": _("Các dòng quyền hạn, chức vụ trên chữ ký; trên phiếu là các hồ sơ, kết quả"),
    "recipients": _("Các dòng của Nơi nhận"),
    "archive": _("Nơi lưu, sau chữ Lưu"),
    "drafter": _("Chữ viết tắt tên người soạn"),
    "contact": _("Người và số điện thoại để liên hệ"),
    "occasion": _("Xin lỗi về việc gì"),
    "happened": _("Sự việc đã xảy ra"),
    "responsible": _("Trách nhiệm thuộc về ai"),
    "remedy": _("Cách khắc phục"),
    "delivered": _("Lúc trả kết quả thực tế"),
    "requested": _("Ngày đề nghị dừng"),
    "request_channel": _("Hình thức đề nghị dừng"),
    "stopped": _("Lúc dừng giải quyết"),
    "fee_note": _("Câu nói về phí, lệ phí"),
    "content": _("Nội dung, tên thủ tục"),
    "giver_unit": _("Bên giao"),
    "giver": _("Người giao"),
    "receiver_unit": _("Bên nhận"),
    "given": _("Lúc giao"),
    "url": _("Địa chỉ mà mã QR mở"),
    "result_number": _("Số, ký hiệu của kết quả"),
    "post": _("Mã bưu gửi"),
    "receiver_role": _("Tư cách của người nhận"),
    "receiver_identity": _("Số định danh của người nhận"),
    "method": _("Hình thức trả kết quả hoặc hình thức thu"),
    "lead_unit": _("Cơ quan, đơn vị chủ trì giải quyết"),
    "moves": _("Các lần giao, nhận"),
    "outcome": _("Trước hạn, đúng hạn hay quá hạn"),
    "printed": _("Lúc in"),
    "coordinating": _("Các cơ quan, đơn vị phối hợp"),
    "number": _("Số thứ tự trong sổ"),
    "signed": _("Thay cho ký nhận"),
    "unit": _("Đơn vị của sổ hoặc của bảng"),
    "period": _("Kỳ của sổ"),
    "rows": _("Các dòng"),
    "closing": _("Câu chốt sổ"),
    "book": _("Quyển số"),
    "remark": _("Việc đã làm hoặc còn phải làm"),
    "count": _("Số lần"),
    "amount": _("Số tiền"),
    "day": _("Ngày của bảng"),
    "unfinished": _("Hồ sơ chưa xong"),
    "money": _("Tiền đã thu theo hình thức"),
    "total": _("Tổng số tiền"),
    "title": _("Tên danh sách"),
    "columns": _("Các cột"),
    "label": _("Tên cột"),
    "width": _("Phần bề ngang của cột"),
    "is_number": _("Cột chứa số, canh phải"),
    "filters": _("Điều kiện lọc, bằng lời"),
    "printed_by": _("Người in"),
    "where": _("Nơi nộp hồ sơ"),
    "hours": _("Giờ tiếp nhận"),
    "result": _("Kết quả nhận được"),
    "notes": _("Những điều cần biết thêm"),
}


def notes_of(form: FormKey) -> tuple[FieldNote, ...]:
    """Return every field of the form, those of parts after the part they belong to."""
    return tuple(_walk(SHAPES[form], "data."))


def _walk(shape: type, prefix: str) -> Iterator[FieldNote]:
    hints = get_type_hints(shape)
    for field in fields(shape):
        inner, is_list = _unpacked(hints[field.name])
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        yield FieldNote(path=prefix + field.name, meaning=_MEANINGS[field.name], may_be_empty=has_default, is_list=is_list)
        if isinstance(inner, type) and is_dataclass(inner):
            yield from _walk(inner, f"{prefix}{field.name}{'[…]' if is_list else ''}.")


def _unpacked(hint: Any) -> tuple[Any, bool]:
    return (get_args(hint)[0], True) if get_origin(hint) is tuple else (hint, False)
