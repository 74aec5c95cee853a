"""The index and the files that feed it, with a mouse: import a file, see the points, compare them with the portal's."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.scoring import api as scoring
from tests.browser.conftest import Clock
from tests.cases.office import Office
from tests.world import NOW

HEAD = "key,unit,from,to,numerator,denominator"
_SYSTEM = Actor.system("thử")


@pytest.fixture
def office(crowded_office: Office, clock: Clock) -> Office:
    """Return the office with its files, values of the portal for two months, and the points of two days."""
    scoring.compute_running(at=NOW - timedelta(days=1))
    rows = [
        f"qd766.{code},{unit},2026-{month}-01,2026-{month}-{last},{number},40"
        for month, last in (("10", "31"), ("11", "30"))
        for code, unit, number in (("PAID_ONLINE_DOSSIER", "42", 30), ("PAID_ONLINE_DOSSIER", "18313", 10), ("DOSSIER_SYNC", "18313", 38))
    ]
    figures.import_values(actor=_SYSTEM, at=NOW, content="\n".join([HEAD, *rows]).encode(), source="Cổng, 19/11/2026")
    scoring.compute_running(at=NOW)
    scoring.compute_ended(at=NOW)
    return crowded_office


def test_from_a_file_to_the_cases_that_cost_the_points(
    open_page: Callable[..., Any],
    office: Office,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    viewport: dict[str, int],
    tmp_path: Path,
    look: Callable[[Any, str, str], None],
) -> None:
    page = open_page(viewport=viewport)
    look(page, "/so-lieu/chi-so-766/", "index-public")
    sign_in(page, "thu")
    for name, address in (
        ("index-own", "/so-lieu/chi-so-766/?don-vi=18313"),
        ("index-import", "/so-lieu/nhap/"),
        ("index-comparison-empty", "/so-lieu/chi-so-766/doi-chieu/"),
        ("index-leaders", "/so-lieu/dieu-hanh/"),
    ):
        look(page, address, name)
    page.goto("/so-lieu/nhap/")
    wrong = tmp_path / "sai.csv"
    wrong.write_text(
        f"{HEAD}\ncases.received,18313,2026-11-01,2026-11-30,1,2\nqd766.PUBLISH_ON_TIME,18313,2026-11-01,2026-11-30,3,4\n", "utf-8"
    )
    page.fill("[name=source]", "Cổng, 20/11/2026")
    page.set_input_files("[name=file]", wrong)
    page.click("button[type=submit]:has-text('Kiểm tra')")
    assert "không nhập được" in page.inner_text("main")
    shoot(page, "index-import-wrong")
    axe(page)
    page.goto("/so-lieu/nhap/")
    good = tmp_path / "dung.csv"
    good.write_text(
        f"{HEAD}\nqd766.PUBLISH_ON_TIME,18313,2026-11-01,2026-11-30,3,4\nqd766.DOSSIER_SYNC,18313,2026-11-01,2026-11-30,39,40\n", "utf-8"
    )
    page.fill("[name=source]", "Cổng, 20/11/2026")
    page.set_input_files("[name=file]", good)
    page.click("button[type=submit]:has-text('Kiểm tra')")
    shoot(page, "index-import-preview")
    axe(page)
    page.click("button:has-text('Nhập 2 số liệu')")
    assert "Đã nhập 2 số liệu" in page.inner_text("main")
    shoot(page, "index-import-done")
    scoring.compute_running(at=NOW)
    published = tmp_path / "cong-bo.csv"
    lines = ("PROGRESS_ON_TIME,18.42", "DOSSIER_SYNC,5.85", "PUBLIC_CONTENT_FULL,1.96", "progress,18.42", "total,48.1")
    published.write_text("\n".join(["unit,period,item,value", *(f"18313,2026-11,{line}" for line in lines)]), "utf-8")
    page.goto("/so-lieu/chi-so-766/doi-chieu/")
    page.fill("[name=source]", "Cổng, 20/11/2026")
    page.set_input_files("[name=file]", published)
    page.click("button:has-text('Nhập và đối chiếu')")
    assert "−8,42" in page.inner_text("main")
    shoot(page, "index-comparison")
    axe(page)
    page.goto("/so-lieu/chi-so-766/?don-vi=18313")
    page.click("table a:has-text('Tỷ lệ hồ sơ xử lý trước hạn')")
    assert page.inner_text("[data-counted]") == "5"
    assert page.locator("[data-case]").count() == 5
