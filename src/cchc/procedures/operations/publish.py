"""A version is published: it follows the one in force, which ends that day."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.audit.api import entries, record
from cchc.kernel import bus
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotFound, Refused
from cchc.kernel.local import local
from cchc.procedures.events import ProcedureRepealed, VersionPublished
from cchc.procedures.models import Draft, Procedure, Version
from cchc.procedures.operations.store import Known, store
from cchc.procedures.queries.versions import version
from cchc.procedures.queries.views import VersionView
from cchc.procedures.rules.draft import VersionDraft
from cchc.procedures.rules.problems import problems
from cchc.worktime.api import TimeLimit

RIGHT = "procedures:version:publish"


@transaction.atomic
def publish_version(*, actor: Actor, at: datetime, draft: VersionDraft, valid_from: date, base: int | None = None) -> VersionView:
    """Publish a version in force from ``valid_from`` and return it; the version in force until then ends that day.

    Raises ``NotAllowed``; ``Invalid`` with what is wrong in the draft; ``Refused(field="valid_from")`` when a version that
    begins on that day or later is there already; ``Conflict`` when ``base``, the number of the version the draft began from (0 for
    a new procedure), is no longer the last one. The unfinished draft of the code, if any, is done with. Publication: Decree
    63/2010 Art. 13, 15 as amended.
    """
    actor.must(RIGHT)
    if base is not None:
        # Whoever publishes the same procedure meanwhile waits here, and the second one is told.
        Procedure.objects.select_for_update(of=("self",)).filter(code=draft.code).first()
        _check_base(draft.code, base)
    Draft.objects.filter(code=draft.code).delete()
    return version(publish(actor=actor, at=at, draft=draft, valid_from=valid_from, known={}).pk)


def publish(*, actor: Actor, at: datetime, draft: VersionDraft, valid_from: date, known: Known) -> Version:
    """Do what ``publish_version`` says inside the caller's transaction and return the row; the caller has asked for the right."""
    if found := check(draft):
        raise Invalid(found)
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


def check(draft: VersionDraft) -> dict[str, str]:
    """Return everything that would be refused about a draft, as place → sentence (``rules.problems``)."""
    found = problems(draft)
    limits = {f"terms.{place}.limit": term.limit for place, term in enumerate(draft.terms, start=1)}
    limits |= {f"steps.{place}.time": step.time for place, step in enumerate(draft.steps, start=1)}
    for place, limit in limits.items():
        if limit:
            try:
                TimeLimit.parse(limit)
            except Refused as problem:
                found[place] = problem.message
    return found


def _check_base(code: str, base: int) -> None:
    """Refuse a draft that began from a version which is no longer the last, naming who published since."""
    last = Version.objects.filter(procedure__code=code).order_by("-number").values_list("number", flat=True).first() or 0
    if last == base:
        return
    done = [entry for entry in entries(f"procedure:{code}") if entry.act == "version_published"]
    who = f"{done[-1].actor_post} lúc {local(done[-1].at):%H:%M %d/%m/%Y}" if done else "người khác"
    if base == 0:
        raise Conflict(f"Mã {code} đã có trong danh mục, do {who} công bố. Hãy mở thủ tục đó và công bố phiên bản mới.", field="code")
    raise Conflict(
        f"Trong lúc đang soạn, phiên bản {last} đã được công bố: {who}. Hãy lưu bản nháp, xem phiên bản {last} khác gì, rồi soạn lại từ đó.",
        field="base",
    )


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
