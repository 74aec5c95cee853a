"""The editor's screen as nested rows of plain text, and as the flat names of a form.

``case-2-paper-3-name`` is the name of the third paper of the second case type. Everything typed is read into rows, rows are added,
dropped and moved there, and the form is drawn from them again; so nothing typed is lost, and an unfinished draft is these rows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]

MOST_ROWS = 60
LONGEST = 20000

# Section → its child, if it has one. ``rows`` of a child lie in its parent's row under the child's name.
SECTIONS: dict[str, str] = {"case": "paper", "term": "", "fee": "tier", "step": "outcome", "result": "", "basis": ""}
_OWN = re.compile(r"(case|term|fee|step|result|basis)-(\d{1,2})-([a-z_]+)")
_CHILD = re.compile(r"(case|fee|step)-(\d{1,2})-(paper|tier|outcome)-(\d{1,2})-([a-z_]+)")
_PLACE = re.compile(r"(case|term|fee|step|result|basis)-(\d{1,2})(?:-(paper|tier|outcome)(?:-(\d{1,2}))?)?")
_GENERAL = re.compile(r"[a-z_]+(?:-[a-z_]+)?")
# What a form carries beside the version itself.
_BESIDE = {"csrfmiddlewaretoken", "do", "add", "drop", "up", "base", "revision", "copy_from"}


@dataclass
class Rows:
    """What stands on the screen: plain fields by name, and the rows of each section in order."""

    general: dict[str, str] = field(default_factory=dict)
    sections: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SECTIONS})

    def flat(self) -> dict[str, str]:
        """Return the names and values of the form."""
        found = dict(self.general)
        for section, child in SECTIONS.items():
            for place, row in enumerate(self.sections[section], start=1):
                found |= {f"{section}-{place}-{name}": str(text) for name, text in row.items() if name != child}
                for number, sub in enumerate(row.get(child, []) if child else [], start=1):
                    found |= {f"{section}-{place}-{child}-{number}-{name}": str(text) for name, text in sub.items()}
        return found

    def add(self, where: str) -> None:
        """Add an empty row: ``case`` at the end, ``step-2`` after the second, ``case-2-paper`` at the end of the second's."""
        if where in SECTIONS:
            self._insert(where, len(self.sections[where]))
        elif found := _PLACE.fullmatch(where):
            section, place, child = found[1], int(found[2]), found[3]
            if place > len(self.sections[section]):
                return
            if child == SECTIONS[section] and child:
                children = self.sections[section][place - 1].setdefault(child, [])
                if len(children) < MOST_ROWS:
                    children.append(dict(FRESH.get(child, {})))
            else:
                self._insert(section, place)

    def drop(self, where: str) -> None:
        """Drop a row. What pointed at it points nowhere, what pointed behind it follows."""
        found = _PLACE.fullmatch(where)
        if not found:
            return
        section, place = found[1], int(found[2])
        if place > len(self.sections[section]):
            return
        if found[4]:
            children = self.sections[section][place - 1].get(found[3], [])
            del children[int(found[4]) - 1 : int(found[4])]
        elif not found[3]:
            del self.sections[section][place - 1]
            self._renumber(section, lambda number: "" if number == place else number - 1 if number > place else number)

    def up(self, where: str) -> None:
        """Move a row before the one above it."""
        found = _PLACE.fullmatch(where)
        if not found or not 1 < int(found[2]) <= len(self.sections[found[1]]):
            return
        section, place = found[1], int(found[2])
        rows = self.sections[section]
        rows[place - 2], rows[place - 1] = rows[place - 1], rows[place - 2]
        self._renumber(section, lambda number: {place: place - 1, place - 1: place}.get(number, number))

    def _insert(self, section: str, at: int) -> None:
        if len(self.sections[section]) >= MOST_ROWS:
            return
        self.sections[section].insert(at, dict(FRESH.get(section, {})))
        self._renumber(section, lambda number: number + 1 if number > at else number, fresh=at)

    def _renumber(self, section: str, to: Any, *, fresh: int = -1) -> None:
        """Let what points at rows of the section follow them: outcomes at steps, terms and fees at case types."""
        pointing = {
            "step": [(way, "next") for place, row in enumerate(self.sections["step"]) if place != fresh for way in row.get("outcome", [])],
            "case": [(row, "case") for name in ("term", "fee") for row in self.sections[name]],
        }
        for row, name in pointing.get(section, []):
            if str(row.get(name, "")).isdigit():
                row[name] = str(to(int(row[name])))


# What a new row begins with.
FRESH: dict[str, Row] = {
    "paper": {"originals": "1", "copies": "0", "required": "1", "use": "submit"},
    "term": {"channel": "counter"},
    "fee": {"kind": "open", "per": "case"},
}


def from_flat(data: Mapping[str, Any]) -> Rows:
    """Read the rows of a form or of a kept draft. Names that no form has are left out; text is cut at what nobody types."""
    rows = Rows()
    found: dict[tuple[str, int], Row] = {}
    children: dict[tuple[str, int, int], Row] = {}
    for name in data:
        text = str(data[name]).replace("\0", "")[:LONGEST]
        if child := _CHILD.fullmatch(name):
            if SECTIONS[child[1]] == child[3]:
                children.setdefault((child[1], int(child[2]), int(child[4])), {})[child[5]] = text
        elif own := _OWN.fullmatch(name):
            found.setdefault((own[1], int(own[2])), {})[own[3]] = text
        elif _GENERAL.fullmatch(name) and name not in _BESIDE:
            rows.general[name] = text
    for section, place, _number in children:
        found.setdefault((section, place), {})
    for section, place in sorted(found):
        row = found[section, place]
        if child_name := SECTIONS[section]:
            row[child_name] = [children[key] for key in sorted(children) if key[:2] == (section, place)][:MOST_ROWS]
        if len(rows.sections[section]) < MOST_ROWS:
            rows.sections[section].append(row)
    return rows
