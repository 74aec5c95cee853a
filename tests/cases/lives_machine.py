"""The walk of random lives, as a state machine: hypothesis draws what is tried, by whom and when, and shrinks what fails.

Every walk is one transaction that is rolled back, also when it fails.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import hypothesis
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from cchc.cases import api as cases
from tests.cases.lives import ENDS, RIGHTS, RUNNING, SIGNERS, TABLE, TAKEN_BACK, WAITING, WORKERS, Life, allowed, asked_of, fits
from tests.cases.lives_acts import ACCEPTED, ASKED, REFUSED, Scene, refusal
from tests.cases.lives_checks import check, check_all, snapshot
from tests.cases.office import FIVE, TERMS, Office

FIRST = datetime.combine(date(2026, 11, 2), time(8))
ACTS = (*TABLE, "send_back")
# How often an act is tried where it fits: lives go on more than they end, and less is said about them than done.
ONWARD = dict.fromkeys(["forward", "assign", "submit", "pass_to_next", "approve", "hand_over"], 12) | {
    **dict.fromkeys(["resume", "confirm_payment", "accept_supplemented", "announce", "hand_over_refusal"], 12),
    **dict.fromkeys(["return_for_supplement", "ask_payment", "refuse_after_appraisal", "send_back", "extend"], 4),
}
# What ends a wait: the applicant comes back, or the money does.
COMING = ("resume", "confirm_payment", "accept_supplemented")
OFTEN = ONWARD | {
    **dict.fromkeys(["reassign", "consult", "correct_result"], 4),
    "refuse_unsupplemented": 12,
    **dict.fromkeys(["recall", "withdraw", "stop", "apologise", "record_loss", "add_note", "correct"], 1),
}
# Both come often enough; more of them, and no life gets anywhere.
EDITS, RECALLS = 3, 2
STEPS = 50
# After ten walks hypothesis begins to repeat parts of those before; so few to a seed, and every walk is a new one.
FRESH = 9


@dataclass
class Tally:
    """What all the walks of a run came to. A life is walked when something was tried on it and all of it held at the end."""

    lives: int = 0
    walks: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Begin:
    """Somebody at the counter."""

    procedure: str
    who: str
    how: str
    after: int


@dataclass(frozen=True)
class Attempt:
    """One act that is tried: on which life, by whom, after how many minutes, and how far beside the revision that the page showed."""

    life: int
    act: str
    who: str
    after: int = 0
    stale: int = 0
    how: dict[str, Any] = field(default_factory=dict)


def seldom(percent: int) -> st.SearchStrategy[bool]:
    """Return a chance of so many in a hundred. It shrinks to no."""
    return st.integers(0, 99).map(lambda drawn: drawn >= 100 - percent)


def begins() -> st.SearchStrategy[Begin]:
    return st.builds(
        Begin,
        st.sampled_from([*TERMS, FIVE]),
        st.sampled_from(["nhan", "hoa"]),
        st.sampled_from([ACCEPTED] * 16 + [ASKED] * 3 + [REFUSED]),
        minutes(),
    )


def minutes() -> st.SearchStrategy[int]:
    return st.sampled_from([0, 1, 3, 7, 20, 45, 90, 240, 600]).flatmap(lambda most: st.integers(0, most))


@st.composite
def attempts(draw: st.DrawFn, *, acts: Collection[str] = ACTS, fitting: bool = True) -> Attempt:
    """Try one of these acts: where it fits, mostly by somebody who may; or anything, anywhere, by anybody."""
    scene = draw(st.runner()).scene
    going = [number for number, life in enumerate(scene.lives) if life.place not in ENDS - {("refused", "hand_over")}]
    if going and fitting:
        able = [number for number in going if any(fits(act, scene.lives[number]) for act in acts)]
        going = able or going
    number = draw(_one_of(going if going and not draw(seldom(7)) else range(len(scene.lives))))
    life = scene.lives[number]
    known = [act for act in acts if fits(act, life)] if fitting else []
    act = draw(st.sampled_from([act for act in known or acts for _ in range(OFTEN[act] if known else 1)]))
    return draw(_by_somebody(number, act, minutes(), strangers=15 if fitting else 100))


@st.composite
def recalls(draw: st.DrawFn) -> Attempt:
    """Take back what was just sent: mostly by who sent it, about the half hour in which it may be."""
    scene = draw(st.runner()).scene
    number = draw(_one_of([number for number, life in enumerate(scene.lives) if _just_sent(scene, life)]))
    who = scene.lives[number].here.by if not draw(seldom(10)) else draw(st.sampled_from([*RIGHTS]))
    return Attempt(number, "recall", who, draw(st.sampled_from([0, 4, 15, 29, 30, 31])))


def _one_of(numbers: Sequence[int]) -> st.SearchStrategy[int]:
    """Return one of some lives. It shrinks to the last, so that those before it can be left out."""
    return st.sampled_from(numbers[::-1])


@st.composite
def _by_somebody(draw: st.DrawFn, number: int, act: str, after: st.SearchStrategy[int], *, strangers: int) -> Attempt:
    life = draw(st.runner()).scene.lives[number]
    right, in_hand = asked_of(act, life)
    able = [name for name, rights in RIGHTS.items() if right in rights]
    if in_hand and life.here.post and not draw(seldom(max(20, strangers))):
        who = life.here.post
    else:
        who = draw(st.sampled_from([*RIGHTS] if draw(seldom(strangers)) else able))
    stale = draw(st.sampled_from([-1, 1, 7])) if act != "add_note" and draw(seldom(3)) else 0
    how = {name: draw(strategy) for name, strategy in _details(act, life).items()}
    return Attempt(number, act, who, draw(after), stale, how)


def _details(act: str, life: Life) -> dict[str, st.SearchStrategy[Any]]:
    """Return what an act needs besides its place and its person."""
    if act in {"forward", "pass_to_next"}:
        return {"unit": st.sampled_from(["office", "economy"])}
    if act in {"assign", "submit", "reassign"}:
        signer = act == "submit" or (act == "reassign" and life.step == "approve")
        return {"to": st.sampled_from(SIGNERS if signer else WORKERS)}
    if act == "extend":
        return {"by_days": st.integers(-1, 9)}
    if act == "apologise":
        return {"kind": st.sampled_from([cases.ApologyKind.LATE, cases.ApologyKind.ERROR])}
    return {"to_seq": st.integers(1, len(life.steps) + 1)} if act == "send_back" else {}


def _just_sent(scene: Scene, life: Life) -> bool:
    return life.here.act in TAKEN_BACK and not life.here.received and scene.now - life.here.at <= timedelta(minutes=30)


def _extended(scene: Scene, life: Life) -> bool:
    return life.place in RUNNING and life.unextended is not None and scene.now < life.unextended


class SideBySide(RuleBasedStateMachine):
    """A few cases living side by side, each beside its model."""

    def __init__(self, office: Office, tally: Tally) -> None:
        super().__init__()
        self.office, self.tally = office, tally
        self.scene = Scene(office, now=FIRST)
        self.tried: set[int] = set()
        self.edits = self.recalls = 0
        self.done, self.refused = Counter[str](), Counter[str]()
        self.agrees = True
        self.undoing = ExitStack()
        self.undoing.enter_context(transaction.atomic())

    def teardown(self) -> None:
        """Look at everything once more, unless it is known to disagree already, and undo all of it."""
        try:
            if self.agrees:
                if self.scene.unsettled:
                    self.settle()
                check_all(self.scene)
                self.tally.walks += 1
                self.tally.lives += len(self.tried)
                self.tally.done += self.done
                self.tally.refused += self.refused
                self.tally.finished += Counter(life.timeliness for life in self.scene.lives if life.finished)
        finally:
            transaction.set_rollback(True)
            self.undoing.close()

    # --- the rules -----------------------------------------------------------------------------------------------------

    @initialize(days=st.integers(0, 44), minutes=st.integers(0, 539), lives=st.lists(begins(), min_size=1, max_size=8))
    def some_lives_begin(self, days: int, minutes: int, lives: list[Begin]) -> None:
        self.scene.now += timedelta(days=days, minutes=minutes)
        with self.disagreeing_until_the_end():
            for one in lives:
                self.scene.now += timedelta(minutes=one.after)
                check(self.scene, self.scene.begin(one.procedure, one.who, one.how))
                self.done["intake"] += 1

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.scene.now += timedelta(hours=hours)

    @precondition(lambda self: any(life.place in WAITING for life in self.scene.lives))
    @rule(days=st.integers(0, 15), attempt=attempts(acts=COMING))
    def what_was_waited_for_comes(self, days: int, attempt: Attempt) -> None:
        self.scene.now += timedelta(days=days)
        self.act(attempt)

    @precondition(lambda self: any(_extended(self.scene, life) for life in self.scene.lives))
    @rule(minutes=st.integers(1, 240))
    def a_first_promise_passes(self, minutes: int) -> None:
        first = min(life.unextended for life in self.scene.lives if _extended(self.scene, life))
        # The first late instant of a promise to the hour lies a microsecond after it; the second opinion counts by minutes.
        self.scene.now = first.replace(microsecond=0) + timedelta(minutes=minutes)

    @precondition(lambda self: self.scene.unsettled is None and self.edits < EDITS)
    @rule(ahead=st.integers(-4, 12))
    def a_day_is_edited(self, ahead: int) -> None:
        with self.disagreeing_until_the_end():
            self.edits += 1
            self.done["calendar edited"] += self.scene.edit_calendar(self.scene.now.date() + timedelta(days=ahead))

    @precondition(lambda self: self.scene.unsettled is not None)
    @rule()
    def the_edit_is_settled(self) -> None:
        self.settle()

    @rule(attempt=attempts(acts=ONWARD))
    def somebody_carries_it_on(self, attempt: Attempt) -> None:
        self.act(attempt)

    @rule(attempt=attempts())
    def somebody_does_what_fits(self, attempt: Attempt) -> None:
        self.act(attempt)

    @rule(attempt=attempts(acts=ONWARD))
    def somebody_carries_it_further(self, attempt: Attempt) -> None:
        self.act(attempt)

    @rule(attempt=attempts(fitting=False))
    def somebody_tries_anything(self, attempt: Attempt) -> None:
        self.act(attempt)

    @precondition(lambda self: self.recalls < RECALLS and any(_just_sent(self.scene, life) for life in self.scene.lives))
    @rule(attempt=recalls())
    def somebody_takes_it_back(self, attempt: Attempt) -> None:
        self.recalls += 1
        self.act(attempt)

    # --- what they do --------------------------------------------------------------------------------------------------

    def act(self, attempt: Attempt) -> None:
        """Try an act: it goes through when the model says so, and else it is refused and leaves nothing behind."""
        with self.disagreeing_until_the_end():
            self.tried.add(attempt.life)
            self.scene.now += timedelta(minutes=attempt.after)
            life, act, who = self.scene.lives[attempt.life], attempt.act, attempt.who
            seen = None if act == "add_note" else life.revision + attempt.stale
            do, may, effect = self.scene.attempt(act, life, who, seen, **attempt.how)
            expected = allowed(act, life, who) and may and not attempt.stale
            before = None if expected else snapshot(life)
            sentence = refusal(do)
            where = f"{act} by {who} at {life.place} ({self.scene.now})"
            if sentence:
                assert not expected, f"{where} was refused: {sentence}"
                assert snapshot(life) == before, f"refused {act} left something behind"
                self.refused[act] += 1
                return
            assert expected, f"{where} went through; it must not"
            if effect is not None:
                effect()
                life.revision += 1
            self.done[act] += 1
            check(self.scene, life)

    def settle(self) -> None:
        """Settle the edit, and look at every life."""
        with self.disagreeing_until_the_end():
            self.done["settled"] += self.scene.settle()
            for life in self.scene.lives:
                check(self.scene, life)

    def disagreeing_until_the_end(self) -> ExitStack:
        """Hold the model for wrong until the block has ended well: after a failure, teardown has nothing to compare."""
        self.agrees = False
        ending = ExitStack()
        ending.push(self._ended)
        return ending

    def _ended(self, kind: type[BaseException] | None, *_: object) -> None:
        self.agrees = kind is None


def walk(office: Office, *, lives: int, seed: int) -> Tally:
    """Walk until so many lives were walked; a failure is shrunk and printed as the steps that lead to it."""
    tally = Tally()
    settings = hypothesis.settings(
        max_examples=FRESH,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
        report_multiple_bugs=False,
    )

    def machine() -> SideBySide:
        return SideBySide(office, tally)

    for more in range(lives):
        if tally.lives >= lives:
            break
        run_state_machine_as_test(hypothesis.seed(seed + more)(machine), settings=settings)
    return tally
