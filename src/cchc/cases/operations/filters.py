"""Keep a list one opens often under a name."""

from datetime import datetime

from django.db import transaction

from cchc.cases.models import SavedFilter
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.text import clean

MOST = 20


@transaction.atomic
def save_filter(*, actor: Actor, at: datetime, page: str, name: str, query: str) -> None:
    """Keep a query string of a page under a name; the same name again replaces it. At most twenty for a person and page."""
    actor.must(identity.Right.READ_CASE)
    if not clean(name):
        raise Refused("Đặt tên cho bộ lọc.", field="name")
    own = SavedFilter.objects.filter(person_id=actor.person, page=page)
    if own.exclude(name=clean(name)).count() >= MOST:
        raise Refused(f"Đã có {MOST} bộ lọc. Xóa bớt bộ lọc không dùng.", field="name")
    SavedFilter.objects.update_or_create(
        person_id=actor.person, page=page, name=clean(name)[:80], defaults={"query": query[:500], "made_at": at}
    )


@transaction.atomic
def drop_filter(*, actor: Actor, filter_id: int) -> None:
    """Forget a saved filter of one's own."""
    SavedFilter.objects.filter(person_id=actor.person, pk=filter_id).delete()
