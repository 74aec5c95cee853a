"""The office's pages of units in a browser: sound at both widths, and a unit founded by hand."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cchc.kernel.actor import Actor
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitKind
from tests.world import NOW, World

SYSTEM = Actor.system("kiểm thử")


def addresses(world: World) -> dict[str, str]:
    """Return the pages by name, with a unit that has a past."""
    made = [
        organisations.create_unit(
            actor=SYSTEM, at=NOW, kind=UnitKind.DIVISION, name=name, agency_code=code, parent_id=world.commune.id, since=date(2026, 1, 1)
        )
        for name, code in (("Phòng Kinh tế xã Vũ Quang", "H27.112.03"), ("Phòng Văn hóa – Xã hội xã Vũ Quang", "H27.112.04"))
    ]
    organisations.merge_units(
        actor=SYSTEM, at=NOW, unit_ids=[made[1].id], into=made[0].id, on=NOW.date() - timedelta(days=1), act="12/NQ-HĐND"
    )
    district = organisations.find_units("huyen vu quang", on=date(2025, 6, 30))[0]
    pages = {
        "tree": "/office/units/",
        "tree-then": "/office/units/?on=18/11/2026",
        "tree-never": "/office/units/?on=01/01/1990",
        "directory": "/office/units/directory/?q=tan+phu",
        "directory-empty": "/office/units/directory/",
        "unit": f"/office/units/{made[0].id}/",
        "commune": f"/office/units/{world.commune.id}/",
        "district": f"/office/units/{district.id}/",
    }
    nouns = ("creation", "title", "parent", "agency-code", "merger", "split", "closing")
    return pages | {noun: f"/office/units/{world.office.id}/{noun}/" for noun in nouns}


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    look: Callable[[Any, str, str], None],
    viewport: dict[str, int],
) -> None:
    pages = addresses(world)
    window = open_page(viewport=viewport)
    sign_in(window, "quantri")
    for name, address in pages.items():
        look(window, address, f"office-units-{name}")


def test_a_unit_is_looked_at_before_it_is_founded(
    page: Any, world: World, sign_in: Callable[..., None], axe: Callable[[Any], None], shoot: Callable[[Any, str], Any]
) -> None:
    sign_in(page, "quantri")
    page.goto("/office/units/")
    page.get_by_role("link", name="Lập đơn vị").click()
    page.fill("#f-name", "Phòng Kinh tế xã Vũ Quang")
    page.fill("#f-agency_code", "H27.112.3?")
    page.select_option("#f-kind", "division")
    page.get_by_role("button", name="Ghi").click()
    page.locator("#p-agency_code").wait_for()
    shoot(page, "office-units-creation-wrong")
    axe(page)
    page.fill("#f-agency_code", "H27.112.03")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_text("Xem trước, chưa ghi gì").wait_for()
    shoot(page, "office-units-creation-looked")
    axe(page)
    page.get_by_role("button", name="Ghi").click()
    page.wait_for_url("**/office/units/*/")
    assert page.get_by_role("heading", level=1).inner_text() == "Phòng Kinh tế xã Vũ Quang"
