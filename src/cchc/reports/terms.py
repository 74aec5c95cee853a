"""The words of statutory forms: what a row is, what a column holds, where the totals stand, how sure we are of each part."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class RowDimension(Term):
    """What one row of a form is. The label is how a sentence names it (``lĩnh vực Đất đai``)."""

    FIELD = "field", _("lĩnh vực")
    UNIT = "unit", _("đơn vị")
    CAUSE = "cause", _("nguyên nhân")
    CASE = "case", _("hồ sơ")


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
