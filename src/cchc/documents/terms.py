"""The words of papers: which form, which sheet, how sure we are of its wording."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class FormKey(Term):
    """What a paper is for. Which circular and number it bears on a day is data (``FormTemplate``), never this key."""

    RECEIPT = "receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "supplement", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "refusal", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    GUIDE = "guide", _("Phiếu hướng dẫn chuẩn bị hồ sơ")


class PaperSize(Term):
    """The sheet. Slips of the one-stop circular are A5, registers and letters A4 (Circular 01/2018/TT-VPCP Art. 9)."""

    A5 = "A5", _("A5 (148 × 210 mm)")
    A4 = "A4", _("A4 (210 × 297 mm)")


class Confidence(Term):
    """How the wording of a form is known."""

    READ = "read", _("Đã đọc văn bản")
    PRACTICE = "practice", _("Theo mẫu đang dùng trong thực tế, chưa đọc phụ lục của thông tư")
    EARLIER = "earlier", _("Theo mẫu của thông tư trước, chưa đối chiếu mẫu hiện hành")
    OWN = "own", _("Mẫu của phần mềm, không có trong thông tư")
