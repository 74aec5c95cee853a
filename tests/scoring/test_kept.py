"""Points that are kept: the same as computed, written only where something changed, harmless when a worker is killed."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring
from cchc.scoring.models import Computation, DailyTotal, Score
from cchc.scoring.operations import computing
from tests.cases.office import Office

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
SET = scoring.reference_set("qd766")
NOVEMBER = scoring.IndexPeriod.named("2026-11")
_SYSTEM = Actor.system("thử")
IMPORTED = ("PUBLISH_ON_TIME", "PAID_ONLINE_DOSSIER", "PETITION_PROCESSING_ON_TIME")


@pytest.fixture
def office(crowded_office: Office) -> Office:
    """Return the office with its files."""
    return crowded_office


def bring(office: Office, *rows: tuple[str, str, int, int], start: date = NOVEMBER.start, last: date = NOVEMBER.last) -> None:
    lines = [f"qd766.{code},{unit},{start},{last},{number},{of}" for code, unit, number, of in rows]
    text = "\n".join(["key,unit,from,to,numerator,denominator", *lines])
    figures.import_values(actor=_SYSTEM, at=TODAY, content=text.encode(), source="thử")


def kept(unit: organisations.UnitView, period: scoring.IndexPeriod = NOVEMBER) -> scoring.Index:
    return scoring.index_of(SET, unit=unit, period=period.period, today=TODAY.date())


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    values=st.dictionaries(
        st.tuples(st.sampled_from(IMPORTED), st.sampled_from(["18313", "18322", "42", "18328"])),
        st.tuples(st.integers(0, 40), st.integers(0, 40)),
        max_size=8,
    ),
    received=st.integers(0, 2),
)
def test_what_is_kept_is_what_is_computed_for_every_unit(office: Office, values: dict, received: int):
    for number in range(received):
        office.receive("9.500003", at=TODAY - timedelta(minutes=number))
    while figures.refresh():
        pass
    if values:
        bring(office, *((code, unit, *pair) for (code, unit), pair in values.items()))
    scoring.compute(at=TODAY, periods=scoring.running(TODAY.date()))
    units = {row.unit_id for row in Score.objects.all()}
    assert {office.world.commune.id, office.world.other_commune.id} < units
    for period in scoring.running(TODAY.date()):
        for view in organisations.units_on(units, TODAY.date()).values():
            computed, measures = scoring.scored_unit(SET, unit=view, period=period.period, as_of=TODAY.date())
            own = kept(view, period).own
            assert (own.total, own.out_of, own.metrics, own.measures) == (computed.total, computed.out_of, computed.metrics, measures)
            assert {code: points for code, (points, _out_of) in own.groups.items()} == computed.groups


def test_the_numbers_are_those_of_the_figures(office: Office):
    scoring.compute_running(at=TODAY)
    for unit in (office.world.commune, office.world.other_commune, organisations.unit("42", on=TODAY.date())):
        own = kept(unit).own
        for code in ("PROGRESS_ON_TIME", "ONLINE_DOSSIER"):
            key = scoring.key_of(SET, code)
            total = figures.figure_table(key, unit_id=unit.id, period=NOVEMBER.period, as_of=TODAY.date()).total
            assert (own.measures[code].numerator, own.measures[code].denominator) == (total.number, total.of)
    # Of 16 files received in the province, 5 are done in time and 11 promises are broken: 20 x 5 / 16.
    assert own.metrics["PROGRESS_ON_TIME"] == Decimal("6.25")


def test_a_second_run_writes_nothing(office: Office):
    assert scoring.compute_running(at=TODAY) > 0
    before = list(Score.objects.order_by("pk").values())
    assert scoring.compute_running(at=TODAY + timedelta(minutes=5)) == 0
    assert list(Score.objects.order_by("pk").values()) == before
    assert Computation.objects.get(start=NOVEMBER.start, last=NOVEMBER.last).computed_at == TODAY + timedelta(minutes=5)


def test_killed_in_the_middle_the_period_is_as_it_was(office: Office, monkeypatch: pytest.MonkeyPatch):
    def killed(*_words: object) -> int:
        raise SystemExit(137)

    with monkeypatch.context() as patch:
        patch.setattr(computing, "_keep_day", killed)
        with pytest.raises(SystemExit):
            scoring.compute(at=TODAY, periods=[NOVEMBER])
    assert not Score.objects.exists()
    assert not Computation.objects.exists()
    scoring.compute(at=TODAY, periods=[NOVEMBER])
    assert kept(office.world.commune).own.rank == 1


def test_a_late_fact_of_an_ended_period_is_there_after_the_night(office: Office):
    october = NOVEMBER.before()
    bring(office, ("PUBLISH_ON_TIME", "18313", 1, 4), start=october.start, last=october.last)
    scoring.compute_running(at=TODAY)
    assert kept(office.world.commune, october).own.metrics["PUBLISH_ON_TIME"] == Decimal("1.50")
    bring(office, ("PUBLISH_ON_TIME", "18313", 3, 4), start=october.start, last=october.last)
    scoring.compute_running(at=TODAY)
    assert kept(office.world.commune, october).own.metrics["PUBLISH_ON_TIME"] == Decimal("1.50")
    assert scoring.compute_ended(at=TODAY) == 1
    assert kept(office.world.commune, october).own.metrics["PUBLISH_ON_TIME"] == Decimal("4.50")


def test_what_is_measured_no_more_goes(office: Office):
    bring(office, ("PUBLISH_ON_TIME", "18328", 1, 2))
    scoring.compute_running(at=TODAY)
    lone = organisations.unit("18328", on=TODAY.date())
    assert Score.objects.filter(unit_id=lone.id, computation__start=NOVEMBER.start).count() == 1
    bring(office, ("PUBLISH_ON_TIME", "18328", 0, 0))
    scoring.compute_running(at=TODAY)
    assert not Score.objects.filter(unit_id=lone.id, computation__start=NOVEMBER.start).exists()


def test_the_course_has_a_total_for_each_day_and_each_period(office: Office):
    scoring.compute_running(at=TODAY - timedelta(days=1))
    bring(office, ("PUBLISH_ON_TIME", "18313", 1, 2))
    scoring.compute_running(at=TODAY)
    scoring.compute_running(at=TODAY + timedelta(hours=1))
    index = kept(office.world.commune)
    assert [(mark.day.day, mark.out_of) for mark in index.days] == [(19, 26), (20, 32)]
    assert index.periods[-1].total == index.own.total
    assert (
        DailyTotal.objects.filter(
            unit_id=office.world.commune.id, computation__start=NOVEMBER.start, computation__last=NOVEMBER.last
        ).count()
        == 2
    )


def test_places_are_among_neighbours_of_the_same_kind(office: Office):
    scoring.compute_running(at=TODAY)
    index = kept(organisations.unit("42", on=TODAY.date()))
    places = {index.below[unit.id].total: index.below[unit.id].rank for unit in (office.world.commune, office.world.other_commune)}
    assert [places[total] for total in sorted(places, reverse=True)] == [1, 2]
    assert (index.own.rank, index.own.ranked) == (1, 1)


def test_as_many_queries_for_many_units_as_for_few(office: Office, django_assert_max_num_queries: Any):
    scoring.compute(at=TODAY, periods=[NOVEMBER])
    with django_assert_max_num_queries(60) as few:
        scoring.compute(at=TODAY, periods=[NOVEMBER])
    communes = [view.code for view in organisations.descendants_on(organisations.unit("42", on=TODAY.date()).id, TODAY.date())][:40]
    bring(office, *(("PUBLISH_ON_TIME", code, 1, 2) for code in communes))
    scoring.compute(at=TODAY, periods=[NOVEMBER])
    assert Score.objects.count() > 30
    with django_assert_max_num_queries(len(few.captured_queries)):
        scoring.compute(at=TODAY, periods=[NOVEMBER])
    with django_assert_max_num_queries(12):
        kept(organisations.unit("42", on=TODAY.date()))


def test_days_that_are_no_month_are_computed_when_asked_for(office: Office):
    scoring.compute_running(at=TODAY)
    period = figures.until(NOVEMBER.period, date(2026, 11, 10))
    index = scoring.index_of(SET, unit=office.world.commune, period=period, today=TODAY.date())
    assert (index.period, index.computed_at) == (None, None)
    assert index.own.measures["PROGRESS_ON_TIME"].denominator == 10
