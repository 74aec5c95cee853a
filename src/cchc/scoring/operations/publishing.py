"""Points that others published come in from a file, to be kept beside ours."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.db import transaction

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.organisations import api as organisations
from cchc.scoring.models import PublishedScore
from cchc.scoring.queries.comparing import STREAM, PublishedValue
from cchc.scoring.queries.reference import reference_set
from cchc.scoring.rules.comparison import parse_published
from cchc.scoring.rules.periods import IndexPeriod
from cchc.scoring.rules.sets import CriteriaSet

SET = "qd766"


@dataclass(frozen=True)
class PublishedFile:
    """A file of published points after reading: the values by period."""

    by_period: dict[IndexPeriod, tuple[PublishedValue, ...]]

    @property
    def latest(self) -> IndexPeriod:
        """Return the period that ends last."""
        return max(self.by_period, key=lambda period: (period.last, period.start))


def read_published(content: bytes, *, today: date) -> PublishedFile:
    """Return the values of a CSV ``unit,period,item,value``, its units and periods known; ``Invalid`` names every line that is wrong."""
    criteria_set = reference_set(SET)
    values = parse_published(_text(content), criteria_set)
    problems: dict[str, str] = {}
    by_period: dict[IndexPeriod, list[PublishedValue]] = {}
    find = cache(_bearer)
    for value in values:
        try:
            period = IndexPeriod.named(value.period)
            if period.start > today:
                raise Refused(f"kỳ {period.name} còn chưa đến.", field="period")
            unit_id = find(value.unit, min(period.last, today)).id
            most = _maximum(criteria_set, value.item)
            if value.value is not None and not 0 <= value.value <= most:
                raise Refused(f"điểm {value.value} ngoài khoảng từ 0 đến {most:f}.", field="value")
        except Refused as error:
            problems[f"{value.unit} {value.period} {value.item}"] = f"«{value.unit}», kỳ «{value.period}», «{value.item}»: {error.message}"
        else:
            by_period.setdefault(period, []).append(PublishedValue(unit_id, value.item, value.value))
    if problems:
        raise Invalid(problems)
    return PublishedFile({period: tuple(found) for period, found in by_period.items()})


@transaction.atomic
def import_published(*, actor: Actor, at: datetime, content: bytes, source: str) -> PublishedFile:
    """Keep published points beside ours and return them. Needs ``figures:value:import`` in every unit of the file.

    All rows or none. A later import takes the place of the former for the same unit, period and item; the journal keeps both.
    """
    actor.must(identity.Right.IMPORT_FIGURES)
    source = clean(source)[:500]
    if not source:
        raise Invalid({"source": "Ghi số liệu lấy từ đâu, ngày nào."})
    file = read_published(content, today=local_date(at))
    for unit_id in sorted({value.unit_id for values in file.by_period.values() for value in values}):
        actor.must(identity.Right.IMPORT_FIGURES, unit_id=unit_id)
    PublishedScore.objects.bulk_create(
        [
            PublishedScore(
                set_code=SET,
                unit_id=value.unit_id,
                start=period.start,
                last=period.last,
                item=value.item,
                value=value.value,
                source=source,
                imported_at=at,
            )
            for period, values in file.by_period.items()
            for value in values
        ],
        update_conflicts=True,
        unique_fields=["set_code", "start", "last", "unit", "item"],
        update_fields=["value", "source", "imported_at"],
    )
    public = {
        "source": source,
        "values": [
            [value.unit_id, period.name, value.item, None if value.value is None else f"{value.value}"]
            for period, values in file.by_period.items()
            for value in values
        ],
    }
    audit.record(stream=STREAM, act="published_imported", at=at, actor=actor, public=public)
    return file


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("Tệp không phải CSV mã UTF-8. Hãy lưu lại dạng «CSV UTF-8» rồi thử lại.", field="file") from error


def _bearer(code: str, day: date) -> organisations.UnitView:
    try:
        return organisations.unit(code, on=day)
    except NotFound:
        return organisations.last_bearer(code)


def _maximum(criteria_set: CriteriaSet, item: str) -> Decimal:
    criterion = criteria_set.find(item)
    group = next((group for group in criteria_set.groups if group.code == item), None)
    return criterion.maximum if criterion else group.maximum if group else criteria_set.maximum
