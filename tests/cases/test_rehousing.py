"""A unit that is merged: what it held, was asked and was to sign for goes to its successor."""

from datetime import date

import pytest

from cchc.cases import api as cases
from cchc.cases.api import Step
from cchc.cases.models import Apology, Case, Consultation, Spell
from cchc.cases.queries.replay import disagreements
from cchc.cases.subscriptions import unit_closed
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.organisations import api as organisations
from tests.cases.office import Office, moment, signed_in
from tests.world import NOW, intake


def merge(office: Office, on: date, *, at=NOW) -> None:
    organisations.merge_units(actor=Actor.system("thử"), at=at, unit_ids=[office.world.office.id], into=office.economy.id, on=on)


def closed(office: Office, on: date) -> None:
    unit = office.world.office
    unit_closed(organisations.UnitClosed(unit_id=unit.id, code=unit.code, day=on, successor_ids=[office.economy.id]))


def test_yesterdays_merger_gives_the_files_to_the_new_head(office: Office) -> None:
    working, asked = office.processing(), office.processing(to="binh")
    cases.consult(actor=office.actor("binh"), at=NOW, code=asked, unit_id=office.world.office.id, question="Ý kiến?")
    waiting = office.processing()
    cases.return_for_supplement(actor=office.actor("phuc"), at=NOW, code=waiting, items=["Đơn"], reason="Thiếu")
    merge(office, date(2026, 11, 24), at=moment(25))
    closed(office, date(2026, 11, 24))
    now = Case.objects.get(code=working)
    assert (now.holder_unit_id, now.holder_post_id, now.step) == (office.economy.id, None, Step.ASSIGN)
    assert Consultation.objects.get(case__code=asked).unit_id == office.economy.id
    head, counter = signed_in("son", at=moment(25)), signed_in("nhan", at=moment(25))
    cases.assign(actor=head, at=moment(25), code=working, post_id=office.post("binh"))
    cases.resume(actor=counter, at=moment(25), code=waiting)
    assert Case.objects.get(code=waiting).holder_unit_id == office.economy.id
    revision = Case.objects.get(code=working).revision
    closed(office, date(2026, 11, 24))
    assert Case.objects.get(code=working).revision == revision


def test_a_slip_to_a_merged_unit_is_signed_for_by_its_successor(office: Office) -> None:
    code = office.receive()
    made = cases.forward_many(actor=office.actor("nhan"), at=NOW, codes=[code], unit_id=office.world.office.id)
    merge(office, date(2026, 11, 23), at=moment(23))
    closed(office, date(2026, 11, 23))
    batch = cases.receive_slip(actor=signed_in("son", at=moment(23)), at=moment(23), slip=made.slip)
    assert batch.done == (code,)


def test_a_merger_decided_ahead_waits_for_its_day(office: Office) -> None:
    code = office.processing()
    merge(office, date(2026, 12, 1))
    closed(office, date(2026, 12, 1))
    assert Case.objects.get(code=code).holder_unit_id == office.world.office.id
    assert cases.rehouse_ended(at=moment(25)) == 0
    cases.reassign(actor=office.actor("lan"), at=moment(25), code=code, post_id=office.post("mai"), reason="Nghỉ phép")
    assert cases.rehouse_ended(at=moment(1, month=12)) == 1
    assert Case.objects.get(code=code).holder_unit_id == office.economy.id
    assert cases.rehouse_ended(at=moment(1, month=12)) == 0


def test_a_file_may_not_go_to_a_unit_that_has_ended(office: Office) -> None:
    code = office.receive()
    merge(office, date(2026, 11, 23), at=moment(23))
    with pytest.raises(Refused, match="Phòng Kinh tế"):
        cases.forward(actor=signed_in("nhan", at=moment(23)), at=moment(23), code=code, unit_id=office.world.office.id)


def test_a_late_result_names_the_unit_that_was_late_though_it_has_ended(office: Office) -> None:
    code = office.processing("9.500003", at=moment(20, 9))
    merge(office, date(2026, 11, 25), at=moment(25))
    closed(office, date(2026, 11, 25))
    head = signed_in("son", at=moment(25))
    cases.assign(actor=head, at=moment(25), code=code, post_id=office.post("binh"))
    cases.submit(actor=signed_in("binh", at=moment(25)), at=moment(25), code=code, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=moment(25, 10), code=code)
    paper = cases.hand_over(actor=office.actor("nhan"), at=moment(25, 11), code=code, receiver="Ngọc")
    assert Apology.objects.get(case__code=code, paper=paper).late_unit_id == office.world.office.id


def test_a_file_that_was_extended_meanwhile_is_given_on_when_it_was_extended(office: Office) -> None:
    code = office.processing("9.500005", at=moment(16))
    cases.extend(actor=office.actor("lan"), at=moment(20), code=code, until=date(2026, 12, 4), reason="Chờ xác minh")
    commune, other = office.world.commune, office.world.other_commune
    organisations.merge_units(actor=Actor.system("thử"), at=moment(23), unit_ids=[commune.id], into=other.id, on=date(2026, 11, 18))
    unit_closed(organisations.UnitClosed(unit_id=commune.id, code=commune.code, day=date(2026, 11, 18), successor_ids=[other.id]))
    assert Case.objects.get(code=code).agency_id == other.id
    assert list(Spell.objects.filter(case__code=code).values_list("agency_id", "begins", "ends")) == [
        (commune.id, moment(16), moment(20)),
        (commune.id, moment(20), moment(20)),
        (other.id, moment(20), None),
    ]


def test_a_commune_in_the_place_of_another_goes_on_with_its_codes(office: Office) -> None:
    old = office.world.commune
    first = office.receive(at=moment(23))
    new = organisations.NewUnit(
        kind=old.kind, name="Vũ Quang", type_word="Xã", code=old.code, agency_code=old.agency_code, parent_id=old.ancestor_ids[0]
    )
    organisations.merge_units(actor=Actor.system("thử"), at=moment(23, 10), unit_ids=[old.id], into=new, on=date(2026, 11, 23))
    second = cases.receive(actor=signed_in("nhan", at=moment(23, 11)), at=moment(23, 11), intake=intake("9.500002"))
    third = cases.receive(actor=signed_in("nhan", at=moment(23, 12)), at=moment(23, 12), intake=intake("9.500002"))
    assert [code.rpartition("-")[2] for code in (first, second, third)] == ["0001", "0002", "0003"]
    assert list(told_otherwise()) == []


def told_otherwise() -> tuple[str, ...]:
    """Return what the journals of all cases tell otherwise than their spells."""
    return tuple(disagreements(lambda _done, _of: None))
