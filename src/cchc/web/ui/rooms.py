"""The rooms of the office: named here because the desk's frame links to them, and sites do not know each other."""

from dataclasses import dataclass

from cchc.kernel.actor import Actor
from cchc.kernel.text import gettext_noop as _


@dataclass(frozen=True)
class Room:
    """A part of the office: the name of its first page, its words, what it is for, the rights any of which opens it, its group."""

    url: str
    label: str
    about: str
    rights: tuple[str, ...]
    group: str


TIME, PEOPLE, WORK, RUNNING = _("Thời gian"), _("Cơ quan"), _("Thủ tục và giấy"), _("Vận hành")


# In the order of the menu. A room stands here when its pages do.
ROOMS: tuple[Room, ...] = (
    Room(
        url="office:calendar",
        label=_("Lịch làm việc"),
        about=_("Ngày nghỉ, hoán đổi, làm bù; giờ theo quy định; thử cách tính hạn"),
        rights=("worktime:calendar:edit",),
        group=TIME,
    ),
    Room(
        url="office:schedules",
        label=_("Giờ làm việc"),
        about=_("Khung giờ trong tuần và đơn vị nào theo khung giờ nào"),
        rights=("worktime:calendar:edit",),
        group=TIME,
    ),
    Room(
        url="office:units",
        label=_("Đơn vị"),
        about=_("Các phòng, trung tâm của cơ quan; mã, tên gọi, tiền thân và kế tục."),
        rights=("organisations:unit:edit",),
        group=PEOPLE,
    ),
    Room(
        url="office:people",
        label=_("Người và vị trí"),
        about=_("Tài khoản, vị trí công tác theo thời gian, cấp lại mật khẩu, nhập danh sách từ Excel."),
        rights=("identity:person:edit", "identity:post:appoint"),
        group=PEOPLE,
    ),
    Room(
        url="office:roles",
        label=_("Quyền"),
        about=_("Vai trò nào được làm gì, ai đang giữ, lập vai trò riêng của cơ quan."),
        rights=("identity:role:edit",),
        group=PEOPLE,
    ),
    Room(
        url="office:procedures",
        label=_("Thủ tục"),
        about=_("Danh mục thủ tục, thời hạn, phí, giấy tờ, quy trình nội bộ; câu mẫu; nhập từ cổng quốc gia."),
        rights=("procedures:version:publish",),
        group=WORK,
    ),
    Room(
        url="office:rules",
        label=_("Quy định"),
        about=_("Số lần bổ sung, gia hạn, giờ nhắc việc: mức đang áp dụng, căn cứ, đặt mức của cơ quan từ một ngày."),
        rights=("cases:rule:edit",),
        group=WORK,
    ),
    Room(
        url="office:papers",
        label=_("Mẫu giấy"),
        about=_("Lời văn và trình bày của các giấy: giấy hẹn, văn bản xin lỗi, thông báo, phiếu, sổ; xem thử trước khi dùng"),
        rights=("documents:template:edit",),
        group=WORK,
    ),
    Room(
        url="office:messages",
        label=_("Tin đã gửi"),
        about=_("Tin tới người nộp hồ sơ: đã gửi, chưa gửi được, cần gọi điện."),
        rights=("notifications:message:read",),
        group=RUNNING,
    ),
    Room(
        url="office:jobs",
        label=_("Việc nền"),
        about=_("Trình chạy việc nền còn hoạt động không, việc nào lỗi, việc dài tới đâu."),
        rights=("kernel:job:manage",),
        group=RUNNING,
    ),
    Room(
        url="office:keys",
        label=_("Khóa API"),
        about=_("Khóa để chương trình khác đọc số liệu, hồ sơ thay một vị trí: cấp, xem lần dùng cuối, thu hồi."),
        rights=("identity:key:issue",),
        group=RUNNING,
    ),
    Room(
        url="office:seals",
        label=_("Niêm phong, nhật ký"),
        about=_("Các niêm phong hằng ngày; kiểm tra lại toàn bộ nhật ký"),
        rights=("audit:seal:read",),
        group=RUNNING,
    ),
)


def groups_for(actor: Actor) -> tuple[tuple[str, tuple[Room, ...]], ...]:
    """Return the rooms that the actor's rights open, by group, in the order of the menu."""
    found: dict[str, list[Room]] = {}
    for room in rooms_for(actor):
        found.setdefault(room.group, []).append(room)
    return tuple((group, tuple(rooms)) for group, rooms in found.items())


def rooms_for(actor: Actor) -> tuple[Room, ...]:
    """Return the rooms that the actor's rights open."""
    return tuple(room for room in ROOMS if any(actor.may(right) for right in room.rights))
