"""Open data and the page of the API in a browser, at both widths."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc.cases import api as cases
from cchc.figures import api as figures
from tests.world import NOW, World, intake


@pytest.mark.usefixtures("clock")
def test_the_page_of_open_data_leads_to_files(
    world: World,
    open_page: Callable[..., Any],
    viewport: dict[str, int],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Path],
) -> None:
    cases.receive(actor=world.counter, at=NOW, intake=intake())
    figures.refresh()
    page = open_page(viewport=viewport)
    page.goto("/so-lieu-mo/")
    axe(page)
    shoot(page, "so-lieu-mo")
    page.fill("#don-vi", "18313")
    page.select_option("#theo", "tong")
    page.fill("#tu", "2026-11-01")
    page.fill("#den", "2026-11-20")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/so-lieu-mo/?don-vi=18313**")
    assert "từ 01/11/2026 đến hết 20/11/2026. Xã Vũ Quang." in page.inner_text("main form")
    shoot(page, "so-lieu-mo-da-chon")
    with page.expect_download() as download:
        page.click("[id='cases.received'] a[href*='.csv']")
    content = download.value.path().read_text(encoding="utf-8-sig")
    assert "18313,Xã Vũ Quang,2026-11-01,2026-11-20,,,,,true" in content
    page.goto("/api/")
    axe(page)
    shoot(page, "api")
