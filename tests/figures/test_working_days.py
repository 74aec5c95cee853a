"""How many working days a result took: by the office's calendar, without the waits, and told to nobody where few files are behind it."""

from datetime import date, datetime
from importlib import import_module

import pytest
from django.db import connection

from cchc.cases import api as cases
from cchc.cases.models import Spell
from cchc.figures import api as figures
from cchc.figures.rules.cells import hidden
from cchc.kernel.figures import Dimension
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from tests.cases.office import Office
from tests.world import CERTIFIED_COPY, NOW, intake

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
KEYS = ("cases.working_days_median", "cases.working_days_p90")


def day(number: int, hour: int = 9) -> datetime:
    """Return an hour of a day of November 2026."""
    return datetime(2026, 11, number, hour, 0, tzinfo=VIETNAM)


@pytest.fixture
def office(large_office: Office) -> Office:
    """Return the larger office."""
    return large_office


def signed(office: Office, code: str, at: datetime) -> None:
    """Bring a file in hand to its result."""
    cases.submit(actor=office.actor("phuc"), at=at, code=code, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=at, code=code, number="")


def taken(code: str) -> int | None:
    """Return the working days kept with the result."""
    return Spell.objects.get(case__code=code, working_days__isnull=False).working_days


def test_the_day_of_acceptance_and_a_weekend_are_not_counted(office: Office) -> None:
    # The 6th is a Friday, the 10th the Tuesday after it.
    code = office.processing(at=day(6))
    signed(office, code, day(10))
    assert taken(code) == 2


def test_a_wait_for_papers_is_not_counted(office: Office) -> None:
    code = office.processing(at=day(2))
    cases.return_for_supplement(actor=office.actor("phuc"), at=day(3), code=code, items=["Đơn"], reason="Thiếu")
    cases.resume(actor=office.actor("nhan"), at=day(16), code=code)
    signed(office, code, day(18))
    # From the 2nd to the 3rd, and from the 16th to the 18th.
    assert taken(code) == 3
    assert figures.verify(with_journal=True) == []


def test_a_number_that_was_tampered_with_is_found(office: Office) -> None:
    code = office.processing(at=day(2))
    signed(office, code, day(5))
    figures.refresh()
    assert figures.verify(with_journal=True) == []
    Spell.objects.filter(case__code=code).exclude(working_days=None).update(working_days=1)
    assert figures.verify(with_journal=True)[-1].startswith(f"Hồ sơ {code}")


def test_results_from_before_there_were_such_numbers_get_the_same(office: Office) -> None:
    for begins, last in ((2, 6), (2, 30), (6, 10)):
        signed(office, office.processing(at=day(begins)), day(last))
    waited = office.processing("9.500005", at=day(2))
    cases.return_for_supplement(actor=office.actor("phuc"), at=day(3), code=waited, items=["Đơn"], reason="Thiếu")
    cases.resume(actor=office.actor("nhan"), at=day(16), code=waited)
    signed(office, waited, day(18))
    kept = list(Spell.objects.order_by("pk").values_list("pk", "working_days"))
    Spell.objects.update(working_days=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("cchc.cases.migrations.0009_working_days_and_who_filed").FILL)
    assert list(Spell.objects.order_by("pk").values_list("pk", "working_days")) == kept


def test_the_middle_file_and_the_slow_ones_are_told_for_each_cut(office: Office) -> None:
    for number, last in enumerate((3, 3, 4, 5, 6, 10)):
        signed(office, office.processing(at=day(2, 8 + number)), day(last))
    asked = {"unit_id": office.world.commune.id, "period": NOVEMBER}
    # 1, 1, 2, 3, 4 and 6 days.
    middle, slow = figures.figure_tables(KEYS, **asked, by=[Dimension.CHANNEL])
    assert (middle.total.value, slow.total.value) == (middle.lines[0].value, slow.lines[0].value)
    assert [float(table.total.number) for table in (middle, slow)] == [2.5, 5.0]
    assert (middle.total.counted, middle.total.size) == (6, 6)


def test_a_median_of_few_files_is_hidden_however_large_it_is(office: Office) -> None:
    for hour in (8, 9):
        signed(office, office.processing(at=day(2, hour)), day(30))
    (shown,) = figures.public_tables([KEYS[0]], unit_id=office.world.commune.id, period=NOVEMBER)
    # Four weeks less a day: the 24th is Viet Nam's Day of Culture.
    assert shown.table.total.value == 19
    assert shown.total_hidden


def test_a_small_median_of_many_files_is_shown() -> None:
    assert hidden([40, 12, 0]) == [False, False, False]
    assert hidden([40, 3, 12]) == [False, True, True]


def test_what_is_done_at_the_counter_takes_no_day(office: Office) -> None:
    code = cases.receive_immediate(actor=office.actor("nhan"), at=NOW, intake=intake(CERTIFIED_COPY, quantities={"copies": 1, "pages": 1}))
    assert taken(code) == 0
    assert figures.verify(with_journal=True) == []
