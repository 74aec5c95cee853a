"""A version is published: it follows the one in force, which ends that day."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.audit.api import record
from cchc.kernel import bus
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.procedures.events import ProcedureRepealed, VersionPublished
from cchc.procedures.models import Procedure, Version
from cchc.procedures.operations.store import Known, store
from cchc.procedures.queries.versions import version
from cchc.procedures.queries.views import VersionView
from cchc.procedures.rules.draft import VersionDraft, problems
from cchc.worktime.api import TimeLimit

RIGHT = "procedures:version:publish"


@transaction.atomic
def publish_version(*, actor: Actor, at: datetime, draft: VersionDraft, valid_from: date) -> VersionView:
    """Publish a version in force from ``valid_from`` and return it; the version in force until then ends that day.

    Raises ``NotAllowed``; ``Invalid`` with what is wrong in the draft; ``Refused(field="valid_from")`` when a version that
    begins on that day or later is there already. Publication: Decree 63/2010 Art. 13, 15 as amended.
    """
    actor.must(RIGHT)
    return version(publish(actor=actor, at=at, draft=draft, valid_from=valid_from, known={}).pk)


def publish(*, actor: Actor, at: datetime, draft: VersionDraft, valid_from: date, known: Known) -> Version:
    """Do what ``publish_version`` says inside the caller's transaction and return the row; the caller has asked for the right."""
    _check(draft)
    Procedure.objects.bulk_create([Procedure(code=draft.code)], ignore_conflicts=True)
    procedure = Procedure.objects.select_for_update(of=("self",)).get(code=draft.code)
    last = Version.objects.filter(procedure=procedure).order_by("-valid").first()
    if last is not None:
        _close(last, valid_from)
    number = 1 if last is None else Version.objects.filter(procedure=procedure).count() + 1
    row = store(draft, procedure=procedure, number=number, valid_from=valid_from, known=known)
    record(
        stream=f"procedure:{draft.code}",
        act="version_published",
        at=at,
        actor=actor,
        public={"number": number, "title": row.title, "valid_from": valid_from.isoformat(), "decision": row.decision, "digest": row.digest},
    )
    bus.publish(VersionPublished(code=draft.code, version_id=row.pk, number=number, valid_from=valid_from))
    return row


@transaction.atomic
def repeal_procedure(*, actor: Actor, at: datetime, code: str, on: date, decision: str) -> None:
    """End a procedure: nothing is received under it from ``on``. Running cases keep their version.

    Raises ``NotAllowed``; ``NotFound``; ``Refused`` when no decision is named, or when it ended already or begins later.
    """
    actor.must(RIGHT)
    if not decision.strip():
        raise Refused("Hãy ghi số quyết định bãi bỏ thủ tục.", field="decision")
    procedure = Procedure.objects.select_for_update(of=("self",)).filter(code=code).first()
    if procedure is None:
        raise NotFound(f"Không có thủ tục mã {code} trong danh mục.", field="code")
    last = Version.objects.filter(procedure=procedure).order_by("-valid").first()
    if last is None or last.valid.upper is not None:
        raise Refused(f"Thủ tục {code} không còn phiên bản nào đang có hiệu lực.", field="code")
    _close(last, on)
    record(
        stream=f"procedure:{code}",
        act="procedure_repealed",
        at=at,
        actor=actor,
        public={"on": on.isoformat(), "decision": decision.strip(), "number": last.number},
    )
    bus.publish(ProcedureRepealed(code=code, on=on))


def _check(draft: VersionDraft) -> None:
    found = problems(draft)
    for name, limits in (("terms", [term.limit for term in draft.terms]), ("steps", [step.time for step in draft.steps])):
        for limit in limits:
            if limit:
                try:
                    TimeLimit.parse(limit)
                except Refused as problem:
                    found[name] = problem.message
    if found:
        raise Invalid(found)


def _close(last: Version, on: date) -> None:
    """End the last version's period; the trigger lets this pass and nothing else."""
    if last.valid.lower >= on:
        raise Refused(
            f"Đã có phiên bản {last.number} hiệu lực từ {last.valid.lower:%d/%m/%Y}; hãy chọn ngày hiệu lực sau ngày đó.",
            field="valid_from",
        )
    if last.valid.upper is None:
        Version.objects.filter(pk=last.pk).update(valid=DateRange(last.valid.lower, on))
    elif last.valid.upper > on:
        raise Refused(f"Phiên bản {last.number} đã có hiệu lực đến {last.valid.upper:%d/%m/%Y}.", field="valid_from")
