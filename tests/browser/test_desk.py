"""The desk in a browser: every page at both widths, nothing serious found by axe, nothing scrolling sideways, usable by keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cchc.cases import api as cases
from cchc.web.desk.case_words import PAGES
from tests.browser.conftest import WIDE, Clock
from tests.web.desk.test_every_act import ALL, Way
from tests.web.desk.test_imported import moved_in
from tests.world import CERTIFIED_COPY, MARITAL_STATUS, NOW, World, intake

# Where the files of the acts are; an act may follow on several of them.
PLACES = tuple(dict.fromkeys(case.place for case in ALL))


def addresses(world: World, folder: Path) -> dict[str, dict[str, str]]:
    """Return the desk's pages by who opens them, with cases at every step of the way."""

    def received() -> str:
        return cases.receive(actor=world.counter, at=NOW, intake=intake())

    fresh, to_assign, to_process, to_sign, ready, returned = (received() for _ in range(6))
    for code in (to_assign, to_process, to_sign, ready, returned):
        cases.forward(actor=world.counter, at=NOW, code=code, unit_id=world.office.id)
    for code in (to_process, to_sign, ready, returned):
        cases.assign(actor=world.head, at=NOW, code=code, post_id=world.people["phuc"].id)
    for code in (to_sign, ready, returned):
        cases.submit(actor=world.officer, at=NOW, code=code, post_id=world.people["khai"].id)
    for code in (ready, returned):
        cases.approve(actor=world.chairman, at=NOW, code=code, number="112/XN-UBND")
    cases.hand_over(actor=world.counter, at=NOW, code=returned, receiver="Đỗ Thị Bích Ngọc")
    asked = cases.ask_supplement(actor=world.counter, at=NOW, intake=intake(missing=(1,)), items=["Tờ khai"], reason="Thiếu tờ khai")
    shelf = moved_in(folder)
    ways = {place: getattr(Way(world), place)() for place in PLACES}
    noted = ways["signing"].code
    cases.add_note(actor=world.officer, at=NOW, code=noted, text="Sổ gốc năm 1998 chưa số hóa", dissent=True)
    cases.apologise(
        actor=world.head, at=NOW, code=noted, kind=cases.ApologyKind.ERROR, reason="Ghi sai ngày sinh", remedy="Cấp lại giấy hẹn"
    )
    cases.consult(actor=world.officer, at=NOW, code=ways["second"].code, unit_id=world.office.id, question="Thửa đất có tranh chấp không?")
    return with_acts(
        ways,
        {
            "nhan": {
                "imported": f"{shelf}/A-1/",
                "inbox": "/desk/",
                "inbox-unit": "/desk/?scope=unit",
                "inbox-empty": "/desk/?q=khong+co+ai",
                "intake": "/desk/intake/",
                "intake-chosen": f"/desk/intake/?procedure={MARITAL_STATUS}",
                "intake-immediate": f"/desk/intake/?procedure={CERTIFIED_COPY}",
                "case": f"/desk/cases/{fresh}/",
                "case-why": f"/desk/cases/{fresh}/why/",
                "case-returned": f"/desk/cases/{returned}/",
                "forwarding": f"/desk/cases/{fresh}/forwarding/",
                "acceptance": f"/desk/cases/{asked}/acceptance/",
                "handover": f"/desk/cases/{ready}/handover/",
                "register": "/desk/cases/",
                "figure": "/desk/cases/?figure=cases.ready",
                "results": "/desk/results/",
                "no-such-case": "/desk/cases/H27.112-000000-0000/",
            },
            "lan": {"assignment": f"/desk/cases/{to_assign}/assignment/", "forbidden": "/desk/intake/"},
            "phuc": {"submission": f"/desk/cases/{to_process}/submission/"},
            "khai": {"approval": f"/desk/cases/{to_sign}/approval/"},
        },
    )


def with_acts(ways: dict[str, Way], pages: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Add every act's page, each for who does it, and the case pages of files on the longer ways."""
    for case in ALL:
        noun = PAGES[case.act].replace("_", "-")
        pages[case.login][f"act-{noun}-{case.place}"] = f"/desk/cases/{ways[case.place].code}/{noun}/"
    for place, way in ways.items():
        pages["phuc"][f"case-{place}"] = f"/desk/cases/{way.code}/"
    pages["lan"]["consultations"] = "/desk/consultations/"
    pages["khai"]["case-for-signer"] = f"/desk/cases/{ways['signing'].code}/"
    return pages


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    tmp_path: Path,
    look: Callable[[Any, str, str], None],
    viewport: dict[str, int],
) -> None:
    pages = addresses(world, tmp_path)
    for login, mine in pages.items():
        window = open_page(viewport=viewport)
        sign_in(window, login)
        for name, address in mine.items():
            look(window, address, f"desk-{name}")


def test_the_bar_of_the_inbox_is_one_row_however_long_its_lists(page: Any, world: World, sign_in: Callable[..., None]) -> None:
    cases.receive(actor=world.counter, at=NOW, intake=intake())
    sign_in(page, "nhan")
    for address in ("/desk/", "/desk/?scope=unit&q=a"):
        page.goto(address)
        page.evaluate(
            """() => {
                for (const link of document.querySelectorAll(".toolbar .seg a")) link.textContent += " (1.118)";
                const long = new Option("Bảo trợ xã hội, giảm nghèo và phòng, chống tệ nạn xã hội");
                document.querySelector("select[name=field]").append(long);
            }"""
        )
        button, finder = (page.locator(f".toolbar {part}").bounding_box() for part in (".btn--main", ".finder"))
        assert abs(button["y"] - finder["y"]) < finder["height"] / 2
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]


def test_a_letter_is_seen_in_a_window_of_its_own_and_the_form_still_sends(
    page: Any, world: World, sign_in: Callable[..., None], clock: Clock
) -> None:
    way = Way(world).processing()
    clock.set(way.at)
    sign_in(page, "lan")
    page.goto(f"/desk/cases/{way.code}/extension/")
    page.fill("[name=reason]", "Chờ xác minh")
    for _again in range(2):
        with page.context.expect_page() as opened:
            page.keyboard.press("F9")
        opened.value.close()
    assert page.input_value("[name=reason]") == "Chờ xác minh"
    page.keyboard.press("F8")
    page.wait_for_url(f"**/desk/cases/{way.code}/?issued=1")
    assert "01/XLGH" in page.inner_text(".printnow")


def test_the_inbox_is_worked_by_keyboard(page: Any, world: World, sign_in: Callable[..., None]) -> None:
    codes = [cases.receive(actor=world.counter, at=NOW, intake=intake()) for _ in range(2)]
    sign_in(page, "nhan")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/cases/{codes[1]}/")
    page.wait_for_load_state("networkidle")
    page.go_back(wait_until="networkidle")
    page.keyboard.press("?")
    assert page.locator("#keysheet").is_visible()


def test_filters_survive_the_way_back(page: Any, world: World, sign_in: Callable[..., None]) -> None:
    code = cases.receive(actor=world.counter, at=NOW, intake=intake())
    sign_in(page, "nhan")
    page.goto("/desk/?scope=unit&step=forward")
    page.locator(f"a[href='/desk/cases/{code}/']").first.click()
    page.wait_for_url(f"**/desk/cases/{code}/")
    page.wait_for_load_state("networkidle")
    page.go_back(wait_until="networkidle")
    assert "step=forward" in page.url
    assert page.locator("select[name=step]").input_value() == "forward"
