"""A batch that is handed over: by slip, signed for once, and never with what was not there."""

from datetime import timedelta

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import Act
from cchc.kernel.errors import Conflict, Refused
from cchc.notifications.models import Notice
from tests.cases.office import Office, moment
from tests.world import NOW


def given(office: Office, count: int = 2) -> tuple[str, list[str]]:
    codes = [office.receive() for _ in range(count)]
    made = cases.forward_many(actor=office.actor("nhan"), at=NOW, codes=codes, unit_id=office.world.office.id)
    assert made.batch.done == tuple(codes)
    return made.slip, codes


def test_what_cannot_go_does_not_stop_the_others(office: Office) -> None:
    code, gone = office.receive(), office.processing()
    made = cases.forward_many(actor=office.actor("nhan"), at=NOW, codes=[code, gone, "H27.112-261120-9999"], unit_id=office.world.office.id)
    assert made.batch.done == (code,)
    assert set(made.batch.refused) == {gone, "H27.112-261120-9999"}
    assert [line.code for line in cases.slip(code=made.slip, actor=office.actor("lan")).lines] == [code]


def test_a_slip_is_signed_for_once_without_what_is_missing(office: Office) -> None:
    slip, codes = given(office)
    batch = cases.receive_slip(actor=office.actor("lan"), at=NOW, slip=slip, missing=[codes[1]])
    assert (batch.done, set(batch.refused)) == ((codes[0],), {codes[1]})
    assert [line.missing for line in cases.slip(code=slip, actor=office.actor("lan")).lines] == [False, True]
    with pytest.raises(Conflict):
        cases.receive_slip(actor=office.actor("lan"), at=NOW, slip=slip)


def test_a_file_taken_back_is_not_taken_over(office: Office) -> None:
    slip, codes = given(office)
    with pytest.raises((Refused, Conflict)):
        cases.recall(actor=office.actor("lan"), at=NOW, code=codes[0])
    cases.recall(actor=office.actor("nhan"), at=NOW, code=codes[0])
    batch = cases.receive_slip(actor=office.actor("lan"), at=NOW, slip=slip)
    assert batch.done == (codes[1],)
    assert "rút lại" in batch.refused[codes[0]]
    assert Act.TAKE_OVER not in {entry.act for entry in audit.entries(f"case:{codes[0]}")}


def test_only_the_receiving_side_signs(office: Office) -> None:
    slip, codes = given(office)
    for who in ("nhan", "thu", "tan"):
        with pytest.raises(Refused):
            cases.receive_slip(actor=office.actor(who), at=NOW, slip=slip)
    with pytest.raises(Refused, match="không có hồ sơ"):
        cases.receive_slip(actor=office.actor("lan"), at=NOW, slip=slip, missing=["H27.112-261120-0999"])
    with pytest.raises(Refused, match="sớm hơn"):
        cases.receive_slip(actor=office.actor("lan"), at=NOW - timedelta(minutes=1), slip=slip)
    cases.receive_slip(actor=office.actor("phuc"), at=NOW, slip=slip)
    with pytest.raises(Refused, match="ký nhận"):
        cases.recall(actor=office.actor("nhan"), at=NOW, code=codes[0])


def test_a_batch_nobody_signs_for_is_remembered_after_four_working_hours(office: Office) -> None:
    slip, _ = given(office)
    # Friday 14:32 to 17:00 is two hours and a half; Monday 8:30 makes four.
    for at, there in ((moment(23, 8, 0), False), (moment(23, 9, 0), True)):
        cases.remind(at=at)
        assert Notice.objects.filter(key=f"slip:{slip}").exists() is there
