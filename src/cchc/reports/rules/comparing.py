"""The same form from two sources: what was locked beside what is counted now, what units reported beside what is counted here."""

from dataclasses import dataclass

from cchc.reports.rules.definitions import Column
from cchc.reports.rules.filling import FilledForm, FilledRow


@dataclass(frozen=True)
class Gap:
    """One number that differs. ``row`` is empty for the totals of a form without rows in common."""

    row: str
    row_label: str
    column: str
    number: str
    phrase: str
    reported: int
    counted: int

    @property
    def change(self) -> int:
        """Return how much larger the counted number is."""
        return self.counted - self.reported


def gaps(reported: FilledForm, counted: FilledForm) -> tuple[Gap, ...]:
    """Return every given number that differs, row by row in the order of the reported form, then rows that only the other has.

    Computed columns follow from the given ones and are not named again. A row without data on either side is left out: it is missing, not
    different. A row that only one side has is compared with 0.
    """
    there = {row.key: row for row in counted.rows}
    here = {row.key: row for row in reported.rows}
    known = {column.key for column in counted.definition.given}
    columns = [column for column in reported.definition.given if column.key in known]
    found = []
    for key in dict.fromkeys([*here, *there]):
        sides = here.get(key), there.get(key)
        if not any(row is not None and row.is_missing for row in sides):
            found.extend(_of_row(*sides, columns))
    return tuple(found)


def _of_row(here: FilledRow | None, there: FilledRow | None, columns: list[Column]) -> list[Gap]:
    row = here or there
    assert row is not None, "a row stands on one side at least"
    pairs = [(column, here.number(column) if here else 0, there.number(column) if there else 0) for column in columns]
    return [
        Gap(row.key, row.label, column.key, column.number, column.phrase, reported, counted)
        for column, reported, counted in pairs
        if reported != counted
    ]
