"""Who filed is said at intake, follows from the rest where nobody says it, and is counted of files sent online."""

from datetime import date, timedelta

import pytest

from cchc.cases import api as cases
from cchc.cases.models import Case
from cchc.cases.rules.intake import filing_problem, who_filed
from cchc.cases.terms import FiledBy
from cchc.figures import api as figures
from cchc.kernel.errors import Invalid
from cchc.kernel.period import Period
from cchc.procedures.api import Channel
from tests.world import NOW, World, citizen, intake

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
KEYS = ("cases.online_self_share", "cases.online_helped_share", "cases.online_agent_share")


def test_who_stands_at_the_counter_has_filed_unless_somebody_else_is_written_down() -> None:
    assert who_filed(None, by_another=False, online=False) is FiledBy.SELF
    assert who_filed(None, by_another=True, online=False) is FiledBy.AGENT
    assert who_filed(FiledBy.HELPED, by_another=True, online=True) is FiledBy.HELPED


def test_of_a_file_sent_online_nobody_knows_unless_it_is_said() -> None:
    assert who_filed(None, by_another=False, online=True) is None
    assert who_filed(None, by_another=True, online=True) is FiledBy.AGENT


def test_the_owner_does_not_file_what_another_brings(world: World) -> None:
    assert filing_problem(FiledBy.HELPED, by_another=True) == ""
    with pytest.raises(Invalid) as refused:
        cases.receive(actor=world.counter, at=NOW, intake=intake(submitter=citizen(), filed_by=FiledBy.SELF))
    assert "không phải chủ hồ sơ tự nộp" in refused.value.problems["filed_by"]
    assert not Case.objects.exists()


def test_it_is_kept_shown_and_put_right(world: World) -> None:
    code = cases.receive(actor=world.counter, at=NOW, intake=intake(filed_by=FiledBy.HELPED))
    seen = cases.case(code=code, actor=world.counter, at=NOW)
    assert seen.filed_by is FiledBy.HELPED
    assert seen.ledger[-1].act == cases.Act.RECEIVE
    right = cases.Correction(owner=citizen(), request=seen.request, sets=seen.sets, filed_by=FiledBy.SELF)
    assert cases.correct(actor=world.counter, at=NOW, code=code, correction=right, reason="Bấm nhầm") == ("ai nộp",)
    assert cases.case(code=code, actor=world.counter, at=NOW).filed_by is FiledBy.SELF


def test_a_correction_that_says_nothing_of_it_leaves_it(world: World) -> None:
    code = cases.receive(actor=world.counter, at=NOW, intake=intake(submitter=citizen("Lê Văn Bảy")))
    right = cases.Correction(owner=citizen("Trần Thị Sửa"))
    cases.correct(actor=world.counter, at=NOW, code=code, correction=right, reason="Sai tên")
    assert cases.case(code=code, actor=world.counter, at=NOW).filed_by is FiledBy.AGENT
    wrong = cases.Correction(owner=citizen("Trần Thị Sửa"), filed_by=FiledBy.SELF)
    with pytest.raises(Invalid):
        cases.correct(actor=world.counter, at=NOW, code=code, correction=wrong, reason="Sai người nộp")


def test_shares_are_of_the_files_sent_online_of_which_it_is_known(world: World) -> None:
    said = (FiledBy.SELF, FiledBy.SELF, FiledBy.HELPED, FiledBy.AGENT, None)
    for number, who in enumerate(said):
        sent = intake(channel=Channel.ONLINE, filed_by=who)
        cases.receive(actor=world.counter, at=NOW + timedelta(minutes=number), intake=sent)
    cases.receive(actor=world.counter, at=NOW, intake=intake(filed_by=FiledBy.HELPED))
    unit = world.commune.id
    tables = figures.figure_tables(KEYS, unit_id=unit, period=NOVEMBER)
    assert [(table.total.number, table.total.of) for table in tables] == [(2, 4), (1, 4), (1, 4)]
    for table in tables:
        asked = figures.Asked(unit, NOVEMBER)
        assert cases.count_behind(key=table.figure.key, asked=asked) == table.total.number
    assert set(KEYS) <= set(figures.measure("cases.online_share").figure.beside)
