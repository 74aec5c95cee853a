"""A real office from nothing: founded, then a day's work through the office's pages, up to the first case."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from cchc.cases import api as cases
from cchc.cli.init import founding
from cchc.cli.init.office import read
from cchc.identity import api as identity
from cchc.identity.models import Person
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime
from config import env
from tests.cli.test_init import PASSWORD, answers
from tests.identity.rosters import roster

NEW_PASSWORD = "song-ngan-sau-2026"
PEOPLE = (
    ["Lê Thị Thanh Nhàn", "", "", "H27.112.01", "Công chức tiếp nhận và trả kết quả", "Công chức tiếp nhận, quầy 1", "", ""],
    ["Võ Thị Lan", "", "", "H27.112.02", "Lãnh đạo phòng, ban", "Chánh Văn phòng", "", ""],
    ["Nguyễn Hữu Phúc", "", "", "H27.112.02", "Công chức xử lý hồ sơ", "Công chức tư pháp, hộ tịch", "", ""],
)


@pytest.fixture
def office(fresh_database: Any, tmp_path: Path) -> founding.Founded:
    """Found the office as ``cchc init`` does, in a database without a demo and without anybody."""
    return founding.found(read(answers()), at=timezone.now() - timedelta(minutes=1), remembered=tmp_path / env.REMEMBERED)


def test_a_first_day_from_the_calendar_to_the_first_case(
    open_page: Callable[..., Any],
    office: founding.Founded,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    tmp_path: Path,
) -> None:
    page = open_page()
    sign_in(page, office.login, PASSWORD)
    _calendar(page)
    _unit(page)
    accounts = _people(page, tmp_path)
    _procedure(page, shoot, axe)
    counter = open_page()
    _first_sign_in(counter, *accounts["Lê Thị Thanh Nhàn"])
    code = _first_case(counter, shoot)
    actor = identity.actor_for(Person.objects.get(login=accounts["Lê Thị Thanh Nhàn"][0]), at=timezone.now())
    view = cases.case(code=code, actor=actor, at=timezone.now())
    assert [step.name for step in view.steps][1] == "Kiểm tra thực địa"
    assert view.row.due_at is not None


def _calendar(page: Any) -> None:
    """Enter a day off of the province's own."""
    day = local_date(timezone.now()) + timedelta(days=60)
    page.goto("/office/calendar/")
    page.goto("/office/calendar/days/new/")
    page.fill("#f-day", f"{day:%d/%m/%Y}")
    page.fill("#f-name", "Nghỉ theo thông báo của tỉnh")
    page.fill("#f-source", "Thông báo 12/TB-UBND, ví dụ")
    page.click("text=Xem sẽ thay đổi gì")
    page.click("button[name=do][value=save]")
    page.wait_for_url("**/office/calendar/?year=*")
    row = worktime.load_calendar().row(day)
    assert row is not None
    assert row.name == "Nghỉ theo thông báo của tỉnh"


def _unit(page: Any) -> None:
    page.goto("/office/units/")
    page.get_by_role("link", name="Lập đơn vị").click()
    page.fill("#f-name", "Tổ Địa chính xã Vũ Quang")
    page.fill("#f-agency_code", "H27.112.05")
    page.select_option("#f-kind", "division")
    page.get_by_role("button", name="Ghi").click()
    page.wait_for_url("**/office/units/*/")
    assert organisations.unit("H27.112.05", on=local_date(timezone.now())).full_name == "Tổ Địa chính xã Vũ Quang"


def _people(page: Any, folder: Path) -> dict[str, tuple[str, str]]:
    """Take people in from a sheet; return login and one-time password by name."""
    sheet = folder / "nguoi.xlsx"
    sheet.write_bytes(roster(*PEOPLE))
    page.goto("/office/people/import/")
    page.set_input_files("#f-file", sheet)
    page.click("text=Kiểm tra danh sách")
    page.click("button:has-text('Nhập 3 hàng')")
    page.wait_for_selector("text=chỉ hiện lần này")
    with page.expect_download() as download:
        page.click("text=Tải bảng mật khẩu")
    rows = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active.iter_rows(min_row=2, values_only=True)
    return {row[0]: (row[3], row[4]) for row in rows if row[0]}


def _procedure(page: Any, shoot: Callable[[Any, str], Any], axe: Callable[[Any], None]) -> None:
    """Publish a procedure of the commune's own, its process copied from another and given one more step."""
    page.goto("/office/procedures/new/")
    page.fill("#f-code", "9.112001")
    page.fill("#f-title", "Cấp giấy phép sử dụng tạm thời vỉa hè")
    page.fill("#f-field_name", "Giao thông")
    page.fill("#f-origin", "Quyết định của Ủy ban nhân dân xã, ví dụ")
    page.check("input[name=level-commune]")
    page.fill("#f-case-1-name", "Trường hợp chung")
    page.fill("#f-case-1-paper-1-name", "Đơn đề nghị")
    page.fill("#f-term-1-limit", "7 ngày làm việc")
    page.fill("#f-copy_from", "1.004873")
    page.click("button[name=do][value=copy]")
    page.wait_for_load_state("networkidle")
    page.fill("#f-step-2-name", "Kiểm tra thực địa")
    page.fill("#f-result-1-name", "Giấy phép sử dụng tạm thời vỉa hè")
    page.fill("#f-basis-1-number", "165/2024/NĐ-CP")
    page.fill("#f-decision", "15/QĐ-UBND")
    page.click("button.btn[value=check]")
    page.wait_for_load_state("networkidle")
    shoot(page, "new-office-procedure")
    axe(page)
    page.keyboard.press("F8")
    page.wait_for_url("**/office/procedures/9.112001/")


def _first_sign_in(page: Any, login: str, password: str) -> None:
    page.goto("/dang-nhap/")
    page.fill("#f-login", login)
    page.fill("#f-password", password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/mat-khau/")
    page.fill("#f-oldpassword", password)
    page.fill("#f-password1", NEW_PASSWORD)
    page.fill("#f-password2", NEW_PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")


def _first_case(page: Any, shoot: Callable[[Any, str], Any]) -> str:
    page.goto("/desk/intake/?procedure=9.112001", wait_until="networkidle")
    page.fill("#f-owner_full_name", "Đỗ Thị Bích Ngọc")
    page.fill("#f-owner_identity_number", "042198000317")
    page.check("#f-p1")
    shoot(page, "new-office-intake")
    page.keyboard.press("F8")
    page.wait_for_url("**/desk/cases/*/**")
    shoot(page, "new-office-first-case")
    return page.url.split("/desk/cases/")[1].split("/")[0]
