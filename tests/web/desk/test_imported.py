"""Cases of an imported register: in the lists, on a page of their own, never acted on."""

from pathlib import Path

from cchc.cases import api as cases
from cchc.cases.models import Register
from cchc.kernel.actor import Actor
from tests.web.desk.conftest import Desk, text_of
from tests.world import NOW

CSV = """Mã,Nhận,Hẹn,Xong,Đơn vị
A-1,2026-11-10 08:00,2026-11-17,,H27.112
A-2,2026-11-10 08:00,2026-11-17,2026-11-16 10:00,H27.112
A-3,2026-11-10 08:00,2026-11-17,,
"""
MAP = """
[file]
timezone = "Asia/Ho_Chi_Minh"
rows = "case"
register = "so-cu"
[columns]
code = "Mã"
received = "Nhận"
due = "Hẹn"
finished = "Xong"
unit = "Đơn vị"
"""


def moved_in(tmp_path: Path) -> str:
    """Import the register and return where its cases are shown."""
    (tmp_path / "so.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "so.toml").write_text(MAP, encoding="utf-8")
    cases.import_register(actor=Actor.system("nhập sổ cũ"), at=NOW, file=tmp_path / "so.csv", mapping=tmp_path / "so.toml")
    return f"/desk/registers/{Register.objects.exclude(code=Register.OWN).get().code}"


def test_an_open_one_stands_in_the_lists_and_leads_to_its_page(desk: Desk, tmp_path: Path) -> None:
    shelf = moved_in(tmp_path)
    inbox = desk.page("/desk/", scope="unit")
    link = inbox.select_one(f'a[href="{shelf}/A-1/"]')
    assert link, text_of(inbox)
    page = desk.page(str(link["href"]))
    assert "so-cu" in text_of(page)
    assert "quá hạn" in text_of(page)
    assert not page.select("a.act")


def test_a_finished_one_says_how_it_was_kept(desk: Desk, tmp_path: Path) -> None:
    shelf = moved_in(tmp_path)
    assert "Trước hạn" in text_of(desk.page(f"{shelf}/A-2/"))


def test_other_agencies_and_unplaced_ones_are_closed(desk: Desk, tmp_path: Path) -> None:
    shelf = moved_in(tmp_path)
    desk.page(f"{shelf}/A-3/", status=403)
    desk.page(f"{shelf}/A-9/", status=404)
    desk.sign_in("tan").page(f"{shelf}/A-1/", status=403)
