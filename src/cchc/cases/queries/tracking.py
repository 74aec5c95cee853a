"""What a citizen may learn of a case without signing in."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from cchc.audit import api as audit
from cchc.cases.models import Case, Register
from cchc.cases.queries.detail import CaseView, load, view
from cchc.cases.terms import Stage, Step
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.local import moment_text
from cchc.kernel.text import gettext_noop as _

# The straight way as a citizen counts it. What happens inside an office in between is one degree.
WAY: tuple[tuple[str, frozenset[tuple[Stage, Step]]], ...] = (
    (
        _("Tiếp nhận"),
        frozenset({(Stage.SUBMITTED, Step.FORWARD), (Stage.AWAITING_SUPPLEMENT, Step.APPLICANT), (Stage.ACCEPTED, Step.FORWARD)}),
    ),
    (
        _("Xử lý"),
        frozenset(
            {
                (Stage.PROCESSING, Step.ASSIGN),
                (Stage.PROCESSING, Step.PROCESS),
                (Stage.AWAITING_SUPPLEMENT, Step.SUPPLEMENT),
                (Stage.AWAITING_PAYMENT, Step.PAYMENT),
            }
        ),
    ),
    (_("Lãnh đạo ký"), frozenset({(Stage.PROCESSING, Step.APPROVE)})),
    (_("Trả kết quả"), frozenset({(Stage.FINISHED, Step.HAND_OVER), (Stage.REFUSED, Step.HAND_OVER)})),
)
_ISSUED = "paper_issued"
UNKNOWN = _("Không tìm thấy hồ sơ với mã này. Kiểm tra lại mã in ở đầu giấy hẹn, hoặc quét mã QR trên giấy.")


@dataclass(frozen=True)
class Progress:
    """All that the law lets anybody know by the code alone (Circular 01/2018 Art. 16(2)(d)): code and degree of completion.

    ``done`` of ``of`` degrees are complete. No name, no procedure, no date, no holder.
    """

    code: str
    done: int
    of: int


@dataclass(frozen=True)
class Printed:
    """A receipt by its number, and the fingerprint that it must bear, recomputed from what is kept today."""

    number: str
    fingerprint: str


@dataclass(frozen=True)
class Proof:
    """Whether the journal of a case holds.

    ``printed`` are the receipts, the newest first: every new promise is printed on one of its own. ``fingerprint`` is the newest's,
    or the first promise's where no receipt was printed; empty when no promise was made. The citizen compares it with the one on
    paper. ``coverage`` says how far the daily seals cover the stream.
    """

    fingerprint: str
    printed: tuple[Printed, ...]
    holds: bool
    faults: tuple[str, ...]
    stream: str
    coverage: audit.Coverage


def track(code: str) -> Progress:
    """Return the degree of completion of a case of ours. Raises the one ``NotFound`` for codes wrong and unknown. One query."""
    found = Case.objects.filter(register__code=Register.OWN, code=code.strip().upper()).values_list("stage", "step").first()
    if found is None:
        raise NotFound(UNKNOWN, field="code")
    return Progress(code=code.strip().upper(), done=degree(Stage(found[0]), Step(found[1])), of=len(WAY))


def degree(stage: Stage, step: Step) -> int:
    """Return how many degrees are complete: all of them once a case is closed, whatever its end."""
    if step is Step.CLOSED:
        return len(WAY)
    return next((place for place, (_word, states) in enumerate(WAY) if (stage, step) in states), 0)


def track_secret(*, code: str, secret: str, at: datetime) -> CaseView:
    """Return all that the applicant may know, to whoever holds the receipt.

    Raises the same ``NotFound`` as ``track``; for a receipt that was reissued one that says so, and nothing else.
    """
    try:
        found = load(code)
    except NotFound as error:
        raise NotFound(UNKNOWN, field="code") from error
    if not _same(found.secret, secret):
        replaced = next((old.replaced_at for old in found.old_receipts.all() if _same(old.secret, secret)), None)
        if replaced is not None:
            raise NotFound(
                f"Giấy hẹn này đã được thay bằng giấy hẹn mới lúc {moment_text(replaced)}; xem bằng mã QR trên giấy mới.", field="code"
            )
        raise NotFound(UNKNOWN, field="code")
    return view(found, actor=Actor(post="Người giữ giấy hẹn"), at=at)


def proof(*, code: str, secret: str) -> Proof:
    """Recompute the journal of a case, to be compared with the fingerprints that were printed on its receipts.

    The fingerprint on the paper is of the journal as it was then. Kept entries could be rewritten with their hashes; then the
    one that is recomputed now differs from the one on paper, which nobody can rewrite.
    """
    found = Case.objects.filter(register__code=Register.OWN, code=code.strip().upper()).first()
    if found is None or not _same(found.secret, secret):
        raise NotFound(UNKNOWN, field="code")
    report = audit.verify(stream=found.stream)
    entries = audit.entries(found.stream)
    # A receipt bears the fingerprint of the entry before its own: the act that made the promise.
    printed = tuple(
        Printed(number=str(item.public.get("number", "")), fingerprint=audit.recomputed(found.stream, item.seq - 1))
        for item in reversed(entries)
        if item.act == _ISSUED and item.public.get("form") == documents.FormKey.RECEIPT.value
    )
    promised = next((item for item in entries if item.public.get("due_at")), None)
    first = audit.recomputed(found.stream, promised.seq) if promised and not printed else ""
    return Proof(
        fingerprint=printed[0].fingerprint if printed else first,
        printed=printed,
        holds=report.holds,
        faults=tuple(fault.what for fault in report.faults),
        stream=found.stream,
        coverage=audit.coverage(found.stream),
    )


def _same(kept: str, given: str) -> bool:
    """Compare in constant time. As bytes, because a given text that is not ASCII must be wrong like any other."""
    return hmac.compare_digest(kept.encode(), given.encode(errors="replace"))
