"""The one place where an instant becomes a day. Days are days in Viet Nam, never in UTC."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def local(instant: datetime) -> datetime:
    """Return the instant as a clock on a wall in Viet Nam shows it. A naive instant is refused."""
    if instant.tzinfo is None:
        raise ValueError("Thời điểm phải có múi giờ.")
    return instant.astimezone(VIETNAM)


def local_date(instant: datetime) -> date:
    """Return the calendar date of the instant in Viet Nam."""
    return local(instant).date()


def at(day: date, clock: time) -> datetime:
    """Return the instant of a wall-clock time on a day in Viet Nam."""
    return datetime.combine(day, clock, tzinfo=VIETNAM)


def weekday(day: date) -> str:
    """Return the Vietnamese name of the weekday."""
    return WEEKDAYS[day.weekday()]


def day_text(day: date) -> str:
    """Return ``thứ Tư 02/12/2026``."""
    return f"{weekday(day)} {day:%d/%m/%Y}"


def moment_text(instant: datetime) -> str:
    """Return ``16:00 thứ Tư 02/12/2026``."""
    wall = local(instant)
    return f"{wall:%H:%M} {day_text(wall.date())}"
