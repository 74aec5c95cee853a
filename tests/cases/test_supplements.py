"""A supplement after appraisal: once, in time, and the clock as configured; waiting mends no broken promise."""

from datetime import date

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import ApologyKind, RuleKey, Stage, Timeliness
from cchc.cases.models import Case
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, Refused
from cchc.worktime import api as worktime
from tests.cases.office import FIVE, Office, moment
from tests.world import NOW

MONDAY = moment(23)


def ask(office: Office, code: str, *, at=MONDAY) -> None:
    cases.return_for_supplement(actor=office.actor("phuc"), at=at, code=code, items=["Trích lục"], reason="Thiếu trích lục")


def setting(key: RuleKey, value: str) -> None:
    cases.set_bound(actor=Actor.system("thử"), at=NOW, key=key, value=value, since=date(2026, 1, 1), source="Quyết định thử")


@pytest.mark.parametrize(("mode", "due"), [("restart", moment(30, 16)), ("shift", moment(27, 16))])
def test_the_clock_goes_on_as_configured(office: Office, mode: str, due: object) -> None:
    setting(RuleKey.SUPPLEMENT_RESUME, mode)
    code = office.processing()
    first = Case.objects.get(code=code)
    assert first.due_at == moment(26, 16)
    ask(office, code)
    assert office.view(code).waiting_for
    cases.resume(actor=office.actor("nhan"), at=moment(25), code=code)
    now = Case.objects.get(code=code)
    # From zero: three working days after Wednesday. Shifted: two days were left on Monday, two are left on Wednesday.
    assert (now.due_at, now.first_due_at) == (due, moment(26, 16))
    assert now.holder_post_id == office.post("phuc")
    receipts = [paper for paper in documents.papers_of(now.stream) if paper.form is documents.FormKey.RECEIPT]
    assert len(receipts) == 2
    assert audit.entries(now.stream)[-2].public["mode"] == mode


@pytest.mark.parametrize("mode", ["restart", "shift"])
def test_waiting_mends_no_broken_promise(office: Office, mode: str) -> None:
    setting(RuleKey.SUPPLEMENT_RESUME, mode)
    code = office.processing("9.500003", at=moment(20, 9))
    ask(office, code)
    cases.resume(actor=office.actor("nhan"), at=moment(25), code=code)
    now = Case.objects.get(code=code)
    assert now.due_at == now.first_due_at
    cases.submit(actor=office.actor("phuc"), at=moment(25), code=code, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=moment(25, 10), code=code)
    assert worktime.clock(now.clock_id).on_time is False
    assert office.view(code, at=moment(25, 11)).row.timeliness is Timeliness.LATE


def test_a_second_request_is_refused_with_its_ground(office: Office) -> None:
    code = office.processing()
    ask(office, code)
    with pytest.raises(Conflict):
        ask(office, code)
    cases.resume(actor=office.actor("nhan"), at=moment(23, 10), code=code)
    with pytest.raises(Refused, match="61/2018"):
        ask(office, code, at=moment(23, 11))


def test_two_in_all_is_a_limit_of_its_own(office: Office) -> None:
    setting(RuleKey.SUPPLEMENTS_AFTER, "5")
    code = office.processing()
    for hour in (8, 10):
        ask(office, code, at=moment(23, hour))
        cases.resume(actor=office.actor("nhan"), at=moment(23, hour + 1), code=code)
    with pytest.raises(Refused, match="63/2010"):
        ask(office, code, at=moment(23, 14))


def test_three_working_days_from_intake_are_the_last(office: Office) -> None:
    first, second = office.processing(FIVE), office.processing(FIVE)
    ask(office, first, at=moment(26, 16, 59))
    with pytest.raises(Refused, match="26/11/2026"):
        ask(office, second, at=moment(27, 7))


def test_nothing_is_asked_without_saying_what_and_why(office: Office) -> None:
    code = office.processing()
    with pytest.raises(Invalid) as refusal:
        cases.return_for_supplement(actor=office.actor("phuc"), at=NOW, code=code, items=[" "], reason="")
    assert set(refusal.value.problems) == {"items", "reason"}


def test_who_never_brings_it_is_refused_in_writing(office: Office) -> None:
    code = office.processing()
    ask(office, code)
    with pytest.raises(NotAllowed):
        cases.refuse_unsupplemented(actor=office.actor("nhan"), at=moment(30), code=code, reason="Không bổ sung")
    cases.refuse_unsupplemented(actor=office.actor("hoa"), at=moment(30), code=code, reason="Không bổ sung")
    now = Case.objects.get(code=code)
    assert (now.stage, now.holder_unit_id) == (Stage.REFUSED, None)
    assert worktime.clock(now.clock_id).on_time is True, "waiting for the applicant is no lateness of the office"
    with pytest.raises(Refused, match="chưa bị lỡ"):
        cases.apologise(actor=office.actor("hoa"), at=moment(30), code=code, kind=ApologyKind.LATE, reason="Chậm")
