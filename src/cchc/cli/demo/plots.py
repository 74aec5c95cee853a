"""What becomes of a case. A plot is a generator: it yields the instant of its next act and is called again when the clock is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from cchc.cases import api as cases
from cchc.cli.demo.cast import Agency, applicant, script, unit_for
from cchc.cli.demo.hours import Hours
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures

Plot = Iterator[datetime]
ACTS = ("received", "forwarded", "assigned", "submitted", "approved", "returned")
_MINUTES_A_DAY = 480
_DAYS_A_WEEK, _WORKED_A_WEEK = 7, 5
_DAYS = {"wd": 1.0, "wh": 1 / 8, "d": _WORKED_A_WEEK / _DAYS_A_WEEK, "m": 21.0}


@dataclass
class Stage:
    """What every plot needs: hours, the catalogue by code and day, and what has been told so far."""

    hours: Hours
    told: dict[str, str] = field(default_factory=dict)
    _versions: dict[str, procedures.VersionView] = field(default_factory=dict)

    def version(self, code: str, day: date) -> procedures.VersionView:
        """Return the version in force; raise ``NotFound`` or ``Refused``."""
        if code not in self._versions:
            self._versions[code] = procedures.version_for(code, on=day)
        return self._versions[code]


@dataclass(frozen=True)
class Filing:
    """Who comes, when, with what. ``choice`` is a row of the story: code, case_type, copies, pages, channel, request."""

    agency: Agency
    at: datetime
    choice: dict[str, Any]
    owner: cases.PartyForm
    counter: Actor
    chance: Random

    def intake(self, version: procedures.VersionView, *, missing: Sequence[int] = ()) -> cases.Intake:
        """Return the filled-in form; ``missing`` are places in the checklist, from 1."""
        place = self.choice.get("case_type", 1)
        papers = version.case_types[place - 1].papers if version.case_types else ()
        return cases.Intake(
            procedure=version.code,
            owner=self.owner,
            submitter=applicant(self.agency, self.chance, today=local_date(self.at)) if self.choice.get("submitter") else None,
            channel=self._channel(version),
            case_type=place,
            papers=tuple(_given(number, paper, missing) for number, paper in enumerate(papers, start=1)),
            request=self.choice.get("request", ""),
            quantities={key: self.choice[key] for key in ("copies", "pages") if key in self.choice},
            notify=self.chance.random() < 0.4,  # noqa: PLR2004 (some want to hear of it)
        )

    def _channel(self, version: procedures.VersionView) -> procedures.Channel:
        wanted = procedures.Channel(self.choice.get("channel", "counter"))
        return wanted if wanted in version.channels else procedures.Channel.COUNTER


def immediate(stage: Stage, filing: Filing) -> Plot:
    """Received, done and handed over in one act."""
    yield filing.at
    version = stage.version(filing.choice["code"], local_date(filing.at))
    code = cases.receive_immediate(actor=filing.counter, at=filing.at, intake=filing.intake(version))
    stage.told[code] = "immediate"


def refused(stage: Stage, filing: Filing) -> Plot:
    """Not taken, in writing."""
    yield filing.at
    version = stage.version(filing.choice["code"], local_date(filing.at))
    words = filing.chance.choice(script("story")["words"]["refusals"])
    code = cases.refuse(
        actor=filing.counter, at=filing.at, intake=filing.intake(version), reason=words["reason"], guidance=words["guidance"]
    )
    stage.told[code] = "refused"


def supplemented(stage: Stage, filing: Filing, *, comes_back: bool, pace: float = 0.6) -> Plot:
    """A paper is missing: asked for once and in full; most people come back with it, and the clock starts."""
    yield filing.at
    version = stage.version(filing.choice["code"], local_date(filing.at))
    whole = filing.intake(version)
    papers = version.case_types[whole.case_type - 1].papers if version.case_types else ()
    absent = [number for number, paper in enumerate(papers, start=1) if paper.is_required][-1:]
    code = cases.ask_supplement(
        actor=filing.counter,
        at=filing.at,
        intake=filing.intake(version, missing=absent),
        reason=script("story")["words"]["supplement"],
        items=[papers[number - 1].name for number in absent] or ["Bổ sung chữ ký của người nộp trong tờ khai"],
    )
    stage.told[code] = "supplement"
    if comes_back:
        moment = stage.hours.later(filing.at, filing.chance.randint(300, 1500))
        yield moment
        cases.accept_supplemented(actor=filing.counter, at=moment, code=code, papers=whole.papers)
        stage.told[code] = "received"
        yield from _processed(stage, filing, version, code, moment, pace=pace, until="returned")


def straight(stage: Stage, filing: Filing, *, pace: float = 0.6, until: str = "returned") -> Plot:
    """From the counter to the result. ``pace`` is the share of the term that is used; above 1 it is late. ``until``: the last act told."""
    yield filing.at
    version = stage.version(filing.choice["code"], local_date(filing.at))
    code = cases.receive(actor=filing.counter, at=filing.at, intake=filing.intake(version))
    stage.told[code] = "received"
    yield from _processed(stage, filing, version, code, filing.at, pace=pace, until=until)


def _processed(
    stage: Stage,
    filing: Filing,
    version: procedures.VersionView,
    code: str,
    received: datetime,
    *,
    pace: float,
    until: str,
) -> Plot:
    """Forward, assign, submit, approve, hand over; a case that a scene leaves in somebody's hands gets there quickly."""
    agency, chance, later = filing.agency, filing.chance, stage.hours.later
    unit = unit_for(version.field.name)
    unit = unit if unit in agency.units else "office"
    officer, signer = agency.who("case_officer", unit), agency.who("signer", "")
    notes = script("story")["words"]["notes"]
    brief = until != "returned"
    left = ACTS.index(until)
    whole = _minutes(version, filing) * pace

    moment = later(received, 25 if brief else chance.randint(10, 200))
    if left < ACTS.index("forwarded"):
        return
    yield moment
    cases.forward(actor=filing.counter, at=moment, code=code, unit_id=agency.units[unit])
    stage.told[code] = "forwarded"

    moment = later(moment, 45 if brief else chance.randint(15, 180))
    if left < ACTS.index("assigned"):
        return
    yield moment
    cases.assign(actor=agency.who("unit_head", unit), at=moment, code=code, post_id=_post(officer))
    stage.told[code] = "assigned"

    if left < ACTS.index("submitted"):
        return
    drafted = later(moment, 150) if brief else max(later(moment, 20), later(received, whole * chance.uniform(0.6, 0.85)))
    for place in range(passes(version)):
        # The process has other work before the signature: its next step is the head's.
        moment = later(moment, 40) if brief else max(later(moment, 15), later(received, whole * (0.3 + place / 10)))
        yield moment
        cases.pass_to_next(actor=officer, at=moment, code=code, unit_id=agency.units[unit])
        officer = agency.who("unit_head", unit)
        moment = later(moment, 20)
        yield moment
        cases.assign(actor=officer, at=moment, code=code, post_id=_post(officer))
    moment = max(later(moment, 20), drafted)
    yield moment
    cases.submit(actor=officer, at=moment, code=code, post_id=_post(signer), note=chance.choice(notes))
    stage.told[code] = "submitted"

    moment = later(moment, 90) if brief else max(later(moment, 15), later(received, whole))
    if left < ACTS.index("approved"):
        return
    yield moment
    cases.approve(actor=signer, at=moment, code=code, number=f"{chance.randint(1, 900)}/{moment:%Y}")
    stage.told[code] = "approved"

    moment = later(moment, chance.randint(20, 900))
    if left < ACTS.index("returned"):
        return
    yield moment
    cases.hand_over(actor=filing.counter, at=moment, code=code, receiver=filing.owner.full_name)
    stage.told[code] = "returned"


