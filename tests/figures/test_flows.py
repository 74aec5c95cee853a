"""What is counted, and that sums, lists and journal agree: in an office small enough to count on one's fingers."""

from datetime import date, datetime

import pytest

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.figures.rules.registry import facts
from cchc.kernel import bus
from cchc.kernel.actor import Actor
from cchc.kernel.figures import Dimension
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from tests.cases.office import Office

SYSTEM = Actor.system("thử")
START = datetime(2026, 11, 3, 8, 0, tzinfo=VIETNAM)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
FORM = tuple(f"cases.ii06.{name}" for name in ("online", "direct", "carried", "early", "on_time", "late", "in_term", "overdue"))


def day(number: int, hour: int = 9) -> datetime:
    """Return an hour of a day of November 2026."""
    return datetime(2026, 11, number, hour, 0, tzinfo=VIETNAM)


@pytest.fixture
def office(large_office: Office) -> Office:
    """Return the larger office with five files: early, on time, late, still late, and waiting."""
    for number, (begun, ended) in enumerate([(3, 4), (3, 6), (3, 10), (4, None), (4, "waits")]):
        code = large_office.processing(at=day(begun, 8 + number % 2))
        if ended == "waits":
            cases.return_for_supplement(
                actor=large_office.actor("phuc"), at=day(5), code=code, items=["Thiếu bản chính"], reason="Thiếu bản chính"
            )
        elif ended is not None:
            cases.submit(actor=large_office.actor("phuc"), at=day(ended), code=code, post_id=large_office.post("khai"))
            cases.approve(actor=large_office.actor("khai"), at=day(ended, 10), code=code, number="")
    figures.refresh()
    return large_office


def form(unit_id: int, period: Period) -> dict[str, int]:
    """Return the leaves of form II.06 by their names."""
    tables = figures.figure_tables(FORM, unit_id=unit_id, period=period)
    return {table.figure.key.rpartition(".")[2]: int(table.total.number) for table in tables if table.total.number}


def test_every_file_is_in_exactly_one_column(office):
    assert form(office.world.commune.id, NOVEMBER) == {"direct": 5, "early": 1, "on_time": 1, "late": 1, "in_term": 1, "overdue": 1}


def test_a_later_period_begins_with_what_the_former_left_open(office):
    later = Period(date(2026, 11, 15), date(2026, 12, 15))
    assert form(office.world.commune.id, later) == {"carried": 2, "in_term": 1, "overdue": 1}


def test_any_past_day_is_counted_as_it_stood_then(office):
    to = {number: form(office.world.commune.id, Period(date(2026, 11, 1), date(2026, 11, number + 1))) for number in (3, 4, 6, 7, 9, 10)}
    assert to[3] == {"direct": 3, "in_term": 3}
    assert to[4] == {"direct": 5, "early": 1, "in_term": 4}
    assert to[6] == {"direct": 5, "early": 1, "on_time": 1, "in_term": 3}
    assert to[7] == {"direct": 5, "early": 1, "on_time": 1, "in_term": 2, "overdue": 1}
    assert to[9] == {"direct": 5, "early": 1, "on_time": 1, "in_term": 2, "overdue": 1}
    assert to[10] == {"direct": 5, "early": 1, "on_time": 1, "late": 1, "in_term": 1, "overdue": 1}


def test_the_province_and_the_commune_say_the_same(office):
    province = organisations.ancestors_on(office.world.commune.id, NOVEMBER.start)[-1]
    for period in (NOVEMBER, Period(date(2026, 11, 5), date(2026, 11, 20)), Period(date(2026, 11, 15), date(2026, 12, 15))):
        assert form(province.id, period) == form(office.world.commune.id, period)


def test_a_period_from_the_first_day_there_is_has_everything_and_nothing_before(office):
    everything = Period(date.min, date(2026, 12, 1))
    for unit_id in (office.world.commune.id, organisations.ancestors_on(office.world.commune.id, date(2026, 11, 3))[-1].id):
        assert form(unit_id, everything) == {"direct": 5, "early": 1, "on_time": 1, "late": 1, "in_term": 1, "overdue": 1}
        assert form(unit_id, Period(date.min, date(1, 1, 2))) == {}


