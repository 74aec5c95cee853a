"""What all acts on units share: the lock, the rows that hold for a period, the entry in the unit's stream, the refusals."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.audit.api import record
from cchc.kernel.actor import Actor
from cchc.kernel.bus import publish
from cchc.kernel.errors import Conflict, NotFound, Refused
from cchc.organisations.events import UnitChanged
from cchc.organisations.models import Unit
from cchc.organisations.terms import Origin

# What a broken promise of the database means to the person who acted.
_BROKEN = {
    "organisations_unit_code_borne_by_one_at_a_time": (
        "Mã này đang được một đơn vị khác dùng trong cùng thời gian: hãy kiểm tra lại mã hoặc ngày bắt đầu.",
        "code",
    ),
    "organisations_unit_agency_code_borne_by_one_at_a_time": (
        "Mã định danh điện tử này đang được một đơn vị khác dùng trong cùng thời gian: hãy kiểm tra lại mã.",
        "agency_code",
    ),
    "organisations_unittitle_one_at_a_time": ("Đơn vị đã có tên gọi khác từ ngày này trở đi: hãy chọn ngày muộn hơn.", "on"),
    "organisations_unitparent_one_at_a_time": ("Đơn vị đã có đơn vị cấp trên khác từ ngày này trở đi: hãy chọn ngày muộn hơn.", "on"),
    "organisations_unitschedule_one_at_a_time": (
        "Đơn vị đã có giờ làm việc khác trong một phần của thời gian này: hãy chọn lại ngày bắt đầu và kết thúc.",
        "since",
    ),
    "organisations_unitboundary_one_at_a_time": ("Ranh giới của đơn vị vừa được nạp ở nơi khác: hãy chạy lại.", "file"),
    "organisations_succession_once_a_day": ("Việc này đã được ghi vào ngày này.", "on"),
}


@dataclass(frozen=True)
class Writing:
    """Who writes, when, and by which act of authority; carried through the steps of one operation."""

    actor: Actor
    at: datetime
    day: date
    act: str
    note: str = ""


@contextmanager
def writing() -> Iterator[None]:
    """Open the transaction of an act and turn a broken constraint into its Vietnamese sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        text = str(error)
        told = next((sentence for name, sentence in _BROKEN.items() if name in text), None)
        if told is None:
            raise
        raise Conflict(told[0], field=told[1]) from error


def locked(unit_ids: Iterable[int]) -> dict[int, Unit]:
    """Return the units, their rows locked in the order of their ids. Raises ``NotFound`` when one does not exist."""
    wanted = set(unit_ids)
    units = {unit.pk: unit for unit in Unit.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")}
    if len(units) < len(wanted):
        raise NotFound("Không có đơn vị này trong danh mục: hãy chọn lại đơn vị.", field="unit_id")
    return units


def must_exist(unit: Unit, day: date, *, field: str = "on") -> None:
    """Raise ``Refused`` unless the unit exists on the day and already existed the day before or began on it."""
    if (unit.period.lower is None or unit.period.lower <= day) and (unit.period.upper is None or day < unit.period.upper):
        return
    raise Refused(f"{unit.full_name} ({unit.code}) không tồn tại vào ngày {day:%d/%m/%Y}: hãy chọn ngày khác.", field=field)


def must_go_on(unit: Unit, day: date, *, field: str) -> None:
    """Raise ``Refused`` unless the unit exists on the day and has no end: what is put under it would outlive it."""
    must_exist(unit, day, field=field)
    if unit.period.upper is not None:
        raise Refused(
            f"{unit.full_name} ({unit.code}) kết thúc trước ngày {unit.period.upper:%d/%m/%Y}: hãy chọn đơn vị khác.", field=field
        )


def one_move_at_a_time() -> None:
    """Wait until no other move is being written: two at once could put units above themselves through each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisations tree'))")


def must_be_older(unit: Unit, day: date) -> None:
    """Raise ``Refused`` when the unit begins on the day or later: what ends or splits must have existed at least a day."""
    must_exist(unit, day)
    if unit.period.lower is not None and unit.period.lower >= day:
        raise Refused(f"{unit.full_name} ({unit.code}) mới có từ ngày {day:%d/%m/%Y}: hãy chọn ngày sau đó.", field="on")


def cut(rows: "models.QuerySet[Any]", day: date) -> None:
    """End at the day the rows that hold on it, and remove those that were to begin on it or later."""
    rows.filter(period__startswith__gte=day).delete()
    for row in rows.filter(period__contains=day):
        row.period = DateRange(row.period.lower, day)
        row.save(update_fields=["period"])


def mark_office(unit: Unit, *fields: str) -> None:
    """Save the fields; from now on the row belongs to the office and reference files leave it alone."""
    unit.origin = Origin.OFFICE
    unit.save(update_fields=[*fields, "origin"])


def journal(work: Writing, unit: Unit, act: str, public: Mapping[str, Any]) -> None:
    """Write the entry into the stream of the unit's code. The id tells apart units that bore one code at different times."""
    told = {"unit": unit.pk, "name": unit.full_name, "day": work.day.isoformat(), **public}
    if work.act:
        told["ground"] = work.act
    if work.note:
        told["note"] = work.note
    record(stream=f"unit:{unit.code}", act=act, at=work.at, actor=work.actor, public=told)


def announce_change(work: Writing, unit: Unit, act: str) -> None:
    """Tell the modules above that something of the unit is different from the day on."""
    publish(UnitChanged(unit_id=unit.pk, code=unit.code, act=act, day=work.day))
