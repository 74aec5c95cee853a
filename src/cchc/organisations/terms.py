"""The words of units: kinds, code lists, what happened to them, how sure a fact is, and the rights."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class UnitKind(Term):
    """What a unit is. The type word before its name (Xã, Phường, Đặc khu…) belongs to the title, not to the kind."""

    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")
    MINISTRY = "ministry", _("Bộ, cơ quan trung ương")
    DEPARTMENT = "department", _("Sở, cơ quan thuộc UBND cấp tỉnh")
    DIVISION = "division", _("Phòng chuyên môn")
    OFFICE = "office", _("Văn phòng")
    ONE_STOP = "one_stop", _("Bộ phận Một cửa")
    SCHOOL = "school", _("Trường học")
    PUBLIC_SERVICE = "public_service", _("Đơn vị sự nghiệp công lập")
    OTHER = "other", _("Đơn vị khác")


class Scheme(Term):
    """Which list a unit's code belongs to. A code is borne by one unit of its list at a time, and may be given again later."""

    TERRITORY = "territory", _("Danh mục đơn vị hành chính")
    AGENCY = "agency", _("Mã định danh điện tử")
    OWN = "own", _("Mã nội bộ")


class SuccessionKind(Term):
    """What happened to the predecessor on that day, seen from it."""

    RENAMED = "renamed", _("Đổi tên")
    CONTINUED = "continued", _("Giữ nguyên")
    REPLACED = "replaced", _("Thay bằng đơn vị mới")
    MERGED = "merged", _("Nhập toàn bộ")
    SPLIT = "split", _("Chia một phần")


class Certainty(Term):
    """How sure a fact is."""

    OFFICIAL = "official", _("Chính thức")
    OBSERVED = "observed", _("Thấy trong dữ liệu đã công bố")
    RECONSTRUCTED = "reconstructed", _("Suy ra, cần kiểm lại")
    INVENTED = "invented", _("Đặt ra để dùng thử")


class Origin(Term):
    """Who owns a row: reference files may only change rows of their own."""

    SEED = "seed", _("Dữ liệu tham chiếu")
    OFFICE = "office", _("Cơ quan cập nhật")


class UnitAct(Term):
    """What happened to a unit, as its stream in the journal names it."""

    CREATED = "unit_created", _("Lập đơn vị")
    RENAMED = "unit_renamed", _("Đổi tên")
    MOVED = "unit_moved", _("Chuyển đơn vị cấp trên")
    CODE_GIVEN = "unit_agency_code_given", _("Cấp mã định danh")
    CODE_TAKEN = "unit_code_taken", _("Mang mã mới")
    SCHEDULE_GIVEN = "unit_schedule_given", _("Giao giờ làm việc")
    BOUNDARY_GIVEN = "unit_boundary_given", _("Nạp ranh giới")
    MERGED = "unit_merged", _("Nhập vào đơn vị khác")
    ENLARGED = "unit_enlarged", _("Nhận thêm đơn vị khác")
    SPLIT = "unit_split", _("Chia đơn vị")
    CLOSED = "unit_closed", _("Kết thúc hoạt động")


class Right(Term):
    """The rights of this module, asked in the unit the act concerns (a new unit: in its parent)."""

    EDIT_LINEAGE = "organisations:lineage:edit", _("Nhập, chia, kết thúc đơn vị")
    EDIT_SCHEDULE = "organisations:schedule:edit", _("Giao giờ làm việc cho đơn vị")
    EDIT_UNIT = "organisations:unit:edit", _("Lập và sửa đơn vị")