@pytest.mark.parametrize("last", [2, 5, 8, 9, 13, 14, 15, 29])
def test_late_in_a_half_month_the_days_beyond_are_taken_away_again(office, last):
    period = Period(date(2026, 11, 1), date(2026, 11, last + 1))
    scopes = {"commune": office.world.commune.id, "province": organisations.ancestors_on(office.world.commune.id, date(2026, 11, 3))[-1].id}
    for by in ([], ["field"], ["procedure"], ["field", "procedure", "channel"], ["unit"]):
        for unit_id in scopes.values():
            recounted = facts().recount(figures.scopes_of(unit_id), period, by)
            kept = {key: row.inside for key, row in figures.moved(unit_id, period, by).items() if not row.inside.is_empty}
            assert {key: plain(counts) for key, counts in kept.items()} == {
                key: plain(counts) for key, counts in recounted.items() if plain(counts)
            }, by


def plain(counts: figures.Counts) -> dict[str, int]:
    """Return the flows that happened."""
    return {str(flow): number for flow, number in counts.of.items() if number}


def test_what_is_counted_is_what_is_listed(office):
    for key in (*FORM, "cases.received", "cases.waiting", "cases.closed", "cases.ii06.open", "cases.ii06.done"):
        for period in (NOVEMBER, Period(date(2026, 11, 4), date(2026, 11, 10)), Period(date(2026, 11, 6), date(2026, 11, 7))):
            table = figures.figure_table(key, unit_id=office.world.commune.id, period=period)
            asked = figures.Asked(office.world.commune.id, period)
            assert cases.count_behind(key=key, asked=asked) == table.total.number, key


def test_everything_recounted_is_what_is_kept(office):
    assert figures.verify() == []
    before = figures.figure_tables(FORM, unit_id=office.world.commune.id, period=NOVEMBER, by=[Dimension.FIELD])
    figures.rebuild()
    assert figures.verify() == []
    assert figures.figure_tables(FORM, unit_id=office.world.commune.id, period=NOVEMBER, by=[Dimension.FIELD]) == before


def test_a_bucket_that_was_tampered_with_is_found(office):
    from cchc.figures.models import DayFlow, HalfMonthFlow  # noqa: PLC0415 (models need Django to be set up)

    DayFlow.objects.filter(late=1).update(late=0, on_time=1)
    HalfMonthFlow.objects.filter(late=1).update(late=0)
    # The half-months of the province no longer agree with the day that was tampered with either.
    assert len(figures.verify()) == 3


def test_a_bucket_that_is_missing_and_one_too_many_are_found(office):
    from cchc.figures.models import UnitDayFlow, UnitFlow  # noqa: PLC0415 (models need Django to be set up)

    UnitFlow.objects.filter(late=1).delete()
    UnitDayFlow.objects.create(unit_id=office.world.commune.id, day=date(2026, 11, 25), received=1)
    told = " ".join(figures.verify())
    assert "nửa tháng của đơn vị theo thủ tục" in told
    assert "25/11/2026: đếm lại khác (received 1→0)" in told
    assert figures.rebuild() > 0
    assert figures.verify() == []


def test_buckets_that_an_upgrade_emptied_are_counted_by_the_job(office):
    from cchc.figures.models import DayFlow, Stale, UnitFlow  # noqa: PLC0415 (models need Django to be set up)
    from cchc.figures.tasks import refresh_all  # noqa: PLC0415 (as above)

    before = form(office.world.commune.id, NOVEMBER)
    for table in (DayFlow, UnitFlow, Stale):
        table.objects.all().delete()
    refresh_all(0)
    assert form(office.world.commune.id, NOVEMBER) == before
    assert figures.verify() == []


def test_a_spell_that_was_tampered_with_is_found(office):
    from cchc.cases.models import Spell  # noqa: PLC0415 (models need Django to be set up)

    code = Spell.objects.filter(end="late").get().case.code
    Spell.objects.filter(end="late").update(end="on_time", first_kept=True)
    assert figures.verify(with_journal=True)[-1].startswith(f"Hồ sơ {code}")


def test_a_merged_commune_hands_its_open_files_on(office):
    other = office.world.other_commune
    with bus.handed_to(bus.deliver):
        organisations.merge_units(actor=SYSTEM, at=day(15), unit_ids=[office.world.commune.id], into=other.id, on=date(2026, 11, 15))
    figures.refresh()
    assert form(office.world.commune.id, NOVEMBER) == {"direct": 5, "early": 1, "on_time": 1, "late": 1}
    assert form(other.id, NOVEMBER) == {"in_term": 1, "overdue": 1}
    province = organisations.ancestors_on(other.id, NOVEMBER.start)[-1]
    assert form(province.id, NOVEMBER) == {"direct": 5, "early": 1, "on_time": 1, "late": 1, "in_term": 1, "overdue": 1}
    assert figures.verify() == []


