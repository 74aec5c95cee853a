"""Formulas of forms as the circular prints them, ``(4)+(5)+(6)``: sums and differences of numbered columns, nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TERM = re.compile(r"\s*([+\-−–]?)\s*(\(\w+\))\s*")
_MINUS = frozenset("-−–")


class BadDefinition(ValueError):  # noqa: N818 (the sentence is for who writes the data)
    """The data of a form contradict themselves. The message is a Vietnamese sentence that names the place."""


@dataclass(frozen=True)
class Formula:
    """Signed column numbers: ``((1, "(4)"), (1, "(5)"))``."""

    parts: tuple[tuple[int, str], ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the column numbers in the order in which they are written."""
        return tuple(number for _, number in self.parts)

    @property
    def text(self) -> str:
        """Return the formula without spaces, ``(4)+(5)+(6)``."""
        written = "".join(f"{'-' if sign < 0 else '+'}{number}" for sign, number in self.parts)
        return written.removeprefix("+")

    def of(self, values: Mapping[str, int]) -> int:
        """Return the value, given those of the columns by number."""
        return sum(sign * values[number] for sign, number in self.parts)


@dataclass(frozen=True)
class Check:
    """An equation that the numbers of a form should satisfy, such as ``(3) = (7) + (11)``."""

    left: Formula
    right: Formula

    @property
    def text(self) -> str:
        """Return the equation as it is printed, ``(3) = (7) + (11)``."""
        return f"{_spaced(self.left)} = {_spaced(self.right)}"


def formula(text: str) -> Formula:
    """Read ``(4)+(5)+(6)``. Raises ``BadDefinition`` for anything else."""
    parts: list[tuple[int, str]] = []
    at = 0
    while at < len(text):
        found = _TERM.match(text, at)
        if not found or (parts and not found[1]):
            raise BadDefinition(f"Công thức «{text}» không đọc được từ chỗ «{text[at:]}». Viết dạng (4)+(5)+(6).")
        parts.append((-1 if found[1] in _MINUS and found[1] else 1, found[2]))
        at = found.end()
    if not parts:
        raise BadDefinition("Công thức để trống. Viết dạng (4)+(5)+(6), hoặc bỏ hẳn dòng formula.")
    return Formula(tuple(parts))


def check(text: str) -> Check:
    """Read ``(3) = (7) + (11)``. Raises ``BadDefinition`` for anything else."""
    left, equals, right = text.partition("=")
    if not equals:
        raise BadDefinition(f"Phép kiểm tra «{text}» thiếu dấu bằng. Viết dạng (3) = (7) + (11).")
    return Check(formula(left), formula(right))


def in_order(formulas: Mapping[str, Formula]) -> tuple[str, ...]:
    """Return the numbers of computed columns so that each stands after those it needs. Raises ``BadDefinition`` for a circle."""
    done: dict[str, None] = {}

    def visit(number: str, path: tuple[str, ...]) -> None:
        if number in path:
            circle = " → ".join((*path[path.index(number) :], number))
            raise BadDefinition(f"Công thức quay vòng: {circle}. Một cột không thể tính từ chính nó.")
        if number in formulas and number not in done:
            for needed in formulas[number].numbers:
                visit(needed, (*path, number))
            done[number] = None

    for number in formulas:
        visit(number, ())
    return tuple(done)


def _spaced(value: Formula) -> str:
    written = " ".join(f"{'-' if sign < 0 else '+'} {number}" for sign, number in value.parts)
    return written.removeprefix("+ ")
