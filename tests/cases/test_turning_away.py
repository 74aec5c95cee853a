"""Incomplete or not ours: in writing, once and in full, with the reason."""

from datetime import datetime, timedelta

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import PaperGiven, Stage
from cchc.documents import api as documents
from cchc.kernel.errors import Conflict, Invalid
from cchc.kernel.local import VIETNAM
from tests.world import NOW, World, intake

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)


def asked(world: World) -> str:
    return cases.ask_supplement(
        actor=world.counter,
        at=NOW,
        intake=intake(missing=(1,)),
        items=["Tờ khai theo mẫu", " "],
        reason="Chưa có tờ khai",
    )


def test_a_supplement_request_starts_no_clock(world: World) -> None:
    code = asked(world)
    view = cases.case(code=code, actor=world.counter, at=NOW)
    assert view.row.stage == Stage.AWAITING_SUPPLEMENT
    assert view.row.due_at is None
    assert view.row.received_at is None
    assert view.requests[0].items == ("Tờ khai theo mẫu",)
    assert [paper.form for paper in documents.papers_of(f"case:{code}")] == [documents.FormKey.SUPPLEMENT]
    assert "Chưa có tờ khai" not in str(audit.entries(f"case:{code}")[0].public)


def test_what_comes_back_complete_keeps_its_code_and_the_clock_starts_then(world: World) -> None:
    code = asked(world)
    cases.accept_supplemented(actor=world.counter, at=MONDAY, code=code, papers=[PaperGiven(ordinal=1, given=True, originals=1)])
    view = cases.case(code=code, actor=world.counter, at=MONDAY)
    assert view.row.stage == Stage.ACCEPTED
    assert view.row.received_at == MONDAY
    assert view.row.due_at == datetime(2026, 11, 27, 16, 0, tzinfo=VIETNAM)
    assert [paper.form for paper in documents.papers_of(f"case:{code}")] == [documents.FormKey.SUPPLEMENT, documents.FormKey.RECEIPT]


def test_what_comes_back_incomplete_is_not_accepted(world: World) -> None:
    code = asked(world)
    with pytest.raises(Invalid) as error:
        cases.accept_supplemented(actor=world.counter, at=MONDAY, code=code, papers=[])
    assert "Vẫn còn thiếu" in error.value.problems["papers"]


def test_a_request_needs_its_items_and_its_reason(world: World) -> None:
    with pytest.raises(Invalid) as error:
        cases.ask_supplement(actor=world.counter, at=NOW, intake=intake(), items=["  "], reason=" ")
    assert set(error.value.problems) == {"items", "reason"}
    with pytest.raises(Invalid) as error:
        cases.refuse(actor=world.counter, at=NOW, intake=intake(), reason="")
    assert set(error.value.problems) == {"reason"}


def test_a_refusal_is_in_writing_and_ends_there(world: World) -> None:
    code = cases.refuse(actor=world.counter, at=NOW, intake=intake(), reason="Người nộp không cư trú tại xã", guidance="Xã Mai Hoa")
    view = cases.case(code=code, actor=world.counter, at=NOW)
    assert view.row.stage == Stage.REFUSED
    assert view.acts == ()
    assert [paper.form for paper in documents.papers_of(f"case:{code}")] == [documents.FormKey.REFUSAL]
    with pytest.raises(Conflict):
        cases.forward(actor=world.counter, at=NOW + timedelta(minutes=1), code=code, unit_id=world.office.id)
