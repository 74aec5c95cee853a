"""The words of working time."""

from cchc.kernel.terms import Term
from cchc.kernel.text import gettext_noop as _


class ClockAct(Term):
    """What an entry of a clock's ledger says happened."""

    STARTED = "started", _("Bắt đầu tính thời hạn")
    PAUSED = "paused", _("Ngừng tính thời hạn")
    RESUMED = "resumed", _("Tính tiếp thời hạn")
    RESTARTED = "restarted", _("Tính lại thời hạn từ đầu")
    EXTENDED = "extended", _("Gia hạn, hẹn lại")
    CALENDAR_CHANGED = "calendar_changed", _("Dời hẹn do lịch làm việc thay đổi")
    FINISHED = "finished", _("Kết thúc")


class ClockState(Term):
    """Where a clock stands. A paused clock always waits for something that its last entry names."""

    RUNNING = "running", _("Đang tính thời hạn")
    PAUSED = "paused", _("Đang chờ")
    FINISHED = "finished", _("Đã kết thúc")


class Confidence(Term):
    """How sure a reference row is."""

    SURE = "sure", _("Đã đối chiếu văn bản")
    UNVERIFIED = "unverified", _("Chưa đối chiếu văn bản")
    PROVISIONAL = "provisional", _("Dự kiến, chưa có văn bản")


class Cutoff(Term):
    """The hours of a day that the law fixes, and an office may have to change."""

    FORWARD = "forward_cutoff", _("Giờ chuyển hồ sơ trong ngày")
    SAME_DAY = "same_day_cutoff", _("Giờ nhận để trả trong ngày")


class DayKind(Term):
    """Why a day of the official calendar differs from the week (Labour Code 2019 Art. 111(3), 112; swaps by the Government)."""

    HOLIDAY = "holiday", _("Nghỉ lễ, tết")
    COMPENSATORY = "compensatory", _("Nghỉ bù")
    SWAPPED_OFF = "swapped_off", _("Nghỉ hoán đổi")
    MAKEUP_WORK = "makeup_work", _("Làm bù")


class DayRole(Term):
    """What a day did in the counting of a term; the day strip draws it."""

    START = "start", _("nhận")
    COUNTED = "counted", _("tính")
    MAKEUP = "makeup", _("làm bù")
    OFF = "off", _("nghỉ")
    HOLIDAY = "holiday", _("lễ")
    DUE = "due", _("trả")


class LimitUnit(Term):
    """What a term is counted in; the value is also how it is written: ``5wd``."""

    WORKING_DAYS = "wd", _("ngày làm việc")
    WORKING_HOURS = "wh", _("giờ làm việc")
    CALENDAR_DAYS = "d", _("ngày")
    MONTHS = "m", _("tháng")


class Origin(Term):
    """Where a row comes from. Seeding never changes what the office wrote."""

    REFERENCE = "reference", _("Dữ liệu chuẩn")
    OFFICE = "office", _("Cơ quan nhập")


class ReportingKind(Term):
    """The kinds of reporting period."""

    MONTH = "month", _("Tháng")
    QUARTER = "quarter", _("Quý")
    HALF_YEAR = "half_year", _("6 tháng")
    NINE_MONTHS = "nine_months", _("9 tháng")
    YEAR = "year", _("Năm")


class ResumeMode(Term):
    """How a paused clock goes on: the whole term again, or what was left of it."""

    RESTART = "restart", _("Tính lại từ đầu")
    SHIFT = "shift", _("Cộng thời gian chờ")


class Urgency(Term):
    """The state of the deadline chip. ``soon`` is due today or on the next working day."""

    OK = "ok", _("còn hạn")
    SOON = "soon", _("sắp đến hạn")
    LATE = "late", _("quá hạn")
    WAIT = "wait", _("đang chờ")


class YearStatus(Term):
    """How far the calendar of a year can be trusted."""

    OFFICIAL = "official", _("Theo thông báo chính thức")
    RECONSTRUCTED = "reconstructed", _("Dựng lại từ nguồn thứ cấp, chưa đối chiếu ngày hoán đổi")
    PROVISIONAL = "provisional", _("Dự kiến, chưa có thông báo chính thức")
