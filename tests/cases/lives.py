"""A life of a case as a slow second opinion knows it: where what may be done, by whom, and what was promised.

Nothing here imports the rules of cases: the table, the rights and the limits are written again by hand. Where the two disagree, one of
them is wrong. What the acts do to a life stands in ``lives_acts``, what must hold in ``lives_checks``, the walk in ``lives_machine``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.cases.office import TERMS

COUNTER = {"correct", "forward", "hand_over", "read", "receive"}
SIGNER = {"apologise", "approve", "assign", "extend", "read", "stop"}
HEAD = {"apologise", "assign", "extend", "process", "read"}
RIGHTS = {
    "nhan": COUNTER,
    "hoa": COUNTER | {"apologise", "extend", "stop"},
    "lan": HEAD,
    "son": HEAD,
    "phuc": {"process", "read"},
    "mai": {"process", "read"},
    "binh": {"process", "read"},
    "khai": SIGNER,
    "ngoc": SIGNER,
    "thu": {"read"},
    "tan": set(),
}
WORKERS, SIGNERS = ("phuc", "mai", "binh", "lan", "son"), ("khai", "ngoc")
UNIT_OF = {"phuc": "office", "mai": "office", "lan": "office", "binh": "economy", "son": "economy", "khai": "commune", "ngoc": "commune"}
RUNNING = {("accepted", "forward"), ("processing", "assign"), ("processing", "process"), ("processing", "approve")}
WAITING = {("awaiting_supplement", "applicant"), ("awaiting_supplement", "supplement"), ("awaiting_payment", "payment")}
WORK, SIGN, READY = ("processing", "process"), ("processing", "approve"), ("finished", "hand_over")
ENDS = {("returned", "closed"), ("refused", "closed"), ("refused", "hand_over"), ("withdrawn", "closed"), ("stopped", "closed")}
EVERYWHERE = RUNNING | WAITING | ENDS | {READY}
# act: where it may be done, with which right, and whether the file must lie in one's own hands.
TABLE = {
    "forward": ({("accepted", "forward")}, "forward", False),
    "assign": ({("processing", "assign")}, "assign", False),
    "submit": ({WORK}, "process", True),
    "pass_to_next": ({WORK}, "process", True),
    "consult": ({WORK}, "process", True),
    "return_for_supplement": ({WORK}, "process", True),
    "ask_payment": ({WORK}, "process", True),
    "approve": ({SIGN}, "approve", True),
    "refuse_after_appraisal": ({SIGN}, "approve", True),
    "reassign": ({WORK, SIGN}, "assign", False),
    "recall": ({("processing", "assign"), WORK, SIGN}, "read", False),
    "resume": ({("awaiting_supplement", "supplement")}, "receive", False),
    "accept_supplemented": ({("awaiting_supplement", "applicant")}, "receive", False),
    "confirm_payment": ({("awaiting_payment", "payment")}, "receive", False),
    "extend": (RUNNING, "extend", False),
    "hand_over": ({READY}, "hand_over", False),
    "announce": ({READY}, "hand_over", False),
    "hand_over_refusal": ({("refused", "hand_over")}, "hand_over", False),
    "correct": (RUNNING | WAITING, "correct", False),
    "correct_result": ({READY, ("returned", "closed")}, "approve", False),
    "withdraw": (RUNNING | WAITING, "receive", False),
    "stop": (RUNNING | WAITING, "stop", False),
    "refuse_unsupplemented": ({("awaiting_supplement", "applicant"), ("awaiting_supplement", "supplement")}, "stop", False),
    "apologise": (EVERYWHERE, "apologise", False),
    "record_loss": (EVERYWHERE, "apologise", False),
    "add_note": (EVERYWHERE, "read", False),
}
SEND_BACK = {WORK: ("process", True), SIGN: ("approve", True), ("processing", "assign"): ("assign", False)}
STEP_TERMS = {2: (2, "wd"), 3: (3, "wd"), 4: (4, "wh"), 5: None}
TAKEN_BACK = {"forward", "assign", "pass_to_next", "submit", "reassign", "send_back"}


def split(limit: str) -> tuple[int, str]:
    digits = "".join(letter for letter in limit if letter.isdigit())
    return int(digits), limit[len(digits) :]


@dataclass
class Held:
    """One holding, as the model saw it."""

    act: str
    step: str
    unit: str | None
    post: str | None
    ordinal: int | None
    due: datetime | None
    by: str
    at: datetime
    received: bool = False
    ended: datetime | None = None


@dataclass
class Life:
    """What the model knows of one case. Times are naive, in Viet Nam."""

    code: str
    procedure: str
    stage: str
    step: str
    revision: int = 1
    due: tuple[datetime, date] | None = None
    first: tuple[datetime, date] | None = None
    unextended: datetime | None = None
    received: datetime | None = None
    forward_by: datetime | None = None
    paused: datetime | None = None
    finished: datetime | None = None
    returned: datetime | None = None
    closed_in_time: bool | None = None
    extensions: int = 0
    supplements: int = 0
    asked: int = 0
    announced: bool = False
    steps: list[Held] = field(default_factory=list)

    @property
    def limit(self) -> tuple[int, str] | None:
        return split(TERMS[self.procedure]) if TERMS[self.procedure] else None

    @property
    def place(self) -> tuple[str, str]:
        return self.stage, self.step

    @property
    def here(self) -> Held:
        return self.steps[-1]

    @property
    def late_from(self) -> datetime | None:
        if self.due is None or self.limit is None:
            return None
        if self.limit[1] == "wh":
            return self.due[0] + timedelta(microseconds=1)
        return datetime.combine(self.due[1] + timedelta(days=1), time())

    def broken(self, now: datetime) -> bool:
        """Say whether the promise is broken: by the result, by now, or by when it stopped running."""
        if self.late_from is None:
            return False
        if self.closed_in_time is not None:
            return not self.closed_in_time
        return (self.finished or self.paused or now) >= self.late_from

    @property
    def timeliness(self) -> str:
        assert self.finished is not None
        if self.late_from is not None and self.finished >= self.late_from:
            return "late"
        if self.unextended is not None and self.finished >= self.unextended:
            return "extended"
        if self.unextended is not None:
            return "early" if self.finished.date() < (self.unextended - timedelta(microseconds=1)).date() else "on_time"
        return "early" if self.due is not None and self.finished.date() < self.due[1] else "on_time"


def asked_of(act: str, life: Life) -> tuple[str, bool]:
    """Return the right that an act asks for here, and whether the file must lie in one's own hands."""
    return SEND_BACK.get(life.place, ("process", True)) if act == "send_back" else TABLE[act][1:]


def fits(act: str, life: Life) -> bool:
    """Say whether the table knows the act where the life is."""
    return life.place in (SEND_BACK if act == "send_back" else TABLE[act][0])


def allowed(act: str, life: Life, who: str) -> bool:
    """Say whether the table and the rights let somebody do this; the act's own limits are not asked."""
    right, in_hand = asked_of(act, life)
    return right in RIGHTS[who] and fits(act, life) and not (in_hand and life.here.post not in (None, who))
