"""Ends other than a result, and a result that was wrong, late or early."""

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import ApologyKind, Stage
from cchc.cases.models import Apology, Case
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, Refused
from tests.cases.office import Office, moment
from tests.world import NOW, citizen, intake


def late_result(office: Office) -> str:
    code = office.signing("9.500003", at=moment(20, 9))
    cases.approve(actor=office.actor("khai"), at=moment(23), code=code)
    return code


def test_a_late_result_is_never_withheld_and_the_omission_names_the_unit(office: Office) -> None:
    code = late_result(office)
    paper = cases.hand_over(actor=office.actor("nhan"), at=moment(23, 10), code=code, receiver="Ngọc")
    row = Apology.objects.get(case__code=code)
    assert (row.kind, row.paper, row.late_unit_id) == (ApologyKind.OMITTED, paper, office.world.commune.id)
    cases.correct_result(actor=office.actor("khai"), at=moment(25), code=code, reason="Sai tên")
    assert cases.hand_over(actor=office.actor("nhan"), at=moment(25, 10), code=code, receiver="Ngọc") is None
    now = Case.objects.get(code=code)
    assert (now.finished_at, now.returned_at) == (moment(23), moment(23, 10))


def test_who_has_apologised_omits_nothing(office: Office) -> None:
    code = late_result(office)
    due = Case.objects.get(code=code).due_at
    cases.apologise(actor=office.actor("lan"), at=moment(23), code=code, kind=ApologyKind.LATE, reason="Chậm")
    assert cases.hand_over(actor=office.actor("nhan"), at=moment(23, 10), code=code, receiver="Ngọc") is None
    assert Case.objects.get(code=code).due_at == due


def test_nobody_apologises_for_a_promise_that_holds_or_blames_a_stranger(office: Office) -> None:
    code = office.processing()
    with pytest.raises(Refused, match="chưa bị lỡ"):
        cases.apologise(actor=office.actor("lan"), at=NOW, code=code, kind=ApologyKind.LATE, reason="Chậm")
    other = office.world.other_commune.id
    with pytest.raises(Refused, match="cơ quan giải quyết"):
        cases.apologise(actor=office.actor("lan"), at=NOW, code=code, kind=ApologyKind.ERROR, reason="Lỗi", late_unit_id=other)


def test_a_late_refusal_goes_with_an_apology_too(office: Office) -> None:
    code = office.signing("9.500003", at=moment(20, 9))
    cases.refuse_after_appraisal(actor=office.actor("khai"), at=moment(23), code=code, reason="Không đủ điều kiện")
    assert audit.entries(f"case:{code}")[-2].public["in_term"] is False
    assert cases.hand_over_refusal(actor=office.actor("nhan"), at=moment(23, 10), code=code, receiver="Ngọc") is not None


def test_what_was_decided_is_not_withdrawn(office: Office) -> None:
    code = late_result(office)
    for do in (cases.withdraw, cases.stop):
        more = {"asked_by": "Đơn"} if do is cases.withdraw else {}
        with pytest.raises(Conflict):
            do(actor=office.actor("hoa"), at=moment(23), code=code, reason="Rút", fee_remark="Không", **more)


def test_a_file_is_withdrawn_with_a_notice_and_a_word_on_the_fee(office: Office) -> None:
    code = office.processing()
    with pytest.raises(Invalid) as refusal:
        cases.withdraw(actor=office.actor("nhan"), at=NOW, code=code, asked_by="", reason="", fee_remark="")
    assert set(refusal.value.problems) == {"asked_by", "fee_remark"}
    cases.withdraw(actor=office.actor("nhan"), at=NOW, code=code, asked_by="Đơn 1", reason="", fee_remark="Hoàn 8.000 đồng")
    assert documents.papers_of(f"case:{code}")[-1].form is documents.FormKey.STOP_NOTICE


def test_what_was_never_accepted_may_be_withdrawn(office: Office) -> None:
    code = cases.ask_supplement(actor=office.actor("nhan"), at=NOW, intake=intake("9.500002", missing=(1,)), items=["Đơn"], reason="Thiếu")
    cases.withdraw(actor=office.actor("nhan"), at=NOW, code=code, asked_by="Đơn 1", reason="", fee_remark="Chưa thu")
    assert Case.objects.get(code=code).stage == Stage.WITHDRAWN


def test_only_an_early_result_is_announced_and_once(office: Office) -> None:
    code = office.signing()
    cases.approve(actor=office.actor("khai"), at=moment(23), code=code)
    cases.announce(actor=office.actor("nhan"), at=moment(23), code=code, note="Gọi điện")
    with pytest.raises(Refused, match="rồi"):
        cases.announce(actor=office.actor("nhan"), at=moment(23), code=code, note="Gọi nữa")
    with pytest.raises(Refused, match="trước ngày hẹn"):
        cases.announce(actor=office.actor("nhan"), at=moment(23), code=late_result(office), note="Gọi điện")


def test_a_reissued_receipt_kills_the_old_secret_and_moves_no_date(office: Office) -> None:
    code = office.receive()
    before = Case.objects.get(code=code)
    words = cases.correct(
        actor=office.actor("nhan"), at=NOW, code=code, correction=cases.Correction(owner=citizen("Đỗ Thị Bích Ngân")), reason="Gõ nhầm"
    )
    now = Case.objects.get(code=code)
    assert "họ tên" in words
    assert (now.due_at, now.secret != before.secret) == (before.due_at, True)
    same = cases.Correction(owner=citizen("Đỗ Thị Bích Ngân"))
    with pytest.raises(Refused, match="Chưa có gì khác"):
        cases.correct(actor=office.actor("nhan"), at=NOW, code=code, correction=same, reason="Gõ nhầm")


def test_before_acceptance_there_is_no_receipt_to_retire(office: Office) -> None:
    code = cases.ask_supplement(actor=office.actor("nhan"), at=NOW, intake=intake("9.500002", missing=(1,)), items=["Đơn"], reason="Thiếu")
    before = Case.objects.get(code=code).secret
    changed = cases.Correction(owner=citizen("Đỗ Thị Bích Ngân"))
    cases.correct(actor=office.actor("nhan"), at=NOW, code=code, correction=changed, reason="Gõ nhầm")
    assert Case.objects.get(code=code).secret == before


def test_a_note_is_private_and_can_be_erased(office: Office) -> None:
    code = office.processing()
    cases.add_note(actor=office.actor("phuc"), at=NOW, code=code, text="Trưởng phòng bảo chờ", dissent=True)
    with pytest.raises(NotAllowed):
        cases.add_note(actor=office.actor("tan"), at=NOW, code=code, text="Người ngoài")
    assert office.view(code).notes[0].note == "Trưởng phòng bảo chờ"
    audit.erase_private(actor=Actor.system("thử"), at=NOW, stream=f"case:{code}", reason="Hết hạn giữ")
    assert office.view(code).notes[0].note == ""
    assert audit.verify(stream=f"case:{code}").holds
