"""What a citizen may learn: by the code almost nothing, by the receipt's secret everything of theirs."""

import dataclasses
from datetime import timedelta

import pytest
from django.db import connection

from cchc.cases import api as cases
from cchc.cases.models import Case
from cchc.kernel.errors import NotFound
from tests.world import NOW, World, intake


@pytest.fixture
def code(world: World) -> str:
    return cases.receive(actor=world.counter, at=NOW, intake=intake())


def secret_of(code: str) -> str:
    return Case.objects.get(code=code).secret


def test_by_the_code_alone_the_degree_and_nothing_else(world: World, code: str) -> None:
    assert dataclasses.asdict(cases.track(code.lower())) == {"code": code, "done": 0, "of": 4}
    cases.forward(actor=world.counter, at=NOW + timedelta(minutes=1), code=code, unit_id=world.office.id)
    assert cases.track(code).done == 1


@pytest.mark.parametrize("wrong", ["", "H27.112-261120-9999", "'; DROP TABLE cases_case", "042198000317"])
def test_wrong_and_unknown_codes_get_one_answer(code: str, wrong: str) -> None:
    with pytest.raises(NotFound) as by_code:
        cases.track(wrong)
    with pytest.raises(NotFound) as by_secret:
        cases.track_secret(code=wrong, secret="x", at=NOW)
    with pytest.raises(NotFound) as wrong_secret:
        cases.track_secret(code=code, secret="x", at=NOW)
    assert by_code.value.message == by_secret.value.message == wrong_secret.value.message


def test_the_secret_opens_the_case_without_any_act(code: str) -> None:
    view = cases.track_secret(code=code, secret=secret_of(code), at=NOW)
    assert view.row.code == code
    assert view.acts == ()
    assert view.ledger[-1].actor_name == "Lê Thị Thanh Nhàn"


def test_secrets_cannot_be_guessed(world: World, code: str) -> None:
    other = cases.receive(actor=world.counter, at=NOW, intake=intake())
    assert secret_of(code) != secret_of(other)
    assert len(secret_of(code)) >= 32


def test_the_proof_sees_a_date_moved_behind_the_journals_back(code: str) -> None:
    before = cases.proof(code=code, secret=secret_of(code))
    assert before.holds
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE audit_entry SET public = jsonb_set(public, '{due_date}', '\"2026-12-24\"') WHERE seq = 1")
    after = cases.proof(code=code, secret=secret_of(code))
    assert not after.holds
    assert after.fingerprint != before.fingerprint
