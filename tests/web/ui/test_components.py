"""Components as templates draw them."""

from datetime import datetime
from types import SimpleNamespace

from bs4 import BeautifulSoup
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from cchc.cases.terms import ResultChannel
from cchc.kernel.local import VIETNAM
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import (
    Act,
    Cell,
    DueChip,
    Key,
    LedgerLine,
    Number,
    Option,
    Page,
    PromiseLine,
    Row,
    Step,
    Suggestion,
    Tile,
    options_of,
    parts,
    running,
    waiting,
)

AT = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)


def draw(template: str, **context: object) -> BeautifulSoup:
    request = RequestFactory().get("/here/?q=a")
    request.at = AT  # type: ignore[attr-defined]
    html = engines["django"].from_string("{% load ui %}" + template).render(context, request)
    return BeautifulSoup(html, "html.parser")


def left(*, late: bool, days: int, text: str) -> SimpleNamespace:
    return SimpleNamespace(late=late, working_days=days, text=text)


def test_a_chip_never_speaks_by_colour_alone() -> None:
    chips = [
        running(remaining=left(late=False, days=3, text="còn 3 ngày làm việc"), due_at=AT),
        running(remaining=left(late=False, days=1, text="còn 1 ngày làm việc"), due_at=AT),
        running(remaining=left(late=True, days=2, text="quá hạn 2 ngày làm việc"), due_at=AT),
        waiting(waits_for="chờ bổ sung hồ sơ", since=AT),
    ]
    for chip, state, icon in zip(chips, ["ok", "soon", "late", "wait"], ["tick", "clock", "late", "wait"], strict=True):
        page = draw("{% deadline chip %}", chip=chip)
        assert page.select_one(f'.deadline[data-state="{state}"]')
        assert page.select_one(f".i-{icon}[aria-hidden=true]")
        assert chip.left in page.text
    assert chips[0].due_text == "hẹn 14:32 thứ Sáu 20/11/2026"
    assert chips[3].due_text == "từ 14:32 thứ Sáu 20/11/2026"


def test_a_chip_opens_only_when_there_is_something_to_tell() -> None:
    plain = DueChip("ok", "còn 3 ngày", "16:00")
    assert not draw("{% deadline chip %}", chip=plain).details
    told = DueChip("ok", "còn 3 ngày", "16:00", why_url="/vi-sao/")
    opened = draw("{% deadline chip %}", chip=told)
    assert opened.details
    assert opened.select_one('a[href="/vi-sao/"]'), "without script the explanation is a link"


def test_a_field_names_its_problem_and_keeps_the_value() -> None:
    entry = Entry(QueryDict("number=042+198"))
    entry.refuse("number", "Thiếu sáu chữ số.")
    page = draw('{% field entry "number" label="Số định danh" hint="12 chữ số" required=True hx_get="/x/" %}', entry=entry)
    box = page.input
    assert box["value"] == "042 198"
    assert box["aria-invalid"] == "true"
    assert box["hx-get"] == "/x/"
    assert {page.find(id=name).text.strip() for name in box["aria-describedby"].split()} == {"Thiếu sáu chữ số.", "12 chữ số"}
    assert page.label["for"] == box["id"]


def test_what_was_typed_is_escaped() -> None:
    page = draw('{% field entry "name" label=label %}', entry=Entry({"name": '"><script>x</script>'}), label="<b>")
    assert not page.script
    assert not page.b
    assert page.input["value"] == '"><script>x</script>'


def test_every_kind_of_field_has_a_name_for_readers() -> None:
    choices = [Option("a", "Một"), Option("b", "Hai", "chú thích")]
    for kind in ("text", "search", "day", "number", "money", "password", "tel", "textarea", "select", "check", "file"):
        page = draw('{% field None "x" label="Nhãn" type=kind options=choices %}', kind=kind, choices=choices)
        control = page.select_one("input, select, textarea")
        named = page.select_one(f'label[for="{control["id"]}"]') or control.find_parent("label")
        assert named, kind
        assert "Nhãn" in named.text, kind
    for kind in ("radio", "seg"):
        page = draw('{% field entry "x" label="Nhãn" type=kind options=choices %}', entry=Entry({"x": "b"}), kind=kind, choices=choices)
        assert page.fieldset.legend.text.strip() == "Nhãn"
        assert [box["value"] for box in page.select("input[checked]")] == ["b"]


def test_a_password_is_never_sent_back() -> None:
    assert "value" not in draw('{% field entry "p" label="Mật khẩu" type="password" %}', entry=Entry({"p": "bí mật"})).input.attrs


def test_the_head_of_a_form_links_to_what_is_wrong() -> None:
    entry = Entry({})
    assert not draw("{% problems entry %}", entry=entry).div
    entry.refuse("born", "Nhập ngày sinh.")
    page = draw("{% problems entry %}", entry=entry)
    assert page.select_one("[role=alert]")
    assert page.select_one('a[href="#f-born"]').text == "Nhập ngày sinh."