def test_a_commune_that_moves_takes_its_open_files_along(office):
    here = organisations.ancestors_on(office.world.commune.id, NOVEMBER.start)[-1]
    there = organisations.unit("01", on=NOVEMBER.start)
    with bus.handed_to(bus.deliver):
        organisations.move_unit(actor=SYSTEM, at=day(9), unit_id=office.world.commune.id, parent_id=there.id, on=date(2026, 11, 9))
    figures.refresh()
    assert form(here.id, NOVEMBER) == {"direct": 5, "early": 1, "on_time": 1}
    assert form(there.id, NOVEMBER) == {"late": 1, "in_term": 1, "overdue": 1}
    assert form(there.id, Period(date(2026, 11, 9), date(2026, 12, 1))) == {"late": 1, "in_term": 1, "overdue": 1}
    assert form(there.id, Period(date(2026, 11, 10), date(2026, 12, 1))) == {"carried": 3, "late": 1, "in_term": 1, "overdue": 1}
    assert figures.verify() == []


def test_a_share_of_nothing_has_no_value(office):
    only = {Dimension.FIELD: "Không có lĩnh vực này"}
    table = figures.figure_table("cases.late_share", unit_id=office.world.commune.id, period=NOVEMBER, only=only)
    assert (table.total.number, table.total.of, table.total.value) == (0, 0, None)


def test_a_file_typed_in_late_goes_along_with_its_commune_too(office):
    """What was received before the move, and ended before it, changes what came with the commune on that day."""
    here = organisations.ancestors_on(office.world.commune.id, NOVEMBER.start)[-1]
    there = organisations.unit("01", on=NOVEMBER.start)
    early, late = office.processing(at=day(5)), day(6)
    with bus.handed_to(bus.deliver):
        organisations.move_unit(actor=SYSTEM, at=day(9), unit_id=office.world.commune.id, parent_id=there.id, on=date(2026, 11, 9))
    figures.refresh()
    office.processing(at=day(5, 10))
    cases.submit(actor=office.actor("phuc"), at=late, code=early, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=late, code=early, number="")
    assert figures.verify() == []
    assert form(here.id, NOVEMBER) == {"direct": 7, "early": 2, "on_time": 1}
    assert form(there.id, NOVEMBER) == {"late": 1, "in_term": 1, "overdue": 2}


def test_a_move_that_is_given_up_for_another_leaves_nothing_behind(office):
    commune, there, elsewhere = office.world.commune.id, *(organisations.unit(code, on=NOVEMBER.start).id for code in ("01", "48"))
    with bus.handed_to(bus.deliver):
        organisations.move_unit(actor=SYSTEM, at=day(9), unit_id=commune, parent_id=there, on=date(2026, 11, 20))
        figures.refresh()
        assert form(there, NOVEMBER) == {"in_term": 1, "overdue": 1}
        organisations.move_unit(actor=SYSTEM, at=day(9), unit_id=commune, parent_id=elsewhere, on=date(2026, 11, 15))
    assert figures.verify() == []
    assert form(there, NOVEMBER) == {}
    assert form(elsewhere, NOVEMBER) == {"in_term": 1, "overdue": 1}


def test_a_move_decided_ahead_is_counted_on_its_day_whatever_is_rebuilt_before(office):
    commune, there = office.world.commune.id, organisations.unit("01", on=NOVEMBER.start).id
    with bus.handed_to(bus.deliver):
        organisations.move_unit(actor=SYSTEM, at=day(9), unit_id=commune, parent_id=there, on=date(2027, 1, 10))
    assert figures.verify() == []
    figures.rebuild()
    january = Period(date(2027, 1, 1), date(2027, 2, 1))
    assert form(there, january) == {"in_term": 1, "overdue": 1}
    assert figures.verify() == []


def test_an_extended_file_that_waited_is_judged_by_its_journal_as_it_was_judged(office):
    code = office.processing(at=day(10, 10))
    cases.extend(actor=office.actor("lan"), at=day(11), code=code, until=date(2026, 11, 20), reason="Chờ xác minh")
    cases.return_for_supplement(actor=office.actor("phuc"), at=day(12), code=code, items=["Đơn"], reason="Thiếu")
    cases.resume(actor=office.actor("nhan"), at=day(16), code=code)
    cases.submit(actor=office.actor("phuc"), at=day(17, 10), code=code, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=day(17, 11), code=code, number="")
    assert figures.verify() == []
