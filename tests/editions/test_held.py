"""What is held is held until a watched table changes, and never longer."""

import pytest
from django.db import connection, transaction

from cchc.editions.api import edition, rests_on
from cchc.editions.models import Stamp
from cchc.kernel.standing import moving, standing
from cchc.organisations.models import Unit

pytestmark = pytest.mark.django_db
ASKED: list[object] = []


@rests_on("organisations")
def ask(*what: object) -> int:
    ASKED.append(what)
    return len(ASKED)


def renamed() -> None:
    Unit.objects.filter(pk=Unit.objects.order_by("pk").values("pk")[:1]).update(lat=None)


def test_nothing_is_held_without_the_promise_that_nothing_changes() -> None:
    assert ask("a") != ask("a")


def test_it_is_held_from_one_page_to_the_next_until_something_changes() -> None:
    with standing():
        first = ask("b")
    with standing():
        assert ask("b") == first
        assert ask("c") != first
    renamed()
    with standing():
        assert ask("b") > first


def test_within_one_page_nothing_changes() -> None:
    with standing():
        first = ask("d")
        renamed()
        assert ask("d") == first
        with moving():
            assert ask("d") != ask("d")
        assert ask("d") > first


def test_what_is_taken_back_leaves_the_edition_as_it_was() -> None:
    before = edition("organisations")
    with transaction.atomic():
        renamed()
        assert edition("organisations") != before
        transaction.set_rollback(True)
    assert edition("organisations") == before


def test_another_subject_does_not_matter() -> None:
    before = edition("procedures"), edition("organisations")
    renamed()
    assert edition("procedures") == before[0]
    assert edition("procedures", "organisations") != "".join(before)


def test_arguments_without_a_hash_are_never_held() -> None:
    with standing():
        assert ask(["a"]) != ask(["a"])


def test_a_subject_that_nobody_watches_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        edition("weather")


def test_every_stamp_has_its_trigger_which_nobody_passes_by() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE p.proname = 'editions_renew_stamp' AND t.tgenabled = 'A'
            """
        )
        standing_on = sorted(name for (name,) in cursor.fetchall())
    assert standing_on == sorted(Stamp.objects.values_list("table", flat=True))
    assert len(standing_on) > 20


@pytest.mark.parametrize("how", ["TRUNCATE {} CASCADE", "DELETE FROM {}", "UPDATE {} SET id = id"])
def test_whatever_changes_the_table_renews_the_stamp(how: str) -> None:
    before = edition("scoring")
    with connection.cursor() as cursor:
        cursor.execute(how.format("scoring_publishedscore"))
    assert edition("scoring") != before
