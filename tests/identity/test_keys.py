"""Keys of the API: issued for a post, shown once, kept as a digest, ended."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.identity.models import ApiKey, Person
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, NotFound, Refused
from tests.world import FOUNDED, NOW, World

UNTIL = date(2027, 6, 1)


def issue(world: World, who: str = "nhan", **changes: object) -> str:
    """Let the administrator of the commune issue a key for somebody."""
    asked = {"actor": world.actors["quantri"], "at": NOW, "post_id": world.people[who].id, "name": "Kết nối báo cáo", "until": UNTIL}
    return identity.issue_key(**{**asked, **changes})  # type: ignore[arg-type]


def test_the_secret_is_returned_and_nowhere_kept(world: World) -> None:
    secret = issue(world)
    row = ApiKey.objects.get()
    assert secret.startswith(row.prefix + "_")
    assert secret not in {str(getattr(row, field.attname)) for field in ApiKey._meta.fields}
    story = audit.entries(f"person:{world.people['nhan'].person_id}")
    assert secret not in str(story)
    assert (story[-1].act, story[-1].public["key"]) == ("key_issued", row.prefix)
    assert issue(world) != secret


def test_the_actor_is_that_of_the_post(world: World) -> None:
    found = identity.holder_of_key(issue(world), at=NOW)
    signed_in = identity.actor_for(Person.objects.get(login="nhan"), at=NOW)
    assert found.actor == signed_in


def test_it_neither_stands_in_nor_goes_over_to_another_post(world: World) -> None:
    secret = issue(world, "phuc")
    head = world.people["lan"]
    identity.delegate(
        actor=Actor.system("thử"),
        at=NOW,
        post_id=head.id,
        to_post_id=world.people["phuc"].id,
        since=NOW.date(),
        until=NOW.date() + timedelta(days=3),
        reason="Đi công tác",
    )
    person = Person.objects.get(login="phuc")
    assert identity.Right.ASSIGN_CASE in identity.actor_for(person, at=NOW).rights
    actor = identity.holder_of_key(secret, at=NOW).actor
    assert identity.Right.ASSIGN_CASE not in actor.rights
    assert not actor.stands_in
    identity.appoint(
        actor=Actor.system("thử"), at=NOW, person=person, unit_id=world.commune.id, role="administrator", title="Kiêm", since=FOUNDED
    )
    identity.end_post(actor=Actor.system("thử"), at=NOW, post_id=world.people["phuc"].id, until=NOW.date() + timedelta(days=1))
    assert identity.actor_for(person, at=NOW + timedelta(days=1)).title == "Kiêm"
    with pytest.raises(NotAllowed, match="không còn ai giữ"):
        identity.holder_of_key(secret, at=NOW + timedelta(days=1))


def test_a_revoked_key_opens_nothing_and_is_revoked_once(world: World) -> None:
    secret = issue(world)
    admin = world.actors["quantri"]
    identity.revoke_key(actor=admin, at=NOW, prefix=secret[:13])
    with pytest.raises(Refused, match="thu hồi"):
        identity.holder_of_key(secret, at=NOW)
    with pytest.raises(Refused, match="từ trước"):
        identity.revoke_key(actor=admin, at=NOW, prefix=secret[:13])
    with pytest.raises(NotFound):
        identity.revoke_key(actor=admin, at=NOW, prefix="cchc_00000000")
    assert audit.entries(f"person:{world.people['nhan'].person_id}")[-1].act == "key_revoked"


def test_it_needs_a_purpose_an_end_and_somebody_in_the_post(world: World) -> None:
    day = NOW.date()
    for wrong, field in (
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"until": day}, "until"),
        ({"until": day + timedelta(days=identity.LONGEST_DAYS + 1)}, "until"),
        ({"at": NOW - timedelta(days=400), "until": day - timedelta(days=300)}, "post_id"),
    ):
        with pytest.raises(Refused) as refusal:
            issue(world, **wrong)
        assert refusal.value.field == field
    assert issue(world, until=day + timedelta(days=identity.LONGEST_DAYS))
    assert ApiKey.objects.count() == 1


def test_only_who_may_in_the_own_agency(world: World) -> None:
    with pytest.raises(NotAllowed):
        issue(world, actor=world.counter)
    with pytest.raises(NotAllowed):
        issue(world, "tan")
    foreign = issue(world, "tan", actor=Actor.system("thử"))
    with pytest.raises(NotAllowed):
        identity.revoke_key(actor=world.actors["quantri"], at=NOW, prefix=foreign[:13])


def test_the_list_says_how_each_stands(world: World) -> None:
    states = {}
    for who, until in (("nhan", UNTIL), ("lan", NOW.date() + timedelta(days=1)), ("thu", UNTIL), ("phuc", UNTIL)):
        states[issue(world, who, until=until)[:13]] = who
    identity.revoke_key(actor=world.actors["quantri"], at=NOW, prefix=next(key for key, who in states.items() if who == "thu"))
    identity.close_account(actor=Actor.system("thử"), at=NOW, person_id=Person.objects.get(login="phuc").pk, reason="Nghỉ")
    found = {states[key.prefix]: key.state for key in identity.keys_of(None, on=NOW.date() + timedelta(days=1))}
    state = identity.KeyState
    assert found == {"nhan": state.OPEN, "lan": state.EXPIRED, "thu": state.REVOKED, "phuc": state.IDLE}
    assert {key.post.name for key in identity.keys_of([world.centre.id], on=NOW.date())} == {"Lê Thị Thanh Nhàn"}


def test_using_it_costs_a_bounded_number_of_queries(world: World, django_assert_max_num_queries: object) -> None:
    secret = issue(world)
    identity.holder_of_key(secret, at=NOW)
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        identity.holder_of_key(secret, at=NOW)


def test_the_table_refuses_what_is_no_digest(world: World) -> None:
    issue(world)
    for changes in ({"digest": "geheim"}, {"name": ""}, {"revoked_at": NOW - timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiKey.objects.update(**changes)
