"""What the walk does: acts on files that are typed in late, old registers, edits of the calendar, and the jobs that follow them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from cchc.cases import api as cases
from cchc.cases.models import Case, Register, Settlement
from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel import bus
from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.organisations.models import Unit
from cchc.procedures import api as procedures
from cchc.procedures.api import Channel
from cchc.worktime import api as worktime
from tests.figures.truth_oracle import DAY, INSTANT, File, day_of, midnight
from tests.figures.truth_places import FIRST, OPENED, SYSTEM, Places, Team
from tests.world import citizen

# By code: the term and the field.
OFFERED = {
    f"9.60000{number}": (limit, f"Lĩnh vực {name}")
    for number, (limit, name) in enumerate(
        [("3wd", "A"), ("0wd", "A"), ("12wh", "B"), ("10d", "B"), ("1m", "C"), ("", "C"), ("1wd", "C"), ("4wh", "A")], start=1
    )
}
AT_ONCE = "9.600002"
# By where a file lies: what may be done, and how often of a hundred.
ENDINGS = {"withdraw": 3, "stop": 2, "correct": 4, "extend": 8, "apologise": 1}
WAYS: Mapping[tuple[str, str], Mapping[str, int]] = {
    ("accepted", "forward"): {"forward": 80, **ENDINGS},
    ("processing", "assign"): {"assign": 80, "recall": 6, **ENDINGS},
    ("processing", "process"): {"submit": 60, "return_for_supplement": 14, "ask_payment": 10, "recall": 4, **ENDINGS},
    ("processing", "approve"): {"approve": 80, "refuse_after_appraisal": 6, "recall": 5, **ENDINGS},
    ("awaiting_supplement", "applicant"): {"accept_supplemented": 80, "withdraw": 6},
    ("awaiting_supplement", "supplement"): {"resume": 80, "refuse_unsupplemented": 8, "withdraw": 4, "correct": 2},
    ("awaiting_payment", "payment"): {"confirm_payment": 80, "stop": 4, "withdraw": 4},
    ("finished", "hand_over"): {"hand_over": 80, "correct_result": 10},
    ("returned", "closed"): {"correct_result": 1},
    ("refused", "hand_over"): {"hand_over_refusal": 1},
}
# Of a thousand operations; the rest is acts on files.
SELDOM = {"receive": 230, "immediate": 25, "ask_supplement": 15, "import": 6, "calendar": 6, "unit": 14, "rehouse": 12}
_READ = (
    "code",
    "stage",
    "step",
    "since",
    "received_at",
    "late_from",
    "due_date",
    "first_late_from",
    "unextended",
    "finished_at",
    "agency_id",
)
_RIGHTS = frozenset(right.value for right in identity.Right)
_MAPPING = """[file]
register = "{name}"
timezone = "Asia/Ho_Chi_Minh"
rows = "case"
[columns]
code = "Mã"
received = "Nhận"
due = "Hẹn"
finished = "Xong"
channel = "Hình thức"
field = "Lĩnh vực"
procedure = "Thủ tục"
unit = "Đơn vị"
[channel]
"Trực tiếp" = "counter"
"Trực tuyến" = "online"
"Bưu chính" = "post"
"""


class Acts(Places):
    """The files and what is done to them; ``pace`` is how many minutes pass between two operations."""

    def __init__(self, *, seed: int, folder: Path, pace: float) -> None:
        self.pace = pace
        self.files: dict[str, File] = {}
        self.live: list[File] = []
        self.days_off: list[date] = []
        super().__init__(seed=seed, folder=folder)
        for code, (limit, name) in OFFERED.items():
            self._publish(code, limit, name)

    def step(self) -> None:
        """Let some time pass, do one thing, and perhaps refresh."""
        self.now += timedelta(minutes=round(self.chance.expovariate(1 / self.pace)), microseconds=self.chance.choice((0, 0, 0, 1)))
        drawn, kind = self.chance.randrange(1000), "act"
        for name, often in SELDOM.items():
            if drawn < often:
                kind = name
                break
            drawn -= often
        getattr(self, f"_do_{kind}")()
        if self.news and self.chance.random() < 0.5:
            self.deliver()
        if self.chance.random() < 0.03:
            figures.refresh()
            self.tally.refreshed += 1

    def deliver(self) -> None:
        """Let what has happened to units and calendars be known above; some news comes twice."""
        news, self.news = self.news, []
        for name, handler, payload in news:
            for _ in range(2 if self.chance.random() < 0.1 else 1):
                bus.deliver(name, handler, payload)
            if name == "UnitClosed":
                day = date.fromisoformat(payload.split('"day": "')[1][:10])
                self._look_again(midnight(day))
        for run in Settlement.objects.filter(finished_at__isnull=True).order_by("pk").values_list("pk", flat=True):
            self.tally.followed["promises settled"] += cases.settle(settlement_id=run, at=self.now)
            self._look_again(self.now)

    def _look_again(self, at: datetime) -> None:
        """Find the files that were moved or promised anew by a job at the moment, and note it."""
        rows = {row["code"]: row for row in Case.objects.filter(register__code=Register.OWN).live().values(*_READ)}
        for file in self.live:
            row = rows.get(file.code)
            if row is not None and any(row[name] != file.row[name] for name in ("agency_id", "late_from")):
                moment = max(at, file.row["since"], *(mark.at for mark in file.marks))
                if row["agency_id"] != file.row["agency_id"]:
                    self.tally.followed["file rehoused"] += 1
                file.read(row, moment)
                file.time = max(file.time, moment)
            elif row is not None:
                file.time = max(file.time, row["since"])
                file.row = row

    # --- files -----------------------------------------------------------------------------------------------------------

    def _actor(self, team: Team) -> Actor:
        """Return somebody who works at the counter of a team and stands in for everybody."""
        posts = frozenset(post for one in self.teams for post in (one.counter, one.officer, one.signer))
        return Actor(
            post="Thử",
            name="Lê Thị Nhận",
            title="Công chức",
            post_id=team.counter,
            unit_id=team.one_stop,
            rights=_RIGHTS,
            units=frozenset(self.tree.kinds),
            stands_in=posts,
        )

    def _came(self) -> datetime:
        """Return when somebody came to the counter: now, or some time ago and it is typed in late."""
        if self.chance.random() < 0.5:
            return self.now
        back = self.chance.choice((1, 3, 10, 25, 45))
        moment = self.now - timedelta(minutes=self.chance.randrange(back * 1440))
        return max(moment, midnight(OPENED) + timedelta(hours=8)) if self.chance.random() < 0.9 else midnight(max(day_of(moment), OPENED))

    def _intake(self, *, procedure: str = "", given: bool = True) -> cases.Intake:
        return cases.Intake(
            procedure=procedure or self.chance.choice([*OFFERED]),
            owner=citizen(),
            channel=self.chance.choice([*Channel]),
            papers=(cases.PaperGiven(ordinal=1, given=given, originals=1),),
        )

    def _begin(self, kind: str, act: Callable[..., str], intake: cases.Intake, **more: object) -> None:
        at, made = self._came(), []
        actor = self._actor(self.chance.choice(self.teams))
        if self.tried(kind, lambda: made.append(act(actor=actor, at=at, intake=intake, **more))):
            file = File(made[0], OFFERED[intake.procedure][1], intake.procedure, intake.channel.value)
            self.files[file.code] = file
            self._now_is(file, at)

    def _now_is(self, file: File, at: datetime) -> None:
        """Read the row of a file after what was done at the moment."""
        file.time = at
        file.read(Case.objects.filter(register__code=Register.OWN, code=file.code).values(*_READ).get(), at)
        alive = (file.row["stage"], file.row["step"]) in WAYS
        if alive and file not in self.live:
            self.live.append(file)
        elif not alive and file in self.live:
            self.live.remove(file)

    def _do_receive(self) -> None:
        self._begin("receive", cases.receive, self._intake())

    def _do_immediate(self) -> None:
        self._begin("receive_immediate", cases.receive_immediate, self._intake(procedure=AT_ONCE))

    def _do_ask_supplement(self) -> None:
        self._begin("ask_supplement", cases.ask_supplement, self._intake(given=False), items=["Đơn"], reason="Thiếu")

    def _do_act(self) -> None:
        if not self.live:
            return self._do_receive()
        file = self.chance.choice(self.live)
        if file.row["stage"] == "returned" and self.chance.random() < 0.98:
            # What is over is seldom looked at again.
            self.live.remove(file)
            return self._do_act()
        ways = WAYS[str(file.row["stage"]), str(file.row["step"])]
        act = self.chance.choices([*ways], weights=[*ways.values()])[0]
        at = self._next(file, soon=act == "recall")
        team = self._team_of(file, at)
        if team is None:
            self.tally.refused["nobody there"] += 1
            return None
        wanted = {"actor": self._actor(team), "at": at, "code": file.code} | self._details(act, file, team)
        if self.tried(act, lambda: getattr(cases, act)(**wanted)):
            self._now_is(file, at)
        return None

    def _next(self, file: File, *, soon: bool) -> datetime:
        """Return when the next thing is done with a file: soon, later, or at the very instant that matters."""
        drawn = self.chance.random()
        late_from = file.row["late_from"]
        if soon:
            moment = file.time + timedelta(minutes=self.chance.randrange(20))
        elif drawn < 0.08 and isinstance(late_from, datetime):
            moment = late_from - self.chance.choice((timedelta(), INSTANT))
        elif drawn < 0.12:
            moment = midnight(day_of(file.time) + DAY * self.chance.randrange(1, 5))
        elif drawn < 0.6:
            moment = file.time + timedelta(minutes=self.chance.randrange(600))
        else:
            moment = file.time + timedelta(minutes=self.chance.randrange(self.chance.choice((3, 6, 14)) * 1440))
        return min(max(moment, file.time), max(self.now, file.time))

    def _team_of(self, file: File, at: datetime) -> Team | None:
        agency, day = file.row["agency_id"], day_of(at)
        assert isinstance(agency, int)
        there = [team for team in self.teams if self.tree.exists(team.office, day) and self.tree.parent(team.office, day) == agency]
        return self.chance.choice(there) if there else None

    def _details(self, act: str, file: File, team: Team) -> dict[str, object]:
        reason = {"reason": "Lý do"}
        due = file.row["due_date"] or day_of(file.time)
        assert isinstance(due, date)
        return {
            "forward": {"unit_id": team.office},
            "assign": {"post_id": team.officer},
            "submit": {"post_id": team.signer},
            "return_for_supplement": {"items": ["Trích lục"], **reason},
            "ask_payment": {"amount": 1000, **reason},
            "confirm_payment": {"receipt": "BL 1"},
            "accept_supplemented": {"papers": [cases.PaperGiven(ordinal=1, given=True, originals=1)]},
            "extend": {"until": due + DAY * self.chance.randrange(1, 12), **reason},
            "refuse_after_appraisal": reason,
            "refuse_unsupplemented": reason,
            "withdraw": {"asked_by": "Đơn 1", "fee_remark": "Không thu", **reason},
            "stop": {"fee_remark": "Không thu", **reason},
            "correct": {"correction": cases.Correction(owner=citizen(), request=f"Sửa {self.tally.operations}"), **reason},
            "correct_result": reason,
            "apologise": {"kind": self.chance.choice([cases.ApologyKind.LATE, cases.ApologyKind.ERROR]), **reason},
            "hand_over": {"receiver": "Ngọc"},
            "hand_over_refusal": {"receiver": "Ngọc"},
        }.get(act, {})

    # --- old registers ---------------------------------------------------------------------------------------------------

    def _do_import(self) -> None:
        self.number += 1
        name = f"so-{self.number}"
        rows = ["Mã;Nhận;Hẹn;Xong;Hình thức;Lĩnh vực;Thủ tục;Đơn vị"] + [self._line(place) for place in range(self.chance.randrange(1, 12))]
        table, mapping = self.folder / f"{name}.csv", self.folder / f"{name}.toml"
        table.write_text("\n".join(rows), encoding="utf-8")
        mapping.write_text(_MAPPING.format(name=name), encoding="utf-8")
        if not self.tried("import", lambda: cases.import_register(actor=SYSTEM, at=self.now, file=table, mapping=mapping)):
            return
        found = Case.objects.filter(register__name=name).order_by("pk")
        for row in found.values(*_READ, "field_name", "procedure_code", "channel"):
            file = File(f"{name}/{row['code']}", row["field_name"], row["procedure_code"], row["channel"], own=False)
            if row["agency_id"] is not None:
                self._adopt(row["agency_id"])
            received, finished = row["received_at"], row["finished_at"]
            file.read(row | {"stage": "processing"}, received)
            if finished is not None:
                file.read(row, max(received, finished))
            self.files[file.code] = file
            self.tally.followed["file imported"] += 1

    def _line(self, place: int) -> str:
        """Return a row as an old register wrote it: of any time, sometimes finished before it was received, sometimes of nowhere."""
        length = self.chance.choice((3, 30, 200, 600))
        begun = self.now - timedelta(minutes=self.chance.randrange(length * 1440))
        due = begun + timedelta(minutes=self.chance.randrange(1, 30 * 1440))
        done = begun + timedelta(minutes=self.chance.randrange(-100, 40 * 1440))
        promised = self.chance.choice(("", f"{due:%d/%m/%Y}", f"{due:%d/%m/%Y}", f"{due:%d/%m/%Y %H:%M}"))
        finished = self.chance.choice((f"{done:%d/%m/%Y %H:%M}", f"{done:%d/%m/%Y}")) if self.chance.random() < 0.75 else ""
        there = self.tree.standing(day_of(begun), "commune", "department")
        unit = self.chance.choice(["", "Phòng lạ", "18313", "18322", *Unit.objects.filter(pk__in=there).values_list("code", flat=True)])
        procedure = self.chance.choice(["", "Thủ tục cũ", *OFFERED])
        channel = self.chance.choice(("Trực tiếp", "Trực tuyến", "Bưu chính", ""))
        return f"{place};{begun:%d/%m/%Y %H:%M};{promised};{finished};{channel};{self.chance.choice(('', 'Lĩnh vực A'))};{procedure};{unit}"

    # --- calendar and units ----------------------------------------------------------------------------------------------

    def _do_calendar(self) -> None:
        day = self.now.astimezone(VIETNAM).date() + DAY * self.chance.randrange(-6, 25)
        words = {"actor": SYSTEM, "at": self.now, "name": "Nghỉ thử", "source": "Quyết định thử"}
        kind = self.chance.choice(("set_day", "set_day", "swap_days", "edit_day", "remove_day"))
        if kind == "set_day":
            done = self.tried(kind, lambda: worktime.set_day(day=day, kind=worktime.DayKind.HOLIDAY, **words))
            self.days_off += [day] if done else []
        elif kind == "swap_days":
            makeup = day + DAY * (5 - day.weekday())
            self.tried(kind, lambda: worktime.swap_days(off=day, makeup=makeup, **words))
        elif self.days_off and kind == "edit_day":
            sure = worktime.Confidence.SURE
            self.tried(kind, lambda: worktime.edit_day(day=self.days_off[-1], confidence=sure, reason="Sửa", **words))
        elif self.days_off:
            gone = self.days_off.pop(self.chance.randrange(len(self.days_off)))
            self.tried(kind, lambda: worktime.remove_day(actor=SYSTEM, at=self.now, day=gone, reason="Bỏ"))
        else:
            self.tally.refused[kind] += 1

    def _do_rehouse(self) -> None:
        self.tried("rehouse", lambda: cases.rehouse_ended(at=self.now))
        self._look_again(self.now)

    def _publish(self, code: str, limit: str, name: str) -> None:
        terms = tuple(
            procedures.TermDraft(channel=channel, limit=limit)
            if limit
            else procedures.TermDraft(channel=channel, absence=procedures.TermAbsence.NOT_SET)
            for channel in Channel
        )
        kind = procedures.CaseTypeDraft(papers=(procedures.PaperDraft("Đơn đề nghị"),))
        draft = procedures.VersionDraft(
            code=code,
            title=f"Thủ tục thật {code}",
            field_name=name,
            origin="thử",
            levels=(procedures.Level.PROVINCE, procedures.Level.COMMUNE),
            case_types=(kind,),
            terms=terms,
            decision="Quyết định thử",
        )
        procedures.publish_version(actor=SYSTEM, at=FIRST, draft=draft, valid_from=OPENED)
