"""Reminders: before it is late, when it is late, each once, to whom it concerns."""

from datetime import timedelta

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.models import Case
from cchc.kernel.errors import Conflict, NotAllowed
from cchc.notifications.models import Notice
from tests.cases.office import FIVE, Office, moment
from tests.world import NOW


def kinds(code: str) -> set[str]:
    return set(Notice.objects.filter(key__contains=code).values_list("kind", flat=True))


def test_a_promise_is_remembered_one_working_day_before_and_once(office: Office) -> None:
    code = office.processing()
    cases.remind(at=moment(23, 9))
    assert "soon" not in kinds(code), "due on Thursday, with the holiday between: Wednesday is the day to say so"
    cases.remind(at=moment(25, 9))
    assert "soon" in kinds(code)
    assert cases.remind(at=moment(25, 9, 15)) == 0


def test_the_holiday_does_not_swallow_the_warning(office: Office) -> None:
    code = office.processing(at=moment(19, 9))
    cases.remind(at=moment(23, 9))
    assert "soon" in kinds(code), "due on Wednesday, and Tuesday is a holiday"


def test_a_step_that_is_due_says_nothing_of_the_promise_weeks_away(office: Office) -> None:
    code = office.processing(FIVE)
    cases.remind(at=moment(23, 9))
    assert kinds(code) == {"step_soon"}
    cases.remind(at=moment(25, 17))
    assert kinds(code) == {"step_soon", "step_late", "step_late_head"}
    cases.remind(at=Case.objects.get(code=code).due_at - timedelta(hours=20))
    assert "soon" in kinds(code)


def test_what_is_late_goes_to_the_heads_too(office: Office) -> None:
    code = office.processing()
    cases.remind(at=moment(27, 8))
    told = Notice.objects.filter(key__startswith=f"late:{code}")
    assert set(told.values_list("unit_id", flat=True)) == {None, office.world.office.id, office.world.centre.id}
    assert cases.remind(at=moment(27, 9)) == 0


def test_an_opinion_that_is_late_is_reported_once(office: Office) -> None:
    code = office.processing(FIVE)
    seq = cases.consult(actor=office.actor("phuc"), at=NOW, code=code, unit_id=office.economy.id, question="Đất ai?", term="1wd")
    for hour in (8, 9):
        cases.remind(at=moment(25, hour))
    assert [entry.act for entry in audit.entries(f"case:{code}")].count("consultation_late") == 1
    assert Notice.objects.filter(key=f"consultation-late:{code}:{seq}").count() == 2
    with pytest.raises(NotAllowed):
        cases.answer_consultation(actor=office.actor("tan"), at=moment(25, 10), code=code, seq=seq, answer="Của xã")
    cases.answer_consultation(actor=office.actor("binh"), at=moment(25, 10), code=code, seq=seq, answer="Của xã")
    assert office.view(code, at=moment(25, 11)).consultations[0].late
    with pytest.raises(Conflict):
        cases.answer_consultation(actor=office.actor("binh"), at=moment(25, 10), code=code, seq=seq, answer="Lần nữa")
