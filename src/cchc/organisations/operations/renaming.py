"""Give a unit another title from a day on: another name, or another type word (Xã becomes Phường)."""

from datetime import date, datetime
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.text import clean
from cchc.organisations.models import Succession, UnitTitle
from cchc.organisations.operations.writing import Writing, announce_change, cut, journal, locked, mark_office, must_be_older, writing
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.rules.titles import full_name as whole_name
from cchc.organisations.terms import Certainty, Right, SuccessionKind


def rename_unit(
    *,
    actor: Actor,
    at: datetime,
    unit_id: int,
    name: str,
    on: date,
    type_word: str = "",
    act: str = "",
    note: str = "",
) -> UnitView:
    """Give the unit a title that holds from ``on``; it stays the same unit with the same code. Return it as of that day.

    Raises ``NotAllowed``, ``NotFound``, ``Refused`` when the name is empty or the one it has, or the unit does not exist then.
    """
    actor.must(Right.EDIT_UNIT, unit_id=unit_id)
    work = Writing(actor, at, on, act, note)
    with writing():
        unit = locked([unit_id])[unit_id]
        must_be_older(unit, on)
        full_name = whole_name(type_word=type_word, name=name)
        if not clean(name):
            raise Refused("Hãy nhập tên mới của đơn vị.", field="name")
        if UnitTitle.objects.filter(unit=unit, period__contains=on, full_name=full_name).exists():
            raise Refused(f"Đơn vị đã mang tên «{full_name}» vào ngày {on:%d/%m/%Y}: không có gì để đổi.", field="name")
        before = unit.full_name
        cut(unit.titles.all(), on)
        period = DateRange(on, unit.period.upper)
        UnitTitle.objects.create(
            unit=unit, period=period, type_word=clean(type_word), name=clean(name), full_name=full_name, act=act, note=note
        )
        unit.name, unit.full_name = clean(name), full_name
        mark_office(unit.fill_keys(), "name", "full_name", "search_key", "vi_key")
        Succession.objects.create(
            day=on,
            kind=SuccessionKind.RENAMED,
            predecessor=unit,
            successor=unit,
            share=Decimal(1),
            share_known=True,
            is_default=True,
            act=act,
            note=note,
            certainty=Certainty.OFFICIAL,
        )
        journal(work, unit, "unit_renamed", {"before": before, "after": full_name})
        announce_change(work, unit, "unit_renamed")
    return views_of([unit_id], day=on)[unit_id]
