"""Forms whose words an office changes: tried first, from a day on, and never backwards."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from cchc.audit import api as audit
from cchc.documents import api as documents
from cchc.documents.models import FormTemplate, Layout
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, NotFound, Refused
from tests.documents import samples
from tests.documents.reading import read

KEY = documents.FormKey
TODAY = samples.RECEIVED.date()
CASE = "case:H27.112-261120-0042"


@pytest.fixture
def editor() -> Actor:
    """Return who may edit forms."""
    return Actor(post="Quản trị @ H27.112", rights=frozenset({"documents:template:edit"}))


@pytest.fixture
def text(forms: None) -> str:
    """Return the main text of the apology."""
    return documents.form_on("apology", TODAY).text


def revise(editor: Actor, **given: Any) -> documents.TemplateView:
    """Revise the apology, with something changed."""
    base = {"form": KEY.APOLOGY, "since": TODAY, "title": "Thư xin lỗi", "series": "XL", "at": samples.RECEIVED}
    return documents.revise_template(actor=editor, **(base | given))


def issue(unit_id: int, officer: Actor, **given: Any) -> documents.PaperView:
    """Issue the apology."""
    base = {"form": KEY.APOLOGY, "at": samples.RECEIVED, "data": samples.APOLOGY, "stream": CASE, "soon": False}
    return documents.issue(actor=officer, unit_id=unit_id, **(base | given))


def test_new_words_hold_from_their_day_and_old_papers_keep_theirs(unit_id: int, officer: Actor, editor: Actor, text: str) -> None:
    drawn, undrawn = issue(unit_id, officer), issue(unit_id, officer)
    first = documents.render(drawn.id)
    changed = text.replace("chân thành xin lỗi", "thành thật xin lỗi")
    row = revise(editor, layout_source=changed, since=TODAY, remark="Theo góp ý của xã.")
    later = issue(unit_id, officer)
    assert row.is_own
    assert (later.title, later.number) == ("Thư xin lỗi", "03/XL")
    assert "thành thật xin lỗi" in read(documents.render(later.id)).text
    assert documents.render(drawn.id) == first
    assert "chân thành xin lỗi" in read(documents.render(undrawn.id)).text
    assert documents.paper(drawn.id).title == "Văn bản xin lỗi"
    assert documents.is_intact(drawn.id)
    history = documents.form_on("apology", TODAY).history
    assert [(view.since, view.until) for view in history] == [(TODAY, None), (date(2019, 1, 6), TODAY)]


def test_a_revision_is_journalled_with_its_words_and_layout(editor: Actor, text: str) -> None:
    revise(editor, layout_source=text + "\n// một dòng\n", since=TODAY + timedelta(days=3))
    (entry,) = audit.entries("form:apology")
    assert entry.act == "template_revised"
    assert entry.public["since"] == (TODAY + timedelta(days=3)).isoformat()
    assert Layout.objects.filter(digest=entry.public["layout"]).exists()
    assert documents.form_on("apology", TODAY).current.title == "Văn bản xin lỗi"


@pytest.mark.parametrize(
    ("added", "words"),
    [
        ("\n#let x = \n", r"Dòng \d+, cột \d+: typst không dựng được"),
        ("\n#khong_co\n", "unknown variable"),
        ("\n#data.khong_co\n", "khong_co"),
        ('\n#read("/etc/passwd")\n', "không dùng được «read»"),
        ('\n#image("/../../secret.png")\n', "typst không dựng được"),
        ('\n#import "@preview/cetz:0.2.0": *\n', "không lấy từ ổ đĩa hay từ mạng"),
        ('\n#let a = "@preview/cetz:0.2.0"\n#import a: *\n', "chỉ lấy được tệp của chính mẫu này"),
        ('\n#eval("1")\n', "không dùng được «eval»"),
        ('\n#dictionary(std).at("ev" + "al")("1")\n', "không dùng được «std»"),
        ("\n#for i in range(100000) { for j in range(100000) { let a = i * j } }\n", "tính quá lâu hoặc quá lớn"),
    ],
    ids=["syntax", "variable", "field", "file", "picture", "package", "computed", "code", "way round", "endless"],
)
def test_what_cannot_be_drawn_is_refused_at_its_line(editor: Actor, text: str, added: str, words: str) -> None:
    before = Layout.objects.count()
    for act in (lambda: revise(editor, layout_source=text + added), lambda: preview(editor, text + added)):
        with pytest.raises(Refused, match=words) as refusal:
            act()
        assert refusal.value.field == "layout_source"
        if "range" in added:
            break
    assert Layout.objects.count() == before
    assert not FormTemplate.objects.filter(is_own=True).exists()


def preview(editor: Actor, source: str) -> tuple[bytes, ...]:
    """Try the apology with another text."""
    return documents.preview_template(actor=editor, at=samples.RECEIVED, form=KEY.APOLOGY, layout_source=source, series="XL")


def test_a_preview_is_a_picture_and_writes_nothing(editor: Actor, text: str) -> None:
    before = Layout.objects.count()
    pages = preview(editor, text)
    assert all(page.startswith(b"\x89PNG") for page in pages)
    assert Layout.objects.count() == before
    assert not audit.entries("form:apology")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"since": TODAY - timedelta(days=1)}, "since"),
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"series": ""}, "series"),
        ({"layout_source": " \n"}, "layout_source"),
        ({"layout_source": "x" * 50_000}, "layout_source"),
    ],
)
def test_wrong_words_are_refused_at_their_field(editor: Actor, text: str, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        revise(editor, **({"layout_source": text} | given))
    assert refusal.value.field == field


def test_a_form_without_a_number_cannot_get_one(editor: Actor, forms: None) -> None:
    text = documents.form_on("register", TODAY).text
    with pytest.raises(Refused, match="để trống ký hiệu"):
        revise(editor, form=KEY.REGISTER, layout_source=text, series="STD")


def test_a_second_thought_on_the_same_day_needs_that_nothing_was_issued(unit_id: int, officer: Actor, editor: Actor, text: str) -> None:
    revise(editor, layout_source=text)
    assert revise(editor, layout_source=text, title="Văn bản xin lỗi của xã").title == "Văn bản xin lỗi của xã"
    issue(unit_id, officer)
    with pytest.raises(Refused, match="Ngày này đã cấp giấy") as refusal:
        revise(editor, layout_source=text, title="Lần ba")
    assert refusal.value.field == "since"


def test_loading_reference_data_leaves_the_office_its_words(editor: Actor, text: str) -> None:
    revise(editor, layout_source=text, since=TODAY + timedelta(days=1))
    before = list(FormTemplate.objects.filter(key="apology").order_by("id").values())
    documents.seed(folder=settings.SEEDS / "reference", progress=lambda _: None)
    assert list(FormTemplate.objects.filter(key="apology").order_by("id").values()) == before


def test_who_may_not_edit_is_told(officer: Actor, text: str) -> None:
    with pytest.raises(NotAllowed):
        revise(officer, layout_source=text)
    with pytest.raises(NotAllowed):
        preview(officer, text)


def test_a_day_without_a_form_and_an_unknown_form_are_refused(editor: Actor, text: str) -> None:
    with pytest.raises(NotFound):
        documents.form_on("khong-co", TODAY)
    with pytest.raises(NotFound):
        documents.sample_sheet("khong-co", at=samples.RECEIVED)


@pytest.mark.parametrize("form", list(KEY))
def test_every_form_explains_its_fields_and_draws_its_sample(form: documents.FormKey, forms: None) -> None:
    seen = documents.form_on(form.value, TODAY)
    assert all(note.meaning for note in seen.notes)
    assert len({note.path for note in seen.notes}) == len(seen.notes)
    assert documents.sample_sheet(form.value, at=samples.RECEIVED).pages[0].startswith(b"%PDF-")


def test_a_reprint_of_every_numbered_form_is_the_same_after_its_layout_changed(unit_id: int, officer: Actor, editor: Actor) -> None:
    for form in samples.LETTERS:
        paper = issue(unit_id, officer, form=form, data=documents.SAMPLES[form])
        first = documents.render(paper.id)
        seen = documents.form_on(form.value, TODAY)
        revise(editor, form=form, series=seen.current.series, layout_source=seen.text + "\n#par[Dòng thêm.]\n")
        assert documents.render(paper.id) == first
        assert "Dòng thêm." in read(documents.render(issue(unit_id, officer, form=form, data=documents.SAMPLES[form]).id)).text
