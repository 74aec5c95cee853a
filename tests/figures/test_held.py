"""Pages hold what they have read of the figures; an act that changes a number ends that, also one of which no bucket tells."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.figures.models import Stale
from cchc.kernel.figures import Dimension
from cchc.kernel.local import VIETNAM
from cchc.kernel.standing import standing
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime
from tests.cases.office import Office
from tests.world import citizen

AT = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
KEYS = [item.figure.key for item in figures.measures()]
Numbers = dict[str, tuple[float, float | None]]


@pytest.fixture
def office(crowded_office: Office) -> Office:
    """Return the office with its files."""
    return crowded_office


def numbers(office: Office) -> Numbers:
    year = worktime.reporting_period(worktime.ReportingKind.YEAR, containing=AT.date()).period
    tables = figures.figure_tables(KEYS, unit_id=office.world.commune.id, period=year)
    return {table.figure.key: (table.total.number, table.total.of) for table in tables}


def changed(office: Office, act: Callable[[], object]) -> tuple[Numbers, Numbers]:
    """Return what is held before an act, and after it and the job; the second must be what is read anew."""
    figures.refresh()
    with standing():
        before = numbers(office)
    act()
    with standing():
        assert numbers(office) == before, "until the job has run a page shows what is held"
    assert figures.refresh() > 0
    with standing():
        after = numbers(office)
    assert after == numbers(office)
    return before, after


def test_a_new_file(office: Office) -> None:
    before, after = changed(office, lambda: office.receive("9.500003", at=AT))
    assert after["cases.received"][0] == before["cases.received"][0] + 1


def test_a_result_that_is_handed_over(office: Office) -> None:
    code = office.processing("9.500002", at=AT)
    cases.submit(actor=office.actor("phuc"), at=AT, code=code, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=AT, code=code)
    key = "cases.integrity.handover_hours"
    before, after = changed(
        office, lambda: cases.hand_over(actor=office.actor("nhan"), at=AT + timedelta(hours=30), code=code, receiver="Ngọc")
    )
    assert before[key] != after[key]


def test_a_file_of_a_month_that_is_over(office: Office) -> None:
    before, after = changed(office, lambda: office.receive("9.500003", at=AT - timedelta(days=120)))
    assert after["cases.received"][0] == before["cases.received"][0] + 1
    assert after["cases.ii06.overdue"] != before["cases.ii06.overdue"]


def test_a_new_file_lets_the_months_that_are_over_stand(office: Office) -> None:
    for days in (150, 90, 30, 0):
        office.receive("9.500003", at=AT - timedelta(days=days))
    year = figures.until(worktime.reporting_period(worktime.ReportingKind.YEAR, containing=AT.date()).period, AT.date())
    above = organisations.ancestors_on(office.world.commune.id, AT.date())
    (province,) = (view.id for view in above if view.kind is organisations.UnitKind.PROVINCE)

    def asked() -> list[str]:
        with standing(), CaptureQueriesContext(connection) as seen:
            figures.figure_tables(["cases.received"], unit_id=province, period=year, by=[Dimension.FIELD])
        return [query["sql"] for query in seen.captured_queries if "figures_provinceflow" in query["sql"]]

    figures.refresh()
    asked()
    assert asked() == []
    office.receive("9.500003", at=AT)
    figures.refresh()
    running = asked()
    office.receive("9.500003", at=AT - timedelta(days=90))
    figures.refresh()
    anew = asked()
    # Of the half-months those of the running month; after a late file those before it too. What was open before the year still stands.
    assert [re.findall(r"start [<>]=? '([0-9-]+)'", sql) for sql in running] == [["2026-11-01", "2026-11-15"]]
    assert [re.findall(r"start [<>]=? '([0-9-]+)'", sql) for sql in anew] == [["2025-12-15", "2026-11-01"]]


def test_who_filed_is_put_right(office: Office) -> None:
    code = office.receive("9.500003", at=AT)
    correction = cases.Correction(owner=replace(citizen(), phone="0987654321"), request="Đổi số điện thoại")
    changed(office, lambda: cases.correct(actor=office.actor("nhan"), at=AT, code=code, correction=correction, reason="Gõ nhầm"))


def test_what_touches_no_bucket_is_marked_with_no_day(office: Office) -> None:
    code = office.receive("9.500003", at=AT)
    figures.refresh()
    office_before = list(Stale.objects.values_list("pk", flat=True))
    cases.forward(actor=office.actor("nhan"), at=AT, code=code, unit_id=office.world.office.id)
    marks = Stale.objects.exclude(pk__in=office_before).values_list("since", "until")
    assert [(since, until) for since, until in marks] == [(AT.date(), AT.date())]
    assert figures.refresh() == 1
    assert figures.verify() == []


def test_a_tick_on_which_nothing_is_stale_renews_nothing(office: Office) -> None:
    from cchc.editions.api import edition  # noqa: PLC0415 (models need Django to be set up)

    figures.refresh()
    before = edition("facts", "figures")
    assert figures.refresh() == 0
    assert edition("facts", "figures") == before


def test_in_a_rush_the_job_stays_at_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from cchc.figures.operations import rollups  # noqa: PLC0415 (models need Django to be set up)

    figures.refresh()
    left = [office.receive("9.500003", at=AT)]
    first = rollups.refresh

    def while_it_works() -> int:
        taken = first()
        if len(left) < 3:
            left.append(office.receive("9.500003", at=AT))
        return taken

    monkeypatch.setattr(rollups, "refresh", while_it_works)
    rollups.keep_up()
    assert len(left) == 3
    assert figures.waiting() == 0
