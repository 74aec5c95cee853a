"""One straight case through the house, by the faces alone."""

from datetime import datetime, timedelta

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import Act, Stage, Step, Timeliness
from cchc.documents import api as documents
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.local import VIETNAM
from tests.world import CERTIFIED_COPY, MARITAL_STATUS, NOW, World, intake

LATER = timedelta(minutes=10)
STRAIGHT = {Act.FORWARD, Act.ASSIGN, Act.SUBMIT, Act.APPROVE, Act.HAND_OVER}


def received(world: World, **changes: object) -> str:
    return cases.receive(actor=world.counter, at=NOW, intake=intake(**changes))  # type: ignore[arg-type]


def walk(world: World, code: str, *, until: Act) -> None:
    """Do the acts of the straight life in order, up to and with ``until``."""
    acts = {
        Act.FORWARD: lambda at: cases.forward(actor=world.counter, at=at, code=code, unit_id=world.office.id),
        Act.ASSIGN: lambda at: cases.assign(actor=world.head, at=at, code=code, post_id=world.people["phuc"].id),
        Act.SUBMIT: lambda at: cases.submit(actor=world.officer, at=at, code=code, post_id=world.people["khai"].id),
        Act.APPROVE: lambda at: cases.approve(actor=world.chairman, at=at, code=code, number="112/UBND-XN"),
        Act.HAND_OVER: lambda at: cases.hand_over(actor=world.counter, at=at, code=code, receiver="Đỗ Thị Bích Ngọc"),
    }
    for place, (act, do) in enumerate(acts.items(), start=1):
        do(NOW + place * LATER)
        if act == until:
            return


def seen_by(world: World, code: str, who: str = "nhan") -> cases.CaseView:
    return cases.case(code=code, actor=world.actors[who], at=NOW + 6 * LATER)


def test_the_promise_of_the_scene(world: World) -> None:
    view = seen_by(world, received(world))
    assert view.row.code == "H27.112-261120-0001"
    assert view.row.due_at == datetime(2026, 11, 26, 16, 0, tzinfo=VIETNAM)
    assert (view.row.stage, view.row.step) == (Stage.ACCEPTED, Step.FORWARD)
    assert view.forward_by is not None
    assert view.forward_by.date() == NOW.date()
    assert view.owner.identity_masked == "042 198 ••• 317"


def test_the_receipt_prints_the_promise_and_its_fingerprint(world: World) -> None:
    code = received(world)
    entry = audit.entries(f"case:{code}")[0]
    [paper] = documents.papers_of(f"case:{code}")
    assert paper.form == documents.FormKey.RECEIPT
    assert paper.number == "0001/TN"
    assert entry.public["due_date"] == "2026-11-26"
    assert "Đỗ Thị Bích Ngọc" not in str(entry.public)
    assert audit.entries(f"case:{code}")[1].public["digest"] == paper.digest


def test_the_whole_way(world: World) -> None:
    code = received(world)
    walk(world, code, until=Act.HAND_OVER)
    view = seen_by(world, code)
    assert (view.row.stage, view.row.step) == (Stage.RETURNED, Step.CLOSED)
    assert view.row.timeliness == Timeliness.EARLY
    assert view.acts == ()
    assert view.receiver == "Đỗ Thị Bích Ngọc"
    assert [line.act for line in reversed(view.ledger)] == [
        "received",
        "paper_issued",
        "forwarded",
        "assigned",
        "submitted_for_approval",
        "approved",
        "handed_over",
    ]
    assert audit.verify(stream=f"case:{code}").holds


@pytest.mark.parametrize(
    ("after", "who", "offered"),
    [
        (None, "nhan", {Act.FORWARD}),
        (None, "phuc", set()),
        (Act.FORWARD, "lan", {Act.ASSIGN}),
        (Act.ASSIGN, "phuc", {Act.SUBMIT}),
        (Act.ASSIGN, "lan", set()),
        (Act.SUBMIT, "khai", {Act.APPROVE}),
        (Act.APPROVE, "nhan", {Act.HAND_OVER}),
        (Act.APPROVE, "thu", set()),
        (Act.HAND_OVER, "nhan", set()),
    ],
)
def test_only_the_acts_allowed_now_are_offered(world: World, after: Act | None, who: str, offered: set[Act]) -> None:
    code = received(world)
    if after:
        walk(world, code, until=after)
    assert {item.act for item in seen_by(world, code, who).acts} & STRAIGHT == offered


def test_codes_follow_one_another(world: World) -> None:
    assert [received(world)[-4:] for _ in range(3)] == ["0001", "0002", "0003"]


def test_the_same_form_twice_is_one_case(world: World) -> None:
    first = cases.receive(actor=world.counter, at=NOW, intake=intake(), key="k1")
    assert cases.receive(actor=world.counter, at=NOW + LATER, intake=intake(), key="k1") == first
    with pytest.raises(Conflict, match=first):
        cases.receive(actor=world.counter, at=NOW, intake=intake(sets=2), key="k1")
    assert received(world)[-4:] == "0002"


