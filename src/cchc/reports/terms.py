"""The words of statutory forms, and of reports: what a row is, how sure we are of each part, how far a report has come."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class RowDimension(Term):
    """What one row of a form is. The label is how a sentence names it (``lĩnh vực Đất đai``)."""

    FIELD = "field", _("lĩnh vực")
    UNIT = "unit", _("đơn vị")
    CAUSE = "cause", _("nguyên nhân")
    CASE = "case", _("hồ sơ")
    ITEM = "item", _("nội dung")


class ColumnKind(Term):
    """What a column holds."""

    ORDINAL = "ordinal", _("Số thứ tự")
    LABEL = "label", _("Tên dòng")
    NUMBER = "number", _("Số đếm")
    TEXT = "text", _("Chữ")


class TotalsPlace(Term):
    """Where the row of totals stands."""

    FIRST = "first", _("Dòng đầu")
    LAST = "last", _("Dòng cuối")
    NONE = "none", _("Không có dòng tổng")


class Level(Term):
    """Who fills a form."""

    COMMUNE = "commune", _("Cấp xã")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    PROVINCE = "province", _("Cấp tỉnh")
    MINISTRY = "ministry", _("Bộ, ngành")


class Confidence(Term):
    """How one part of a form is known."""

    SECONDARY = "secondary", _("Đọc ở nguồn thứ cấp, chưa đọc phụ lục của thông tư")
    INFERRED = "inferred", _("Suy ra từ nguồn đã đọc")
    UNVERIFIED = "unverified", _("Theo hiểu biết chung, chưa đối chiếu")
    OWN = "own", _("Của phần mềm, nguồn không nêu")


class FileFormat(Term):
    """The files a filled form is written to."""

    XLSX = "xlsx", _("bảng tính Excel (XLSX)")
    DOCX = "docx", _("văn bản Word (DOCX)")
    PDF = "pdf", _("tệp PDF")
    JSON = "json", _("dữ liệu JSON")


class State(Term):
    """How far a version of a report has come."""

    LOCKED = "locked", _("Đã chốt số liệu, chờ ký")
    UNLOCKED = "unlocked", _("Đã mở khóa")
    SIGNED = "signed", _("Đã ký, chưa gửi")
    SENT = "sent", _("Đã gửi, chờ tiếp nhận")
    RECEIVED = "received", _("Đã tiếp nhận")
    RETURNED = "returned", _("Bị trả lại để sửa")


# A version that is neither unlocked nor returned stands for the report; there is one at a time.
LIVE = (State.LOCKED, State.SIGNED, State.SENT, State.RECEIVED)


class Act(Term):
    """What somebody does with a report; the journal keeps the value."""

    LOCK = "report_locked", _("Chốt số liệu")
    EXPLAIN = "report_explained", _("Ghi giải trình")
    UNLOCK = "report_unlocked", _("Mở khóa")
    SIGN = "report_signed", _("Ký")
    SEND = "report_sent", _("Gửi")
    RECEIVE = "report_received", _("Tiếp nhận")
    RETURN = "report_returned", _("Trả lại để sửa")


class Side(Term):
    """Whose act it is."""

    OWN = "own", _("Cơ quan báo cáo")
    ABOVE = "above", _("Cơ quan nhận báo cáo")


class Basis(Term):
    """Where the numbers of a locked form come from."""

    FIGURES = "figures", _("Số liệu hệ thống đếm từ hồ sơ")
    REPORTS = "reports", _("Tổng hợp từ báo cáo đã tiếp nhận")
