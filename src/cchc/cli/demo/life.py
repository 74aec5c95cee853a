"""The life of one file, act by act. Each act yields the instant it wants and is told the instant it gets, in working hours."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import datetime, time

from cchc.cases import api as cases
from cchc.cli.demo.cast import script
from cchc.cli.demo.stage import Filing, Stage, minutes, passes
from cchc.kernel.actor import Actor
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local, local_date
from cchc.procedures import api as procedures

Act = Generator[datetime, datetime, datetime]
_TRAY_CLOSES, _TRAY_GOES = time(11), time(14, 40)
_SHORT = 0.15


@dataclass
class Life:
    """A file on its way: ``received`` is when its term began, ``pace`` the share of the term that is used."""

    stage: Stage
    filing: Filing
    version: procedures.VersionView
    code: str
    received: datetime
    pace: float = 0.6
    brief: bool = False

    def __post_init__(self) -> None:
        self.whole = minutes(self.version, self.filing)
        self.unit = self.filing.unit(self.version)
        self.unit_id = self.filing.agency.units[self.unit]
        self.chance = self.filing.chance
        self.counter = self.filing.counter
        self.head = self.filing.agency.who("unit_head", self.unit)
        self.signer = self.filing.agency.who("signer", "")
        self.last_holder = self.head

    def later(self, moment: datetime, least: int, most: int | None = None) -> datetime:
        """Return an instant some working minutes after another."""
        return self.stage.hours.later(moment, least if most is None else self.chance.randint(least, most))

    def words(self, name: str) -> str:
        """Return one of the story's sentences for an occasion."""
        return str(self.chance.choice(script("story")["words"][name]))

    def tell(self, act: str) -> None:
        """Keep the last act."""
        self.stage.told[self.code] = act

    def promised(self, moment: datetime) -> datetime:
        """Return the promise as it stands."""
        found = cases.case(code=self.code, actor=self.head, at=moment).row.due_at
        if found is None:
            raise ValueError("Cảnh mẫu: hồ sơ này không có lời hẹn.")
        return found

    def forwarded(self, moment: datetime, *, slip: bool = False) -> Act:
        """To the unit: by itself, or in the afternoon's batch with a slip that the unit signs."""
        wanted = self.later(moment, 25) if self.brief else self.later(moment, 10, 115)
        by_tray = slip and local(moment).time() < _TRAY_CLOSES
        if by_tray:
            wanted = at_local(local_date(moment), _TRAY_GOES)
            tray = self.stage.trays.setdefault((self.filing.agency.key, self.unit + " brief" * self.brief, wanted), [])
            tray.append(self.code)
        moment = yield wanted
        if not by_tray:
            cases.forward(actor=self.counter, at=moment, code=self.code, unit_id=self.unit_id)
        elif self.code in tray:
            given = cases.forward_many(actor=self.counter, at=moment, codes=tuple(tray), unit_id=self.unit_id)
            self.stage.told.update(dict.fromkeys(tray, "forwarded"))
            tray.clear()
            if not self.brief:
                self.tell("forwarded")
                moment = yield self.later(moment, 10, 20)
                cases.receive_slip(actor=self.head, at=moment, slip=given.slip)
        self.tell("forwarded")
        return moment

    def assigned(self, moment: datetime, to: Actor | None = None) -> Act:
        """To an officer of the unit, or to somebody named."""
        moment = yield self.later(moment, 45) if self.brief else self.later(moment, 25, 150)
        officer = to or self.filing.agency.who("case_officer", self.unit)
        cases.assign(actor=self.head, at=moment, code=self.code, post_id=post_of(officer))
        self.stage.holding[self.code] = officer
        self.tell("assigned")
        return moment

    def to_officer(self, moment: datetime, *, slip: bool = False) -> Act:
        """Forward and assign."""
        moment = yield from self.forwarded(moment, slip=slip)
        return (yield from self.assigned(moment))

    def worker(self, moment: datetime) -> Actor:
        """Return who may act on the file in hand."""
        return self.stage.acting(self.stage.holding[self.code], moment)

    def drafted_by(self) -> datetime:
        """Return when a file that keeps its pace is put before the signer."""
        return self.stage.hours.later(self.received, self.whole * self.pace * self.chance.uniform(0.7, 1))

    def submitted(self, moment: datetime, drafted: datetime | None = None) -> Act:
        """Through every working step, and before the signer."""
        goal = drafted or (self.later(moment, 150) if self.brief else self.drafted_by())
        for _ in range(passes(self.version)):
            # The process has other work before the signature: its next step is the head's.
            moment = yield max(self.later(moment, 20), self.later(moment, 40) if self.brief else self._before(moment, goal))
            cases.pass_to_next(actor=self.worker(moment), at=moment, code=self.code, unit_id=self.unit_id)
            self.stage.holding.pop(self.code)
            moment = yield from self.assigned(moment, to=self.head)
            goal = max(self.later(moment, 20, 240), drafted or moment)
        moment = yield max(self.later(moment, 20), goal)
        self.put_forward(moment)
        return moment

    def put_forward(self, moment: datetime) -> None:
        """Put the file before the signer."""
        cases.submit(actor=self.worker(moment), at=moment, code=self.code, post_id=post_of(self.signer), note=self.words("notes"))
        self.last_holder = self.stage.holding.pop(self.code)
        self.tell("submitted")

    def approved(self, moment: datetime) -> Act:
        """Signed, within the hours that signing may take."""
        longest = max(16, min(220, round(self.whole * _SHORT)))
        moment = yield self.later(moment, 90) if self.brief else self.later(moment, 15, longest)
        cases.approve(actor=self.signer, at=moment, code=self.code, number=f"{self.chance.randint(1, 900)}/{local(moment):%Y}")
        self.tell("approved")
        return moment

    def handed(self, moment: datetime) -> Act:
        """Given to the applicant."""
        moment = yield self.later(moment, 20, 900)
        cases.hand_over(actor=self.counter, at=moment, code=self.code, receiver=self.filing.owner.full_name)
        self.tell("returned")
        return moment

    def finished(self, moment: datetime, drafted: datetime | None = None) -> Act:
        """From the officer's desk to the applicant's hands."""
        moment = yield from self.submitted(moment, drafted)
        moment = yield from self.approved(moment)
        return (yield from self.handed(moment))

    def restarted(self, moment: datetime) -> None:
        """Count the term from another instant."""
        self.received = moment

    def _before(self, moment: datetime, goal: datetime) -> datetime:
        """Return an instant about two thirds of the way."""
        return self.stage.hours.later(moment, self.stage.hours.between(moment, goal) * 0.65)


def begun(
    stage: Stage, filing: Filing, *, pace: float = 0.6, brief: bool = False, fate: str = "straight"
) -> Generator[datetime, datetime, Life]:
    """Receive the file and return its life."""
    moment = yield filing.at
    version = stage.version(filing.choice["code"], local_date(moment))
    code = cases.receive(actor=filing.counter, at=moment, intake=filing.intake(version))
    stage.told[code], stage.fates[code] = "received", fate
    return Life(stage, filing, version, code, moment, pace, brief)


def post_of(actor: Actor) -> int:
    """Return the actor's post."""
    if actor.post_id is None:
        raise ValueError("Người của cảnh mẫu phải có vị trí.")
    return actor.post_id


def mistyped(filing: Filing) -> Filing:
    """Return the filing with a slip of the pen in the address, to be put right later."""
    return replace(filing, owner=replace(filing.owner, address=f"{filing.owner.address} (cũ)"))
