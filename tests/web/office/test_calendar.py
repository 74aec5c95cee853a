"""The office's calendar: seen by the year, changed by who may, with what would move told before."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from cchc.cases import api as cases
from cchc.kernel.actor import Actor
from cchc.worktime import api as worktime
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import NOW, World, intake

MONDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 28)
WORDS = {"name": "Hoán đổi 23/11", "source": "Thông báo 12/TB-BNV", "confidence": "sure"}
SWAP = {"off": "23/11/2026", "makeup": "28/11/2026", **WORDS}
HOLIDAY = {"day": "23/11/2026", "kind": "holiday", "for_date": "", **WORDS}
ADDRESSES = (
    "/office/calendar/",
    "/office/calendar/days/new/",
    "/office/calendar/days/2026-11-24/",
    "/office/calendar/days/2026-11-24/withdrawal/",
    "/office/calendar/swaps/new/",
    "/office/calendar/years/2027/",
    "/office/calendar/settings/",
    "/office/calendar/explanation/",
)


@pytest.fixture
def office(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the office of Phan Văn Quý, on the Friday of the world."""
    made = Desk(client=client, world=world)
    monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: made.at))
    return made.sign_in("quantri")


def due_on_monday(count: int) -> list[int]:
    """Start promises that are due on Monday 23 November, in two communes."""
    return [
        worktime.start_clock(
            actor=Actor.system("thử"),
            at=NOW,
            stream=f"case:H27.{112 + place % 2}-261120-{place:04}",
            limit=worktime.TimeLimit.parse("1wd"),
            schedule=worktime.default_schedule(),
            rule="thử",
        ).id
        for place in range(count)
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_opens_for_who_may_edit_the_calendar_and_for_nobody_else(office: Desk, address: str) -> None:
    office.page(address)
    office.sign_in("nhan").page(address, status=403)


def test_refuses_a_form_sent_without_the_right(office: Desk) -> None:
    office.sign_in("nhan").send("/office/calendar/swaps/new/", {**SWAP, "do": "save"}, status=403)
    assert worktime.load_calendar().is_working(MONDAY)


def test_shows_a_year_with_marks_and_words_beside_the_colours(office: Desk) -> None:
    page = office.page("/office/calendar/", year="2026")
    assert len(page.select("table.month")) == 12
    day = page.select_one("a[href='/office/calendar/days/2026-11-24/'].monthday")
    assert day
    assert "lễ" in day.text
    assert "Ngày Văn hóa Việt Nam" in day.text
    assert "Theo thông báo chính thức" in text_of(page)
    assert "dự kiến" in text_of(office.page("/office/calendar/", year="2027")).lower()
    assert "Chưa ai nói gì" in text_of(office.page("/office/calendar/", year="2045"))


@pytest.mark.parametrize("year", ["", "0", "99999", "hai nghìn", "²⁰²⁶", "1"])
def test_takes_an_impossible_year_for_this_one(office: Desk, year: str) -> None:
    assert "năm 2026" in text_of(office.page("/office/calendar/", year=year))


def test_asks_no_more_for_more_years_and_edits(office: Desk) -> None:
    def count() -> int:
        with FirstReader() as queries:
            office.page("/office/calendar/", year="2026")
        return len(queries)

    count()
    before = count()
    for place in range(6):
        worktime.set_year_status(
            actor=Actor.system("thử"), at=NOW, year=2030 + place, status=worktime.YearStatus.PROVISIONAL, source="Dự kiến"
        )
        worktime.set_day(
            actor=Actor.system("thử"),
            at=NOW,
            day=date(2026, 3, 2 + place),
            kind=worktime.DayKind.HOLIDAY,
            name="Nghỉ",
            source="Thử",
        )
    count()
    assert count() <= before


def test_tells_before_a_swap_what_would_move_and_writes_nothing(office: Desk) -> None:
    due_on_monday(5)
    page = office.send("/office/calendar/swaps/new/", {**SWAP, "do": "preview"}, status=200)
    told = text_of(page)
    assert "5 lời hẹn sẽ dời" in told
    assert "ngày làm việc nghỉ: hoán đổi, làm bù ngày 28/11" in told
    rows = [[text_of(cell) for cell in row.select("td")] for row in page.select("aside table")[-1].select("tbody tr")]
    assert sorted((row[1], row[2], row[3]) for row in rows) == [("thứ Hai 23/11/2026", "thứ Tư 25/11/2026", count) for count in ("2", "3")]
    assert len({row[0] for row in rows}) == 2
    assert page.select_one("#f-off")["value"] == "23/11/2026"  # type: ignore[index]
    assert worktime.load_calendar().is_working(MONDAY)


def test_takes_the_swap_and_says_how_many_promises_follow(office: Desk) -> None:
    clocks = due_on_monday(3)
    assert office.done("/office/calendar/swaps/new/", {**SWAP, "do": "save"}) == "/office/calendar/?year=2026"
    page = text_of(office.page("/office/calendar/", year="2026"))
    assert "3 lời hẹn rơi vào ngày nghỉ sẽ dời" in page
    assert "Quản trị hệ thống @ H27.112" in page
    assert "Thông báo 12/TB-BNV" in page
    calendar = worktime.load_calendar()
    assert (calendar.is_working(MONDAY), calendar.is_working(SATURDAY)) == (False, True)
    assert [move.clock_id for move in worktime.unsettled()] == clocks


def test_names_nobody_whose_promise_would_move(office: Desk) -> None:
    code = cases.receive(actor=office.world.counter, at=NOW, intake=intake())
    row = cases.case(code=code, actor=office.world.counter, at=NOW).row
    day = f"{row.due_at:%d/%m/%Y}"
    page = text_of(office.send("/office/calendar/days/new/", {**HOLIDAY, "day": day, "do": "preview"}, status=200))
    assert "1 lời hẹn sẽ dời" in page
    assert row.owner not in page
    assert code not in page


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"off": "31/02/2026"}, "off", "Không có ngày 31/02/2026"),
        ({"off": "thứ Hai"}, "off", "ngày/tháng/năm"),
        ({"off": ""}, "off", "Nhập ngày làm việc được nghỉ"),
        ({"off": "22/11/2026"}, "off", "vốn là ngày nghỉ hằng tuần"),
        ({"off": "24/11/2026"}, "off", "đã có trong lịch"),
        ({"makeup": "24/11/2026"}, "makeup", "đã có trong lịch"),
        ({"makeup": "25/11/2026"}, "makeup", "vốn là ngày làm việc"),
        ({"makeup": "23/11/2026"}, "makeup", "cho chính nó"),
        ({"name": " "}, "name", "Nhập tên"),
        ({"source": ""}, "source", "văn bản"),
        ({"name": "x" * 201}, "name", "dài quá 200"),
        ({"confidence": "chắc"}, "confidence", "không có trong danh sách"),
    ],
)
def test_refuses_a_wrong_swap_at_its_field_and_keeps_what_was_typed(
    office: Desk, changes: dict[str, str], field: str, sentence: str
) -> None:
    page = office.send("/office/calendar/swaps/new/", {**SWAP, **changes, "do": "save"})
    assert sentence in text_of(page.select_one(f"#p-{field}"))
    kept = {"off": "23/11/2026", "makeup": "28/11/2026", "name": WORDS["name"], **changes}
    for name in ("off", "makeup", "name"):
        assert page.select_one(f"#f-{name}")["value"] == kept[name]  # type: ignore[index]
    assert worktime.load_calendar().is_working(MONDAY)


