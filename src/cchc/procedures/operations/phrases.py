"""The office's phrases: added, changed, taken out of use."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from cchc.audit.api import record
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.kernel.text import clean
from cchc.procedures.models import Phrase, Procedure
from cchc.procedures.operations.publish import RIGHT
from cchc.procedures.queries.phrases import PhraseView, phrase
from cchc.procedures.terms import PhraseKind

OWN = "Cơ quan tự soạn"
GENERAL = "procedures:phrases"

_LONGEST = 1000
_MOST_PLACE = 999


@transaction.atomic
def add_phrase(*, actor: Actor, at: datetime, code: str, kind: PhraseKind, text: str, reason: str = "") -> PhraseView:
    """Add a phrase of the office's own, at the end; ``code`` empty for every procedure. Raises ``NotAllowed``, ``Invalid``, ``NotFound``."""
    actor.must(RIGHT)
    procedure = Procedure.objects.filter(code=code).first() if code else None
    if code and procedure is None:
        raise NotFound(f"Không có thủ tục mã {code} trong danh mục.", field="code")
    text, reason = _checked(text, reason)
    siblings = Phrase.objects.filter(procedure=procedure, kind=kind)
    if siblings.filter(text=text, withdrawn_at=None).exists():
        raise Refused("Câu này đã có trong thư viện. Hãy sửa câu đã có.", field="text")
    last = siblings.aggregate(last=Max("ordinal"))["last"] or 0
    row = Phrase.objects.create(procedure=procedure, kind=kind, ordinal=min(last + 1, _MOST_PLACE), text=text, reason=reason, origin=OWN)
    _journal(row, "phrase_added", actor, at)
    return _shown(row)


@transaction.atomic
def edit_phrase(*, actor: Actor, at: datetime, phrase_id: int, text: str, reason: str = "", ordinal: int | None = None) -> PhraseView:
    """Change the words of a phrase or its place; from now on it is the office's own and loading the reference data leaves it alone.

    Papers already written keep the words they were written with. Raises ``NotAllowed``, ``Invalid``, ``NotFound``.
    """
    actor.must(RIGHT)
    row = _locked(phrase_id)
    row.text, row.reason = _checked(text, reason)
    row.ordinal = row.ordinal if ordinal is None else ordinal
    row.is_edited, row.origin = True, OWN
    row.save()
    _journal(row, "phrase_edited", actor, at)
    return _shown(row)


@transaction.atomic
def withdraw_phrase(*, actor: Actor, at: datetime, phrase_id: int) -> None:
    """Offer a phrase no longer. Raises ``NotAllowed``, ``NotFound``; ``Refused`` when it was withdrawn already."""
    actor.must(RIGHT)
    row = _locked(phrase_id)
    if row.withdrawn_at is not None:
        raise Refused("Câu này đã thôi dùng từ trước.")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    _journal(row, "phrase_withdrawn", actor, at)


def _locked(phrase_id: int) -> Phrase:
    row = Phrase.objects.select_for_update(of=("self",)).select_related("procedure").filter(pk=phrase_id).first()
    if row is None:
        raise NotFound("Không có câu này trong thư viện.")
    return row


def _checked(text: str, reason: str) -> tuple[str, str]:
    text, reason = clean(text), clean(reason)
    found = {}
    if not text:
        found["text"] = "Ghi câu sẽ in lên phiếu."
    for name, value in (("text", text), ("reason", reason)):
        if len(value) > _LONGEST:
            found[name] = f"Nội dung quá dài: {len(value)} ký tự, tối đa {_LONGEST}."
    if found:
        raise Invalid(found)
    return text, reason


def _journal(row: Phrase, act: str, actor: Actor, at: datetime) -> None:
    stream = f"procedure:{row.procedure.code}" if row.procedure else GENERAL
    public = {"phrase": row.pk, "kind": row.kind, "text": row.text, "reason": row.reason, "ordinal": row.ordinal}
    record(stream=stream, act=act, at=at, actor=actor, public=public)


def _shown(row: Phrase) -> PhraseView:
    found = phrase(row.pk)
    if found is None:
        raise NotFound("Không có câu này trong thư viện.")
    return found
