"""What every plot needs: the hours, the catalogue, who acts on a day, and what has been told so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from cchc.cases import api as cases
from cchc.cli.demo.cast import Agency, applicant, unit_for
from cchc.cli.demo.hours import Hours
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures

MINUTES_A_DAY = 480
_DAYS_A_WEEK, _WORKED_A_WEEK = 7, 5
_DAYS = {"wd": 1.0, "wh": 1 / 8, "d": _WORKED_A_WEEK / _DAYS_A_WEEK, "m": 21.0}
_WORK = frozenset({procedures.StepKind.ASSIGN, procedures.StepKind.PROCESS})


@dataclass
class Away:
    """Somebody who is not there from a moment on, and who stands in."""

    post_id: int
    since: datetime
    substitute: Actor


@dataclass
class Stage:
    """``told`` is the last act of each case by its code, ``fates`` what became of it, ``holding`` whose hands the files are in."""

    hours: Hours
    told: dict[str, str] = field(default_factory=dict)
    fates: dict[str, str] = field(default_factory=dict)
    holding: dict[str, Actor] = field(default_factory=dict)
    trays: dict[tuple[str, str, datetime], list[str]] = field(default_factory=dict)
    away: Away | None = None
    _versions: dict[str, procedures.VersionView] = field(default_factory=dict)

    def version(self, code: str, day: date) -> procedures.VersionView:
        """Return the version in force; raise ``NotFound`` or ``Refused``."""
        if code not in self._versions:
            self._versions[code] = procedures.version_for(code, on=day)
        return self._versions[code]

    def acting(self, holder: Actor, moment: datetime) -> Actor:
        """Return who acts for the holder of a file: themselves, or their substitute while they are away."""
        if self.away is not None and holder.post_id == self.away.post_id and moment >= self.away.since:
            return self.away.substitute
        return holder


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
            filed_by=cases.FiledBy(self.choice["filed_by"]) if "filed_by" in self.choice else None,
        )

    def unit(self, version: procedures.VersionView) -> str:
        """Return the key of the unit that processes it."""
        found = unit_for(version.field.name)
        return found if found in self.agency.units else "office"

    def _channel(self, version: procedures.VersionView) -> procedures.Channel:
        wanted = procedures.Channel(self.choice.get("channel", "counter"))
        return wanted if wanted in version.channels else procedures.Channel.COUNTER


def minutes(version: procedures.VersionView, filing: Filing) -> float:
    """Return about how many working minutes the term has; a same-day one has a morning."""
    place = filing.choice.get("case_type", 1)
    case_type = version.case_types[place - 1].id if version.case_types else None
    limit = procedures.limit_for(version, procedures.Channel.COUNTER, case_type)
    if limit is None or limit.is_same_day:
        return MINUTES_A_DAY / 2
    return limit.amount * _DAYS[limit.unit.value] * MINUTES_A_DAY


def passes(version: procedures.VersionView) -> int:
    """Return how often the file goes on to further work before it may be put before the signer."""
    steps = {step.ordinal: step for step in version.steps}
    here = next((step for step in version.steps if step.kind is procedures.StepKind.PROCESS), None)
    count = 0
    while here is not None:
        ahead = [steps[item.next] for item in here.outcomes if item.next is not None and item.next > here.ordinal]
        ahead = ahead or [steps[here.ordinal + 1]] * (here.ordinal + 1 in steps)
        if not ahead or any(step.kind not in _WORK for step in ahead):
            break
        here, count = next(step for step in ahead if step.kind in _WORK), count + 1
    return count


def _given(number: int, paper: procedures.PaperView, missing: Sequence[int]) -> cases.PaperGiven:
    given = number not in missing and paper.is_required
    return cases.PaperGiven(ordinal=number, given=given, originals=paper.originals if given else 0, copies=paper.copies if given else 0)
