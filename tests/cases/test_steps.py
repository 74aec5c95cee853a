"""The steps of a published process: each with its own term, in order, and back again."""

from datetime import date, timedelta

import pytest

from cchc.cases import api as cases
from cchc.cases.api import Stage, Step
from cchc.cases.models import Case
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused
from tests.cases.office import FIVE, Office, moment
from tests.world import NOW


def to_the_field(office: Office) -> str:
    code = office.processing(FIVE)
    cases.pass_to_next(actor=office.actor("phuc"), at=moment(23), code=code, unit_id=office.economy.id)
    cases.assign(actor=office.actor("son"), at=moment(23, 10), code=code, post_id=office.post("binh"))
    return code


def case(code: str) -> Case:
    return Case.objects.get(code=code)


def test_each_step_has_its_own_term(office: Office) -> None:
    code = office.processing(FIVE)
    # Two working days from Friday 14:32; Tuesday is a holiday.
    assert case(code).step_due_at == moment(25, 16)
    cases.pass_to_next(actor=office.actor("phuc"), at=moment(23), code=code, unit_id=office.economy.id)
    assert (case(code).ordinal, case(code).step, case(code).step_due_at) == (3, Step.ASSIGN, moment(27, 16))
    cases.assign(actor=office.actor("son"), at=moment(25), code=code, post_id=office.post("binh"))
    assert case(code).step_due_at == moment(27, 16), "the term began with the hand-over, not with the assignment"


def test_a_file_is_not_signed_before_the_work_is_done(office: Office) -> None:
    code = office.processing(FIVE)
    with pytest.raises(Refused, match="Kiểm tra thực địa"):
        cases.submit(actor=office.actor("phuc"), at=NOW, code=code, post_id=office.post("khai"))
    with pytest.raises(Refused, match="người khác giữ"):
        cases.pass_to_next(actor=office.actor("mai"), at=NOW, code=code, unit_id=office.economy.id)


def test_five_steps_over_three_units(office: Office) -> None:
    code = to_the_field(office)
    cases.submit(actor=office.actor("binh"), at=moment(25), code=code, post_id=office.post("khai"), outcome="Đạt")
    cases.approve(actor=office.actor("khai"), at=moment(25, 10), code=code, number="1/QĐ")
    cases.hand_over(actor=office.actor("nhan"), at=moment(25, 11), code=code, receiver="Đỗ Thị Bích Ngọc")
    view = office.view(code, at=moment(25, 12))
    assert view.row.stage == Stage.RETURNED
    assert view.holdings[0].unit == "Trung tâm Phục vụ hành chính công xã Vũ Quang"
    assert {"Đạt"} <= {item.outcome for item in view.holdings}
    assert {line.state for line in view.steps} == {"done"}


def test_a_file_sent_back_goes_to_the_same_officer_and_does_its_steps_again(office: Office) -> None:
    code = to_the_field(office)
    back = next(item for item in office.view(code, at=moment(25), who="binh").ways_back if item.person == "Nguyễn Hữu Phúc")
    field = max(item.seq for item in office.view(code, at=moment(25)).holdings)
    cases.send_back(actor=office.actor("binh"), at=moment(25), code=code, to_seq=back.seq, reason="Thiếu bản đồ")
    assert (case(code).ordinal, case(code).holder_post_id) == (2, office.post("phuc"))
    assert [line.state for line in office.view(code, at=moment(25, 10)).steps] == ["done", "here", "todo", "todo", "todo"]
    with pytest.raises(Refused, match="bước trước đó"):
        cases.send_back(actor=office.actor("phuc"), at=moment(25, 10), code=code, to_seq=field, reason="Nhảy qua bước")
    assert all(item.ordinal <= 2 for item in office.view(code, at=moment(25, 10), who="phuc").ways_back)
    with pytest.raises(Refused, match="Kiểm tra thực địa"):
        cases.submit(actor=office.actor("phuc"), at=moment(25, 10), code=code, post_id=office.post("khai"))


def test_a_file_sent_back_to_a_post_that_has_ended_goes_to_its_unit(office: Office) -> None:
    code = to_the_field(office)
    seq = next(item.seq for item in office.view(code, at=moment(25)).holdings if item.person == "Nguyễn Hữu Phúc")
    identity.end_post(actor=Actor.system("thử"), at=moment(25), post_id=office.post("phuc"), until=date(2026, 11, 25))
    cases.send_back(actor=office.actor("binh"), at=moment(25), code=code, to_seq=seq, reason="Thiếu")
    assert (case(code).step, case(code).holder_unit_id, case(code).holder_post_id) == (Step.ASSIGN, office.world.office.id, None)


def test_nothing_goes_back_without_a_reason_or_to_a_step_that_never_was(office: Office) -> None:
    code = to_the_field(office)
    with pytest.raises(Refused, match="vì sao trả lại"):
        cases.send_back(actor=office.actor("binh"), at=moment(25), code=code, to_seq=3, reason=" ")
    with pytest.raises(Refused, match="bước trước đó"):
        cases.send_back(actor=office.actor("binh"), at=moment(25), code=code, to_seq=99, reason="Thiếu")


def test_a_file_given_to_another_officer_keeps_its_term(office: Office) -> None:
    code = office.processing(FIVE)
    before = case(code).step_due_at
    cases.reassign(actor=office.actor("lan"), at=moment(23), code=code, post_id=office.post("mai"), reason="Nghỉ phép")
    assert (case(code).holder_post_id, case(code).step_due_at) == (office.post("mai"), before)
    with pytest.raises(NotAllowed):
        cases.reassign(actor=office.actor("phuc"), at=moment(23), code=code, post_id=office.post("phuc"), reason="Lấy lại")


def test_one_file_that_its_officer_has_already_does_not_stop_a_batch(office: Office) -> None:
    held, other = office.processing(to="mai"), office.processing()
    batch = cases.reassign_many(actor=office.actor("lan"), at=NOW, codes=[held, other], post_id=office.post("mai"), reason="Cân đối")
    assert batch.done == (other,)
    assert "đang giữ" in batch.refused[held]


@pytest.mark.parametrize(("minutes", "who", "says"), [(29, "lan", ""), (31, "lan", "30 phút"), (5, "mai", "vừa làm")])
def test_the_last_act_may_be_taken_back_for_a_while_by_whoever_did_it(office: Office, minutes: int, who: str, says: str) -> None:
    code = office.processing()
    at = NOW + timedelta(minutes=minutes)
    if says:
        with pytest.raises(Refused, match=says):
            cases.recall(actor=office.actor(who), at=at, code=code)
        return
    cases.recall(actor=office.actor(who), at=at, code=code)
    assert (case(code).step, case(code).holder_post_id) == (Step.ASSIGN, None)
    undone = next(item for item in office.view(code).holdings if item.person)
    assert undone.received_at is None, "who took a file away never received it"


def test_who_asks_for_an_opinion_has_received_the_file(office: Office) -> None:
    code = office.processing()
    cases.consult(actor=office.actor("phuc"), at=NOW, code=code, unit_id=office.economy.id, question="Đất ai?")
    with pytest.raises(Refused, match="ký nhận"):
        cases.recall(actor=office.actor("lan"), at=NOW, code=code)
