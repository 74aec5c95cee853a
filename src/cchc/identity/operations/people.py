"""Create a person, appoint them to a post."""

import re
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cchc.audit import api as audit
from cchc.identity.models import Person, Post, Role
from cchc.identity.terms import Right
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused

_LOGIN = re.compile(r"^[a-z0-9._-]{1,60}$")


@transaction.atomic
def create_person(*, actor: Actor, at: datetime, login: str, full_name: str, password: str | None, email: str = "") -> Person:
    """Create someone. Without a password (None) nobody can sign in as them yet.

    Refuses a taken sign-in name, a missing name and a weak password.
    """
    actor.must(Right.EDIT_PERSON)
    if not full_name.strip():
        raise Refused("Nhập họ và tên.", field="full_name")
    if not _LOGIN.match(login.lower()):
        raise Refused("Tên đăng nhập chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch nối và gạch dưới.", field="login")
    if Person.objects.filter(login=login.lower()).exists():
        raise Refused(f"Tên đăng nhập «{login}» đã có người dùng. Chọn tên khác.", field="login")
    if password is not None:
        try:
            validate_password(password)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), field="password") from error
    person = Person.objects.create_user(login, password, full_name=full_name, email=email)
    audit.record(
        stream=f"person:{person.pk}",
        act="person_created",
        at=at,
        actor=actor,
        public={},
        private={"login": login, "full_name": full_name},
    )
    return person


@transaction.atomic
def appoint(
    *, actor: Actor, at: datetime, person: Person, unit_id: int, role: str, title: str, since: date, until: date | None = None
) -> Post:
    """Give a person a post in a unit from ``since`` to before ``until``. Refuses the same post twice at a time."""
    actor.must(Right.APPOINT, unit_id=unit_id)
    try:
        granted = Role.objects.get(code=role)
    except Role.DoesNotExist as error:
        raise Refused(f"Không có vai trò «{role}».", field="role") from error
    try:
        with transaction.atomic():
            post = Post.objects.create(person=person, unit_id=unit_id, role=granted, title=title, period=(since, until))
    except IntegrityError as error:
        raise Refused(f"{person.full_name} đã giữ vị trí này trong khoảng thời gian đó.", field="since") from error
    audit.record(
        stream=f"person:{person.pk}",
        act="appointed",
        at=at,
        actor=actor,
        public={"unit": unit_id, "role": role, "title": title, "since": since.isoformat(), "until": until.isoformat() if until else None},
    )
    return post
