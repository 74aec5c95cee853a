"""The way of a file is told from its holdings, without a database."""

from datetime import datetime, timedelta

from cchc.cases.rules.passes import Held, Spent, by_office, by_process, quantile, way
from cchc.cases.terms import Act, Step
from cchc.kernel.local import VIETNAM

START = datetime(2026, 11, 2, 8, tzinfo=VIETNAM)
NOW = START + timedelta(hours=100)


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


def held(
    act: Act,
    step: Step,
    ordinal: int | None,
    begins: float,
    ends: float | None,
    *,
    hands: bool = True,
    received: float | None = None,
    due: float | None = None,
) -> Held:
    return Held(
        act,
        step,
        ordinal,
        hands,
        hour(begins),
        hour(received) if received is not None else None,
        hour(ends) if ends is not None else None,
        hour(due) if due is not None else None,
    )


STRAIGHT = [
    held(Act.RECEIVE, Step.FORWARD, 1, 0, 2, hands=False),
    held(Act.FORWARD, Step.ASSIGN, 2, 2, 5, hands=False, due=20),
    held(Act.ASSIGN, Step.PROCESS, 2, 5, 12, due=20),
    held(Act.SUBMIT, Step.APPROVE, 3, 12, 14, due=13),
    held(Act.APPROVE, Step.HAND_OVER, None, 14, 30, hands=False),
]


def hours(spent: Spent, stretches) -> float:
    return sum(((item.end or NOW) - item.start) / timedelta(hours=1) for item in stretches if item.spent is spent)


def test_each_step_is_one_pass_with_its_waiting_and_its_work():
    found = way(STRAIGHT, key=by_process(4), now=NOW)
    assert [item.key for item in found.passes] == [1, 2, 3, 4]
    assert found.walk == (1, 2, 3, 4)
    second = found.passes[1]
    assert (hours(Spent.WAITING, second.stretches), hours(Spent.WORKING, second.stretches)) == (3, 7)
    assert (second.due_from, second.due_at, second.late) == (hour(2), hour(20), False)
    assert found.passes[2].late
    assert hours(Spent.APPLICANT, found.passes[3].stretches) == 16


def test_without_a_process_the_places_in_the_office_are_the_steps():
    assert way(STRAIGHT, key=by_office, now=NOW).walk == (Step.FORWARD, Step.ASSIGN, Step.PROCESS, Step.APPROVE, Step.HAND_OVER)


def test_a_pause_belongs_to_its_step_and_is_told_in_the_walk():
    rows = [
        held(Act.ASSIGN, Step.PROCESS, 2, 0, 4, due=10),
        held(Act.RETURN_FOR_SUPPLEMENT, Step.SUPPLEMENT, 2, 4, 50, hands=False),
        held(Act.RESUME, Step.PROCESS, 2, 50, 53, due=60),
    ]
    found = way(rows, key=by_process(4), now=NOW)
    assert found.walk == (2, Step.SUPPLEMENT, 2)
    (only,) = found.passes
    assert (hours(Spent.WORKING, only.stretches), hours(Spent.APPLICANT, only.stretches), only.late) == (7, 46, False)


def test_what_is_sent_back_is_another_pass_even_at_the_same_place():
    rows = [held(Act.PASS_ON, Step.PROCESS, None, 0, 3), held(Act.SEND_BACK, Step.PROCESS, None, 3, None)]
    first, second = way(rows, key=by_office, now=NOW).passes
    assert (first.sent_back, first.came_back, second.came_back, second.end) == (True, False, True, None)


def test_what_was_recalled_was_never_done():
    rows = [
        held(Act.ASSIGN, Step.PROCESS, 2, 0, 4, due=10),
        held(Act.SUBMIT, Step.APPROVE, 3, 4, 4.3, due=4.1),
        held(Act.RECALL, Step.PROCESS, 2, 4.3, 8, due=10),
    ]
    found = way(rows, key=by_process(4), now=NOW)
    assert found.walk == (2,)
    assert (found.passes[0].start, found.passes[0].end, found.passes[0].late) == (hour(0), hour(8), False)
    undone = [held(Act.SEND_BACK, Step.PROCESS, 2, 4, 4.1) if row.act is Act.SUBMIT else row for row in rows]
    assert not any(item.sent_back or item.came_back for item in way(undone, key=by_process(4), now=NOW).passes)


def test_work_begins_when_the_file_is_signed_for_unless_only_passing_it_on_says_so():
    signed = way([held(Act.ASSIGN, Step.PROCESS, 2, 0, 9, received=2)], key=by_office, now=NOW).passes[0]
    assert (hours(Spent.WAITING, signed.stretches), hours(Spent.WORKING, signed.stretches)) == (2, 7)
    passed = way([held(Act.ASSIGN, Step.PROCESS, 2, 0, 9, received=9)], key=by_office, now=NOW).passes[0]
    assert (hours(Spent.WAITING, passed.stretches), hours(Spent.WORKING, passed.stretches)) == (0, 9)


def test_what_lasts_is_late_once_its_term_is_over():
    lasting = [held(Act.ASSIGN, Step.PROCESS, 2, 0, None, due=10)]
    assert way(lasting, key=by_office, now=hour(11)).passes[0].late
    assert not way(lasting, key=by_office, now=hour(9)).passes[0].late


def test_what_lay_before_acceptance_is_no_part_of_the_way():
    before = [held(Act.ASK_SUPPLEMENT, Step.APPLICANT, None, -9, 0, hands=False), *STRAIGHT]
    assert way(before, key=by_process(4), now=NOW) == way(STRAIGHT, key=by_process(4), now=NOW)


def test_a_quantile_lies_between_its_neighbours():
    assert quantile([], 0.5) is None
    assert quantile([7], 0.9) == 7
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile(range(11), 0.9) == 9
