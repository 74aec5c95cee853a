"""A head looks at the figures of an officer: with a purpose, written down, told to the officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cchc.audit import api as audit
from cchc.figures.models import OfficerLook
from cchc.figures.queries.officers import LEADS, OfficerField, is_direct_head, numbers_of
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotAllowed, NotFound
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.kernel.text import clean

LONGEST = 500


@dataclass(frozen=True)
class Looked:
    """What a look shows: whose figures, of which days, what for."""

    post: identity.PostView
    period: Period
    purpose: str
    fields: tuple[OfficerField, ...]


@transaction.atomic
def look_at_officer(*, actor: Actor, at: datetime, post_id: int, period: Period, purpose: str) -> str:
    """Write down that the actor looks at an officer's figures of a closed period, and return the code under which they are shown today.

    Only the direct head, or who stands in for them: ``NotAllowed``. Raises ``NotFound`` for a post that nobody holds, ``Invalid``
    without a purpose.
    """
    actor.must(LEADS)
    day = local_date(at)
    post = identity.post_on(post_id, day)
    if post is None:
        raise NotFound("Không ai giữ vị trí này hôm nay. Chọn lại trong danh sách.", field="post_id")
    if actor.post_id is None or not is_direct_head(actor, post, on=day):
        raise NotAllowed(LEADS, "Số liệu của một cán bộ chỉ chính người đó và người đứng đầu trực tiếp được xem.")
    words = clean(purpose)
    if not words:
        raise Invalid({"purpose": "Ghi mục đích xem; cán bộ đó sẽ đọc được."})
    if len(words) > LONGEST:
        raise Invalid({"purpose": f"Viết gọn trong {LONGEST} ký tự."})
    assert period.last is not None, "a figure is asked for a closed period"
    row = OfficerLook.objects.create(
        post_id=post.id, looked_by_id=actor.post_id, at=at, start=period.start, last=period.last, purpose=words
    )
    public = {"from": period.start.isoformat(), "to": period.last.isoformat()}
    private = {"whose": f"{post.name}, {post.title}", "purpose": words}
    audit.record(stream=f"officer_look:{row.code}", act="looked_at_officer", at=at, actor=actor, public=public, private=private)
    return row.code


def looked_at(*, actor: Actor, at: datetime, code: str) -> Looked:
    """Return what a look shows: to who looked, on the day of the look. Later, and to others, it is not there (``NotFound``)."""
    row = OfficerLook.objects.filter(code=code, looked_by_id=actor.post_id).first()
    day = local_date(at)
    post = identity.post_on(row.post_id, day) if row is not None and local_date(row.at) == day else None
    if row is None or post is None or not is_direct_head(actor, post, on=day):
        raise NotFound("Lần xem này không còn. Chọn lại cán bộ và ghi mục đích xem.")
    period = Period(row.start, row.last + timedelta(days=1))
    return Looked(post, period, row.purpose, numbers_of(post.id, period))
