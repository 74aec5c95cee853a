"""The office's pages of units: the tree, one unit through time, the directory, and the acts, by forms alone."""

from datetime import date, timedelta
from typing import Any

import pytest

from cchc.kernel.actor import Actor
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, UnitKind
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.conftest import desk as desk  # noqa: PLC0414 (the fixture)
from tests.web.desk.forms import filled
from tests.world import FOUNDED, NOW

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("kiểm thử")
TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Return the office of Phan Văn Quý, who keeps the units of Vũ Quang."""
    return desk.sign_in("quantri")


def below(office: Desk, name: str, code: str, *, since: date = FOUNDED) -> organisations.UnitView:
    return organisations.create_unit(
        actor=SYSTEM, at=NOW, kind=UnitKind.DIVISION, name=name, agency_code=code, parent_id=office.world.commune.id, since=since
    )


def form_of(office: Desk, url: str, **changes: Any) -> dict[str, Any]:
    return filled(office.page(url).select_one("main form[data-once]"), **changes)


def address(unit: organisations.UnitView, noun: str = "") -> str:
    return f"/office/units/{unit.id}/{noun}/" if noun else f"/office/units/{unit.id}/"


def test_the_tree_shows_codes_hours_and_people(office: Desk) -> None:
    page = office.page("/office/units/")
    rows = {text_of(row.select_one("th")): text_of(row) for row in page.select("main tbody tr")}
    assert next(iter(rows)) == "Xã Vũ Quang"
    office_row = rows["Văn phòng HĐND và UBND xã Vũ Quang"]
    assert "Văn phòng H27.112.02 Chính thức" in office_row
    assert "Giờ hành chính, trả kết quả lúc 16:00 (theo cấp trên)" in office_row
    assert office_row.endswith(" 3")
    assert page.select_one("main table caption")


def test_another_day_shows_the_units_of_that_day(office: Desk) -> None:
    page = office.page("/office/units/", on="31/12/2025")
    assert [text_of(cell) for cell in page.select("main tbody th")] == ["Xã Vũ Quang"]
    assert "chưa có đơn vị trực thuộc" in text_of(page.main).lower()
    wrong = office.page("/office/units/", status=422, on="31/02/2026")
    assert "Không có ngày 31/02/2026" in text_of(wrong.main)
    assert wrong.select_one("#f-on")["value"] == "31/02/2026"


def test_the_tree_and_the_unit_ask_the_same_number_of_questions_however_much_there_is(office: Desk) -> None:
    centre = office.world.centre

    def questions() -> list[int]:
        counts = []
        for url in ("/office/units/", address(office.world.commune), "/office/units/directory/?q=vu+quang", address(centre, "closing")):
            with FirstReader() as caught:
                office.client.get(url)
            counts.append(len(caught))
        return counts

    questions()
    before = questions()
    for number in range(10, 20):
        below(office, f"Phòng số {number} xã Vũ Quang", f"H27.112.{number}")
    organisations.give_schedule(actor=SYSTEM, at=NOW, unit_id=office.world.commune.id, schedule_code="hanh-chinh", since=TODAY)
    assert questions() == before


def test_homonyms_are_told_apart_by_where_they_stand(office: Desk) -> None:
    page = office.page("/office/units/directory/", q="tan phu")
    rows = [text_of(row) for row in page.select("main tbody tr")]
    assert len(rows) > 2
    assert len(set(rows)) == len(rows)
    assert "Có nhiều đơn vị trùng tên" in text_of(page.main)
    narrowed = office.page("/office/units/directory/", q="Vu Quang, Ha Tinh")
    found = [text_of(row) for row in narrowed.select("main tbody tr")]
    assert found[0].startswith("Xã Vũ Quang")
    assert all("Tỉnh Hà Tĩnh" in row for row in found)
    old = office.page("/office/units/directory/", q="huyen vu quang", on="30/06/2025")
    assert "Huyện Vũ Quang" in text_of(old.main)
    assert "Không tìm thấy" in text_of(office.page("/office/units/directory/", q="khong co o dau ca").main)


def test_lineage_over_the_first_of_july_with_share_and_certainty(office: Desk) -> None:
    page = office.page(address(office.world.commune))
    lineage = text_of(page.select_one("#b-lineage").find_parent("section"))
    assert "01/07/2025" in lineage
    assert "Nhập toàn bộ" in lineage
    district = organisations.find_units("huyen vu quang", on=date(2025, 6, 30))[0]
    gone = text_of(office.page(address(district)).main)
    assert "Hôm nay đơn vị này không hoạt động" in gone
    assert "Kế tục, tính qua các đơn vị trực thuộc" in gone
    assert "Xã Vũ Quang" in gone


def test_who_may_not_is_told_so(office: Desk) -> None:
    url = "/office/units/"
    office.sign_in("nhan")
    assert "Lập và sửa đơn vị" in text_of(office.page(url, status=403).main)
    assert office.client.post(address(office.world.centre, "title"), {}).status_code == 403


def test_a_foreign_agency_is_seen_and_not_touched(office: Desk) -> None:
    other = office.world.other_commune
    page = office.page(address(other))
    assert not page.select(".act")
    assert "Đơn vị của cơ quan khác: chỉ xem" in text_of(page.main)
    for noun in ("creation", "title", "parent", "agency-code", "merger", "split", "closing"):
        assert office.client.get(address(other, noun)).status_code == 403, noun
        assert office.client.post(address(other, noun), {"on": "20/11/2026"}).status_code == 403, noun
    stolen = form_of(office, address(office.world.centre, "merger"), into=str(other.id), act="1/QĐ", on="20/11/2026")
    assert office.client.post(address(office.world.centre, "merger"), stolen).status_code == 403
    assert office.client.get("/office/units/99999999999999999999/").status_code == 404
    assert office.client.get("/office/units/99999999/").status_code == 404


def test_a_unit_is_created_after_a_look_that_writes_nothing(office: Desk) -> None:
    url = address(office.world.commune, "creation")
    form = form_of(office, url, kind="division", name="Phòng  Kinh tế xã Vũ Quang", agency_code="h27.112.03")
    looked = office.send(url, {**form, "look": "1"}, status=200)
    assert "Xem trước, chưa ghi gì Từ thứ Sáu 20/11/2026: Phòng Kinh tế xã Vũ Quang, Xã Vũ Quang" in text_of(looked.main)
    assert looked.select_one("#f-name")["value"] == "Phòng  Kinh tế xã Vũ Quang"
    assert organisations.find_units("phong kinh te xa vu quang", on=TODAY) == ()
    made = organisations.unit_on(int(office.done(url, form).split("/")[-2]), TODAY)
    assert (made.full_name, made.code, made.agency_certainty) == ("Phòng Kinh tế xã Vũ Quang", "H27.112.03", Certainty.INVENTED)
    page = text_of(office.page(address(made)).main)
    assert "Đã lập Phòng Kinh tế xã Vũ Quang" in page
    assert "Lập đơn vị từ ngày 20/11/2026" in page
    assert "Phan Văn Quý" in page
    assert "Nếu lập nhầm" in page


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Nhập tên đơn vị."),
        ({"name": "x" * 181}, "name", "tối đa 180 ký tự"),
        ({"agency_code": "27-112"}, "agency_code", "không đúng dạng H27.112"),
        ({"agency_code": "H27.112.02"}, "agency_code", "đang được một đơn vị khác dùng"),
        ({"agency_code": "", "code": ""}, "code", "ít nhất một mã"),
        ({"since": "32/13/2026"}, "since", "Không có ngày"),
        ({"certainty": "official"}, "act", "phải có số quyết định"),
        ({"kind": "commune"}, "kind", "chỉ lập bằng dữ liệu tham chiếu"),
        ({"kind": "castle"}, "kind", "không có trong danh sách"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(office: Desk, changes: dict[str, str], field: str, sentence: str) -> None:
    url = address(office.world.commune, "creation")
    sound = {"kind": "division", "name": "Phòng Y tế", "agency_code": "H27.112.09", "note": "ghi chú còn nguyên"}
    form = form_of(office, url, **{**sound, **changes})
    answer = office.client.post(url, form)
    assert answer.status_code in {409, 422}
    page = office._parsed(answer, answer.status_code)
    assert sentence in text_of(page.select_one(f"#p-{field}"))
    assert page.select_one("#f-note").text.strip() == "ghi chú còn nguyên"
    assert page.select_one("#f-name")["value"] == form["name"]


def test_units_are_merged_as_of_yesterday_and_the_past_stays(office: Desk) -> None:
    economy, culture = below(office, "Phòng Kinh tế", "H27.112.03"), below(office, "Phòng Văn hóa", "H27.112.04")
    url = address(economy, "merger")
    assert culture.full_name in text_of(office.page(url).main)
    form = form_of(office, url, others=str(culture.id), into="new", name="Phòng Tổng hợp", agency_code="H27.112.03", on="19/11/2026")
    untold = office.send(url, form)
    assert "Ghi số, ngày của quyết định" in text_of(untold.select_one("#p-act"))
    assert untold.select_one(f"input[name=others][value='{culture.id}']").has_attr("checked")
    done = office.done(url, {**form, "act": "12/NQ-HĐND"})
    merged = organisations.unit("H27.112.03", on=TODAY)
    assert done == address(merged)
    assert (merged.full_name, merged.since) == ("Phòng Tổng hợp", YESTERDAY)
    page = text_of(office.page(done).main)
    assert "Phòng Văn hóa (H27.112.04)" in page
    assert "12/NQ-HĐND" in page
    past = [text_of(cell) for cell in office.page("/office/units/", on="18/11/2026").select("main tbody th")]
    assert {"Phòng Kinh tế", "Phòng Văn hóa"} <= set(past)
    assert "Hôm nay đơn vị này không hoạt động" in text_of(office.page(address(culture)).main)


def test_a_unit_is_split_with_shares_and_a_wrong_share_is_told(office: Desk) -> None:
    economy = below(office, "Phòng Kinh tế", "H27.112.03")
    url = address(economy, "split")
    form = form_of(
        office,
        url,
        into_1=str(economy.id),
        share_1="60",
        into_2="new",
        name_2="Phòng Nông nghiệp",
        code_2="H27.112.05",
        share_2="140",
        default="1",
        on="20/11/2026",
        act="5/QĐ-UBND",
    )
    page = office.send(url, form)
    assert "lớn hơn 0 và nhỏ hơn 100" in text_of(page.select_one("#p-share_2"))
    taken = office.send(url, {**form, "share_2": "", "code_2": "H27.112.01"}, status=409)
    assert "đang được một đơn vị khác dùng" in text_of(taken.select_one("#p-code_2"))
    assert "Chia đơn vị phải có ít nhất hai phần" in text_of(office.send(url, {**form, "into_2": ""}).select_one("#f-parts"))
    office.done(url, {**form, "share_2": "40"})
    shares = {edge.successor: edge.share for edge in organisations.lineage_of(economy.id)}
    assert [float(share or 0) for share in shares.values()] == [0.6, 0.4]
    assert "60%" in text_of(office.page(address(economy)).main)


def test_renaming_moving_coding_and_closing_by_forms(office: Desk) -> None:
    economy = below(office, "Phòng Kinh tế", "H27.112.03")
    office.done(address(economy, "title"), form_of(office, address(economy, "title"), name="Phòng Kinh tế số", on="20/11/2026", act="1/QĐ"))
    same = form_of(office, address(economy, "title"), on="20/11/2026", act="2/QĐ")
    assert "không có gì để đổi" in text_of(office.send(address(economy, "title"), same).select_one("#p-name"))
    url = address(economy, "parent")
    office.done(url, form_of(office, url, parent_id=str(office.world.office.id)))
    assert organisations.unit_on(economy.id, TODAY).path[0] == office.world.office.full_name
    url = address(economy, "agency-code")
    office.done(url, form_of(office, url, agency_code="H27.112.33", certainty="observed"))
    history = text_of(office.page(address(economy)).select_one(".ledger"))
    for words in ("Cấp mã định danh H27.112.03 → H27.112.33", "Chuyển đơn vị cấp trên", "Phòng Kinh tế → Phòng Kinh tế số", "Lập đơn vị"):
        assert words in history
    url = address(office.world.office, "closing")
    assert "Còn 3 vị trí của 3 người" in text_of(office.page(url).main)
    refused = office.send(url, form_of(office, url, on="21/11/2026", act="3/QĐ"))
    assert "còn 1 đơn vị trực thuộc" in text_of(refused.select_one(".alert--error"))
    url = address(economy, "closing")
    office.done(url, form_of(office, url, on="21/11/2026", act="3/QĐ"))
    assert organisations.unit_on(economy.id, TODAY).until == TOMORROW


def test_a_fresh_mistake_cannot_be_closed_the_same_day_and_the_page_says_so(office: Desk) -> None:
    wrong = below(office, "Phòng Lập Nhầm", "H27.112.66", since=TODAY)
    url = address(wrong, "closing")
    refused = office.send(url, form_of(office, url, on="20/11/2026", act="0/QĐ"))
    assert "hãy chọn ngày sau đó" in text_of(refused.select_one("#p-on"))
    office.done(url, form_of(office, url, on="21/11/2026", act="0/QĐ"))
    below(office, "Phòng Đúng", "H27.112.66", since=TOMORROW)
