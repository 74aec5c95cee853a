"""What an import of a register did, and the numbers of the file."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cchc.cases.operations.register_directory import Directory
from cchc.cases.operations.register_rows import Found, Troubles
from cchc.cases.rules.timeliness import is_late

_MOST = 200


@dataclass
class RegisterReport:
    """The numbers are of the cases in this file, whether added now or known before; ``on_time`` + ``late`` = ``finished``.

    ``refused`` and ``flagged`` are lists of ``{row, code, why}``: rows not taken, and rows taken that somebody should look at. Empty
    keys of ``by_channel`` and ``by_field`` are the cases of which the register does not say it. ``unplaced`` counts the cases that
    went to the register's own placeholder, by what they lack, and the names that our directory and catalogue do not know.
    """

    register: str
    name: str
    file: str
    as_of: datetime
    shape: str = ""
    rows: int = 0
    cases: int = 0
    added: int = 0
    known: int = 0
    finished: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    open_overdue: int = 0
    by_channel: Counter[str] = field(default_factory=Counter)
    by_field: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, Any]] = field(default_factory=list)
    flagged: list[dict[str, Any]] = field(default_factory=list)
    unplaced: dict[str, Any] = field(default_factory=dict)

    def count(self, item: Found) -> None:
        """Add one case of the file to the numbers."""
        late_from = item.promise.late_from if item.promise else None
        late = is_late(late_from=late_from, moment=item.finished_at or self.as_of)
        self.cases += 1
        if item.finished_at is not None:
            self.finished += 1
            self.late += late
            self.on_time += not late
        else:
            self.open += 1
            self.open_overdue += late
        self.by_channel[item.channel] += 1
        self.by_field[item.field] += 1

    def close(self, *, troubles: Troubles, directory: Directory) -> None:
        """Take over what was refused, flagged and not found, in the order of the file."""
        self.rows = troubles.rows
        self.refused = sorted(troubles.refused, key=lambda line: line["row"])
        self.flagged = sorted(troubles.flagged, key=lambda line: line["row"])
        self.unplaced = {
            "unit": directory.without_unit,
            "procedure": directory.without_procedure,
            "unknown_units": dict(directory.unknown_units.most_common(_MOST)),
            "unknown_procedures": dict(directory.unknown_procedures.most_common(_MOST)),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the plain form, numbers first."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return plain | {
            "as_of": self.as_of.isoformat(),
            "by_channel": dict(self.by_channel.most_common()),
            "by_field": dict(self.by_field.most_common()),
        }
