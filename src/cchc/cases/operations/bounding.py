"""Set a limit of the office's own, from a day on, with its ground."""

from datetime import date, datetime, timedelta

from django.db import transaction

from cchc.audit import api as audit
from cchc.cases.models import Bound
from cchc.cases.rules.bounds import value_problem
from cchc.cases.terms import RuleKey
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.kernel.local import day_text
from cchc.kernel.text import clean
from cchc.procedures import api as procedures

STREAM = "case_rules"
LONGEST_SOURCE = 500


@transaction.atomic
def set_bound(
    *,
    actor: Actor,
    at: datetime,
    key: RuleKey,
    value: str,
    since: date,
    source: str,
    procedure_code: str = "",
) -> None:
    """Let a limit hold from ``since``, for one procedure or for all; what the office set for later days is replaced.

    Raises ``Invalid`` for a value the limit cannot take and for a missing ground. Cases judged before keep what was judged.
    """
    actor.must(identity.Right.EDIT_RULES)
    problems = {}
    if problem := value_problem(key, value.strip()):
        problems["value"] = problem
    if procedure_code:
        try:
            procedures.versions_of(procedure_code)
        except NotFound as error:
            problems["procedure_code"] = error.message
    if not clean(source):
        problems["source"] = "Ghi căn cứ: văn bản, điều, khoản, hoặc quyết định của cơ quan."
    elif len(clean(source)) > LONGEST_SOURCE:
        problems["source"] = f"Căn cứ dài quá {LONGEST_SOURCE} ký tự. Hãy rút gọn."
    if problems:
        raise Invalid(problems)
    own = Bound.objects.select_for_update().filter(key=key, procedure_code=procedure_code, is_office=True)
    own.filter(period__startswith__gte=since).delete()
    for row in own.filter(period__contains=since):
        row.period = (row.period.lower, since)
        row.save(update_fields=["period"])
    Bound.objects.create(
        key=key, procedure_code=procedure_code, value=value.strip(), period=(since, None), source=clean(source), is_office=True
    )
    public = {"key": key.value, "value": value.strip(), "since": since.isoformat(), "procedure": procedure_code, "source": clean(source)}
    audit.record(stream=STREAM, act="bound_set", at=at, actor=actor, public=public)


@transaction.atomic
def clear_bound(*, actor: Actor, at: datetime, key: RuleKey, on: date, procedure_code: str = "") -> None:
    """Let the reference limit hold again from a day on. Raises ``Refused`` when the office has none of its own from that day on."""
    actor.must(identity.Right.EDIT_RULES)
    own = Bound.objects.select_for_update().filter(key=key, procedure_code=procedure_code, is_office=True)
    if not own.filter(period__overlap=(on, None)).exists():
        raise Refused(f"Từ {day_text(on)} cơ quan không có mức riêng nào cho quy định này: mức chuẩn vẫn đang áp dụng.", field="on")
    own.filter(period__startswith__gte=on).delete()
    for row in own.filter(period__contains=on):
        row.period = (row.period.lower, on)
        row.save(update_fields=["period"])
    last = (on - timedelta(days=1)).isoformat()
    audit.record(
        stream=STREAM, act="bound_cleared", at=at, actor=actor, public={"key": key.value, "last": last, "procedure": procedure_code}
    )
