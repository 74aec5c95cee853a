"""What may be asked: texts without control characters, days as ISO writes them, periods that are whole and not too long."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field

from cchc.kernel.errors import Refused
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.organisations import api as organisations

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
# Before it nothing was counted, after it nobody knows the calendar; and whoever asks for more asks twice.
EARLIEST, LATEST, LONGEST = date(2000, 1, 1), date(2100, 12, 31), 1830
LARGEST_KEY = 2**63 - 1
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


def _iso(value: Any) -> date:
    """Return the day of ``2026-09-14``; pydantic alone would take a number for seconds."""
    if isinstance(value, date):
        return value
    try:
        if not _ISO.fullmatch(str(value)):
            raise ValueError
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"«{str(value)[:20]}» không phải ngày. Viết năm-tháng-ngày, ví dụ 2026-09-14.") from None


Day = Annotated[date, BeforeValidator(_iso)]
Text = Annotated[str, Field(max_length=300, pattern=_PRINTABLE)]
Code = Annotated[str, Field(min_length=1, max_length=120, pattern=_PRINTABLE)]
Following = Annotated[int, Field(ge=1, le=LARGEST_KEY)]

UNIT = "Mã đơn vị (mã đơn vị hành chính hoặc mã định danh điện tử); gồm cả đơn vị bên dưới."
FIRST, LAST = "Ngày đầu kỳ, ví dụ 2026-06-15.", "Ngày cuối kỳ, tính cả ngày đó, ví dụ 2026-09-14."


class Of(Schema):
    """A unit and a period; both days are counted."""

    unit: Code = Field(description=UNIT)
    first: Day = Field(alias="from", description=FIRST)
    last: Day = Field(alias="to", description=LAST)


class Narrowed(Of):
    """The same, narrowed to one value of a cut."""

    as_of: Day | None = Field(None, description="Chốt hết ngày này: bỏ những gì xảy ra sau đó. Mặc định hôm nay.")
    field: Text | None = Field(None, description="Chỉ một lĩnh vực, viết đúng tên.")
    channel: Text | None = Field(None, description="Chỉ một hình thức nộp: counter, online, post.")
    procedure: Text | None = Field(None, description="Chỉ một thủ tục, theo mã.")

    @property
    def only(self) -> dict[Dimension, str]:
        """Return what it is narrowed to."""
        given = {Dimension.FIELD: self.field, Dimension.CHANNEL: self.channel, Dimension.PROCEDURE: self.procedure}
        return {cut: value for cut, value in given.items() if value}


class Values(Narrowed):
    """The same, cut."""

    by: Dimension | None = Field(None, description="Chia theo; để trống thì chỉ có tổng số.")


@dataclass(frozen=True)
class Question:
    """A unit and the days that are counted; none of them is to come."""

    unit: organisations.UnitView
    period: Period

    @property
    def last(self) -> date:
        """Return the last day counted: the answer is as of its end."""
        assert self.period.last is not None, "made with an end"
        return self.period.last


def question(unit: str, first: date, last: date, *, today: date, as_of: date | None = None) -> Question:
    """Return the question. Raises ``NotFound`` for a unit that was not there, ``Refused`` for days that are no period."""
    period = days(first, last, today=today, as_of=as_of)
    assert period.last is not None, "made with an end"
    return Question(organisations.unit_on(unit, period.last), period)


def day_of(asked: Mapping[str, str], name: str) -> date:
    """Return the day under a name of an address. Raises ``Refused``."""
    text = asked.get(name, "").strip()
    try:
        return _iso(text)
    except ValueError as error:
        raise Refused(f"«{name}»: {error}", field=name) from None


def days(first: date, last: date, *, today: date, as_of: date | None = None) -> Period:
    """Return the days from ``first`` to ``last``, both counted, ended with today and with ``as_of``. Raises ``Refused``."""
    if last < first:
        raise Refused(f"Ngày cuối kỳ {last:%d/%m/%Y} sớm hơn ngày đầu kỳ {first:%d/%m/%Y}.", field="to")
    if first < EARLIEST or last > LATEST:
        raise Refused(f"Kỳ phải nằm trong khoảng {EARLIEST:%d/%m/%Y} đến {LATEST:%d/%m/%Y}.", field="from" if first < EARLIEST else "to")
    if (last - first).days >= LONGEST:
        raise Refused(f"Kỳ dài quá {LONGEST} ngày. Hãy hỏi từng năm.", field="to")
    end = min(last, today, as_of or today)
    if end < first:
        raise Refused(f"Kỳ bắt đầu ngày {first:%d/%m/%Y}, sau ngày chốt {end:%d/%m/%Y}.", field="from")
    return Period(first, end + timedelta(days=1))
