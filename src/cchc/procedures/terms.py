"""Vocabularies of the catalogue."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class Level(Term):
    """Who handles it (cấp thực hiện). Districts ended on 1 July 2025; the word stays for older versions."""

    MINISTRY = "ministry", _("Cấp bộ")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")
    OTHER = "other", _("Cơ quan khác")


class Channel(Term):
    """How a file is handed in (cách thức thực hiện)."""

    COUNTER = "counter", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Dịch vụ bưu chính")


class LegalKind(Term):
    """Whose rule the procedure is (loại thủ tục)."""

    DETAILED = "detailed", _("TTHC được luật giao quy định chi tiết")
    NOT_DELEGATED = "not_delegated", _("TTHC không được luật giao cho địa phương quy định")
    LOCAL = "local", _("TTHC do địa phương quy định")
    OTHER = "other", _("Loại khác")


class ServiceLevel(Term):
    """How far the service can be used online (Decree 224/2026 Art. 14). Unknown is what a list without the fact says."""

    FULL = "full", _("Toàn trình")
    PARTIAL = "partial", _("Một phần")
    INFO = "info", _("Cung cấp thông tin")
    UNKNOWN = "unknown", _("Chưa có thông tin")


class PartialReason(Term):
    """The reasons a service may be online only in part; one must be published (Decree 224/2026 Art. 14)."""

    PRESENCE = "presence", _("Pháp luật yêu cầu người dân có mặt")
    VERIFICATION = "verification", _("Pháp luật yêu cầu xác minh tại hiện trường")
    INCIDENT = "incident", _("Sự cố kỹ thuật chưa khắc phục được")
    TECHNICAL = "technical", _("Lý do kỹ thuật khác")


class SubjectKind(Term):
    """Who may file (đối tượng thực hiện)."""

    CITIZEN = "citizen", _("Công dân Việt Nam")
    OVERSEAS = "overseas", _("Người Việt Nam định cư ở nước ngoài")
    FOREIGNER = "foreigner", _("Người nước ngoài")
    OFFICIAL = "official", _("Cán bộ, công chức, viên chức")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    FDI_ENTERPRISE = "fdi_enterprise", _("Doanh nghiệp có vốn đầu tư nước ngoài")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    ORGANISATION = "organisation", _("Tổ chức (không bao gồm doanh nghiệp, HTX)")
    FOREIGN_ORGANISATION = "foreign_organisation", _("Tổ chức nước ngoài")


class PaperUse(Term):
    """What happens to a paper at the counter."""

    SUBMIT = "submit", _("Nộp")
    SHOW = "show", _("Xuất trình")


class TermAbsence(Term):
    """Why a channel has no term that can be counted."""

    NOT_SET = "not_set", _("Không quy định")
    NO_RESULT = "no_result", _("Không phải trả kết quả")
    NOT_PUBLISHED = "not_published", _("Nguồn không công bố")
    UNREADABLE = "unreadable", _("Chưa đọc được, chờ người rà soát")


class FeeKind(Term):
    """Two kinds of payment (Law 97/2015 Art. 3); a source that does not say which leaves it open."""

    FEE = "fee", _("Phí")
    CHARGE = "charge", _("Lệ phí")
    OPEN = "open", _("Phí, lệ phí")


class FeePer(Term):
    """What an amount is taken for."""

    CASE = "case", _("hồ sơ")
    PAGE = "page", _("trang")
    COPY = "copy", _("bản")
    PERSON = "person", _("người")
    ITEM = "item", _("đơn vị tính")


class FeeAbsence(Term):
    """Why an amount is not known."""

    LOCAL = "local", _("Do Hội đồng nhân dân cấp tỉnh quyết định")
    NOT_PUBLISHED = "not_published", _("Nguồn không công bố")
    UNREADABLE = "unreadable", _("Chưa đọc được, chờ người rà soát")


class Confidence(Term):
    """How sure the catalogue is of a version's facts."""

    HIGH = "high", _("Đã đối chiếu với nguồn công bố")
    MEDIUM = "medium", _("Theo hiểu biết chung, cần đối chiếu")
    LOW = "low", _("Chưa chắc chắn, phải đối chiếu trước khi dùng")
    IMPORTED = "imported", _("Nhập từ tệp công bố, chưa có người rà soát")


class Register(Term):
    """A register that gives the result its number."""

    NONE = "none", _("Không vào sổ")
    CERTIFICATION = "certification", _("Sổ chứng thực")
    CIVIL_STATUS = "civil_status", _("Sổ hộ tịch")


class StepKind(Term):
    """What is done in a step of the internal process; the engine of cases moves by it."""

    INTAKE = "intake", _("Tiếp nhận, chuyển hồ sơ")
    ASSIGN = "assign", _("Phân công")
    PROCESS = "process", _("Thẩm tra, xử lý")
    APPROVE = "approve", _("Ký duyệt")
    RETURN = "return", _("Trả kết quả")


class PhraseKind(Term):
    """Which paper a phrase is for."""

    SUPPLEMENT = "supplement", _("Yêu cầu bổ sung")
    REFUSAL = "refusal", _("Từ chối")
    EXTENSION = "extension", _("Xin lỗi, gia hạn")
    STOP = "stop", _("Dừng giải quyết")
