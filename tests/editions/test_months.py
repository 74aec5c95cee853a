"""A table that is watched by month: what happens in one month leaves the edition of the others as it was."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from cchc.editions.api import edition_between, held
from cchc.figures.models import ROLLUPS, DayFlow, HalfMonthFlow
from cchc.kernel.standing import standing
from cchc.organisations.models import Unit

pytestmark = pytest.mark.django_db
TABLE = "figures_dayflow"
MAY, JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (5, 6, 7, 8))
ASKED: list[object] = []


@held(lambda first, end: edition_between(first, end, TABLE))
def ask(*days: date) -> int:
    ASKED.append(days)
    return len(ASKED)


@pytest.fixture(autouse=True)
def bucket() -> DayFlow:
    """Return a bucket in June; the table has had buckets in all the months."""
    province = Unit.objects.earliest("pk")
    days = [DayFlow(province=province, day=day.replace(day=20), received=1) for day in (MAY, JUNE, JULY)]
    return DayFlow.objects.bulk_create(days)[1]


def seen() -> list[str]:
    return [edition_between(first, end, TABLE) for first, end in ((MAY, JUNE), (JUNE, JULY), (JULY, AUGUST))]


def renewed(act: Callable[[], object]) -> list[bool]:
    """Return of which of the three months the edition is another after the act."""
    before = seen()
    act()
    return [one != other for one, other in zip(before, seen(), strict=True)]


def moved(bucket: DayFlow, day: date) -> None:
    bucket.day = day
    bucket.save()


def test_a_changed_row_renews_its_month_alone(bucket: DayFlow) -> None:
    assert renewed(bucket.save) == [False, True, False]


def test_a_row_that_goes_to_another_month_renews_both(bucket: DayFlow) -> None:
    assert renewed(lambda: moved(bucket, date(2026, 7, 31))) == [False, True, True]
    assert renewed(lambda: moved(bucket, date(2026, 5, 1))) == [True, False, True]


def test_a_new_row_and_one_that_is_gone(bucket: DayFlow) -> None:
    assert renewed(lambda: DayFlow.objects.create(province=bucket.province, day=date(2026, 5, 31), received=1)) == [True, False, False]
    assert renewed(bucket.delete) == [False, True, False]
    assert renewed(DayFlow.objects.filter(day__lt=JUNE).delete) == [True, False, False]


def test_emptying_the_table_renews_every_month() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert renewed(lambda: cursor.execute(f"TRUNCATE {TABLE}")) == [True, True, True]


def test_the_first_row_of_a_month_gives_it_an_edition(bucket: DayFlow) -> None:
    before = edition_between(AUGUST, date(2026, 9, 1), TABLE)
    moved(bucket, AUGUST)
    assert edition_between(AUGUST, date(2026, 9, 1), TABLE) != before


def test_a_part_of_a_month_is_the_month(bucket: DayFlow) -> None:
    before = edition_between(date(2026, 6, 1), date(2026, 6, 2), TABLE), edition_between(date(2026, 6, 30), JULY, TABLE)
    bucket.save()
    after = edition_between(date(2026, 6, 1), date(2026, 6, 2), TABLE), edition_between(date(2026, 6, 30), JULY, TABLE)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_another_table_does_not_matter(bucket: DayFlow) -> None:
    assert renewed(lambda: HalfMonthFlow.objects.create(unit=bucket.province, start=JUNE)) == [False, False, False]
    assert edition_between(JUNE, JULY, TABLE) != edition_between(JUNE, JULY, "figures_halfmonthflow")


def test_what_is_taken_back_leaves_the_month_as_it_was(bucket: DayFlow) -> None:
    def taken_back() -> None:
        with transaction.atomic():
            bucket.save()
            transaction.set_rollback(True)

    assert renewed(taken_back) == [False, False, False]


def test_what_is_over_is_held_whatever_happens_afterwards(bucket: DayFlow) -> None:
    with standing():
        past, now = ask(MAY, JUNE), ask(MAY, JULY)
    bucket.save()
    with standing():
        assert ask(MAY, JUNE) == past
        assert ask(MAY, JULY) > now


def test_every_rollup_is_watched_by_month_in_every_way_which_nobody_passes_by() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE p.proname = 'editions_renew_months' AND t.tgenabled = 'A' GROUP BY 1
            """
        )
        assert dict(cursor.fetchall()) == dict.fromkeys(ROLLUPS, 4)
