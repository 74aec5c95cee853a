"""The office's working hours: drawn, defined anew, given to units from a day on."""

from datetime import date, time
from types import SimpleNamespace

import pytest
from django.test import Client

from cchc.kernel.actor import Actor
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import NOW, World

NEW = {
    "name": "Giờ mùa hè, sáng thứ Bảy mở quầy",
    "source": "Quyết định 8/QĐ-UBND",
    "result_time": "15:30",
    "makeup": "1",
    "days-1": "0-4",
    "opens-1": "06:30",
    "closes-1": "11:00",
    "use-1": "both",
    "days-2": "0-4",
    "opens-2": "13:30",
    "closes-2": "17:00",
    "use-2": "both",
    "days-3": "5",
    "opens-3": "7h",
    "closes-3": "11h30",
    "use-3": "counter",
    "rows": "6",
    "do": "save",
}
CODE = "gio-mua-he-sang-thu-bay-mo-quay"


@pytest.fixture
def office(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the office of Phan Văn Quý, on the Friday of the world."""
    made = Desk(client=client, world=world)
    monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: made.at))
    return made.sign_in("quantri")


@pytest.mark.parametrize("address", ["/office/schedules/", "/office/schedules/new/", "/office/schedules/hanh-chinh/assignment/"])
def test_open_for_who_may_and_for_nobody_else(office: Desk, address: str) -> None:
    office.page(address)
    office.sign_in("nhan").page(address, status=403)


def test_are_drawn_with_their_sum_and_their_keepers(office: Desk) -> None:
    page = text_of(office.page("/office/schedules/"))
    assert "40 giờ" in page
    assert "07:00–11:30 (mở quầy, không tính giờ làm việc)" in page
    assert "Xã Vũ Quang" in page
    assert "không sửa được" in page


def test_cost_no_more_for_more_keepers(office: Desk) -> None:
    def count() -> int:
        with FirstReader() as queries:
            office.page("/office/schedules/")
        return len(queries)

    count()
    before = count()
    for unit in (office.world.centre, office.world.office):
        organisations.give_schedule(actor=Actor.system("thử"), at=NOW, unit_id=unit.id, schedule_code="hanh-chinh", since=date(2026, 12, 1))
    assert count() <= before


def test_are_defined_from_rows_with_a_saturday_morning_that_does_not_count(office: Desk) -> None:
    assert office.done("/office/schedules/new/", NEW) == "/office/schedules/"
    schedule = worktime.schedule(CODE)
    assert (schedule.result_time, schedule.results_on_makeup_days) == (time(15, 30), True)
    assert schedule.counted[5] == ()
    assert schedule.counter[5] == (worktime.Session(5, time(7), time(11, 30), counts=False),)
    assert len(schedule.counted[0]) == 2


def test_warn_of_a_day_that_has_not_eight_hours(office: Desk) -> None:
    office.done("/office/schedules/new/", {**NEW, "closes-2": "16:00"})
    assert "7 giờ, khác 8 giờ một ngày làm việc" in text_of(office.page("/office/schedules/"))


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"name": ""}, "p-name", "Nhập tên"),
        ({"name": "!!!"}, "p-name", "Mã khung giờ"),
        ({"name": "x" * 201}, "p-name", "200"),
        ({"source": " "}, "p-source", "văn bản"),
        ({"opens-1": "7 giờ sáng"}, "p-opens-1", "giờ:phút"),
        ({"closes-1": ""}, "p-closes-1", "Dòng 1: nhập giờ kết thúc"),
        ({"days-2": ""}, "p-days-2", "Dòng 2: chọn ngày"),
        ({"opens-1": "12:00"}, "p-opens-1", "kết thúc sau khi bắt đầu"),
        ({"opens-2": "10:00"}, "f-sessions", "chồng lên"),
        ({"result_time": "22:00"}, "p-result_time", "nằm ngoài khung giờ"),
        ({"days-1": "", "opens-1": "", "closes-1": "", "days-2": "", "opens-2": "", "closes-2": ""}, "f-sessions", "không có buổi nào"),
    ],
)
def test_are_refused_at_the_field_with_what_was_typed_kept(office: Desk, changes: dict[str, str], place: str, sentence: str) -> None:
    page = office.send("/office/schedules/new/", {**NEW, **changes})
    assert sentence in text_of(page.select_one(f"#{place}"))
    kept = {**NEW, **changes}
    for name in ("name", "opens-1", "closes-2", "opens-3"):
        assert page.select_one(f"#f-{name}")["value"] == kept[name]  # type: ignore[index]


def test_keep_a_name_that_is_taken_for_who_had_it_first(office: Desk) -> None:
    office.done("/office/schedules/new/", NEW)
    assert "Đã có khung giờ" in text_of(office.send("/office/schedules/new/", NEW).select_one("#p-name"))


def test_offer_more_rows_without_script_and_keep_what_was_typed(office: Desk) -> None:
    page = office.send("/office/schedules/new/", {**NEW, "do": "rows"}, status=200)
    assert len(page.select(".sessionrow")) == 10
    assert page.select_one("#f-opens-3")["value"] == "7h"  # type: ignore[index]
    assert len(office.send("/office/schedules/new/", {**NEW, "do": "rows", "rows": "999"}, status=200).select(".sessionrow")) == 40


def test_are_given_to_a_unit_from_a_day_on(office: Desk) -> None:
    unit = office.world.office
    form = {"q": unit.full_name, "unit": str(unit.id), "since": "01/12/2026", "until": "", "act": "Quyết định 9"}
    address = "/office/schedules/hanh-chinh-sang-thu-bay/assignment/"
    office.done(address, form)
    assert organisations.schedule_of(unit.id, on=date(2026, 12, 1)).code == "hanh-chinh-sang-thu-bay"
    assert organisations.schedule_of(unit.id, on=date(2026, 11, 30)).code == "hanh-chinh-tra-16h"
    assert "Sắp áp dụng" in text_of(office.page("/office/schedules/"))
    for changes, field in (({"since": ""}, "since"), ({"until": "30/11/2026"}, "until"), ({"act": "x" * 121}, "act")):
        page = office.send(address, {**form, **changes})
        assert page.select_one(f"#p-{field}"), changes


def test_find_the_unit_without_script_and_offer_several(office: Desk) -> None:
    address = "/office/schedules/hanh-chinh/assignment/"
    form = {"q": "van phong", "unit": "", "since": "01/12/2026", "until": "", "act": "Quyết định 9"}
    office.done(address, form)
    assert organisations.schedule_of(office.world.office.id, on=date(2026, 12, 1)).code == "hanh-chinh"
    several = office.send(address, {**form, "q": "vu quang"})
    assert len(several.select("input[type=radio][name=unit]")) == 3
    assert "Không tìm thấy" in text_of(office.send(address, {**form, "q": "mai hoa"}))
    assert "Gõ tên đơn vị" in text_of(office.send(address, {**form, "q": ""}))
    office.send(address, {**form, "unit": str(office.world.other_commune.id)}, status=403)
    assert "Văn phòng" in text_of(office.page("/office/schedules/units/", q="van phong"))


def test_that_do_not_exist_are_not_given(office: Desk) -> None:
    office.page("/office/schedules/khong-co/assignment/", status=404)
