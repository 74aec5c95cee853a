"""What every act on a report does first and last: lock the row, ask right and side, look at the table; write, journal."""

from datetime import datetime
from typing import Any

from cchc.audit import api as audit
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.local import local, local_date
from cchc.kernel.text import clean
from cchc.reports.models import Report, Version
from cchc.reports.queries.kept import sides_of
from cchc.reports.rules.life import TABLE, Transition, transition
from cchc.reports.terms import Act, Side, State

LONGEST_REASON = 2000
_WHOSE = {
    Side.OWN: "Chỉ cơ quan lập báo cáo mới {act} được báo cáo của mình.",
    Side.ABOVE: "Chỉ cơ quan cấp trên trực tiếp mới {act} được báo cáo này.",
}


def begin(*, actor: Actor, at: datetime, code: str, act: Act, seq: int, reason: str = "") -> tuple[Version, Transition]:
    """Return the version under its report's lock, and the row of the table. ``seq`` is the version that the person was looking at.

    Raises ``NotFound``, ``NotAllowed`` for a missing right or somebody else's report, ``Conflict`` when it was locked anew meanwhile,
    ``Refused`` for an act that is not possible in this state, ``Invalid`` for a missing reason.
    """
    row = Report.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound("Không có báo cáo này.")
    last = latest(row)
    found = transition(act, last.state_term)
    candidates = [found] if found else [item for item in TABLE if item.act is act]
    must(actor, at, row, candidates)
    if last.seq != seq:
        raise Conflict(f"Báo cáo vừa được chốt lại (lần {last.seq}). Xem lại số liệu mới rồi làm tiếp.")
    if found is None:
        raise Refused(f"Không làm được việc «{act.label}»: báo cáo {told(last)}.")
    if found.needs_reason:
        must_say_why(reason)
    return last, found


def must(actor: Actor, at: datetime, row: Report, rows: list[Transition]) -> None:
    """Raise ``NotAllowed`` unless the actor stands on the side of the report whose act it is, with the right for it."""
    sides = sides_of(row, actor, local_date(at))
    if not any(item.side in sides for item in rows):
        raise NotAllowed(rows[0].right, _WHOSE[rows[0].side].format(act=rows[0].act.label.lower()))
    if not any(actor.may(item.right) for item in rows):
        actor.must(rows[0].right)


def must_say_why(reason: str) -> None:
    """Raise ``Invalid`` for a reason that is missing or too long."""
    if not clean(reason):
        raise Invalid({"reason": "Ghi lý do, để người nhận biết phải xem lại chỗ nào."})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"Lý do dài quá {LONGEST_REASON} ký tự. Viết ngắn lại."})


def write_down(
    *,
    actor: Actor,
    at: datetime,
    version: Version,
    act: Act,
    public: dict[str, Any],
    reason: str = "",
    texts: list[list[str]] | None = None,
) -> None:
    """Journal the act in the stream of the report, in the transaction of the act. What people wrote freely may name somebody: it is private."""
    private = {name: value for name, value in (("reason", clean(reason)), ("explanations", texts)) if value}
    audit.record(
        stream=version.report.stream,
        act=act.value,
        at=at,
        actor=actor,
        public={"version": version.seq, "digest": version.digest, **public},
        private=private or None,
    )


def latest(row: Report) -> Version:
    """Return the last version of a report. A report is never without one."""
    found = Version.objects.filter(report=row).select_related("report").order_by("-seq").first()
    if found is None:
        raise NotFound("Báo cáo này chưa có lần chốt số liệu nào.")
    return found


def name_of(actor: Actor) -> str:
    """Return who acts as the story of a report names them: ``Đặng Thị Thu, Công chức văn hóa, xã hội``."""
    return ", ".join(part for part in (actor.name, actor.title) if part) or actor.post


def told(version: Version) -> str:
    """Return the state with who brought it about and when: ``đã ký, chưa gửi (Trần Đình Khải, 14:32 16/12/2026)``."""
    who = {
        State.LOCKED: (version.locked_by, version.locked_at),
        State.SIGNED: (version.signed_by, version.signed_at),
        State.SENT: (version.sent_by, version.sent_at),
        State.RECEIVED: (version.received_by, version.received_at),
    }.get(version.state_term, (version.ended_by, version.ended_at))
    label = version.state_term.label
    return f"{label[:1].lower()}{label[1:]} ({who[0]}, {local(who[1]):%H:%M %d/%m/%Y})" if who[1] else label
