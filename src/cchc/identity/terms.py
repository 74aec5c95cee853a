"""The rights, as one vocabulary: ``<module>:<thing>:<verb>``, in alphabetical order.

A right is a word that an operation asks for and a role grants. It stands here even when its module stands above, because a
vocabulary knows words, not modules.
"""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class Right(Term):
    """What a post may do, in the units of its agency."""

    ERASE_PRIVATE = "audit:private:erase", _("Xóa phần riêng của nhật ký")
    READ_SEALS = "audit:seal:read", _("Xem niêm phong và kiểm tra nhật ký")
    APOLOGISE = "cases:case:apologise", _("Xin lỗi người nộp hồ sơ")
    APPROVE_CASE = "cases:case:approve", _("Ký duyệt kết quả")
    ASSIGN_CASE = "cases:case:assign", _("Phân công xử lý hồ sơ")
    CORRECT_CASE = "cases:case:correct", _("Sửa sai sót khi tiếp nhận, cấp lại giấy hẹn")
    EXTEND_CASE = "cases:case:extend", _("Xin lỗi và đề nghị gia hạn")
    FORWARD_CASE = "cases:case:forward", _("Chuyển hồ sơ cho nơi xử lý")
    HAND_OVER_RESULT = "cases:case:hand_over", _("Trả kết quả")
    PROCESS_CASE = "cases:case:process", _("Xử lý hồ sơ")
    READ_CASE = "cases:case:read", _("Xem hồ sơ")
    RECEIVE_CASE = "cases:case:receive", _("Tiếp nhận hồ sơ")
    STOP_CASE = "cases:case:stop", _("Dừng giải quyết hồ sơ")
    REVEAL_IDENTITY = "cases:party:reveal", _("Xem số định danh đầy đủ, có ghi sổ")
    IMPORT_REGISTER = "cases:register:import", _("Nhập sổ hồ sơ cũ")
    EDIT_RULES = "cases:rule:edit", _("Sửa quy định về bổ sung, gia hạn, nhắc việc")
    EDIT_TEMPLATE = "documents:template:edit", _("Sửa mẫu giấy")
    ANSWER_CONTEST = "figures:contest:answer", _("Trả lời kiến nghị về số liệu")
    IMPORT_FIGURES = "figures:value:import", _("Nhập số liệu của hệ thống khác")
    ISSUE_KEY = "identity:key:issue", _("Cấp và thu hồi khóa API")
    EDIT_PERSON = "identity:person:edit", _("Sửa thông tin người dùng")
    APPOINT = "identity:post:appoint", _("Giao vị trí công tác")
    EDIT_ROLE = "identity:role:edit", _("Sửa quyền của vai trò")
    MANAGE_JOBS = "kernel:job:manage", _("Xem và chạy lại việc nền")
    READ_MESSAGES = "notifications:message:read", _("Xem tin đã gửi")
    EDIT_LINEAGE = "organisations:lineage:edit", _("Nhập, chia, kết thúc đơn vị")
    EDIT_SCHEDULE = "organisations:schedule:edit", _("Giao giờ làm việc cho đơn vị")
    EDIT_UNIT = "organisations:unit:edit", _("Lập và sửa đơn vị")
    IMPORT_CATALOGUE = "procedures:catalogue:import", _("Nhập danh mục thủ tục")
    PUBLISH_VERSION = "procedures:version:publish", _("Công bố thủ tục")
    PREPARE_REPORT = "reports:report:prepare", _("Chốt, giải trình và gửi báo cáo")
    RECEIVE_REPORT = "reports:report:receive", _("Tiếp nhận, trả lại báo cáo của đơn vị dưới")
    SIGN_REPORT = "reports:report:sign", _("Ký báo cáo")
    EDIT_CALENDAR = "worktime:calendar:edit", _("Sửa lịch làm việc")


class RoleOrigin(Term):
    """Where a role comes from."""

    REFERENCE = "reference", _("Có sẵn")
    OFFICE = "office", _("Cơ quan tự lập")


class Account(Term):
    """How a person signs in today."""

    OPEN = "open", _("Đăng nhập được")
    ONE_TIME = "one_time", _("Chờ đổi mật khẩu dùng một lần")
    NO_PASSWORD = "no_password", _("Chưa có mật khẩu")
    CLOSED = "closed", _("Đã khóa")


class DelegationState(Term):
    """Where a delegation stands on a day."""

    COMING = "coming", _("Sắp tới")
    NOW = "now", _("Đang hiệu lực")
    PAST = "past", _("Đã hết")
    WITHDRAWN = "withdrawn", _("Đã kết thúc sớm")


class StandInProblem(Term):
    """Why a delegation that is in force by its days has nobody who acts."""

    ENDED = "ended", _("Người được ủy quyền đã hết nhiệm vụ")
    ABSENT = "absent", _("Người được ủy quyền cũng đang vắng mặt")


class RosterVerdict(Term):
    """What the import of a list of people makes of a row."""

    NEW = "new", _("Lập tài khoản mới")
    POST = "post", _("Người đã có, thêm vị trí")
    KNOWN = "known", _("Đã có, bỏ qua")
    WRONG = "wrong", _("Cần sửa")


class KeyState(Term):
    """Whether a key of the API opens anything on a day."""

    OPEN = "open", _("Dùng được")
    EXPIRED = "expired", _("Hết hạn")
    REVOKED = "revoked", _("Đã thu hồi")
    IDLE = "idle", _("Vị trí công tác đã hết")
