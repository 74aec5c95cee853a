"""Work goes to a substitute while somebody is away, and comes back.

Decree 30/2020 Art. 13: authorising is limited in time, and what is received by it is not authorised on. So a delegation has both
ends, names one substitute, and whoever stands in acts for that post only: when the substitute is away in turn, their own work
travels on and the work received does not.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from cchc.audit import api as audit
from cchc.identity.models import Delegation, Post
from cchc.identity.queries.delegations import DelegationView, delegation
from cchc.identity.queries.posts import agency_of
from cchc.identity.terms import Right
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean


@transaction.atomic
def delegate(*, actor: Actor, at: datetime, post_id: int, to_post_id: int, since: date, until: date, reason: str) -> DelegationView:
    """Put a post's work into a substitute's hands from ``since`` to before ``until``.

    For one's own post, or for another's with ``identity:post:appoint``. Refuses a post of another agency, a substitute who does not
    hold their post, or is away, on one of the days, a second substitute at a time, and passing on what was received.
    """
    absent, substitute = _posts(post_id, to_post_id, actor=actor)
    _must_fit(absent, substitute, since=since, until=until, today=local_date(at))
    if not clean(reason):
        raise Refused("Nhập lý do vắng mặt, ví dụ: nghỉ phép, đi công tác, đi học.", field="reason")
    away = Delegation.objects.filter(post=substitute, withdrawn_at__isnull=True, period__overlap=(since, until)).first()
    if away is not None:
        raise Refused(
            f"{substitute.person.full_name} cũng vắng mặt {_days(away.period.lower, away.period.upper)}, mà việc được ủy quyền thì không "
            "ủy quyền lại. Chọn người khác.",
            field="to_post_id",
        )
    try:
        with transaction.atomic():
            made = Delegation.objects.create(
                post=absent,
                substitute=substitute,
                period=(since, until),
                reason=clean(reason)[:300],
                created_at=at,
                created_by_id=actor.person,
            )
    except IntegrityError as error:
        raise Refused(
            "Vị trí này đã có người thay trong những ngày đó. Kết thúc ủy quyền cũ trước, hoặc chọn ngày khác.", field="since"
        ) from error
    audit.record(
        stream=f"person:{absent.person_id}",
        act="delegated",
        at=at,
        actor=actor,
        public={
            "delegation": made.pk,
            "post": absent.pk,
            "substitute": substitute.pk,
            "since": since.isoformat(),
            "until": until.isoformat(),
        },
        private={"reason": made.reason},
    )
    return delegation(made.pk)


@transaction.atomic
def end_delegation(*, actor: Actor, at: datetime, delegation_id: int) -> None:
    """End a delegation at once, or call off a coming one: by the absent person, or with ``identity:post:appoint``."""
    found = Delegation.objects.select_for_update(of=("self",)).select_related("post__person").filter(pk=delegation_id).first()
    if found is None:
        raise NotFound("Không có ủy quyền này.")
    if actor.person is None or found.post.person_id != actor.person:
        actor.must(Right.APPOINT, unit_id=found.post.unit_id)
    if found.withdrawn_at is not None or found.period.upper <= local_date(at):
        raise Refused("Ủy quyền này đã kết thúc.")
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    audit.record(
        stream=f"person:{found.post.person_id}",
        act="delegation_ended",
        at=at,
        actor=actor,
        public={"delegation": found.pk, "post": found.post_id, "substitute": found.substitute_id},
    )


def _posts(post_id: int, to_post_id: int, *, actor: Actor) -> tuple[Post, Post]:
    """Return both posts, locked, when the actor may."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").filter(pk__in=[post_id, to_post_id])
    found = {post.pk: post for post in rows.order_by("pk")}
    absent, substitute = found.get(post_id), found.get(to_post_id)
    if absent is None:
        raise Refused("Không có vị trí công tác này.", field="post_id")
    if post_id in actor.stands_in:
        raise Refused("Việc đang được ủy quyền thì không ủy quyền lại cho người khác (Điều 13 Nghị định 30/2020/NĐ-CP).", field="post_id")
    if actor.person is None or absent.person_id != actor.person:
        actor.must(Right.APPOINT, unit_id=absent.unit_id)
    if substitute is None:
        raise Refused("Chọn người làm thay trong danh sách.", field="to_post_id")
    if substitute.pk == absent.pk or substitute.person_id == absent.person_id:
        raise Refused("Không ủy quyền cho chính mình. Chọn một đồng nghiệp.", field="to_post_id")
    return absent, substitute


def _must_fit(absent: Post, substitute: Post, *, since: date, until: date, today: date) -> None:
    if since < today:
        raise Refused("Không ủy quyền lùi ngày. Ngày bắt đầu sớm nhất là hôm nay.", field="since")
    if until <= since:
        raise Refused("Ngày cuối phải từ ngày bắt đầu trở đi.", field="until")
    if agency_of(absent.unit_id, on=since).id != agency_of(substitute.unit_id, on=since).id:
        raise Refused("Người làm thay phải cùng cơ quan. Chọn người khác.", field="to_post_id")
    if not substitute.person.is_active:
        raise Refused(f"Tài khoản của {substitute.person.full_name} đang khóa. Chọn người khác.", field="to_post_id")
    for post, field, who in ((absent, "since", "Vị trí này"), (substitute, "to_post_id", f"Vị trí của {substitute.person.full_name}")):
        if post.period.lower > since:
            raise Refused(f"{who} chỉ có từ {post.period.lower:%d/%m/%Y}. Chọn ngày bắt đầu từ ngày đó.", field=field)
        if post.period.upper is not None and post.period.upper < until:
            last = post.period.upper - timedelta(days=1)
            if last < since:
                raise Refused(f"{who} đã kết thúc sau ngày {last:%d/%m/%Y}. Chọn vị trí khác.", field=field)
            raise Refused(f"{who} chỉ đến hết {last:%d/%m/%Y}. Chọn ngày cuối không quá ngày đó, hoặc chọn người khác.", field=field)


def _days(since: date, until: date) -> str:
    return f"từ {since:%d/%m/%Y} đến hết {until - timedelta(days=1):%d/%m/%Y}"
