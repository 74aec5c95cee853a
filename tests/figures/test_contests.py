"""A contested number: who may say so, who answers, what stays with it."""

from datetime import date, timedelta

import pytest

from cchc.audit import api as audit
from cchc.figures import api as figures
from cchc.figures.models import Contest
from cchc.figures.terms import Verdict
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from tests.cases.office import Office
from tests.world import NOW

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 27))
KEY = "cases.received"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def office(crowded_office: Office) -> Office:
    """Return the office with its files."""
    return crowded_office


def raised(office: Office, who: str = "nhan", **changes: object) -> str:
    """Contest the number of the commune."""
    asked = {"key": KEY, "unit_id": office.world.commune.id, "period": NOVEMBER, "reason": "Thiếu ba hồ sơ ngày 05/11", **changes}
    return figures.contest(actor=office.actor(who), at=NOW, **asked)  # type: ignore[arg-type]


def test_what_was_said_stays_with_the_number_as_it_was(office: Office) -> None:
    code = raised(office, only={Dimension.FIELD: "Lĩnh vực thử"})
    (view,) = figures.contests_of(KEY, unit_id=office.world.commune.id, period=NOVEMBER, reader=office.actor("lan"))
    assert (view.code, view.value, dict(view.only), view.is_open) == (code, 7, {Dimension.FIELD: "Lĩnh vực thử"}, True)
    assert view.raised_by
    (public,) = figures.contests_of(KEY, unit_id=office.world.commune.id, period=NOVEMBER, reader=None)
    assert public.raised_by == ""
    (entry,) = audit.entries(f"contest:{code}")
    assert (entry.public["key"], entry.public["field"], entry.public["value"]) == (KEY, "Lĩnh vực thử", "7")


def test_a_number_of_others_is_not_contested(office: Office) -> None:
    with pytest.raises(NotAllowed):
        raised(office, "tan")
    with pytest.raises(NotAllowed):
        raised(office, "quantri")


def test_a_reason_is_needed_and_one_open_contest_of_a_number_is_enough(office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        raised(office, reason="  ")
    assert list(refused.value.problems) == ["reason"]
    raised(office)
    with pytest.raises(Conflict, match="đang được kiến nghị"):
        raised(office, "lan")
    raised(office, only={Dimension.CHANNEL: "counter"})
    assert Contest.objects.count() == 2


def test_who_watches_over_the_numbers_answers_once(office: Office) -> None:
    code = raised(office)
    with pytest.raises(NotAllowed):
        figures.answer_contest(actor=office.actor("lan"), at=LATER, code=code, verdict=Verdict.ACCEPTED, answer="Đúng")
    with pytest.raises(Invalid):
        figures.answer_contest(actor=office.actor("thu"), at=LATER, code=code, verdict=Verdict.REJECTED, answer="")
    figures.answer_contest(actor=office.actor("thu"), at=LATER, code=code, verdict=Verdict.REJECTED, answer="Đã đối chiếu sổ, đủ 7 hồ sơ")
    with pytest.raises(Conflict):
        figures.answer_contest(actor=office.actor("thu"), at=LATER, code=code, verdict=Verdict.ACCEPTED, answer="Nghĩ lại")
    (view,) = figures.contests_of(KEY, unit_id=office.world.commune.id, period=NOVEMBER, reader=office.actor("lan"))
    assert (view.verdict, view.answer, view.is_open) == (Verdict.REJECTED, "Đã đối chiếu sổ, đủ 7 hồ sơ", False)
    assert [entry.act for entry in audit.entries(f"contest:{code}")] == ["contested", "contest_answered"]
    raised(office)


def test_nobody_answers_what_they_contested_themselves(office: Office) -> None:
    code = raised(office, "thu")
    with pytest.raises(Refused, match="không tự trả lời"):
        figures.answer_contest(actor=office.actor("thu"), at=LATER, code=code, verdict=Verdict.ACCEPTED, answer="Đúng")


def test_contests_of_other_agencies_are_not_found(office: Office) -> None:
    raised(office)
    unit = office.world.other_commune.id
    code = figures.contest(actor=office.actor("tan"), at=NOW, key=KEY, unit_id=unit, period=NOVEMBER, reason="Thừa")
    found, following = figures.contests_for(office.actor("thu"), answered=False)
    assert ([view.unit_id for view in found], following) == ([office.world.commune.id], None)
    assert figures.count_contests(office.actor("thu")) == 1
    assert figures.count_contests(office.actor("lan")) == 0
    with pytest.raises(NotFound):
        figures.contest_of(code, actor=office.actor("thu"))
    with pytest.raises(NotAllowed):
        figures.answer_contest(actor=office.actor("thu"), at=LATER, code=code, verdict=Verdict.ACCEPTED, answer="Đúng")


def test_it_is_found_in_every_period_that_shares_a_day_with_it(office: Office) -> None:
    raised(office)
    unit = office.world.commune.id
    for period, there in ((Period(date(2026, 11, 26), date(2026, 12, 30)), 1), (Period(date(2026, 11, 27), date(2026, 12, 30)), 0)):
        assert len(figures.contests_of(KEY, unit_id=unit, period=period, reader=None)) == there
        assert len(figures.open_contests([KEY], unit_ids=[unit], period=period)) == there


def test_who_contested_takes_it_back_while_nobody_has_answered(office: Office) -> None:
    code = raised(office)
    with pytest.raises(NotFound):
        figures.withdraw_contest(actor=office.actor("lan"), at=LATER, code=code, reason="Không phải của tôi")
    with pytest.raises(Invalid) as refused:
        figures.withdraw_contest(actor=office.actor("nhan"), at=LATER, code=code, reason=" ")
    assert list(refused.value.problems) == ["reason"]
    figures.withdraw_contest(actor=office.actor("nhan"), at=LATER, code=code, reason="Đếm lại thì đủ")
    (view,) = figures.contests_of(KEY, unit_id=office.world.commune.id, period=NOVEMBER, reader=office.actor("nhan"))
    assert (view.is_open, view.is_withdrawn, view.is_own, view.answer) == (False, True, True, "Đếm lại thì đủ")
    assert [entry.act for entry in audit.entries(f"contest:{code}")] == ["contested", "contest_withdrawn"]
    assert figures.count_contests(office.actor("thu")) == 0
    for act in (
        lambda: figures.withdraw_contest(actor=office.actor("nhan"), at=LATER, code=code, reason="Lần nữa"),
        lambda: figures.answer_contest(actor=office.actor("thu"), at=LATER, code=code, verdict=Verdict.ACCEPTED, answer="Đúng"),
    ):
        with pytest.raises(Conflict, match="đã được rút"):
            act()
    raised(office)


def test_who_answers_cannot_call_it_withdrawn_and_what_is_answered_cannot_be_taken_back(office: Office) -> None:
    code = raised(office)
    with pytest.raises(Invalid) as refused:
        figures.answer_contest(actor=office.actor("thu"), at=LATER, code=code, verdict=Verdict.WITHDRAWN, answer="Rút hộ")
    assert list(refused.value.problems) == ["verdict"]
    figures.answer_contest(actor=office.actor("thu"), at=LATER, code=code, verdict=Verdict.ACCEPTED, answer="Đúng")
    with pytest.raises(Conflict, match="vừa được người khác trả lời"):
        figures.withdraw_contest(actor=office.actor("nhan"), at=LATER, code=code, reason="Đếm lại thì đủ")
