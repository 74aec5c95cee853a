"""The story: which cases there are, and the clock that tells their acts in the order of time, up to the end and no further."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from cchc.cases import api as cases
from cchc.cli.demo import plots, turns
from cchc.cli.demo.cast import Agency, applicant, script
from cchc.cli.demo.plots import Plot
from cchc.cli.demo.stage import MINUTES_A_DAY, Filing, Stage, minutes
from cchc.kernel.errors import Refused
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local, local_date

_FIRST_MINUTE, _LAST_MINUTE = 15, 40
_NOON = 11
_CHANNELS = ("counter",) * 14 + ("online",) * 5 + ("post",)


def tell(stage: Stage, agencies: dict[str, Agency], *, number: int, last: date, end: datetime, progress: Callable[[int], None]) -> None:
    """Tell the scenes and as many other cases as make ``number``; ``last`` is the last working day, ``end`` the last instant."""
    story = script("story")
    first = stage.hours.shifted(last, -story["working_days"])
    off = stage.hours.shifted(last, -story["swap"]["off"])
    told = list(_scenes(stage, agencies["vq"], last))
    told += _others(stage, agencies, number - len(told), first=first, last=last, end=end, off=off, share=number / story["cases"])
    told += [turns.swap(stage, agencies["vq"], last), turns.away(stage, agencies["vq"], last)]
    _run(stage, told, end=end, progress=progress)


def _run(stage: Stage, told: list[Plot], *, end: datetime, progress: Callable[[int], None]) -> None:
    """Let every plot act when its time has come; what would happen after the end is left untold.

    What a plot wanted to do on a day that has become a day off, it does when the office works again.
    """
    turn = count()
    waiting = [(at, next(turn), plot) for plot in told if (at := next(plot, None)) is not None and at <= end]
    heapq.heapify(waiting)
    for done in count(1):
        if not waiting:
            return
        at, _turn, plot = heapq.heappop(waiting)
        real = stage.hours.later(at, 0)
        if real != at:
            if real <= end:
                heapq.heappush(waiting, (real, next(turn), plot))
            continue
        progress(done)
        try:
            following = plot.send(at)
        except StopIteration:
            continue
        if following <= end:
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
            yield plots.supplemented(stage, filing, "supplement_waiting")
        else:
            yield plots.scene(stage, filing, until=row["until"])


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


def _others(
    stage: Stage, agencies: dict[str, Agency], number: int, *, first: date, last: date, end: datetime, off: date, share: float
) -> Iterator[Plot]:
    """Return the cases that chance makes, spread over days, hours, agencies and procedures; the same for the same seed."""
    story = script("story")
    days = [
        day for offset in range((last - first).days + 1) if stage.hours.is_working(day := first + timedelta(days=offset)) and day != off
    ]
    chance = Random(story["seed"])  # noqa: S311 (a story, not a secret)
    keys, weights = list(story["share"]), list(story["share"].values())
    promised = []
    for place in range(max(0, number)):
        agency = agencies[chance.choices(keys, weights)[0]]
        own = Random(f"{story['seed']} {place}")  # noqa: S311 (as above)
        filing = _filing(stage, agency, own, _moment(stage, own, days, end))
        if filing is None:
            continue
        if filing.choice["now"]:
            yield plots.immediate(stage, filing)
        else:
            promised.append(filing)
    fates = dealt(stage, promised, chance, last=last, share=share)
    for place, filing in enumerate(promised):
        fate = fates.get(place, "straight")
        yield plots.FATES[fate](stage, filing, fate)


def dealt(stage: Stage, filings: Sequence[Filing], chance: Random, *, last: date, share: float) -> dict[int, str]:
    """Return what becomes of the filings that do not go straight, by their place: each fate as often as the story says."""
    free = list(range(len(filings)))
    chance.shuffle(free)
    ages = {day: age for age in range(script("story")["working_days"] + 1) for day in (stage.hours.shifted(last, -age),)}
    found = {}
    for row in sorted(script("story")["fate"], key=_rarest_first):
        fitting = [place for place in free if _fits(stage, filings[place], row, ages)]
        for place in fitting[: max(1, round(row["count"] * share))]:
            found[place] = row["name"]
            free.remove(place)
    return found


def _rarest_first(row: dict[str, Any]) -> int:
    return -int(row["term"]) * 1000 + int(row["count"])


def _fits(stage: Stage, filing: Filing, row: dict[str, Any], ages: dict[date, int]) -> bool:
    """Say whether a fate can come to pass for a filing within the story."""
    version = stage.version(filing.choice["code"], local_date(filing.at))
    term, age = minutes(version, filing) / MINUTES_A_DAY, ages[local_date(filing.at)]
    lasting = 0 if "within" in row else term
    return (
        term >= row["term"]
        and row["after"] + lasting <= age <= row.get("within", age)
        and row.get("unit") in {None, filing.unit(version)}
        and (not row.get("commune") or "society" in filing.agency.units)
        and (not row.get("morning") or local(filing.at).hour < _NOON)
    )


def _moment(stage: Stage, chance: Random, days: list[date], end: datetime) -> datetime:
    """Return an instant within the hours of the counter, not in its first and last minutes, and not after the end."""
    for _try in range(50):
        day = chance.choice(days)
        minute = chance.randint(_FIRST_MINUTE, stage.hours.minutes(day) - _LAST_MINUTE)
        found = stage.hours.later(at_local(day, time.min), minute)
        if found <= end:
            return found
    return stage.hours.later(at_local(days[0], time.min), _FIRST_MINUTE)


def _filing(stage: Stage, agency: Agency, chance: Random, moment: datetime) -> Filing | None:
    """Choose a procedure that the catalogue has, and who comes with it."""
    story = script("story")
    book = story.get(agency.key, story["commune"])
    day = moment.date()
    now = chance.random() * 100 < book["immediate_share"]
    choices = [row for row in book["immediate" if now else "promised"] if _known(stage, row["code"], day)]
    if not choices:
        return None
    row = dict(chance.choices(choices, [item["weight"] for item in choices])[0]) | {"now": now}
    for key in ("copies", "pages"):
        if key in row:
            row[key] = chance.randint(1, row[key])
    row["submitter"] = not now and chance.random() < 0.1  # noqa: PLR2004 (one in ten sends somebody)
    row["channel"] = "counter" if now else chance.choice(_CHANNELS)
    # Its own dice: what else the story tells stays as it was. Of three files sent online one was typed in by an official, as offices admit.
    own = Random(f"{moment.isoformat()} {row['code']}")  # noqa: S311 (a story, no secret)
    if row["channel"] == "online" and not row["submitter"]:
        row["filed_by"] = own.choice(("self", "self", "helped"))
    return Filing(
        agency=agency,
        at=moment,
        choice=row,
        owner=applicant(agency, chance, today=day),
        counter=chance.choice(agency.counter_officers()),
        chance=chance,
    )


def _known(stage: Stage, code: str, day: date) -> bool:
    try:
        stage.version(code, day)
    except Refused:
        return False
    return True
