"""People, rights and absence in a browser: every page at both widths, and a list from Excel taken as an office would."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.browser.conftest import NARROW, WIDE
from tests.identity.rosters import roster
from tests.world import World


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    look: Callable[[Any, str, str], None],
    viewport: dict[str, int],
) -> None:
    nhan = world.people["nhan"]
    base = f"/office/people/{nhan.person_id}"
    pages = {
        "home": "/office/",
        "people": "/office/people/",
        "people-none": "/office/people/?q=khong+co+ai",
        "person-new": "/office/people/new/",
        "person": f"{base}/",
        "post-ending": f"{base}/posts/{nhan.id}/ending/",
        "post-absence": f"{base}/posts/{nhan.id}/absence/",
        "import": "/office/people/import/",
        "roles": "/office/roles/",
        "role": "/office/roles/unit_head/",
        "role-new": "/office/roles/new/?from=signer",
        "absence": "/office/absence/",
    }
    window = open_page(viewport=viewport)
    sign_in_office(window, sign_in)
    for name, address in pages.items():
        look(window, address, f"office-{name}")


def test_a_list_from_excel_becomes_accounts_that_sign_in_and_must_change_their_password(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    tmp_path: Path,
) -> None:
    for viewport, name in ((WIDE, "Nguyễn Thị Hồng Ánh"), (NARROW, "Đinh Văn Bình")):
        page = open_page(viewport=viewport)
        sign_in_office(page, sign_in)
        page.goto("/office/people/import/")
        with page.expect_download() as download:
            page.click("text=Tải tệp mẫu")
        assert load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).sheetnames == ["Danh sách", "Danh mục"]
        wrong = tmp_path / "sai.xlsx"
        wrong.write_bytes(roster([name, "", "khong phai thu", "H27.112.99", "Chủ tịch nước", "", "31/02/2026", ""]))
        page.set_input_files("#f-file", wrong)
        page.click("text=Kiểm tra danh sách")
        page.wait_for_selector("text=hàng cần sửa")
        shoot(page, "office-import-wrong")
        axe(page)
        right = tmp_path / "dung.xlsx"
        right.write_bytes(roster([name, "", "", "H27.112.02", "Công chức xử lý hồ sơ", "Công chức địa chính", "", ""]))
        page.click("main a:has-text('Tải lên lại')")
        page.set_input_files("#f-file", right)
        page.click("text=Kiểm tra danh sách")
        page.wait_for_selector("button:has-text('Nhập 1 hàng')")
        shoot(page, "office-import-preview")
        axe(page)
        page.click("button:has-text('Nhập 1 hàng')")
        page.wait_for_selector("text=chỉ hiện lần này")
        shoot(page, "office-import-done")
        axe(page)
        with page.expect_download() as sheet:
            page.click("text=Tải bảng mật khẩu")
        full_name, _unit, _title, login, password = [
            cell.value for cell in load_workbook(io.BytesIO(Path(sheet.value.path()).read_bytes())).active[2]
        ]
        assert full_name == name
        new = open_page(viewport=viewport)
        new.goto("/dang-nhap/")
        new.fill("#f-login", login)
        new.fill("#f-password", password)
        new.click("main button[type=submit]")
        new.wait_for_url("**/mat-khau/")
        shoot(new, "office-first-password")
        axe(new)
        new.fill("#f-oldpassword", password)
        new.fill("#f-password1", "song-ngan-sau-2026")
        new.fill("#f-password2", "song-ngan-sau-2026")
        new.click("main button[type=submit]")
        new.wait_for_load_state("networkidle")
        new.goto("/desk/")
        assert new.locator("h1").inner_text().startswith("Việc của tôi")


def sign_in_office(page: Any, sign_in: Callable[..., None]) -> None:
    """Sit the administrator down."""
    sign_in(page, "quantri")
