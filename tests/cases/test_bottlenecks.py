"""Where files wait: counted again file by file from the pages of the cases and from the journal, and the same as the event log."""

import statistics
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cchc.cases import api as cases
from cchc.cases.api import Act, FlowAsked, FlowPart
from cchc.cases.models import Case, Handover
from cchc.kernel.errors import NotAllowed
from cchc.kernel.period import Period
from tests.cases.office import FIVE, Office, moment

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
NOW = moment(27, 15)
# Acts that are written down and move nothing.
STILL = {
    Act.CONSULT,
    Act.ANSWER,
    Act.EXTEND,
    Act.APOLOGISE,
    Act.ANNOUNCE,
    Act.CORRECT,
    Act.NOTE,
    Act.TAKE_OVER,
    Act.SETTLE,
    Act.RECORD_LOSS,
}


def asked(office: Office, procedure: str = FIVE, **more: Any) -> FlowAsked:
    return FlowAsked(office.world.commune.id, NOVEMBER, procedure=procedure, **more)


def told(office: Office, procedure: str = FIVE, *, who: str = "lan", at: datetime = NOW) -> cases.Bottlenecks:
    return cases.bottlenecks(actor=office.actor(who), at=at, asked=asked(office, procedure))


def straight(office: Office, *, day: int, back: bool = False, until: str = "end") -> str:
    """Bring a file of five steps through the office; ``back`` sends it back once from the field, ``until`` leaves it on the way."""
    code = office.processing(FIVE, at=moment(day, 8))
    if until == "work":
        return code
    cases.pass_to_next(actor=office.actor("phuc"), at=moment(day + 1, 9), code=code, unit_id=office.economy.id)
    cases.assign(actor=office.actor("son"), at=moment(day + 1, 10), code=code, post_id=office.post("binh"))
    if back:
        seq = next(item.seq for item in office.view(code, at=moment(day + 1, 10)).holdings if item.person == "Nguyễn Hữu Phúc")
        cases.send_back(actor=office.actor("binh"), at=moment(day + 1, 14), code=code, to_seq=seq, reason="Thiếu sơ đồ")
        cases.pass_to_next(actor=office.actor("phuc"), at=moment(day + 2, 8), code=code, unit_id=office.economy.id)
        cases.assign(actor=office.actor("son"), at=moment(day + 2, 9), code=code, post_id=office.post("binh"))
    cases.submit(actor=office.actor("binh"), at=moment(day + 3, 9), code=code, post_id=office.post("khai"), outcome="Đạt")
    cases.approve(actor=office.actor("khai"), at=moment(day + 3, 15), code=code, number="1/QĐ")
    cases.hand_over(actor=office.actor("nhan"), at=moment(day + 3, 16), code=code, receiver="Đỗ Thị Bích Ngọc")
    return code


def supplemented(office: Office, *, day: int) -> str:
    code = office.processing(FIVE, at=moment(day, 8))
    cases.return_for_supplement(actor=office.actor("phuc"), at=moment(day, 9), code=code, items=["Sơ đồ"], reason="Thiếu sơ đồ")
    cases.resume(actor=office.actor("nhan"), at=moment(day + 2, 9), code=code)
    return code


@pytest.fixture
def lives(office: Office) -> list[str]:
    """Return files that went straight, were sent back, wait, or were supplemented, in a month of theirs."""
    return [
        straight(office, day=2),
        straight(office, day=9),
        straight(office, day=9, back=True),
        straight(office, day=16, until="work"),
        supplemented(office, day=16),
        office.processing("9.500002", at=moment(16)),
    ]


