"""Work on a version is left and taken up again."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from cchc.audit.api import record
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotFound, Refused
from cchc.kernel.local import local
from cchc.kernel.text import clean
from cchc.procedures.models import Draft
from cchc.procedures.operations.publish import RIGHT
from cchc.procedures.queries.drafts import DraftView, draft

_LONGEST_CODE, _LONGEST_TITLE = 60, 1000


@transaction.atomic
def save_draft(*, actor: Actor, at: datetime, code: str, title: str, base: int, content: dict[str, Any], revision: int = 0) -> DraftView:
    """Keep an unfinished version under its code. ``revision`` is the one that was opened, 0 for a new draft.

    Raises ``NotAllowed``; ``Refused(field="code")`` without a code; ``Conflict`` when somebody saved or discarded it meanwhile. What
    is kept is the editor's matter and not journalled: nothing of it is in force.
    """
    actor.must(RIGHT)
    code = clean(code)
    if not code or len(code) > _LONGEST_CODE:
        raise Refused("Nhập mã thủ tục, không quá 60 ký tự, rồi mới lưu nháp.", field="code")
    row = Draft.objects.select_for_update().filter(code=code).first()
    if (row.revision if row else 0) != revision:
        raise Conflict(_who(row), field="revision")
    values = {
        "title": clean(title)[:_LONGEST_TITLE],
        "base": base,
        "content": content,
        "saved_by": actor.name or actor.post,
        "saved_at": at,
    }
    if row is None:
        try:
            with transaction.atomic():
                Draft.objects.create(code=code, **values)
        except IntegrityError as race:
            raise Conflict(_who(Draft.objects.filter(code=code).first()), field="revision") from race
    else:
        Draft.objects.filter(pk=row.pk).update(revision=revision + 1, **values)
    found = draft(code)
    if found is None:
        raise NotFound(f"Không có bản nháp nào của thủ tục {code}.")
    return found


@transaction.atomic
def discard_draft(*, actor: Actor, at: datetime, code: str) -> None:
    """Throw an unfinished version away; the journal keeps who did. Raises ``NotAllowed``, ``NotFound``."""
    actor.must(RIGHT)
    row = Draft.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound(f"Không có bản nháp nào của thủ tục {code}.", field="code")
    record(
        stream=f"procedure:{code}", act="draft_discarded", at=at, actor=actor, public={"revision": row.revision, "saved_by": row.saved_by}
    )
    row.delete()


def _who(row: Draft | None) -> str:
    if row is None:
        return "Bản nháp này vừa được công bố hoặc bỏ đi. Hãy mở lại thủ tục để xem."
    return (
        f"{row.saved_by} đã lưu bản nháp của thủ tục này lúc {local(row.saved_at):%H:%M %d/%m/%Y}. "
        "Hãy mở bản nháp đó ở một cửa sổ khác, gộp phần sửa của mình vào rồi lưu."
    )
