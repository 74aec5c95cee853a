"""A hand-over slip: shown to both sides, signed for once, by the receiving unit alone."""

import pytest

from cchc.cases import api as cases
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.test_filters import price
from tests.world import NOW, World, intake

pytestmark = pytest.mark.django_db


def given(world: World, number: int = 2) -> tuple[str, list[str]]:
    codes = [cases.receive(actor=world.counter, at=NOW, intake=intake()) for _ in range(number)]
    return cases.forward_many(actor=world.counter, at=NOW, codes=codes, unit_id=world.office.id).slip, codes


def test_waiting_slips_come_first_and_say_so(desk: Desk) -> None:
    first, codes = given(desk.world)
    second, _codes = given(desk.world)
    cases.receive_slip(actor=desk.world.head, at=NOW, slip=second)
    rows = desk.page("/desk/slips/").select("tbody tr")
    assert [row.a["href"] for row in rows] == [f"/desk/slips/{first}/", f"/desk/slips/{second}/"]
    assert "Chưa ai ký nhận" in text_of(rows[0])
    assert "Võ Thị Lan" in text_of(rows[1])
    assert len(desk.page("/desk/slips/?show=waiting").select("tbody tr")) == 1
    assert len(codes) == 2


def test_the_scanned_address_opens_the_slip_from_slips_and_results(desk: Desk) -> None:
    slip, _codes = given(desk.world)
    for url in ("/desk/slips/", "/desk/results/"):
        answer = desk.client.get(url, {"q": f"http://127.0.0.1/desk/slips/{slip}/"})
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/slips/{slip}/")


def test_the_receiving_head_signs_and_says_what_is_missing(desk: Desk) -> None:
    slip, codes = given(desk.world)
    url = f"/desk/slips/{slip}/"
    page = desk.sign_in("lan").page(url)
    assert [box["value"] for box in page.select("input[name=here][checked]")] == sorted(codes)
    assert desk.done(url, {"here": [codes[0]]}) == url
    page = desk.page(url)
    assert f"Không có trong lô: {codes[1]}" in text_of(page.main)
    assert [text_of(row.select("td")[-1]) for row in page.select("tbody tr")] == ["Đã nhận", "Không có trong lô"]
    assert page.select("button[data-key=F8]") == []


def test_it_is_received_once(desk: Desk) -> None:
    slip, codes = given(desk.world)
    url = f"/desk/slips/{slip}/"
    desk.sign_in("lan").done(url, {"here": codes})
    assert "Phiếu này đã được ký nhận" in text_of(desk.send(url, {"here": codes}, status=409).main)


def test_nothing_ticked_is_asked_about_before_it_is_signed(desk: Desk) -> None:
    slip, codes = given(desk.world)
    url = f"/desk/slips/{slip}/"
    assert "Đánh dấu những hồ sơ có trong lô" in text_of(desk.sign_in("lan").send(url, {}).main)
    desk.done(url, {"none": "1"})
    assert all(line.missing for line in cases.slip(code=slip, actor=desk.world.head).lines)
    assert codes


def test_the_giving_side_cannot_sign(desk: Desk) -> None:
    slip, codes = given(desk.world)
    page = desk.page(f"/desk/slips/{slip}/")
    assert page.select("input[name=here]") == []
    assert "Chỉ người của" in text_of(page.main)
    assert "đơn vị nhận" in text_of(desk.send(f"/desk/slips/{slip}/", {"here": codes}).main)


def test_a_stranger_sees_and_signs_nothing(desk: Desk) -> None:
    slip, codes = given(desk.world)
    desk.sign_in("tan").page(f"/desk/slips/{slip}/", status=403)
    desk.send(f"/desk/slips/{slip}/", {"here": codes}, status=403)
    desk.page(f"/desk/slips/{slip}/paper/", status=403)
    assert desk.page("/desk/slips/").select("tbody tr") == []
    desk.page("/desk/slips/khong-co/", status=404)


def test_the_paper_is_a_pdf(desk: Desk) -> None:
    slip, _codes = given(desk.world)
    answer = desk.client.get(f"/desk/slips/{slip}/paper/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_price_does_not_grow(desk: Desk) -> None:
    slip, _codes = given(desk.world, 1)
    list_price, one_price = price(desk, "/desk/slips/"), price(desk, f"/desk/slips/{slip}/")
    more, _codes = given(desk.world, 8)
    assert price(desk, "/desk/slips/") == list_price
    assert price(desk, f"/desk/slips/{more}/") == one_price
