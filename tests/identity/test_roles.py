"""Roles are reference data that an office may change, and the change stays."""

import pytest
from django.conf import settings

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.identity.models import Person
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, NotFound, Refused
from tests.world import FOUNDED, NOW, World

READ, ASSIGN = identity.Right.READ_CASE, identity.Right.ASSIGN_CASE
# What the role of the reform officer has before anybody changes it.
OWN = {
    READ,
    identity.Right.ANSWER_CONTEST,
    identity.Right.IMPORT_FIGURES,
    identity.Right.PREPARE_REPORT,
    identity.Right.RECEIVE_REPORT,
}


@pytest.fixture
def admin(world: World) -> Actor:
    return world.actors["quantri"]


def seed() -> None:
    identity.seed(folder=settings.SEEDS / "reference", progress=lambda _line: None)


def test_what_the_office_changed_survives_seeding(admin: Actor) -> None:
    before = identity.role("reform_officer")
    identity.edit_role(actor=admin, at=NOW, code="reform_officer", name="Theo dõi cải cách", rights=[READ, ASSIGN])
    seed()
    after = identity.role("reform_officer")
    assert (after.name, after.rights, after.can_restore) == ("Theo dõi cải cách", {READ, ASSIGN}, True)
    assert after.reference == before.rights
    identity.restore_role(actor=admin, at=NOW, code="reform_officer")
    assert identity.role("reform_officer").rights == before.rights
    with pytest.raises(Refused, match="đúng bộ quyền gốc"):
        identity.restore_role(actor=admin, at=NOW, code="reform_officer")


def test_the_change_holds_at_once_and_is_written_with_the_rights(world: World, admin: Actor) -> None:
    identity.edit_role(actor=admin, at=NOW, code="reform_officer", name="Công chức cải cách hành chính", rights=[ASSIGN])
    thu = identity.actor_for(Person.objects.get(login="thu"), at=NOW)
    assert (thu.may(ASSIGN), thu.may(READ)) == (True, False)
    (entry,) = audit.entries("role:reform_officer")
    assert (entry.act, entry.public) == ("role_edited", {"given": [ASSIGN], "taken": sorted(OWN)})
    identity.edit_role(actor=admin, at=NOW, code="reform_officer", name="Công chức cải cách hành chính", rights=[ASSIGN])
    assert len(audit.entries("role:reform_officer")) == 1


def test_the_last_key_is_not_taken_away(world: World, admin: Actor) -> None:
    role = identity.role("administrator")
    for key in (identity.Right.EDIT_ROLE, identity.Right.APPOINT, identity.Right.EDIT_PERSON):
        with pytest.raises(Refused, match="Không ai khác còn quyền") as error:
            identity.edit_role(actor=admin, at=NOW, code="administrator", name=role.name, rights=role.rights - {key})
        assert error.value.field == "rights"
    code = identity.create_role(actor=admin, at=NOW, name="Giữ quyền dự phòng", rights=[identity.Right.EDIT_ROLE])
    thu = Person.objects.get(login="thu")
    identity.appoint(actor=admin, at=NOW, person=thu, unit_id=world.office.id, role=code, title="X", since=FOUNDED)
    identity.edit_role(actor=admin, at=NOW, code="administrator", name=role.name, rights=role.rights - {identity.Right.EDIT_ROLE})
    assert identity.Right.EDIT_ROLE not in identity.role("administrator").rights


def test_a_role_of_another_office_is_not_changed_from_here(admin: Actor) -> None:
    with pytest.raises(Refused, match="cơ quan khác"):
        identity.edit_role(actor=admin, at=NOW, code="counter_officer", name="X", rights=[READ])
    assert identity.create_role(actor=admin, at=NOW, name="Tiếp nhận tại xã", rights=[READ]) == "tiep_nhan_tai_xa"


def test_what_is_wrong_is_refused(world: World, admin: Actor) -> None:
    with pytest.raises(NotAllowed):
        identity.edit_role(actor=world.head, at=NOW, code="signer", name="X", rights=[READ])
    with pytest.raises(NotFound):
        identity.edit_role(actor=admin, at=NOW, code="khong_co", name="X", rights=[READ])
    for name, rights, field in (
        ("", [READ], "name"),
        ("người CO tham quyền ký", [READ], "name"),
        ("Mới", [], "rights"),
        ("Mới", ["a:b"], "rights"),
    ):
        with pytest.raises(Refused) as error:
            identity.create_role(actor=admin, at=NOW, name=name, rights=rights)
        assert error.value.field == field


def test_a_role_of_the_office_has_nothing_to_go_back_to(admin: Actor) -> None:
    code = identity.create_role(actor=admin, at=NOW, name="Riêng", rights=[READ])
    with pytest.raises(Refused, match="cơ quan tự lập"):
        identity.restore_role(actor=admin, at=NOW, code=code)
    assert identity.roles()[-1].code == code
