"""The story: which cases there are, and the clock that tells their acts in the order of time, up to the end and no further."""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from cchc.cases import api as cases
from cchc.cli.demo import plots
from cchc.cli.demo.cast import Agency, applicant, script
from cchc.cli.demo.plots import Filing, Plot, Stage
from cchc.kernel.errors import Refused
from cchc.kernel.local import at as at_local

_FIRST_MINUTE, _LAST_MINUTE = 15, 40
_CHANNELS = ("counter",) * 14 + ("online",) * 5 + ("post",)


def tell(stage: Stage, agencies: dict[str, Agency], *, number: int, last: date, end: datetime, progress: Callable[[int], None]) -> None:
    """Tell the scenes and as many other cases as make ``number``; ``last`` is the last working day, ``end`` the last instant."""
    story = script("story")
    told = list(_scenes(stage, agencies["vq"], last))
    first = stage.hours.shifted(last, -story["working_days"])
    told += list(_others(stage, agencies, number - len(told), first=first, last=last, end=end))
    _run(told, end=end, progress=progress)


def _run(told: list[Plot], *, end: datetime, progress: Callable[[int], None]) -> None:
    """Let every plot act when its time has come; what would happen after the end is left untold."""
    turn = count()
    waiting = [(at, next(turn), plot) for plot in told if (at := next(plot, None)) is not None and at <= end]
    heapq.heapify(waiting)
    for done in count(1):
        if not waiting:
            return
        _at, _turn, plot = heapq.heappop(waiting)
        progress(done)
        following = next(plot, None)
        if following is not None and following <= end:
            heapq.heappush(waiting, (following, next(turn), plot))


def _scenes(stage: Stage, agency: Agency, last: date) -> Iterator[Plot]:
    """Return the written scenes that the demo covers and the catalogue allows."""
    first = stage.hours.shifted(last, -script("story")["working_days"])
    for place, row in enumerate(script("story")["scene"]):
        day = row["date"] if "date" in row else stage.hours.shifted(last, row["day"])
        if not first <= day <= last or not stage.hours.is_working(day) or not _known(stage, row["code"], last):
            continue
        chance = Random(f"scene {place}")  # noqa: S311 (a story, not a secret)
        filing = Filing(
            agency=agency,
            at=at_local(day, row["at"]),
            choice=row,
            owner=_owner(row, agency, chance, day),
            counter=agency.who("counter_officer", "counter"),
            chance=chance,
        )
        if row["until"] == "immediate":
            yield plots.immediate(stage, filing)
        elif row["until"] == "supplement":
            yield plots.supplemented(stage, filing, comes_back=False)
        else:
            yield plots.straight(stage, filing, until=row["until"])


def _owner(row: dict[str, Any], agency: Agency, chance: Random, day: date) -> cases.PartyForm:
    if "name" not in row:
        return applicant(agency, chance, today=day)
    return cases.PartyForm(
        full_name=row["name"],
        identity_number=row["number"],
        birth_date=row["born"],
        phone=row["phone"],
        address=row["address"],
    )


def _others(stage: Stage, agencies: dict[str, Agency], number: int, *, first: date, last: date, end: datetime) -> Iterator[Plot]:
    """Return the cases that chance makes, spread over days, hours, agencies and procedures; the same for the same seed."""
    story = script("story")
    days = [day for offset in range((last - first).days + 1) if stage.hours.is_working(day := first + timedelta(days=offset))]
    chance = Random(story["seed"])  # noqa: S311 (a story, not a secret)
    keys, weights = list(story["share"]), list(story["share"].values())
    for place in range(max(0, number)):
        agency = agencies[chance.choices(keys, weights)[0]]
        own = Random(f"{story['seed']} {place}")  # noqa: S311 (as above)
        moment = _moment(stage, own, days, end)
        plot = _plot(stage, agency, own, moment)
        if plot is not None:
            yield plot


def _moment(stage: Stage, chance: Random, days: list[date], end: datetime) -> datetime:
    """Return an instant within the hours of the counter, not in its first and last minutes, and not after the end."""
    for _try in range(50):
        day = chance.choice(days)
        minute = chance.randint(_FIRST_MINUTE, stage.hours.minutes(day) - _LAST_MINUTE)
        found = stage.hours.later(at_local(day, time.min), minute)
        if found <= end:
            return found
    return stage.hours.later(at_local(days[0], time.min), _FIRST_MINUTE)


def _plot(stage: Stage, agency: Agency, chance: Random, moment: datetime) -> Plot | None:
    """Choose a procedure that the catalogue has and what becomes of the case."""
    story = script("story")
    book = story.get(agency.key, story["commune"])
    day = moment.date()
    now = chance.random() * 100 < book["immediate_share"]
    choices = [row for row in book["immediate" if now else "promised"] if _known(stage, row["code"], day)]
    if not choices:
        return None
    row = dict(chance.choices(choices, [item["weight"] for item in choices])[0])
    for key in ("copies", "pages"):
        if key in row:
            row[key] = chance.randint(1, row[key])
    row["submitter"] = not now and chance.random() < 0.1  # noqa: PLR2004 (one in ten sends somebody)
    row["channel"] = "counter" if now else chance.choice(_CHANNELS)
    filing = Filing(
        agency=agency,
        at=moment,
        choice=row,
        owner=applicant(agency, chance, today=day),
        counter=chance.choice(agency.counter_officers()),
        chance=chance,
    )
    if now:
        return plots.immediate(stage, filing)
    return _promised(stage, filing, chance.choices(list(story["plot"]), list(story["plot"].values()))[0])


def _promised(stage: Stage, filing: Filing, kind: str) -> Plot:
    if kind == "refused":
        return plots.refused(stage, filing)
    if kind in {"supplemented", "unsupplemented"}:
        return plots.supplemented(stage, filing, comes_back=kind == "supplemented")
    pace = filing.chance.uniform(1.3, 1.8) if kind == "late" else filing.chance.uniform(0.25, 0.8)
    return plots.straight(stage, filing, pace=pace)


def _known(stage: Stage, code: str, day: date) -> bool:
    try:
        stage.version(code, day)
    except Refused:
        return False
    return True
