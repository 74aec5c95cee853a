"""People and their accounts: created, changed, closed, reopened, given a one-time password."""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import ScryptPasswordHasher, get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from cchc.audit import api as audit
from cchc.identity.models import Person
from cchc.identity.operations.keeping import kept_person, must_leave_keys
from cchc.identity.queries.posts import held
from cchc.identity.rules.accounts import login_problem, name_problem, one_time_password
from cchc.identity.terms import Right
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean


@transaction.atomic
def create_person(
    *, actor: Actor, at: datetime, login: str, full_name: str, password: str | None, email: str = "", unit_id: int | None = None
) -> Person:
    """Create someone. Without a password (None) nobody can sign in as them yet.

    ``unit_id`` is the unit that keeps the account while the person holds no post; without it, the actor's own. Refuses a taken
    sign-in name, a missing name and a weak password.
    """
    home = unit_id if unit_id is not None else actor.unit_id
    actor.must(Right.EDIT_PERSON, unit_id=home)
    problems = {"full_name": name_problem(full_name), "login": login_problem(login), "email": _email_problem(email)}
    if not problems["login"] and Person.objects.filter(login=login.lower()).exists():
        problems["login"] = f"Tên đăng nhập «{login}» đã có người dùng. Chọn tên khác."
    if wrong := {field: sentence for field, sentence in problems.items() if sentence}:
        raise Invalid(wrong)
    if password is not None:
        try:
            validate_password(password)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), field="password") from error
    person = Person.objects.create_user(login, password, full_name=full_name, email=email, home_id=home)
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
def edit_person(*, actor: Actor, at: datetime, person_id: UUID, full_name: str, email: str) -> None:
    """Change name and e-mail of a person of the actor's agency. The same again writes nothing."""
    actor.must(Right.EDIT_PERSON)
    person = kept_person(person_id, actor=actor, on=local_date(at))
    if wrong := {field: text for field, text in {"full_name": name_problem(full_name), "email": _email_problem(email)}.items() if text}:
        raise Invalid(wrong)
    now = {"full_name": clean(full_name), "email": email.strip()}
    before = {"full_name": person.full_name, "email": person.email}
    if now == before:
        return
    person.full_name, person.email = now["full_name"], now["email"]
    person.save(update_fields=["full_name", "email"])
    changed = sorted(key for key in now if now[key] != before[key])
    audit.record(
        stream=f"person:{person.pk}",
        act="person_edited",
        at=at,
        actor=actor,
        public={"changed": changed},
        private={"before": {key: before[key] for key in changed}, "now": {key: now[key] for key in changed}},
    )


@transaction.atomic
def close_account(*, actor: Actor, at: datetime, person_id: UUID, reason: str) -> None:
    """Keep a person from signing in, at once. Posts stay on record but give nothing and receive nothing while the account is closed.

    Refuses one's own account, and the last person of an agency who can let others in.
    """
    actor.must(Right.EDIT_PERSON)
    day = local_date(at)
    person = kept_person(person_id, actor=actor, on=day)
    if not clean(reason):
        raise Refused("Nhập lý do khóa tài khoản.", field="reason")
    if person.pk == actor.person:
        raise Refused("Không tự khóa tài khoản của chính mình. Đề nghị người quản trị khác làm việc này.")
    if not person.is_active:
        raise Refused("Tài khoản này đã khóa từ trước.")
    for post in held(day).filter(person=person):
        must_leave_keys(post.role.rights, unit_id=post.unit_id, on=day, without_person=person.pk)
    person.is_active = False
    person.save(update_fields=["is_active"])
    audit.record(stream=f"person:{person.pk}", act="account_closed", at=at, actor=actor, public={}, private={"reason": clean(reason)})


@transaction.atomic
def reopen_account(*, actor: Actor, at: datetime, person_id: UUID) -> None:
    """Let a person sign in again; the posts that still run give their rights again."""
    actor.must(Right.EDIT_PERSON)
    person = kept_person(person_id, actor=actor, on=local_date(at))
    if person.is_active:
        raise Refused("Tài khoản này đang mở.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record(stream=f"person:{person.pk}", act="account_reopened", at=at, actor=actor, public={})


@transaction.atomic
def reset_password(*, actor: Actor, at: datetime, person_id: UUID) -> str:
    """Give a one-time password and return it: the only time anybody sees it. It must be changed at the next sign-in.

    Sessions of the person end, because the old password no longer stands behind them. The journal says that it happened, never
    what it is.
    """
    actor.must(Right.EDIT_PERSON)
    person = kept_person(person_id, actor=actor, on=local_date(at))
    if not person.is_active:
        raise Refused("Tài khoản đang khóa. Mở lại tài khoản trước khi cấp mật khẩu.")
    password = give_one_time_password(person)
    audit.record(stream=f"person:{person.pk}", act="password_reset", at=at, actor=actor, public={})
    return password


def give_one_time_password(person: Person) -> str:
    """Set a one-time password, to be changed at the first sign-in, and return it."""
    password = one_time_password(secrets.choice)
    hasher = get_hasher()
    # Some 55 random bits need no stretching: a list of thousands of people must not take minutes. Signing in hashes it anew.
    quick = _QuickHasher() if isinstance(hasher, ScryptPasswordHasher) else hasher
    person.password = quick.encode(password, quick.salt())
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    return password


class _QuickHasher(ScryptPasswordHasher):
    work_factor = 2**10


def _email_problem(email: str) -> str:
    if not email.strip():
        return ""
    try:
        validate_email(email.strip())
    except ValidationError:
        return "Thư điện tử viết chưa đúng, ví dụ: nhan.ltt@hatinh.gov.vn."
    return ""
