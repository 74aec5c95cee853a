"""Phrases: a procedure's own before the general ones, the office's words kept when the reference data is loaded again."""

from pathlib import Path

import pytest
from django.conf import settings

from cchc.audit import api as audit
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotAllowed, NotFound, Refused
from cchc.procedures import api
from cchc.procedures.models import Featured, Phrase
from tests.procedures.drafts import AT, SYSTEM

pytestmark = pytest.mark.django_db
BIRTH = "1.001193"
KIND = api.PhraseKind.SUPPLEMENT


def again() -> None:
    api.seed(folder=Path(settings.SEEDS) / "reference", progress=lambda _line: None)


def test_the_procedures_own_come_first_and_all_say_where_they_are_from() -> None:
    found = api.phrases_for(BIRTH, KIND)
    own = [phrase.code == BIRTH for phrase in found]
    assert own == sorted(own, reverse=True)
    assert any(own)
    assert not all(own)
    assert {phrase.origin for phrase in found} == {"soạn sẵn, chưa có văn bản"}
    assert {phrase.code for phrase in api.phrases_for("9.999999", KIND)} == {""}


@pytest.mark.parametrize("kind", list(api.PhraseKind))
def test_every_kind_of_paper_has_general_ones(kind: api.PhraseKind) -> None:
    assert len(api.phrases_for("9.999999", kind)) >= 4


def test_fifteen_procedures_have_their_own() -> None:
    assert len(set(Phrase.objects.exclude(procedure=None).values_list("procedure__code", flat=True))) == 15


def test_what_the_office_changed_withdrew_or_added_stays_when_loaded_again() -> None:
    first, second, *_rest = api.phrases_for(BIRTH, KIND)
    api.edit_phrase(actor=SYSTEM, at=AT, phrase_id=first.id, text="Lời của xã", ordinal=1)
    api.withdraw_phrase(actor=SYSTEM, at=AT, phrase_id=second.id)
    api.add_phrase(actor=SYSTEM, at=AT, code=BIRTH, kind=KIND, text="Câu thêm", reason="Vì")
    before = api.phrases_for(BIRTH, KIND)
    again()
    assert api.phrases_for(BIRTH, KIND) == before
    assert before[0].text == "Lời của xã"
    assert (before[0].origin, second.text in {phrase.text for phrase in before}) == ("Cơ quan tự soạn", False)
    assert "Câu thêm" in {phrase.text for phrase in before}


def test_a_phrase_of_the_file_follows_the_file_while_nobody_touched_it() -> None:
    Phrase.objects.filter(seed_key="chung.het-han").update(text="Lời cũ")
    again()
    assert Phrase.objects.get(seed_key="chung.het-han").text == "Nộp giấy tờ còn thời hạn sử dụng."


def test_acts_are_journalled_and_need_the_right() -> None:
    phrase = api.add_phrase(actor=SYSTEM, at=AT, code="", kind=KIND, text="  Câu   chung ")
    assert phrase.text == "Câu chung"
    assert audit.entries("procedures:phrases")[-1].public["text"] == "Câu chung"
    nobody = Actor(post="Người đọc")
    for act in (
        lambda: api.add_phrase(actor=nobody, at=AT, code="", kind=KIND, text="x"),
        lambda: api.edit_phrase(actor=nobody, at=AT, phrase_id=phrase.id, text="x"),
        lambda: api.withdraw_phrase(actor=nobody, at=AT, phrase_id=phrase.id),
        lambda: api.set_featured(actor=nobody, at=AT, rows=[]),
        lambda: api.save_draft(actor=nobody, at=AT, code="9.1", title="", base=0, content={}),
        lambda: api.discard_draft(actor=nobody, at=AT, code="9.1"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_bad_ones_are_refused() -> None:
    with pytest.raises(Invalid) as empty:
        api.add_phrase(actor=SYSTEM, at=AT, code="", kind=KIND, text=" ", reason="x" * 1001)
    assert set(empty.value.problems) == {"text", "reason"}
    with pytest.raises(NotFound):
        api.add_phrase(actor=SYSTEM, at=AT, code="9.999999", kind=KIND, text="x")
    phrase = api.add_phrase(actor=SYSTEM, at=AT, code="", kind=KIND, text="x")
    api.withdraw_phrase(actor=SYSTEM, at=AT, phrase_id=phrase.id)
    with pytest.raises(Refused, match="thôi dùng từ trước"):
        api.withdraw_phrase(actor=SYSTEM, at=AT, phrase_id=phrase.id)
    with pytest.raises(NotFound):
        api.edit_phrase(actor=SYSTEM, at=AT, phrase_id=10**9, text="x")


def test_the_first_procedures_of_the_portal_are_the_offices_own_once_it_set_them() -> None:
    assert api.featured()[0] == api.FeaturedView(BIRTH, "Khai sinh cho con")
    api.set_featured(actor=SYSTEM, at=AT, rows=[])
    again()
    assert not Featured.objects.exists()
    with pytest.raises(Invalid) as twice:
        api.set_featured(actor=SYSTEM, at=AT, rows=[api.FeaturedView(BIRTH, "Một"), api.FeaturedView(BIRTH, "")])
    assert set(twice.value.problems) == {"rows.2.code", "rows.2.name"}