def test_refuses_a_second_row_and_a_day_far_away(office: Desk) -> None:
    page = office.send("/office/calendar/days/new/", {**HOLIDAY, "day": "24/11/2026", "do": "preview"})
    assert "Ngày Văn hóa Việt Nam" in text_of(page.select_one("#p-day"))
    page = office.send("/office/calendar/days/new/", {**HOLIDAY, "day": "24/11/0202", "do": "save"})
    assert "Xem lại năm" in text_of(page.select_one("#p-day"))
    page = office.send("/office/calendar/days/new/", {**HOLIDAY, "kind": "makeup_work", "do": "save"})
    assert "Hoán đổi" in text_of(page.select_one("#p-kind"))


def test_adds_corrects_and_withdraws_a_day(office: Desk) -> None:
    office.done("/office/calendar/days/new/", {**HOLIDAY, "do": "save"})
    assert worktime.load_calendar().name(MONDAY) == "Hoán đổi 23/11"
    address = "/office/calendar/days/2026-11-23/"
    assert "Nêu lý do" in text_of(office.send(address, {"kind": "holiday", **WORDS, "reason": ""}))
    office.done(address, {"kind": "compensatory", **WORDS, "name": "Nghỉ bù", "reason": "Ghi nhầm loại"})
    row = worktime.load_calendar().row(MONDAY)
    assert row
    assert (row.kind, row.name) == (worktime.DayKind.COMPENSATORY, "Nghỉ bù")
    assert "Nêu lý do" in text_of(office.send(f"{address}withdrawal/", {"reason": " "}))
    office.done(f"{address}withdrawal/", {"reason": "Không nghỉ nữa"})
    assert worktime.load_calendar().is_working(MONDAY)
    assert "Không nghỉ nữa" in text_of(office.page("/office/calendar/"))
    for gone in (address, f"{address}withdrawal/", "/office/calendar/days/2026-13-45/"):
        assert "Lịch không có dòng nào" in text_of(office.page(gone, status=404))


