"""The words of scoring."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class RuleKind(Term):
    """How a criterion turns what was measured into points."""

    RATIO = "ratio", _("Theo tỷ lệ")
    LINEAR_THRESHOLD = "linear_threshold", _("Theo tỷ lệ, từ một mức trở lên")
    YESNO = "yesno", _("Có hoặc không")
    BANDS = "bands", _("Theo mức xếp loại")
    COUNT_CAP = "count_cap", _("Theo số lượng, có mức trần")


class IfEmpty(Term):
    """What a ratio is worth when there is nothing to measure: its denominator is zero."""

    ZERO = "zero", _("0 điểm")
    FULL = "full", _("Đủ điểm")
    LEFT_OUT = "null", _("Không chấm, không cộng vào tổng")
    POINTS = "points", _("Số điểm định trước")


class YesNo(Term):
    """The answer of a yes-or-no criterion."""

    YES = "yes", _("Có")
    NO = "no", _("Không")
    NOT_APPLICABLE = "na", _("Không áp dụng")


class SumOf(Term):
    """What a group and the total add up."""

    ROUNDED = "rounded", _("Cộng các điểm đã làm tròn")
    EXACT = "exact", _("Cộng điểm chưa làm tròn, làm tròn sau cùng")


class Scope(Term):
    """The level of government that a criterion is meant for. It says nothing about how points are computed."""

    PROVINCE = "tinh", _("Cấp tỉnh")
    COMMUNE = "xa", _("Cấp xã")


class CodeOrigin(Term):
    """Who gave a criterion its code."""

    PORTAL = "portal", _("Mã do Cổng Dịch vụ công quốc gia công bố")
    OURS = "ours", _("Mã do phần mềm đặt")


class Confidence(Term):
    """How far a rule of a set can be trusted."""

    READ = "read", _("Đã đọc văn bản")
    PORTAL = "portal", _("Khớp số liệu công khai của Cổng")
    REPORTED = "reported", _("Theo tài liệu thứ cấp, chưa có số liệu để đối chiếu")
    OURS = "ours", _("Phần mềm tự chọn, chưa có căn cứ")


class RankMethod(Term):
    """How places are counted after a tie."""

    COMPETITION = "competition", _("Đồng hạng rồi bỏ số: 1, 2, 2, 4")
    DENSE = "dense", _("Đồng hạng, không bỏ số: 1, 2, 2, 3")


class Counted(Term):
    """What the numerator and denominator of a criterion count."""

    DOSSIER = "dossier", _("hồ sơ")
    FORMALITY = "formality", _("thủ tục")
    PETITION = "petition", _("phản ánh, kiến nghị")


class PeriodKind(Term):
    """The periods for which points are kept. They follow the calendar, as the portal's do."""

    MONTH = "month", _("Tháng")
    QUARTER = "quarter", _("Quý")
    YEAR = "year", _("Năm")


class Why(Term):
    """Why our points and published ones are not the same."""

    SAME = "same", _("Khớp")
    MISSING = "missing", _("Ở đây chưa có số liệu của chỉ tiêu này: nhập tử số, mẫu số đã công bố")
    ROUNDING = "rounding", _("Lệch không quá 0,01 điểm: do làm tròn")
    IMPORTED = "imported", _("Số liệu nhập vào khác số liệu mà nơi công bố đã chấm: xem lại tệp đã nhập")
    COUNTED = "counted", _("Hồ sơ đếm ở đây khác số nơi công bố đã chấm: hồ sơ chưa đồng bộ, hoặc cách đếm khác nhau")
    LEFT_OUT = "left_out", _("Một bên không chấm vì không có gì để đo")
    PARTS = "parts", _("Do các chỉ tiêu bên trong")
