"""Who stood under whom, and when: the same whether the tree is walked down or climbed up."""

from datetime import date, datetime

from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations

SYSTEM = Actor.system("thử")
AT = datetime(2026, 11, 9, 9, 0, tzinfo=VIETNAM)


def test_climbing_finds_what_walking_down_finds(world):
    commune, other = world.commune, world.other_commune
    province = organisations.ancestors_on(commune.id, AT.date())[-1]
    there = organisations.unit("01", on=AT.date())
    organisations.move_unit(actor=SYSTEM, at=AT, unit_id=commune.id, parent_id=there.id, on=date(2026, 11, 9))
    organisations.move_unit(actor=SYSTEM, at=AT, unit_id=commune.id, parent_id=province.id, on=date(2026, 11, 20))
    organisations.merge_units(actor=SYSTEM, at=AT, unit_ids=[other.id], into=commune.id, on=date(2026, 11, 15))
    tops = (province.id, there.id)
    down = organisations.memberships(tops)
    some = {commune.id, other.id, there.id}
    assert organisations.memberships(tops, of=some) == tuple(row for row in down if row.unit_id in some)
    stays = [(row.top_id, row.since, row.until) for row in down if row.unit_id == commune.id]
    assert stays == sorted(
        [
            (province.id, None, date(2026, 11, 9)),
            (there.id, date(2026, 11, 9), date(2026, 11, 20)),
            (province.id, date(2026, 11, 20), None),
        ],
        key=lambda stay: (stay[0], stay[1] or date.min),
    )
    assert organisations.memberships(tops, of={row.unit_id for row in down}) == down
    assert organisations.memberships(tops, of=()) == ()