def passes(version: procedures.VersionView) -> int:
    """Return how often the file goes on to further work before it may be put before the signer."""
    work = {procedures.StepKind.ASSIGN, procedures.StepKind.PROCESS}
    steps = {step.ordinal: step for step in version.steps}
    here = next((step for step in version.steps if step.kind is procedures.StepKind.PROCESS), None)
    count = 0
    while here is not None:
        ahead = [steps[item.next] for item in here.outcomes if item.next is not None and item.next > here.ordinal]
        ahead = ahead or [steps[here.ordinal + 1]] * (here.ordinal + 1 in steps)
        if not ahead or any(step.kind not in work for step in ahead):
            break
        here, count = next(step for step in ahead if step.kind in work), count + 1
    return count


def _minutes(version: procedures.VersionView, filing: Filing) -> float:
    """Return about how many working minutes the term has; a same-day one has a morning."""
    place = filing.choice.get("case_type", 1)
    case_type = version.case_types[place - 1].id if version.case_types else None
    limit = procedures.limit_for(version, procedures.Channel.COUNTER, case_type)
    if limit is None or limit.is_same_day:
        return _MINUTES_A_DAY / 2
    return limit.amount * _DAYS[limit.unit.value] * _MINUTES_A_DAY


def _given(number: int, paper: procedures.PaperView, missing: Sequence[int]) -> cases.PaperGiven:
    given = number not in missing and paper.is_required
    return cases.PaperGiven(ordinal=number, given=given, originals=paper.originals if given else 0, copies=paper.copies if given else 0)


def _post(actor: Actor) -> int:
    if actor.post_id is None:
        raise ValueError("Người của cảnh mẫu phải có vị trí.")
    return actor.post_id
