"""A letter of apology is seen before it is issued: what was typed, the draft mark, no number; nothing is written."""

from datetime import date
from typing import Any

import pypdfium2
import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.errors import NotAllowed
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.test_every_act import MINUTE, Way, form_of

pytestmark = pytest.mark.django_db
LETTERS = {
    "extension": ({"until": "01/12/2026", "reason": "Chờ xác minh ở tỉnh"}, ("Chờ xác minh ở tỉnh", "ngày 01 tháng 12 năm 2026"), "XLGH"),
    "apology": (
        {"kind": "error", "reason": "Ghi sai ngày sinh", "remedy": "Cấp lại tại nhà"},
        ("Ghi sai ngày sinh", "Cấp lại tại nhà", "về sai sót"),
        "XL",
    ),
}
WRONG = (
    ("extension", {"until": "32/13/2026"}, "until"),
    ("extension", {"until": "28/11/2026"}, "until"),
    ("extension", {"reason": " "}, "reason"),
    ("apology", {"kind": "late"}, "kind"),
    ("apology", {"reason": " "}, "reason"),
)


@pytest.fixture
def way(desk: Desk) -> Way:
    """Bring a file to its officer and sit the head of the office down."""
    made = Way(desk.world).processing()
    desk.sign_in("lan")
    desk.at = made.at + MINUTE
    return made


def kept(desk: Desk, way: Way) -> tuple[Any, ...]:
    """Return all that an act would have changed."""
    case = cases.case(code=way.code, actor=desk.world.counter, at=desk.at)
    stream = f"case:{way.code}"
    return case.row, case.apologies, len(audit.entries(stream)), len(documents.papers_of(stream)), len(case.ledger)


@pytest.mark.parametrize("noun", LETTERS)
def test_the_letter_is_shown_with_its_mark_and_nothing_is_written(desk: Desk, way: Way, noun: str) -> None:
    answers, says, series = LETTERS[noun]
    url, before = f"/desk/cases/{way.code}/{noun}/", kept(desk, way)
    button = desk.page(url).select_one("button[name=do][value=draft]")
    assert button["formtarget"] == "_blank"
    assert "Xem trước thư xin lỗi" in text_of(button)
    answer = desk.client.post(url, {**form_of(desk, url, **answers), "do": "draft"})
    assert answer["Content-Type"] == "application/pdf"
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content)).split())
    for sentence in ("DỰ THẢO", *says):
        assert sentence in words
    assert f"1/{series}" not in words
    assert kept(desk, way) == before
    desk.done(url, form_of(desk, url, **answers))
    assert documents.papers_of(f"case:{way.code}")[-1].number == f"01/{series}", "the draft took no number"


@pytest.mark.parametrize(("noun", "wrong", "place"), WRONG)
def test_what_the_act_would_refuse_is_told_at_its_place(desk: Desk, way: Way, noun: str, wrong: dict[str, str], place: str) -> None:
    url, before = f"/desk/cases/{way.code}/{noun}/", kept(desk, way)
    sent = {**form_of(desk, url, **LETTERS[noun][0]), **wrong, "do": "draft"}
    page = desk.send(url, sent)
    assert page.select_one(f"#p-{place}"), text_of(page.main)
    assert kept(desk, way) == before


@pytest.mark.parametrize("noun", LETTERS)
def test_a_draft_needs_the_right_of_the_act_and_the_case_as_it_is(desk: Desk, way: Way, noun: str) -> None:
    url = f"/desk/cases/{way.code}/{noun}/"
    sent = {**form_of(desk, url, **LETTERS[noun][0]), "do": "draft"}
    page = desk.send(url, {**sent, "seen": str(int(sent["seen"]) - 1)}, status=409)
    assert "Hồ sơ vừa thay đổi" in text_of(page)
    for login in ("phuc", "tan", "thu"):
        desk.sign_in(login).send(url, sent, status=403)


def test_the_faces_ask_for_the_right_themselves(desk: Desk, way: Way) -> None:
    who = {"actor": desk.world.stranger, "at": desk.at, "code": way.code, "reason": "Thử"}
    with pytest.raises(NotAllowed):
        cases.draft_extension(until=date(2026, 12, 1), **who)
    with pytest.raises(NotAllowed):
        cases.draft_apology(kind=cases.ApologyKind.ERROR, **who)


def test_an_act_without_a_letter_has_no_draft(desk: Desk, way: Way) -> None:
    desk.sign_in("phuc")
    url = f"/desk/cases/{way.code}/supplement/"
    assert desk.page(url).select_one("button[name=do]") is None
