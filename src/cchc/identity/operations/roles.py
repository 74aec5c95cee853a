"""Roles: their rights changed, made anew, put back to the reference data."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from cchc.audit import api as audit
from cchc.identity.models import Post, Role
from cchc.identity.operations.keeping import must_leave_holders
from cchc.identity.terms import Right, RoleOrigin
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean, fold


@transaction.atomic
def edit_role(*, actor: Actor, at: datetime, code: str, name: str, rights: Iterable[str]) -> None:
    """Give a role a name and exactly these rights. The same again writes nothing.

    Refuses a role that people of another agency hold, and to take the last key to people, posts or roles from the office.
    """
    actor.must(Right.EDIT_ROLE)
    role = _role(code)
    wanted = _known(rights)
    title = _title(name)
    if (title, wanted) == (role.name, sorted(role.rights)):
        return
    _change(role, title, wanted, actor=actor, at=at, act="role_edited")
    role.changed_at = at
    role.save(update_fields=["changed_at"])


@transaction.atomic
def restore_role(*, actor: Actor, at: datetime, code: str) -> None:
    """Put the rights of a role of the reference data back to what the reference data says."""
    actor.must(Right.EDIT_ROLE)
    role = _role(code)
    if role.origin != RoleOrigin.REFERENCE:
        raise Refused("Vai trò này do cơ quan tự lập, không có bản gốc để trở về.")
    if role.changed_at is None:
        raise Refused("Vai trò này đang giữ đúng bộ quyền gốc.")
    _change(role, role.name, sorted(role.reference), actor=actor, at=at, act="role_restored")
    role.changed_at = None
    role.save(update_fields=["changed_at"])


@transaction.atomic
def create_role(*, actor: Actor, at: datetime, name: str, rights: Iterable[str]) -> str:
    """Make a role of the office's own and return its code, made from the name."""
    actor.must(Right.EDIT_ROLE)
    title, wanted = _title(name), _known(rights)
    if any(fold(other) == fold(title) for other in Role.objects.values_list("name", flat=True)):
        raise Refused("Đã có vai trò mang tên này. Đặt tên khác.", field="name")
    code = fold(title).replace(" ", "_")[:40].strip("_")
    try:
        with transaction.atomic():
            role = Role.objects.create(code=code, name=title, rights=wanted, origin=RoleOrigin.OFFICE, changed_at=at)
    except IntegrityError as error:
        raise Refused("Đã có vai trò mang tên gần giống. Đặt tên khác.", field="name") from error
    audit.record(stream=f"role:{role.code}", act="role_created", at=at, actor=actor, public={"name": title, "rights": wanted})
    return role.code


def _change(role: Role, name: str, wanted: list[str], *, actor: Actor, at: datetime, act: str) -> None:
    day = local_date(at)
    _must_be_ours(role, actor=actor, at=at)
    given, lost = sorted(set(wanted) - set(role.rights)), sorted(set(role.rights) - set(wanted))
    must_leave_holders(lost, role_id=role.pk, actor=actor, on=day)
    before = role.name
    role.name, role.rights = name, wanted
    role.save(update_fields=["name", "rights"])
    audit.record(
        stream=f"role:{role.code}",
        act=act,
        at=at,
        actor=actor,
        public={"given": given, "taken": lost, **({"name": name, "name_before": before} if name != before else {})},
    )


def _must_be_ours(role: Role, *, actor: Actor, at: datetime) -> None:
    """Refuse a role that somebody outside the actor's units holds today or later: one office does not change another's rights."""
    if actor.is_system:
        return
    from_today = Post.objects.filter(role=role, period__endswith__isnull=True) | Post.objects.filter(
        role=role, period__endswith__gt=local_date(at)
    )
    other = from_today.exclude(unit_id__in=actor.units).select_related("unit").first()
    if other is not None:
        raise Refused(
            f"Vai trò «{role.name}» còn được dùng ở cơ quan khác ({other.unit.full_name}). "
            "Lập vai trò riêng với bộ quyền mong muốn rồi giao cho người của cơ quan mình."
        )


def _role(code: str) -> Role:
    role = Role.objects.select_for_update().filter(code=code).first()
    if role is None:
        raise NotFound("Không có vai trò này.")
    return role


def _title(name: str) -> str:
    title = clean(name)
    if not fold(title) or len(title) > 120:  # noqa: PLR2004 (the column's length)
        raise Refused("Nhập tên vai trò, không quá 120 ký tự.", field="name")
    return title


def _known(rights: Iterable[str]) -> list[str]:
    wanted = sorted(set(rights))
    if set(wanted) - set(Right.values()):
        raise Refused("Có quyền không nằm trong danh sách. Tải lại trang rồi chọn lại.", field="rights")
    if not wanted:
        raise Refused("Chọn ít nhất một quyền.", field="rights")
    return wanted
