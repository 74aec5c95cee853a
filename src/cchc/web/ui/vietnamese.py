"""How days, moments, numbers and money are written on a page: Vietnamese forms in every language, weekday names translated."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext

from cchc.kernel import local
from cchc.kernel.text import gettext_noop as _
from cchc.kernel.text import money, number

# The kernel's names once more, so that extraction finds them.
WEEKDAYS = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
WEEKDAYS_SHORT = (_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN"))

CITIZEN_NUMBER = 12
PHONE_SHOWN = 3


def day_of(value: date | datetime) -> date:
    """Return the day of an instant in Viet Nam, or the day itself."""
    return local.local_date(value) if isinstance(value, datetime) else value


def day_text(value: date | datetime) -> str:
    """Return ``02/12/2026``."""
    return f"{day_of(value):%d/%m/%Y}"


def day_short(value: date | datetime) -> str:
    """Return ``02/12``, where the year is plain."""
    return f"{day_of(value):%d/%m}"


def weekday(value: date | datetime) -> str:
    """Return ``thứ Tư`` in the language of the page."""
    return gettext(WEEKDAYS[day_of(value).weekday()])


def weekday_short(value: date | datetime) -> str:
    """Return ``T4`` in the language of the page."""
    return gettext(WEEKDAYS_SHORT[day_of(value).weekday()])


def day_long(value: date | datetime) -> str:
    """Return ``thứ Tư 02/12/2026``."""
    return f"{weekday(value)} {day_text(value)}"


def clock_text(value: datetime) -> str:
    """Return ``16:00`` as a wall in Viet Nam shows it."""
    return f"{local.local(value):%H:%M}"


def moment_text(value: datetime) -> str:
    """Return ``16:00 thứ Tư 02/12/2026``."""
    return f"{clock_text(value)} {day_long(value)}"


def moment_short(value: datetime) -> str:
    """Return ``16:00 thứ Tư 02/12``."""
    return f"{clock_text(value)} {weekday(value)} {day_short(value)}"


def number_text(value: float | Decimal, places: int | None = None) -> str:
    """Return ``1.234,5``. Without ``places`` the digits after the comma are as they come; with them, rounded half up."""
    if isinstance(value, int) and places is None:
        return number(value)
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")


def money_text(amount: int) -> str:
    """Return ``72.000 đ``, with a space that does not break."""
    return money(amount).replace(" ", "\u00a0")


def masked(number: str) -> str:
    """Hide the middle of an identity or phone number: ``042 169 ••• 208``, ``0987 ••• 115``.

    Anything too short to be one of the two is hidden whole.
    """
    digits = "".join(ch for ch in number if ch.isdigit())
    if len(digits) == CITIZEN_NUMBER:
        return f"{digits[:3]}\u00a0{digits[3:6]}\u00a0•••\u00a0{digits[-3:]}"
    if len(digits) > PHONE_SHOWN + 4:
        return f"{digits[:4]}\u00a0•••\u00a0{digits[-PHONE_SHOWN:]}"
    return "•••"


def grouped(number: str) -> str:
    """Write an identity number in threes as the card does: ``042 169 000 208``."""
    digits = "".join(number.split())
    if len(digits) != CITIZEN_NUMBER or not digits.isdigit():
        return number
    return "\u00a0".join(digits[i : i + 3] for i in range(0, CITIZEN_NUMBER, 3))
