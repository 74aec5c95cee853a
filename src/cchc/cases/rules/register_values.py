"""The values of an existing register: codes, instants and promises, as people and machines have written them.

A value with a time is an instant, one without is a day. Days are written year first, or day, month, year as in Viet Nam;
nothing is guessed: what can be read in two ways is refused with a sentence.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

LONGEST_CODE = 120
YEARS = range(1900, 2101)
_INSTANT = timedelta(microseconds=1)
_LAST = time(23, 59, 59, 999999)
_CLOCK = r"(?P<hour>\d{1,2})(?::|[hg])(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?\s*(?P<half>SA|CH|AM|PM)?"
_OFFSET = r"\s*(?P<offset>Z|[+-]\d{2}(?::?\d{2})?)?"
_YEAR_FIRST = r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
_DAY_FIRST = r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"^{_YEAR_FIRST}(?:(?:T|,?\s*){_CLOCK}{_OFFSET})?$",
        rf"^{_DAY_FIRST}(?:,?\s+{_CLOCK}{_OFFSET})?$",
        rf"^{_CLOCK}{_OFFSET},?\s+(?:ngày\s+)?{_DAY_FIRST}$",
    )
)
_SHORT_YEAR = re.compile(r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?!\d)")
_NUMBER = re.compile(r"^\d+([.,]\d+)?$")
_NOON = 12
_MONTHS = 12


@dataclass(frozen=True)
class Moment:
    """A value of time. ``day`` is its date in the zone of the file; ``precise`` says whether a time was written."""

    at: datetime
    day: date
    precise: bool
    doubtful: str = ""


@dataclass(frozen=True)
class Promise:
    """An own due date: ``late_from`` is the first instant at which finishing breaks it."""

    due_at: datetime
    due_date: date
    late_from: datetime


def code_problem(code: str) -> str:
    """Return the sentence for a code that cannot be taken, or nothing."""
    if not code:
        return "Hàng không có mã hồ sơ."
    if len(code) > LONGEST_CODE:
        return f"Mã hồ sơ dài {len(code)} ký tự, quá {LONGEST_CODE}."
    return ""


def moment(text: str, *, zone: tzinfo, what: str) -> Moment | None:
    """Return the instant or day written in a cell, None for an empty one; ``what`` names it in the sentence.

    An offset in the value wins over ``zone``. A day alone is its midnight in the zone. Raises ``ValueError``.
    """
    if not text:
        return None
    found = next((match for shape in _SHAPES if (match := shape.match(text))), None)
    if found is None:
        raise ValueError(_unreadable(text, what))
    parts = found.groupdict()
    wall = _wall(parts, text, what)
    if parts["hour"] is None:
        midnight, _doubt = _placed(wall, zone, text, what, gap=False)
        return Moment(at=midnight, day=wall.date(), precise=False)
    if parts["offset"]:
        instant, doubt = wall.replace(tzinfo=_offset(parts["offset"], text, what)), ""
    else:
        instant, doubt = _placed(wall, zone, text, what, gap=True)
    return Moment(at=instant.astimezone(UTC), day=instant.astimezone(zone).date(), precise=True, doubtful=doubt)


def promise(due: Moment | None, *, zone: tzinfo) -> Promise | None:
    """Return what a due value promises.

    One with a time is compared as an instant, to the microsecond (late when finished after it); one without as a date of the
    file's zone (late from the midnight that follows).
    """
    if due is None:
        return None
    if due.precise:
        return Promise(due_at=due.at, due_date=due.day, late_from=due.at + _INSTANT)
    return Promise(
        due_at=datetime.combine(due.day, _LAST, tzinfo=zone).astimezone(UTC),
        due_date=due.day,
        late_from=datetime.combine(due.day + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC),
    )


def ended(finished: Moment | None, received: Moment) -> datetime | None:
    """Return when a case was finished. A bare date on the day of intake means some time of that day, not its midnight."""
    if finished is None:
        return None
    if not finished.precise and finished.day == received.day:
        return max(finished.at, received.at)
    return finished.at


def _wall(parts: dict[str, str | None], text: str, what: str) -> datetime:
    year, month, day = int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0)
    if year not in YEARS:
        raise ValueError(f"{what} «{text}»: năm {year} không hợp lý.")
    if not 1 <= month <= _MONTHS:
        raise ValueError(f"{what} «{text}»: không có tháng {month}. Ngày viết theo thứ tự ngày/tháng/năm.")
    hour, minute, second = int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts["second"] or 0)
    half = (parts["half"] or "").upper()
    if half:
        if not 1 <= hour <= _NOON:
            raise ValueError(f"{what} «{text}»: giờ {hour} không đi với {half}.")
        hour = hour % _NOON + (_NOON if half in {"PM", "CH"} else 0)
    fraction = int((parts["fraction"] or "").ljust(6, "0")[:6])
    try:
        return datetime(year, month, day, hour, minute, second, fraction)  # noqa: DTZ001 (its zone is found next)
    except ValueError as error:
        raise ValueError(f"{what} «{text}» không có trong lịch hoặc trên đồng hồ.") from error


def _placed(wall: datetime, zone: tzinfo, text: str, what: str, *, gap: bool) -> tuple[datetime, str]:
    """Put a wall-clock time into its zone; an hour that a clock change skipped is refused, one that came twice is told."""
    first = wall.replace(tzinfo=zone)
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if back != wall and gap:
        raise ValueError(f"{what} «{text}»: giờ này không có ở múi giờ {zone}, vì đồng hồ được vặn nhanh.")
    twice = back == wall and first.utcoffset() != first.replace(fold=1).utcoffset()
    return first.astimezone(UTC), f"{what} «{text}» có hai lần ở múi giờ {zone} (đồng hồ vặn chậm); lấy lần đầu." if twice else ""


def _offset(text: str, whole: str, what: str) -> tzinfo:
    if text in {"Z", "z"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if span > timedelta(hours=14) or int(digits[2:]) > 59:  # noqa: PLR2004 (the widest offset there is; minutes of an hour)
        raise ValueError(f"{what} «{whole}»: không có độ lệch múi giờ {text}.")
    return timezone(-span if text[0] == "-" else span)


def _unreadable(text: str, what: str) -> str:
    if _SHORT_YEAR.match(text):
        return f"{what} «{text}»: năm viết hai chữ số, không chắc là năm nào. Viết đủ bốn chữ số."
    if _NUMBER.match(text):
        return f"{what} «{text}» là một con số. Trong bảng tính, đặt định dạng ngày cho cột này rồi lưu lại."
    return f"{what} «{text}» không đọc được. Viết như 21/01/2026, 21/01/2026 14:30 hoặc 2026-01-21T14:30:00+07:00."