def test_a_missing_paper_is_no_case_and_leaves_no_gap(world: World) -> None:
    with pytest.raises(Invalid) as error:
        cases.receive(actor=world.counter, at=NOW, intake=intake(missing=(1,)))
    assert "Còn thiếu" in error.value.problems["papers"]
    assert received(world)[-4:] == "0001"


def test_two_at_once_are_told(world: World) -> None:
    code = received(world)
    seen = seen_by(world, code).row.revision
    cases.forward(actor=world.counter, at=NOW + LATER, code=code, unit_id=world.office.id, seen=seen)
    with pytest.raises(Conflict, match="Hồ sơ vừa thay đổi: «Chuyển xử lý»"):
        cases.forward(actor=world.counter, at=NOW + LATER, code=code, unit_id=world.office.id, seen=seen)


def test_an_act_out_of_turn_is_refused(world: World) -> None:
    code = received(world)
    with pytest.raises(Conflict, match="Ký duyệt kết quả"):
        cases.approve(actor=world.chairman, at=NOW + LATER, code=code)
    with pytest.raises(Refused, match="sớm hơn"):
        cases.forward(actor=world.counter, at=NOW - LATER, code=code, unit_id=world.office.id)


def test_rights_hold_in_the_agency_only(world: World) -> None:
    code = received(world)
    with pytest.raises(NotAllowed):
        cases.case(code=code, actor=world.stranger, at=NOW)
    with pytest.raises(NotAllowed):
        cases.forward(actor=world.officer, at=NOW + LATER, code=code, unit_id=world.office.id)
    with pytest.raises(NotAllowed):
        cases.receive(actor=world.officer, at=NOW, intake=intake())
    with pytest.raises(NotFound):
        cases.case(code="H27.112-261120-9999", actor=world.counter, at=NOW)


def test_a_unit_of_another_agency_cannot_be_forwarded_to(world: World) -> None:
    code = received(world)
    with pytest.raises(Refused, match="phòng, ban"):
        cases.forward(actor=world.counter, at=NOW + LATER, code=code, unit_id=world.other_commune.id)


def test_a_case_keeps_its_version(world: World) -> None:
    view = seen_by(world, received(world))
    assert view.procedure_code == MARITAL_STATUS
    assert str(view.limit) == "3wd"


def test_looking_at_the_number_is_written_down(world: World) -> None:
    code = received(world)
    numbers = cases.reveal_identity(actor=world.officer, at=NOW + LATER, code=code)
    assert list(numbers.values()) == ["042198000317"]
    assert audit.entries(f"case:{code}")[-1].act == "identity_revealed"
    with pytest.raises(NotAllowed):
        cases.reveal_identity(actor=world.reader, at=NOW + LATER, code=code)


def test_late_is_from_midnight_after_the_date(world: World) -> None:
    code = received(world)
    walk(world, code, until=Act.SUBMIT)
    cases.approve(actor=world.chairman, at=datetime(2026, 11, 26, 23, 59, tzinfo=VIETNAM), code=code)
    assert seen_by(world, code).row.timeliness == Timeliness.ON_TIME
    other = received(world)
    walk(world, other, until=Act.SUBMIT)
    cases.approve(actor=world.chairman, at=datetime(2026, 11, 27, 0, 0, tzinfo=VIETNAM), code=other)
    assert seen_by(world, other).row.timeliness == Timeliness.LATE


def test_certified_copies_at_the_counter_in_one_act(world: World) -> None:
    quantities = {"copies": 12, "pages": 4}
    code = cases.receive_immediate(actor=world.counter, at=NOW, intake=intake(CERTIFIED_COPY, quantities=quantities), key="c1")
    view = seen_by(world, code)
    assert view.fee_total == 72000
    assert view.book_number == 1
    assert (view.row.stage, view.row.timeliness) == (Stage.RETURNED, Timeliness.ON_TIME)
    assert documents.papers_of(f"case:{code}") == []
    asked = cases.receive_immediate(actor=world.counter, at=NOW, intake=intake(CERTIFIED_COPY, quantities=quantities), receipt=True)
    assert len(documents.papers_of(f"case:{asked}")) == 1
    assert seen_by(world, asked).book_number == 2


def test_after_three_what_cannot_be_done_at_once_is_promised_for_the_next_working_day(world: World) -> None:
    at = datetime(2026, 11, 20, 15, 10, tzinfo=VIETNAM)
    code = cases.receive(actor=world.counter, at=at, intake=intake("1.001193"))
    assert cases.case(code=code, actor=world.counter, at=at).row.due_at == datetime(2026, 11, 23, 16, 0, tzinfo=VIETNAM)


def test_what_takes_days_is_not_done_at_once(world: World) -> None:
    with pytest.raises(Refused, match="không trả kết quả ngay"):
        cases.receive_immediate(actor=world.counter, at=NOW, intake=intake())
