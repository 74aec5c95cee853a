"""The room of rights: the matrix, one role, a role of one's own."""

from types import SimpleNamespace

import pytest
from django.test import Client

from cchc.identity import api as identity
from tests.web.desk.conftest import Desk, text_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the office as Phan Văn Quý, administrator of Vũ Quang, sees it."""
    made = Desk(client=client, world=world)
    monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: made.at))
    return made.sign_in("quantri")


def test_the_matrix_has_every_right_and_every_role(office: Desk) -> None:
    page = office.page("/office/roles/")
    assert len(page.select(".table--rights tbody th[scope=row]")) == len(identity.Right)
    ticks = page.select(".table--rights .rolename")
    assert len(ticks) == sum(len(role.rights) for role in identity.roles())
    row = next(row for row in page.select(".table--rights tbody tr") if text_of(row).startswith("Ký duyệt kết quả"))
    assert text_of(row) == "Ký duyệt kết quả Người có thẩm quyền ký"
    assert "Trần Đình Khải" in text_of(page)
    assert "Hồ Sỹ Tân" not in text_of(page)


def test_only_who_may_edit_roles_enters(office: Desk) -> None:
    for url in ("/office/roles/", "/office/roles/new/", "/office/roles/signer/"):
        office.sign_in("lan").page(url, status=403)


def test_rights_are_changed_told_and_put_back(office: Desk) -> None:
    url = "/office/roles/reform_officer/"
    office.done(url, {"name": "Công chức cải cách", "rights": ["cases:case:read", "cases:case:assign"]})
    page = office.page(url)
    assert [box["value"] for box in page.select("input[name=rights][checked]")] == ["cases:case:assign", "cases:case:read"]
    assert "thêm: Phân công xử lý hồ sơ" in text_of(page)
    office.done(f"{url}restoring/", {})
    assert identity.role("reform_officer").rights == {
        "cases:case:read",
        "figures:contest:answer",
        "figures:value:import",
        "reports:report:prepare",
        "reports:report:receive",
    }
    assert not office.page(url).select("form[action$='restoring/']")


def test_what_is_refused_keeps_the_boxes(office: Desk) -> None:
    page = office.send("/office/roles/administrator/", {"name": "Quản trị", "rights": ["identity:person:edit"]})
    assert "Không ai khác còn quyền" in text_of(page)
    assert [box["value"] for box in page.select("input[name=rights][checked]")] == ["identity:person:edit"]
    assert "cơ quan khác" in text_of(office.send("/office/roles/counter_officer/", {"name": "X", "rights": ["cases:case:read"]}))
    assert "Chọn ít nhất một quyền" in text_of(office.send("/office/roles/signer/", {"name": "X"}))
    office.page("/office/roles/khong-co/", status=404)


def test_a_role_of_ones_own_begins_with_another(office: Desk) -> None:
    page = office.page("/office/roles/new/", **{"from": "signer"})
    assert len(page.select("input[name=rights][checked]")) == len(identity.role("signer").rights)
    assert "Đã có vai trò" in text_of(office.send("/office/roles/new/", {"name": "nguoi co tham quyen KY", "rights": ["cases:case:read"]}))
    assert office.done("/office/roles/new/", {"name": "Ký thay", "rights": ["cases:case:approve"]}) == "/office/roles/ky_thay/"
    assert "Cơ quan tự lập" in text_of(office.page("/office/roles/"))
