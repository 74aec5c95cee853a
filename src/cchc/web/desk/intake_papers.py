"""The checklist of papers on the intake screen: what the case type asks for, and what lies on the counter."""

from dataclasses import dataclass

from cchc.cases import api as cases
from cchc.procedures import api as procedures
from cchc.web.ui.forms import Entry

MOST = 999


@dataclass(frozen=True)
class PaperRow:
    """One line. ``originals``, ``certified`` and ``copies`` are as typed, or what the procedure asks for."""

    ordinal: int
    name: str
    note: str
    required: bool
    shown: bool
    wanted: str
    given: bool
    originals: str
    certified: str
    copies: str


def paper_rows(seen: cases.Preview, entry: Entry, *, all_given: bool = False) -> list[PaperRow]:
    """Return the lines of the chosen case type. What was typed for another case type does not carry over.

    At a procedure done on the spot the papers are on the counter, so they begin ticked; elsewhere the officer ticks them.
    """
    if seen.case_type is None:
        return []
    typed = entry.value("papers_of") == str(seen.case_type.id)
    rows = []
    for place, paper in enumerate(seen.case_type.papers, start=1):
        given = all_given or (entry.flag(f"p{place}") if typed else seen.immediate)
        rows.append(
            PaperRow(
                ordinal=place,
                name=paper.name,
                note=paper.note,
                required=paper.is_required,
                shown=paper.use is procedures.PaperUse.SHOW,
                wanted=f"{paper.name} ({paper.count_text})" if paper.count_text else paper.name,
                given=given,
                originals=entry.value(f"p{place}_originals") if typed else str(paper.originals or ""),
                certified=entry.value(f"p{place}_certified") if typed else "",
                copies=entry.value(f"p{place}_copies") if typed else str(paper.copies or ""),
            ),
        )
    return rows


def papers_given(rows: list[PaperRow], entry: Entry) -> tuple[cases.PaperGiven, ...]:
    """Read the lines as the operation takes them; a count that is no number is refused at its place."""
    return tuple(
        cases.PaperGiven(
            ordinal=row.ordinal,
            given=row.given,
            originals=entry.whole(f"p{row.ordinal}_originals", most=MOST) or 0,
            certified=entry.whole(f"p{row.ordinal}_certified", most=MOST) or 0,
            copies=entry.whole(f"p{row.ordinal}_copies", most=MOST) or 0,
        )
        for row in rows
    )
