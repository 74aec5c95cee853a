"""``cchc due``: when something is due, with the counting in words; for one start or for a whole file."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cchc.cli import base
from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM, local, local_date
from cchc.worktime import api as worktime

# Below this many rows arrays cost more than they save.
MANY = 500
SHOWN = 20
COLUMN = "due_date"


@dataclass(frozen=True)
class Asked:
    """One row of the file: what is asked, and the cells to give back."""

    line: int
    start: datetime
    limit: worktime.TimeLimit
    cells: list[str]


class Command(base.Command):
    """Compute due dates. Without ``--unit`` no database is asked: reference calendar, default schedule."""

    help = "Tính ngày hẹn trả: --from 2026-08-28T09:00 --term 5wd, hoặc --csv TỆP"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one start and term, or a file of them."""
        parser.add_argument("--from", dest="start", metavar="THỜI_ĐIỂM", help="lúc bắt đầu tính, giờ Việt Nam: 2026-08-28T09:00")
        parser.add_argument("--term", metavar="THỜI_HẠN", help="5wd ngày làm việc, 8wh giờ làm việc, 10d ngày, 1m tháng, 0wd trong ngày")
        parser.add_argument("--unit", metavar="MÃ", help="tính theo khung giờ của đơn vị và lịch đang áp dụng (cần cơ sở dữ liệu)")
        parser.add_argument("--explain", action="store_true", help="giải thích từng ngày")
        parser.add_argument("--csv", dest="file", metavar="TỆP", help="tệp CSV có cột from, term; in lại kèm cột due_date")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:  # noqa: ARG002 (the base's signature)
        """Answer for the file, or for the one start."""
        if options["file"]:
            if options["start"] or options["term"] or options["unit"] or options["explain"]:
                raise Refused("--csv không dùng cùng --from, --term, --unit, --explain.")
            return _file_answer(Path(options["file"]))
        if not options["start"] or not options["term"]:
            raise Refused("Cần --from và --term, ví dụ: cchc due --from 2026-08-28T09:00 --term 5wd; hoặc --csv TỆP.")
        start, limit = _moment(options["start"]), worktime.TimeLimit.parse(options["term"])
        calendar, schedule = _of_unit(options["unit"], local_date(start)) if options["unit"] else _reference()
        if options["explain"]:
            return _explained(worktime.explain(start=start, limit=limit, calendar=calendar, schedule=schedule))
        promise = worktime.due(start=start, limit=limit, calendar=calendar, schedule=schedule)
        return base.Answer(_promise_data(promise), _promise_text(promise))


def _reference() -> tuple[worktime.Calendar, worktime.Schedule]:
    return worktime.reference_calendar(), worktime.reference_schedule()


def _of_unit(code: str, on: date) -> tuple[worktime.Calendar, worktime.Schedule]:
    from cchc.organisations.api import schedule_of, unit  # noqa: PLC0415 (only this option needs the units)

    return worktime.load_calendar(), schedule_of(unit(code, on=on).id, on=on)


def _promise_data(promise: worktime.Due) -> dict[str, Any]:
    return {"due_at": promise.due_at.isoformat(), "due_date": promise.due_date.isoformat()}


def _promise_text(promise: worktime.Due) -> str:
    return f"due_at: {promise.due_at.isoformat()}\ndue_date: {promise.due_date.isoformat()}"


def _explained(explanation: worktime.Explanation) -> base.Answer:
    lines = [
        {"date": line.date.isoformat(), "role": line.role.value, "ordinal": line.ordinal, "note": line.note, "text": line.text}
        for line in explanation.days
    ]
    data = {**_promise_data(explanation.due), "explanation": lines, "sentence": explanation.sentence}
    words = [_promise_text(explanation.due), "", *(line.text for line in explanation.days), "", explanation.sentence]
    return base.Answer(data, "\n".join(words))