def by_hand(office: Office, codes: list[str], ordinal: int) -> dict[str, list[int]]:
    """Return the minutes of every ended pass of a step, told from what the page of each case says of its holdings."""
    found: dict[str, list[int]] = {"waiting": [], "working": [], "office": []}
    for code in codes:
        passes: list[dict[str, int]] = []
        before: tuple[int | None, bool] = (None, False)
        holdings = office.view(code, at=NOW).holdings
        for item in holdings:
            if item.ordinal == ordinal and (before[0] != ordinal or item.act is Act.SEND_BACK):
                passes.append({"waiting": 0, "working": 0, "open": 0})
            if item.ordinal == ordinal and not item.waits:
                passes[-1]["working" if item.person else "waiting"] += item.minutes
                passes[-1]["open"] += item.ended_at is None
            before = (item.ordinal, item.waits)
        for item in (item for item in passes if not item["open"]):
            found["waiting"].append(item["waiting"])
            found["working"].append(item["working"])
            found["office"].append(item["waiting"] + item["working"])
    return found


def test_the_minutes_of_each_step_are_those_of_the_cases(office: Office, lives: list[str]) -> None:
    flow = told(office)
    assert (flow.files, flow.ended, flow.is_published, flow.edition) == (5, 3, True, 1)
    assert [step.name for step in flow.steps] == ["Tiếp nhận", "Thẩm định", "Kiểm tra thực địa", "Ký", "Trả kết quả"]
    for step in flow.steps[:4]:
        counted = by_hand(office, lives[:5], int(step.key))
        for name in ("waiting", "working", "office"):
            spread = getattr(step, name)
            assert spread.median == statistics.median(counted[name]), (step.name, name)
            cut = statistics.quantiles(counted[name], n=10, method="inclusive")[8]
            assert spread.p90 == pytest.approx(cut), (step.name, name)
    assert sum(step.share for step in flow.steps) == pytest.approx(1)


def test_passes_files_and_those_that_are_there(office: Office, lives: list[str]) -> None:
    steps = {step.name: step for step in told(office).steps}
    assert [(steps[name].files, steps[name].passes, steps[name].here) for name in steps] == [
        (5, 5, 0),
        (5, 6, 2),
        (3, 4, 0),
        (3, 3, 0),
        (3, 3, 0),
    ]
    assert (steps["Kiểm tra thực địa"].sent_back, steps["Thẩm định"].came_back) == (1, 1)
    assert steps["Thẩm định"].budget_text == "2 ngày làm việc"
    assert steps["Ký"].budget == 4 * 60
    assert (steps["Ký"].judged, steps["Ký"].late) == (3, 0)
    assert (steps["Trả kết quả"].budget, steps["Trả kết quả"].judged) == (None, 0)


def test_a_pass_is_late_as_its_holdings_are(office: Office, lives: list[str]) -> None:
    steps = told(office).steps[:4]
    for step in steps:
        rows = Handover.objects.filter(case__code__in=lives[:5], ordinal=int(step.key), due_at__isnull=False)
        assert step.late == len({row.case_id for row in rows if (row.ended_at or NOW) > row.due_at}), step.name
    assert sum(step.late for step in steps) >= 2


def test_what_was_sent_back_and_the_ways_really_gone(office: Office, lives: list[str]) -> None:
    flow = told(office)
    (back,) = flow.rework
    assert (back.source_name, back.target_name, back.times, back.files) == ("Kiểm tra thực địa", "Thẩm định", 1, 1)
    assert [(way.key, way.files, round(way.share, 2)) for way in flow.ways] == [("1-2-3-4-5", 2, 0.67), ("1-2-3-2-3-4-5", 1, 0.33)]
    assert [mark.name for mark in flow.ways[0].marks] == [step.name for step in flow.steps]
    withdrawn = supplemented(office, day=19)
    cases.withdraw(
        actor=office.actor("nhan"),
        at=NOW,
        code=withdrawn,
        asked_by="Đỗ Thị Bích Ngọc",
        fee_remark="Không thu phí",
        reason="Người nộp xin rút",
    )
    assert any(way.key == "1-2-supplement-2-withdrawn" for way in told(office).ways)
    rare = next(way for way in told(office).ways if way.files == 1 and way.marks[-1].is_end)
    assert [(mark.is_wait, mark.is_end) for mark in rare.marks] == [
        (False, False),
        (False, False),
        (True, False),
        (False, False),
        (False, True),
    ]


