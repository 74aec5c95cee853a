"""Posts begin and end."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cchc.audit import api as audit
from cchc.identity.models import Person, Post, Role
from cchc.identity.operations.keeping import must_leave_keys, post_in_hand
from cchc.identity.queries.people import person_row
from cchc.identity.terms import Right
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date


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
    if not title.strip() or len(title) > 120:  # noqa: PLR2004 (the column's length)
        raise Refused("Nhập chức danh, không quá 120 ký tự.", field="title")
    if until is not None and until <= since:
        raise Refused("Ngày cuối phải từ ngày đầu trở đi.", field="until")
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


@transaction.atomic
def appoint_person(
    *, actor: Actor, at: datetime, person_id: UUID, unit_id: int, role: str, title: str, since: date, until: date | None = None
) -> Post:
    """Appoint a person of the actor's own agency, by id. Raises ``NotFound`` for anybody else's."""
    if person_row(person_id, actor=actor) is None:
        raise NotFound("Không có người này trong cơ quan của ông bà.")
    return appoint(
        actor=actor,
        at=at,
        person=Person.objects.get(pk=person_id),
        unit_id=unit_id,
        role=role,
        title=title,
        since=since,
        until=until,
    )


@transaction.atomic
def end_post(*, actor: Actor, at: datetime, post_id: int, until: date) -> None:
    """End a post: ``until`` is the first day without it. An appointment that has not begun by then is taken back.

    Refuses a day that is past (what was done in the post stays done), and to leave the agency without anybody who can let others in.
    """
    post = post_in_hand(post_id, right=Right.APPOINT, actor=actor)
    day = local_date(at)
    if until <= post.period.lower and post.period.lower > day:
        _take_back(post, actor=actor, at=at)
        return
    earliest = max(day, post.period.lower + timedelta(days=1))
    if until < earliest:
        raise Refused(
            f"Ngày đầu tiên không còn giữ vị trí sớm nhất là {earliest:%d/%m/%Y}: việc đã làm trước đó vẫn là của vị trí này.",
            field="until",
        )
    if post.period.upper is not None and until > post.period.upper:
        raise Refused(f"Vị trí này đã kết thúc từ {post.period.upper:%d/%m/%Y}. Giao lại vị trí nếu còn làm tiếp.", field="until")
    must_leave_keys(post.role.rights, unit_id=post.unit_id, on=until, without_posts=[post.pk])
    post.period = (post.period.lower, until)
    post.save(update_fields=["period"])
    audit.record(
        stream=f"person:{post.person_id}",
        act="post_ended",
        at=at,
        actor=actor,
        public={"unit": post.unit_id, "role": post.role.code, "title": post.title, "until": until.isoformat()},
    )


def _take_back(post: Post, *, actor: Actor, at: datetime) -> None:
    try:
        post.delete()
    except ProtectedError as error:
        raise Refused("Vị trí này đã có việc hoặc ủy quyền gắn vào: chọn ngày kết thúc sau ngày bắt đầu.", field="until") from error
    audit.record(
        stream=f"person:{post.person_id}",
        act="appointment_withdrawn",
        at=at,
        actor=actor,
        public={"unit": post.unit_id, "role": post.role.code, "title": post.title},
    )
