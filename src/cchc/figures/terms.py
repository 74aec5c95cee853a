"""The words of figures."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class Verdict(Term):
    """What becomes of a contested number: an answer, or that who contested it has taken it back."""

    ACCEPTED = "accepted", _("Chấp nhận kiến nghị")
    REJECTED = "rejected", _("Giữ nguyên số liệu")
    WITHDRAWN = "withdrawn", _("Đã rút kiến nghị")


class Flow(Term):
    """What may happen to the work of a unit on a day. Both rollups keep one column for each; everything else is their sums."""

    RECEIVED = "received", _("tiếp nhận")
    ONLINE = "online", _("tiếp nhận trực tuyến")
    TAKEN = "taken", _("nhận bàn giao")
    GIVEN = "given", _("bàn giao đi")
    EARLY = "early", _("giải quyết trước hạn")
    ON_TIME = "on_time", _("giải quyết đúng hạn")
    EXTENDED = "extended", _("giải quyết đúng hạn sau gia hạn")
    LATE = "late", _("giải quyết quá hạn")
    FIRST_KEPT = "first_kept", _("giải quyết đúng lời hẹn đầu")
    CLOSED = "closed", _("kết thúc không có kết quả")
    BECAME_LATE = "became_late", _("thành quá hạn")
    LEFT_LATE = "left_late", _("hết quá hạn")
    PAUSED = "paused", _("bắt đầu chờ người nộp")
    RESUMED = "resumed", _("hết chờ người nộp")


class ValueVerdict(Term):
    """What the import of values makes of a row."""

    NEW = "new", _("Mới")
    CHANGED = "changed", _("Thay số đã nhập")
    KNOWN = "known", _("Đã có, bỏ qua")
    WRONG = "wrong", _("Cần sửa")