def test_marks_of_a_suggestion() -> None:
    found = [Suggestion("1.001193", parts("Đăng ký khai sinh", [(8, 12), (13, 17)]), ("1.001193", "Trong ngày"), "/thu-tuc/1.001193/")]
    page = draw('{% suggestions found "q" %}', found=found)
    assert [mark.text for mark in page.select("mark")] == ["khai", "sinh"]
    assert page.li["data-href"] == "/thu-tuc/1.001193/"
    assert page.li["role"] == "option"
    assert "Không tìm thấy" in draw('{% suggestions found "q" %}', found=[]).text


def test_an_act_says_its_price() -> None:
    page = draw("{% acts acts %}", acts=[Act("Trình ký", "/x/", "Vẫn chạy", "Phiếu trình", "s", is_main=True)])
    assert page.a["data-key"] == "s"
    assert "Đồng hồ: Vẫn chạy" in " ".join(page.a.text.split())
    assert "Giấy in ra: Phiếu trình" in " ".join(page.a.text.split())


def test_a_number_links_to_its_records_and_defines_itself() -> None:
    page = draw("{% figure n %}", n=Number("98,2 %", "Đúng hạn", "/ho-so/", definition="Chia cho…", formula="611 / 622", clause="QĐ 766"))
    assert page.a["href"] == "/ho-so/"
    assert page.summary["aria-label"] == "Cách tính: Đúng hạn"
    assert "611 / 622" in page.details.text


def test_lists_and_small_things() -> None:
    assert draw("{% steps s %}", s=[Step("done", "Đã tiếp nhận"), Step("here", "Đang xử lý", "ở phòng")]).select_one("[aria-current=step]")
    old = PromiseLine(AT, "hẹn 16:00", "vì", is_old=True)
    assert draw("{% history h %}", h=[old]).s.text == "Hẹn 16:00"
    line = draw("{% ledger l %}", l=[LedgerLine(AT, "Tiếp nhận", effect="hẹn lần đầu", kind="move")])
    assert line.li["class"] == ["move"]
    assert line.time["datetime"].startswith("2026-11-20T14:32")
    assert draw('{% seal 5 "7F3A 91C2" %}').select_one(".seal").text.count("7F3A 91C2") == 1
    assert draw("{% bar 0.4 %}").select("rect")[1]["width"] == "40.0"
    assert draw("{% pager p %}", p=Page()).nav is None
    assert draw("{% pager p %}", p=Page("/tiep/")).a["rel"] == ["next"]
    assert draw("{% keysheet k %}", k=[Key("g q", "đến nhóm quá hạn")]).select("dt kbd")[1].text == "q"
    assert draw('{% navlink "not:routed" label="x" %}').a is None
    assert draw('{% alert kind="error" title="Hỏng" %}Thử lại.{% endalert %}').select_one("[role=alert]").b.text == "Hỏng"
    assert draw('{% nothing "Chưa có" url="/x/" action="Làm" %}Rồi sẽ có.{% endnothing %}').a.text == "Làm"
    assert draw('{% card "Tên" "id1" %}x{% endcard %}').section["aria-labelledby"] == "id1"
    assert str(draw('{% with_query q="" trang=2 %}')) == "?trang=2"
    assert (
        draw("{{ word|label }} {{ 72000|vnd }} {{ 1234.5|number_vi:1 }}", word=ResultChannel.COUNTER).text
        == "Tại quầy 72.000\u00a0đ 1.234,5"
    )


def test_options_of_a_vocabulary() -> None:
    assert next((option.value, option.label) for option in options_of(ResultChannel)) == ("counter", "Tại quầy")


def test_the_words_of_a_tile_stay_inside_it() -> None:
    lines = ("Văn Miếu –", "Quốc Tử Giám")
    texts = draw("{% tile shown %}", shown=Tile(0, 0, (*lines, "Bắc Sơn"), "9", 3, "Phường Văn Miếu – Quốc Tử Giám", "/x/")).find_all(
        "text"
    )
    assert [(text.get_text(), text.get("textlength")) for text in texts] == [
        ("Văn Miếu –", "41"),
        ("Quốc Tử Giám", "41"),
        ("Bắc Sơn", None),
        ("9", None),
    ]


def test_a_row_of_numbers_says_its_rank_its_name_and_its_cells() -> None:
    cells = (Cell("5", "/a/?b=1&c=2", is_late=True), Cell("–"))
    row = draw("{% row shown True %}", shown=Row("k", "Xã <Một>", "/x/", cells, 2))
    assert str(row).startswith('<tr><td class="num">2</td><th scope="row"><a href="/x/">Xã &lt;Một&gt;</a></th>')
    assert [(link["href"], link.get("class")) for link in row.select("td a")] == [("/a/?b=1&c=2", ["late"])]
    assert [cell.get_text() for cell in draw("{% row shown %}", shown=Row("k", "Hai", "", cells)).select("td")] == ["5", "–"]
    assert draw("{% row shown True %}", shown=Row("k", "Ba", "", ())).td.get_text() == "–"
