"""The own work of one officer, field by field: files, steps in time, working days of a step. No idle time, no time before a screen.

Kept apart from all other figures (ADR 19): only that officer sees them, and the direct head who says what for.
"""

from collections.abc import Mapping
from datetime import datetime, time
from statistics import median

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cchc.cases.models import Handover
from cchc.cases.terms import Act, SpellEnd
from cchc.figures.api import OfficerAsked, OfficerMeasure, Ratio
from cchc.identity import api as identity
from cchc.kernel.figures import Audience, Figure
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop as _
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime

_DONE = [SpellEnd.EARLY, SpellEnd.ON_TIME, SpellEnd.EXTENDED, SpellEnd.LATE]
# A step that was taken out of somebody's hands was not ended by them.
_TAKEN_AWAY = [Act.RECALL, Act.REHOUSE, Act.REASSIGN]
_OURS = _("số của phần mềm, không phải kết quả đánh giá cán bộ; lĩnh vực có dưới 30 việc không hiện")


def _own(asked: OfficerAsked) -> QuerySet[Handover]:
    """Return the steps that were in the officer's hands and that the officer ended, whenever."""
    after = Handover.objects.filter(case=OuterRef("case"), seq=OuterRef("seq") + 1, act__in=_TAKEN_AWAY)
    return Handover.objects.filter(~Exists(after), to_post_id=asked.post_id, ended_at__isnull=False).order_by()


def _ended(asked: OfficerAsked) -> QuerySet[Handover]:
    first, end = _bounds(asked)
    return _own(asked).filter(ended_at__gte=first, ended_at__lt=end)


def _files(asked: OfficerAsked) -> Mapping[str, Ratio]:
    first, end = _bounds(asked)
    rows = _own(asked).filter(case__spells__end__in=_DONE, case__spells__ends__gte=first, case__spells__ends__lt=end)
    found = rows.values_list("case__field_name").annotate(number=Count("case", distinct=True))
    return {field: Ratio(number) for field, number in found}


def _steps_on_time(asked: OfficerAsked) -> Mapping[str, Ratio]:
    rows = _ended(asked).filter(due_at__isnull=False).values_list("case__field_name")
    found = rows.annotate(number=Count("pk", filter=Q(ended_at__lte=F("due_at"))), of=Count("pk"))
    return {field: Ratio(number, of) for field, number, of in found}


def _step_days(asked: OfficerAsked) -> Mapping[str, Ratio]:
    """Return the middle number of working days from being given a file to passing it on; by the hours of the officer's unit."""
    assert asked.period.last is not None, "a figure is asked for a closed period"
    calendar = worktime.load_calendar()
    schedule = organisations.schedule_of(identity.post(asked.post_id).unit_id, on=asked.period.last)
    known: dict[tuple[object, object], int] = {}
    days: dict[str, list[int]] = {}
    for field, given, ended in _ended(asked).values_list("case__field_name", "at", "ended_at"):
        span = local_date(given), local_date(ended)
        if span not in known:
            known[span] = worktime.elapsed(start=given, end=ended, calendar=calendar, schedule=schedule).working_days
        days.setdefault(field, []).append(known[span])
    return {field: Ratio(median(values), counted=len(values)) for field, values in days.items()}


def _bounds(asked: OfficerAsked) -> tuple[datetime, datetime]:
    assert asked.period.end is not None, "a figure is asked for a closed period"
    return at_local(asked.period.start, time.min), at_local(asked.period.end, time.min)


def _figure(key: str, label: str, definition: str, formula: str, *, unit: str) -> Figure:
    return Figure(
        key=f"cases.officer.{key}",
        label=label,
        definition=definition,
        formula=formula,
        unit=unit,
        doubt=_OURS,
        by=(),
        audience=Audience.OFFICER,
    )


MEASURES = (
    OfficerMeasure(
        _figure(
            "files",
            _("Hồ sơ có kết quả đã làm một bước"),
            _("Hồ sơ có kết quả trong kỳ, trong đó cán bộ đã làm xong ít nhất một bước."),
            _("Đếm hồ sơ"),
            unit="hồ sơ",
        ),
        count=_files,
    ),
    OfficerMeasure(
        _figure(
            "steps_on_time",
            _("Bước làm xong trong hạn của bước"),
            _("Bước do cán bộ làm xong trong kỳ, trong hạn riêng của bước, trên mọi bước có hạn riêng do cán bộ làm xong trong kỳ."),
            _("Bước đúng hạn : bước có hạn"),
            unit="%",
        ),
        count=_steps_on_time,
    ),
    OfficerMeasure(
        _figure(
            "step_days",
            _("Số ngày làm việc của một bước, trung vị"),
            _(
                "Một nửa số bước do cán bộ làm xong trong kỳ xong trong chừng ấy ngày làm việc kể từ khi được giao; ngày được giao không tính."
            ),
            _("Trung vị (số ngày làm việc từ lúc được giao đến lúc xong bước)"),
            unit=_("ngày làm việc"),
        ),
        count=_step_days,
    ),
)