def test_it_tells_the_same_story_as_the_event_log(office: Office, lives: list[str]) -> None:
    traces = list(cases.event_log(actor=office.actor("lan"), unit_id=office.world.commune.id, period=NOVEMBER))
    own = [trace for trace in traces if trace.procedure == FIVE]
    flow = told(office)
    assert len(own) == flow.files
    events = Counter(event.name for trace in own for event in trace.events)
    assert sum(item.times for item in flow.rework) == events[Act.SEND_BACK.label]
    assert flow.steps[3].passes == events[Act.SUBMIT.label]
    # Act by act and instant by instant: every event that moves a file is a hand-over, and there is no other hand-over.
    still = {act.label for act in STILL}
    logged = Counter((event.name, event.at) for trace in traces for event in trace.events if event.name not in still)
    held = Counter((Act(act).label, at) for act, at in Handover.objects.filter(case__code__in=lives).values_list("act", "at"))
    assert logged == held


def test_every_number_opens_its_files(office: Office, lives: list[str]) -> None:
    flow = told(office)

    def files(part: FlowPart, key: str = "", target: str = "") -> int:
        found = cases.flow_files(actor=office.actor("lan"), at=NOW, asked=asked(office), part=part, key=key, target=target)
        assert found.others == 0
        assert len(found.rows) == found.mine
        return found.mine

    for step in flow.steps:
        assert files(FlowPart.THROUGH, step.key) == step.files
        assert files(FlowPart.HERE, step.key) == step.here
        assert (files(FlowPart.LATE, step.key) > 0) == (step.late > 0)
    assert [files(FlowPart.RETURNED, item.source, item.target) for item in flow.rework] == [item.files for item in flow.rework]
    assert [files(FlowPart.WAY, way.key) for way in flow.ways] == [way.files for way in flow.ways]
    assert files(FlowPart.WAY, "9-9") == 0
    assert (files(FlowPart.ALL), files(FlowPart.ENDED)) == (flow.files, flow.ended)


def test_many_procedures_are_told_by_the_places_in_the_office(office: Office, lives: list[str]) -> None:
    flow = told(office, "")
    assert (flow.files, flow.is_published, flow.edition) == (6, False, None)
    assert [step.name for step in flow.steps] == ["Chuyển xử lý", "Phân công", "Thẩm tra", "Chờ ký", "Trả kết quả"]
    assert {(step.budget, step.judged) for step in flow.steps} == {(None, 0)}, "a term belongs to a step, not to a place"
    assert {code: files for code, _title, files in flow.choices.procedures} == {FIVE: 5, "9.500002": 1}
    assert told(office, "9.500002").steps[0].key == "forward", "no process is published for it"
    field = cases.bottlenecks(actor=office.actor("lan"), at=NOW, asked=FlowAsked(office.world.commune.id, NOVEMBER, field="không có"))
    assert (field.files, field.steps, field.ways) == (0, (), ())


def test_only_who_reads_the_files_of_the_unit(office: Office, lives: list[str]) -> None:
    for who in ("tan", "quantri"):
        with pytest.raises(NotAllowed):
            told(office, who=who)
        with pytest.raises(NotAllowed):
            cases.flow_files(actor=office.actor(who), at=NOW, asked=asked(office), part=FlowPart.HERE, key="2")


def test_the_number_of_queries_does_not_grow(
    office: Office, lives: list[str], django_assert_num_queries: Callable[..., Any], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(25) as before:
        told(office)
    for number in range(3):
        office.processing(FIVE, at=moment(20) + timedelta(minutes=number))
    with django_assert_num_queries(len(before)):
        told(office)
    assert Case.objects.count() == 9
