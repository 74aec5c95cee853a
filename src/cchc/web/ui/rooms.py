"""The rooms of the office: named here because the desk's frame links to them, and sites do not know each other."""

from dataclasses import dataclass

from cchc.kernel.actor import Actor
from cchc.kernel.text import gettext_noop as _


@dataclass(frozen=True)
class Room:
    """A part of the office: the name of its first page, its words, what it is for, and the rights any of which opens it."""

    url: str
    label: str
    about: str
    rights: tuple[str, ...]
    key: str = ""


# In the order of the menu. A room stands here when its pages do.
ROOMS: tuple[Room, ...] = (
    Room(
        url="office:calendar",
        label=_("Lịch làm việc"),
        about=_("Ngày nghỉ, hoán đổi, làm bù; giờ theo quy định; thử cách tính hạn"),
        rights=("worktime:calendar:edit",),
    ),
    Room(
        url="office:schedules",
        label=_("Giờ làm việc"),
        about=_("Khung giờ trong tuần và đơn vị nào theo khung giờ nào"),
        rights=("worktime:calendar:edit",),
    ),
    Room(
        url="office:units",
        label=_("Đơn vị"),
        about=_("Các phòng, trung tâm của cơ quan; mã, tên gọi, tiền thân và kế tục."),
        rights=("organisations:unit:edit",),
    ),
    Room(
        url="office:people",
        label=_("Người và vị trí"),
        about=_("Tài khoản, vị trí công tác theo thời gian, cấp lại mật khẩu, nhập danh sách từ Excel."),
        rights=("identity:person:edit", "identity:post:appoint"),
    ),
    Room(
        url="office:roles",
        label=_("Quyền"),
        about=_("Vai trò nào được làm gì, ai đang giữ, lập vai trò riêng của cơ quan."),
        rights=("identity:role:edit",),
    ),
    Room(
        url="office:procedures",
        label=_("Thủ tục"),
        about=_("Danh mục thủ tục, thời hạn, phí, giấy tờ, quy trình nội bộ; câu mẫu; nhập từ cổng quốc gia."),
        rights=("procedures:version:publish",),
    ),
    Room(
        url="office:papers",
        label=_("Mẫu giấy"),
        about=_("Lời văn và trình bày của các giấy: giấy hẹn, văn bản xin lỗi, thông báo, phiếu, sổ; xem thử trước khi dùng"),
        rights=("documents:template:edit",),
    ),
    Room(
        url="office:messages",
        label=_("Tin đã gửi"),
        about=_("Tin tới người nộp hồ sơ: đã gửi, chưa gửi được, cần gọi điện."),
        rights=("notifications:message:read",),
    ),
    Room(
        url="office:jobs",
        label=_("Việc nền"),
        about=_("Trình chạy việc nền còn hoạt động không, việc nào lỗi, việc dài tới đâu."),
        rights=("kernel:job:manage",),
    ),
    Room(
        url="office:seals",
        label=_("Niêm phong, nhật ký"),
        about=_("Các niêm phong hằng ngày; kiểm tra lại toàn bộ nhật ký"),
        rights=("audit:seal:read",),
    ),
)


def rooms_for(actor: Actor) -> tuple[Room, ...]:
    """Return the rooms that the actor's rights open."""
    return tuple(room for room in ROOMS if any(actor.may(right) for right in room.rights))