def test_withdraws_a_swap_whole_and_tells_what_would_move(office: Desk) -> None:
    office.done("/office/calendar/swaps/new/", {**SWAP, "do": "save"})
    worktime.start_clock(
        actor=Actor.system("thử"),
        at=NOW.replace(day=26),
        stream="case:H27.112-261126-0001",
        limit=worktime.TimeLimit.parse("2wd"),
        schedule=worktime.default_schedule(),
        rule="thử",
    )
    page = text_of(office.page("/office/calendar/days/2026-11-28/withdrawal/"))
    assert "thứ Hai 23/11/2026, thứ Bảy 28/11/2026" in page
    assert "1 lời hẹn sẽ dời" in page
    office.done("/office/calendar/days/2026-11-28/withdrawal/", {"reason": "Thôi hoán đổi"})
    assert worktime.load_calendar().rows == worktime.reference_calendar().rows


def test_says_how_far_a_year_can_be_trusted(office: Desk) -> None:
    form = {"status": "official", "source": "Thông báo 1/TB-BNV", "note": ""}
    assert "Nhập số, ngày" in text_of(office.send("/office/calendar/years/2027/", {**form, "source": ""}))
    office.done("/office/calendar/years/2027/", form)
    assert worktime.load_calendar().year_status(2027) is worktime.YearStatus.OFFICIAL
    assert "Năm không hợp lệ" in text_of(office.send("/office/calendar/years/99999/", form))


def test_changes_an_hour_from_a_day_on(office: Desk) -> None:
    form = {"key": "forward_cutoff", "value": "16h30", "since": "01/12/2026", "source": "Quyết định 5", "confidence": "sure"}
    for changes, field in (({"value": "25:00"}, "value"), ({"value": "chiều"}, "value"), ({"since": "19/11/2026"}, "since")):
        page = office.send("/office/calendar/settings/", {**form, **changes})
        assert page.select_one(f"#p-{field}")
        assert page.select_one("#f-source")["value"] == "Quyết định 5"  # type: ignore[index]
    office.done("/office/calendar/settings/", form)
    assert f"{worktime.cutoff(date(2026, 12, 1)):%H:%M}" == "16:30"
    assert f"{worktime.cutoff(date(2026, 11, 30)):%H:%M}" == "15:00"
    assert "từ 01/12/2026" in text_of(office.page("/office/calendar/settings/"))


def test_explains_a_due_date_before_anybody_relies_on_it(office: Desk) -> None:
    asked = {"day": "20/11/2026", "hour": "9:00", "amount": "1", "unit": "wd", "schedule": "hanh-chinh-tra-16h"}
    assert "16:00 thứ Hai 23/11/2026" in text_of(office.page("/office/calendar/explanation/", **asked))
    office.done("/office/calendar/swaps/new/", {**SWAP, "do": "save"})
    page = text_of(office.page("/office/calendar/explanation/", **asked))
    assert "16:00 thứ Tư 25/11/2026" in page
    assert "Ngày Văn hóa Việt Nam" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0", "unit": "d"}, "amount"),
        ({"amount": "9999", "unit": "m"}, "amount"),
        ({"day": "30/02/2026"}, "day"),
        ({"day": "31/12/9999"}, "day"),
        ({"hour": "24:00"}, "hour"),
        ({"schedule": "khong-co"}, "schedule"),
    ],
)
def test_refuses_a_question_without_an_answer(office: Desk, changes: dict[str, Any], field: str) -> None:
    asked = {"day": "20/11/2026", "hour": "9:00", "amount": "1", "unit": "wd", "schedule": "hanh-chinh"}
    page = office.page("/office/calendar/explanation/", status=422, **{**asked, **changes})
    assert page.select_one(f"#p-{field}")
