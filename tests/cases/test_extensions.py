"""An extension: in time, once, with an apology; the first promise stays."""

from datetime import date, timedelta

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import RuleKey, Timeliness
from cchc.cases.models import Case
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused
from tests.cases.office import Office, moment
from tests.world import NOW


def extend(office: Office, code: str, *, at, until: int = 30, who: str = "lan", **more) -> None:
    cases.extend(actor=office.actor(who), at=at, code=code, until=date(2026, 11, until), reason="Chờ xác minh", **more)


def setting(key: RuleKey, value: str) -> None:
    cases.set_bound(actor=Actor.system("thử"), at=NOW, key=key, value=value, since=date(2026, 1, 1), source="Quyết định thử")


@pytest.mark.parametrize(("notice", "last"), [("1wd", moment(23, 23, 59)), ("1d", moment(24, 23, 59))])
def test_the_notice_counts_the_holiday_or_not(office: Office, notice: str, last) -> None:
    setting(RuleKey.EXTENSION_NOTICE, notice)
    kept, missed = (office.processing("9.500002", at=moment(19, 9)) for _ in range(2))
    assert Case.objects.get(code=kept).due_at == moment(25, 16)
    with pytest.raises(Refused, match="chậm nhất"):
        extend(office, missed, at=last + timedelta(minutes=1))
    extend(office, kept, at=last)


def test_an_extension_makes_a_new_promise_and_keeps_the_first(office: Office) -> None:
    code = office.processing()
    extend(office, code, at=moment(25))
    now = Case.objects.get(code=code)
    assert (now.due_at, now.first_due_at, now.unextended, now.extensions) == (moment(30, 16), moment(26, 16), moment(27, 0), 1)
    assert audit.entries(now.stream)[-2].public["due_before"] == moment(26, 16).astimezone(tz=now.first_due_at.tzinfo).isoformat()
    paper = documents.papers_of(now.stream)[-1]
    assert paper.form is documents.FormKey.APOLOGY_EXTENSION
    with pytest.raises(Refused, match="chỉ được hẹn lại 1 lần"):
        extend(office, code, at=moment(25, 10), until=30)
    cases.submit(actor=office.actor("phuc"), at=moment(27), code=code, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=moment(30), code=code)
    assert office.view(code, at=moment(30)).row.timeliness is Timeliness.EXTENDED


def test_after_the_date_an_apology_is_all_that_is_left(office: Office) -> None:
    code = office.processing()
    with pytest.raises(Refused, match="giữ nguyên ngày hẹn"):
        extend(office, code, at=moment(27))


@pytest.mark.parametrize(("until", "says"), [(26, "phải sau"), (28, "không phải ngày làm việc")])
def test_the_new_day_is_a_later_working_day(office: Office, until: int, says: str) -> None:
    with pytest.raises(Refused, match=says):
        extend(office, office.processing(), at=moment(25), until=until)


def test_an_extension_names_a_unit_that_had_to_do_with_the_case(office: Office) -> None:
    with pytest.raises(Refused, match="đã giữ hồ sơ"):
        extend(office, office.processing(), at=moment(25), late_unit_id=office.world.other_commune.id)


def test_no_promise_is_no_extension(office: Office) -> None:
    with pytest.raises(Refused, match="không có thời hạn"):
        extend(office, office.processing("9.500007"), at=moment(25))


def test_an_officer_may_not_extend(office: Office) -> None:
    with pytest.raises(NotAllowed):
        extend(office, office.processing(), at=moment(25), who="phuc")


def test_a_wait_after_the_first_promise_does_not_wash_the_extension_away(office: Office) -> None:
    code = office.processing()
    extend(office, code, at=moment(25))
    cases.ask_payment(actor=office.actor("phuc"), at=moment(27), code=code, amount=50_000, reason="Thông báo 12")
    cases.confirm_payment(actor=office.actor("nhan"), at=moment(30), code=code, receipt="BL 7")
    cases.submit(actor=office.actor("phuc"), at=moment(30), code=code, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=moment(30, 10), code=code)
    assert office.view(code, at=moment(30, 11)).row.timeliness is Timeliness.EXTENDED
