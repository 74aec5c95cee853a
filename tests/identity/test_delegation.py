"""Work goes to a substitute while somebody is away, and does not travel on."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.identity.models import Delegation, Person, Post
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, NotFound, Refused
from cchc.kernel.local import VIETNAM
from tests.world import NOW, World

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
ON_MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)


def give(
    world: World, away: str, to: str, *, actor: Actor | None = None, since: date = MONDAY, until: date = FRIDAY, at: datetime = NOW
) -> identity.DelegationView:
    return identity.delegate(
        actor=actor or world.actors[away],
        at=at,
        post_id=world.people[away].id,
        to_post_id=world.people[to].id,
        since=since,
        until=until,
        reason="Nghỉ phép",
    )


def actor(world: World, login: str, day: date) -> Actor:
    return identity.actor_for(Person.objects.get(login=login), at=datetime(day.year, day.month, day.day, 9, 0, tzinfo=VIETNAM))


def test_the_substitute_has_the_work_and_the_rights_of_those_days_only(world: World) -> None:
    give(world, "lan", "phuc")
    before, during, after = (actor(world, "phuc", day) for day in (MONDAY - timedelta(days=1), MONDAY, FRIDAY))
    assert during.stands_in == {world.people["lan"].id}
    assert during.hands == {world.people["lan"].id, world.people["phuc"].id}
    assert during.may(identity.Right.ASSIGN_CASE, unit_id=world.office.id)
    assert during.post == world.officer.post
    assert during.units == world.officer.units
    for other in (before, after):
        assert (other.stands_in, other.may(identity.Right.ASSIGN_CASE)) == (frozenset(), False)
    assert actor(world, "phuc", FRIDAY - timedelta(days=1)).stands_in


def test_it_costs_one_query_more_at_most_however_many_are_away(world: World) -> None:
    def price() -> int:
        with CaptureQueriesContext(connection) as spent:
            actor(world, "phuc", MONDAY)
        return len(spent)

    before = price()
    for login in ("lan", "thu", "khai"):
        give(world, login, "phuc")
    assert price() == before
    assert len(actor(world, "phuc", MONDAY).stands_in) == 3


def test_what_was_received_does_not_travel_on(world: World) -> None:
    give(world, "lan", "phuc")
    give(world, "phuc", "thu")
    assert actor(world, "thu", MONDAY).stands_in == {world.people["phuc"].id}
    assert not actor(world, "thu", MONDAY).may(identity.Right.ASSIGN_CASE)
    with pytest.raises(Refused, match="không ủy quyền lại"):
        give(world, "lan", "thu", actor=actor(world, "phuc", MONDAY), at=ON_MONDAY)
    problems = identity.stands_in_problems([world.office.id], MONDAY)
    assert [(item.delegation.post.name, item.problem) for item in problems] == [("Võ Thị Lan", identity.StandInProblem.ABSENT)]


def test_a_substitute_who_is_away_is_refused(world: World) -> None:
    give(world, "phuc", "thu", since=date(2026, 11, 26), until=date(2026, 12, 1))
    with pytest.raises(Refused, match="cũng vắng mặt từ 26/11/2026 đến hết 30/11/2026") as error:
        give(world, "lan", "phuc")
    assert error.value.field == "to_post_id"


def test_a_substitute_whose_post_ends_before_is_refused_with_the_last_day(world: World) -> None:
    Post.objects.filter(pk=world.people["phuc"].id).update(period=(date(2026, 1, 1), date(2026, 11, 25)))
    with pytest.raises(Refused, match="chỉ đến hết 24/11/2026") as error:
        give(world, "lan", "phuc")
    assert error.value.field == "to_post_id"


def test_a_delegation_whose_substitute_left_is_told(world: World) -> None:
    give(world, "lan", "phuc")
    assert identity.substitutes_on([world.people["lan"].id], MONDAY)[world.people["lan"].id].name == "Nguyễn Hữu Phúc"
    identity.end_post(actor=world.actors["quantri"], at=NOW, post_id=world.people["phuc"].id, until=date(2026, 11, 24))
    assert identity.stands_in_problems([world.office.id], MONDAY) == ()
    (left,) = identity.stands_in_problems([world.office.id], date(2026, 11, 24))
    assert left.problem is identity.StandInProblem.ENDED
    assert identity.substitutes_on([world.people["lan"].id], date(2026, 11, 24)) == {}


@pytest.mark.parametrize(
    ("to", "since", "until", "words", "field"),
    [
        ("lan", MONDAY, FRIDAY, "chính mình", "to_post_id"),
        ("tan", MONDAY, FRIDAY, "cùng cơ quan", "to_post_id"),
        ("phuc", MONDAY, MONDAY, "Ngày cuối", "until"),
        ("phuc", date(2026, 11, 19), FRIDAY, "lùi ngày", "since"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(world: World, to: str, since: date, until: date, words: str, field: str) -> None:
    with pytest.raises(Refused, match=words) as error:
        give(world, "lan", to, since=since, until=until)
    assert error.value.field == field
    assert not Delegation.objects.exists()


def test_one_substitute_at_a_time_and_the_next_day_another(world: World) -> None:
    first = give(world, "lan", "phuc")
    with pytest.raises(Refused, match="đã có người thay"):
        give(world, "lan", "thu", since=date(2026, 11, 26), until=date(2026, 11, 28))
    give(world, "lan", "thu", since=FRIDAY, until=date(2026, 11, 28))
    identity.end_delegation(actor=world.head, at=NOW, delegation_id=first.id)
    assert give(world, "lan", "thu").substitute.name == "Đặng Thị Thu"


def test_only_ones_own_unless_one_may_appoint(world: World) -> None:
    with pytest.raises(NotAllowed):
        give(world, "lan", "phuc", actor=world.officer)
    with pytest.raises(NotAllowed):
        give(world, "tan", "tan", actor=world.actors["quantri"])
    made = give(world, "lan", "phuc", actor=world.actors["quantri"])
    with pytest.raises(NotAllowed):
        identity.end_delegation(actor=world.officer, at=NOW, delegation_id=made.id)


def test_ending_it_early_takes_the_work_back_at_once_and_only_once(world: World) -> None:
    made = give(world, "lan", "phuc")
    identity.end_delegation(actor=world.head, at=ON_MONDAY, delegation_id=made.id)
    assert actor(world, "phuc", MONDAY).stands_in == frozenset()
    with pytest.raises(Refused, match="đã kết thúc"):
        identity.end_delegation(actor=world.head, at=ON_MONDAY, delegation_id=made.id)
    with pytest.raises(NotFound):
        identity.end_delegation(actor=world.head, at=ON_MONDAY, delegation_id=10**9)
    (seen,) = identity.delegations_of(world.people["lan"].person_id)
    assert seen.state(MONDAY) is identity.DelegationState.WITHDRAWN


def test_both_ends_stand_in_the_journal_of_the_absent_person(world: World) -> None:
    made = give(world, "lan", "phuc")
    identity.end_delegation(actor=world.head, at=NOW, delegation_id=made.id)
    entries = audit.entries(f"person:{world.people['lan'].person_id}")
    assert [entry.act for entry in entries][-2:] == ["delegated", "delegation_ended"]
    assert entries[-2].private == {"reason": "Nghỉ phép"}
    assert "Nghỉ phép" not in str(entries[-2].public)


def test_the_database_keeps_what_the_sentences_say(world: World) -> None:
    lan, phuc = world.people["lan"].id, world.people["phuc"].id
    bad = (
        ("identity_delegation_goes_to_another_post", {"post_id": lan, "substitute_id": lan, "period": (MONDAY, FRIDAY)}),
        ("identity_delegation_lasts_a_day_at_least", {"post_id": lan, "substitute_id": phuc, "period": (MONDAY, MONDAY)}),
        ("identity_delegation_begins_and_ends", {"post_id": lan, "substitute_id": phuc, "period": (MONDAY, None)}),
    )
    for name, fields in bad:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Delegation.objects.create(reason="x", created_at=NOW, **fields)
