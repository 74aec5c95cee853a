"""The portal's first page."""

from datetime import date, time
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cchc.web.portal.hours import closures, opening_hours
from cchc.worktime import api as worktime


@pytest.mark.django_db
def test_it_asks_one_question_and_offers_what_most_people_want(client: Client, django_assert_max_num_queries: object) -> None:
    client.get("/")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = BeautifulSoup(client.get("/").content, "html.parser")
    assert page.select_one('form[action="/thu-tuc/"] input[name=q]')
    assert page.select_one('form[action="/ho-so/"] input[name=ma]')
    names = [link.b.text for link in page.select(".jobs a")]
    assert names[:2] == ["Khai sinh cho con", "Chứng thực bản sao"]
    assert "Mở cửa 07:00 đến 11:30 và 13:30 đến 17:00, thứ Hai đến thứ Sáu." in page.footer.text


def test_a_holiday_within_a_week_is_told_and_a_weekend_is_not() -> None:
    calendar, schedule = worktime.reference_calendar(), worktime.reference_schedule()
    near = closures(calendar=calendar, schedule=schedule, today=date(2026, 11, 20))
    assert [(item.first, item.is_one_day) for item in near] == [(date(2026, 11, 24), True)]
    assert closures(calendar=calendar, schedule=schedule, today=date(2026, 11, 25)) == []


def test_days_of_one_holiday_are_joined() -> None:
    calendar, schedule = worktime.reference_calendar(), worktime.reference_schedule()
    [tet] = closures(calendar=calendar, schedule=schedule, today=date(2026, 2, 14))
    assert (tet.first, tet.last, tet.name) == (date(2026, 2, 16), date(2026, 2, 20), "Tết Nguyên Đán")
    [spring] = closures(calendar=calendar, schedule=schedule, today=date(2026, 4, 28))
    assert (spring.first, spring.last, spring.name) == (date(2026, 4, 30), date(2026, 5, 1), "Ngày Chiến thắng, Ngày Quốc tế Lao động")


def test_opening_hours_join_equal_days() -> None:
    whole = [SimpleNamespace(opens=time(7), closes=time(11, 30)), SimpleNamespace(opens=time(13, 30), closes=time(17))]
    half = whole[:1]
    week = SimpleNamespace(counter=(whole, whole, whole, whole, whole, half, []))
    assert opening_hours(week) == ["07:00 đến 11:30 và 13:30 đến 17:00, thứ Hai đến thứ Sáu", "07:00 đến 11:30, thứ Bảy"]
