"""From the rows of an existing register to what its cases say: one row a case, or one row a step of a case."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from cchc.cases.operations.register_file import Table
from cchc.cases.rules.register_mapping import Mapping, RowKind, picked
from cchc.cases.rules.register_values import Moment, Promise, code_problem, ended, moment, promise

ENDS_BEFORE_START = "ends_before_start"
_WORDS = {"received": "Ngày tiếp nhận", "due": "Ngày hẹn", "finished": "Ngày xong", "step_at": "Thời điểm của bước"}
_LONGEST = 300
_TOLD_EVERY = 10_000


@dataclass(frozen=True)
class StepFound:
    """A step of a case, as written."""

    name: str
    at: datetime | None
    resource: str


@dataclass(frozen=True)
class Found:
    """A case of the register. ``row`` is its (first) row; ``promise`` is None without a due date."""

    row: int
    code: str
    received_at: datetime
    received_day: date
    promise: Promise | None
    finished_at: datetime | None
    channel: str
    field: str
    procedure: str
    unit: str
    steps: tuple[StepFound, ...]
    flags: tuple[str, ...] = ()
    filed_by: str = ""


@dataclass
class Troubles:
    """What went wrong row by row. ``rows`` counts all rows below the header that are not empty."""

    rows: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    flagged: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, row: int, code: str, why: str) -> None:
        """Note a row that is not taken."""
        self.refused.append({"row": row, "code": code, "why": why})

    def flag(self, row: int, code: str, why: str) -> None:
        """Note a row that is taken and should be looked at."""
        self.flagged.append({"row": row, "code": code, "why": why})


@dataclass(frozen=True)
class _Line:
    """A row whose values have been read."""

    row: int
    values: dict[str, str]
    moments: dict[str, Moment | None]


def found_in(table: Table, mapping: Mapping, troubles: Troubles, progress: Callable[[int], None]) -> Iterator[Found]:
    """Return the cases of an open register one after another, noting rows that are refused or flagged on the way."""
    lines = _lines(table, mapping, troubles, progress)
    if mapping.rows is RowKind.EVENT:
        yield from _from_events(lines, mapping, troubles)
    else:
        yield from _from_rows(lines, mapping, troubles)


def _lines(table: Table, mapping: Mapping, troubles: Troubles, progress: Callable[[int], None]) -> Iterator[_Line]:
    for row in table.rows:
        troubles.rows += 1
        if troubles.rows % _TOLD_EVERY == 0:
            progress(troubles.rows)
        if row.problem:
            troubles.refuse(row.number, "", row.problem)
            continue
        values = picked(mapping=mapping, places=table.columns, cells=row.cells)
        line = _read(row.number, values, mapping, troubles)
        if line is not None:
            yield line


def _read(row: int, values: dict[str, str], mapping: Mapping, troubles: Troubles) -> _Line | None:
    """Return the row with its values of time, or None when it is refused; every reason is told at once."""
    code = values["code"]
    reasons = [code_problem(code)]
    moments: dict[str, Moment | None] = {}
    for name, word in _WORDS.items():
        try:
            moments[name] = moment(values[name], zone=mapping.zone, what=word)
        except ValueError as error:
            reasons.append(str(error))
            moments[name] = None
    if not values["received"] and not (mapping.rows is RowKind.EVENT and moments["step_at"]):
        reasons.append("Hàng không có ngày tiếp nhận.")
    if wrong := " ".join(reason for reason in reasons if reason):
        troubles.refuse(row, code, wrong)
        return None
    for found in moments.values():
        if found is not None and found.doubtful:
            troubles.flag(row, code, found.doubtful)
    return _Line(row=row, values=values, moments=moments)


def _from_rows(lines: Iterator[_Line], mapping: Mapping, troubles: Troubles) -> Iterator[Found]:
    seen: dict[str, int] = {}
    for line in lines:
        code = line.values["code"]
        first = seen.setdefault(code, line.row)
        if first != line.row:
            troubles.refuse(line.row, code, f"Mã đã có ở hàng {first}; mỗi hồ sơ chỉ được một hàng.")
            continue
        yield _case([line], mapping, troubles)


def _from_events(lines: Iterator[_Line], mapping: Mapping, troubles: Troubles) -> Iterator[Found]:
    """Bring the rows of each case together, in the order in which the cases begin in the file.

    The rows wait in a temporary file that removes itself, so that memory does not grow with the register.
    """
    with closing(sqlite3.connect("")) as waiting:
        waiting.execute("CREATE TABLE line (code TEXT, number INTEGER, cells TEXT)")
        waiting.executemany(
            "INSERT INTO line VALUES (?, ?, ?)",
            ((line.values["code"], line.row, json.dumps(line.values, ensure_ascii=False)) for line in lines),
        )
        ordered = waiting.execute("SELECT code, number, cells FROM line ORDER BY min(number) OVER (PARTITION BY code), number")
        for _code, rows in groupby(ordered, key=itemgetter(0)):
            yield _case([_again(number, json.loads(cells), mapping) for _same, number, cells in rows], mapping, troubles)


def _again(row: int, values: dict[str, str], mapping: Mapping) -> _Line:
    """Read a row once more that has been found good."""
    return _Line(
        row=row, values=values, moments={name: moment(values[name], zone=mapping.zone, what=word) for name, word in _WORDS.items()}
    )


def _case(lines: list[_Line], mapping: Mapping, troubles: Troubles) -> Found:
    """Make one case of its rows: the earliest intake, the latest end, the first of what should be the same everywhere."""
    row, code = lines[0].row, lines[0].values["code"]
    received = _received(lines)
    finished = max((found for line in lines if (found := line.moments["finished"])), key=lambda found: found.at, default=None)
    finished_at = ended(finished, received)
    channel = mapping.channel_of(_first(lines, "channel", troubles))
    if channel is None:
        troubles.flag(row, code, f"Hình thức nộp «{_first(lines, 'channel')}» chưa có trong [channel] của tệp ánh xạ; để trống.")
    filer = mapping.filer_of(_first(lines, "filed_by", troubles))
    if filer is None:
        troubles.flag(row, code, f"Ai nộp «{_first(lines, 'filed_by')}» chưa có trong [filed_by] của tệp ánh xạ; để trống.")
    flags: tuple[str, ...] = ()
    if finished_at is not None and finished_at < received.at:
        flags = (ENDS_BEFORE_START,)
        troubles.flag(row, code, "Hồ sơ kết thúc trước khi bắt đầu; vẫn nhập, cần người xem lại.")
    return Found(
        row=row,
        code=code,
        received_at=received.at,
        received_day=received.day,
        promise=promise(_due(lines, troubles), zone=mapping.zone),
        finished_at=finished_at,
        channel=channel or "",
        field=_first(lines, "field", troubles)[:_LONGEST],
        procedure=_first(lines, "procedure", troubles),
        unit=_first(lines, "unit", troubles),
        steps=_steps(lines),
        flags=flags,
        filed_by=filer or "",
    )


def _received(lines: list[_Line]) -> Moment:
    """Return the earliest intake written; where no row has one, the earliest step."""
    for name in ("received", "step_at"):
        found = [value for line in lines if (value := line.moments[name])]
        if found:
            return min(found, key=lambda value: value.at)
    raise ValueError("Hàng không có ngày tiếp nhận.")


def _due(lines: list[_Line], troubles: Troubles) -> Moment | None:
    """Return the promise that was written first: a later one never takes its place unseen."""
    found = [value for line in lines if (value := line.moments["due"])]
    if len({value.at for value in found}) > 1:
        troubles.flag(lines[0].row, lines[0].values["code"], "Các hàng của hồ sơ ghi nhiều ngày hẹn khác nhau; giữ ngày ghi đầu tiên.")
    return found[0] if found else None


def _first(lines: list[_Line], name: str, troubles: Troubles | None = None) -> str:
    """Return the first value that is not empty; rows that disagree are flagged once."""
    found = dict.fromkeys(line.values[name] for line in lines if line.values[name])
    if len(found) > 1 and troubles:
        troubles.flag(lines[0].row, lines[0].values["code"], f"Các hàng của hồ sơ ghi «{name}» khác nhau; giữ «{next(iter(found))}».")
    return next(iter(found), "")


def _steps(lines: list[_Line]) -> tuple[StepFound, ...]:
    """Return the steps in the order of their times; those of one time, or without, in the order of the file."""
    written = [line for line in lines if line.values["step"] or line.values["step_at"] or line.values["resource"]]
    timed = [(step_at.at, line) for line in written if (step_at := line.moments["step_at"])]
    if len(timed) == len(written):
        written = [line for _at, line in sorted(timed, key=itemgetter(0))]
    return tuple(
        StepFound(
            name=line.values["step"][:_LONGEST],
            at=step_at.at if (step_at := line.moments["step_at"]) else None,
            resource=line.values["resource"][:_LONGEST],
        )
        for line in written
    )