def _moment(text: str) -> datetime:
    """Return the instant; without an offset it is Viet Nam time, without a clock the beginning of the day."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return local(moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM))
    except (ValueError, OverflowError):
        raise Refused(f"«{text}» không phải thời điểm. Viết năm-tháng-ngàyTgiờ:phút, ví dụ 2026-08-28T09:00.", field="from") from None


def _file_answer(path: Path) -> base.Answer:
    """Return the file with the column added. Nothing is printed unless every row can be."""
    header, asked = _read(path)
    dates = _due_dates(asked)
    table = [[*row.cells, day] for row, day in zip(asked, dates, strict=True)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*header, COLUMN])
    writer.writerows(table)
    return base.Answer({"rows": [dict(zip([*header, COLUMN], row, strict=True)) for row in table]}, text.getvalue())


def _read(path: Path) -> tuple[list[str], list[Asked]]:
    """Return the header and the rows; ``Refused`` names every row that cannot be read, with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            places = _places(header, path)
            asked, wrong = [], []
            for cells in reader:
                if not cells:
                    continue
                try:
                    asked.append(_asked(reader.line_num, cells, len(header), places))
                except Refused as refusal:
                    wrong.append(f"Dòng {reader.line_num}: {refusal.message}")
    except FileNotFoundError as error:
        raise Refused(f"Không có tệp «{path}».", field="csv") from error
    except OSError as error:
        raise Refused(f"Không đọc được tệp «{path}». Kiểm tra đường dẫn và quyền đọc.", field="csv") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"Tệp «{path}» không phải CSV mã UTF-8. Hãy lưu lại dạng «CSV UTF-8» rồi thử lại.", field="csv") from error
    _refuse_wrong(wrong)
    return header, asked


def _places(header: list[str], path: Path) -> tuple[int, int]:
    names = [name.strip() for name in header]
    for name in ("from", "term"):
        if names.count(name) != 1:
            raise Refused(f"Tệp «{path}» phải có đúng một cột «{name}»; dòng đầu đang là: {', '.join(names) or '(trống)'}.", field="csv")
    if COLUMN in names:
        raise Refused(f"Tệp «{path}» đã có cột «{COLUMN}». Hãy bỏ hoặc đổi tên cột đó.", field="csv")
    return names.index("from"), names.index("term")


def _asked(line: int, cells: list[str], width: int, places: tuple[int, int]) -> Asked:
    if len(cells) != width:
        raise Refused(f"có {len(cells)} ô, dòng đầu có {width} cột.")
    return Asked(line, _moment(cells[places[0]]), worktime.TimeLimit.parse(cells[places[1]]), cells)


def _due_dates(asked: list[Asked]) -> list[str]:
    if len(asked) >= MANY:
        try:
            return _in_bulk(asked)
        except Refused:
            pass  # One row cannot be computed; row by row it is found and named.
    calendar, schedule = _reference()
    dates, wrong = [], []
    for row in asked:
        try:
            promise = worktime.due(start=row.start, limit=row.limit, calendar=calendar, schedule=schedule)
            dates.append(promise.due_date.isoformat())
        except Refused as refusal:
            wrong.append(f"Dòng {row.line}: {refusal.message}")
    _refuse_wrong(wrong)
    return dates


def _in_bulk(asked: list[Asked]) -> list[str]:
    """Compute unit by unit on arrays."""
    import numpy as np  # noqa: PLC0415 (slow to import, and small files do without)

    calendar, schedule = _reference()
    starts = np.array([row.start.replace(tzinfo=None) for row in asked], dtype="datetime64[us]")
    amounts = np.array([row.limit.amount for row in asked], dtype=np.int64)
    units = np.array([row.limit.unit.value for row in asked])
    dates = np.empty(len(asked), dtype="datetime64[D]")
    for unit in worktime.LimitUnit:
        of_unit = units == unit.value
        dates[of_unit] = worktime.due_dates(
            starts=starts[of_unit],
            amount=amounts[of_unit],
            unit=unit,
            calendar=calendar,
            schedule=schedule,
        )
    return [str(day) for day in dates.astype(str)]


def _refuse_wrong(wrong: list[str]) -> None:
    if not wrong:
        return
    more = [f"… và {len(wrong) - SHOWN} dòng khác."] if len(wrong) > SHOWN else []
    raise Refused("\n".join([*wrong[:SHOWN], *more]), field="csv")
