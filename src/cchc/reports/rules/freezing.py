"""A filled form as it is kept: with its own definition, so that later circulars, code and figures cannot change what was reported."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cchc.kernel.period import Period
from cchc.reports.rules.definitions import Definition, parse
from cchc.reports.rules.filling import Checked, FilledForm, FilledRow, Header
from cchc.reports.rules.formulas import check

# 1: definition as it was read, and the form as ``as_json`` gives it.
VERSION = 1
_DAYS = ("from", "until")


def freeze(form: FilledForm) -> dict[str, Any]:
    """Return the form as plain data without floats, from which ``thaw`` makes the same form again."""
    definition = {key: value.isoformat() if isinstance(value, date) else value for key, value in form.definition.data.items()}
    return {"version": VERSION, "definition": definition, "form": form.as_json()}


def thaw(kept: Mapping[str, Any]) -> FilledForm:
    """Return the form that was frozen. Nothing is computed again: cells, totals and checks are those that were kept."""
    data = dict(kept["definition"])
    data |= {name: date.fromisoformat(data[name]) for name in _DAYS if data.get(name)}
    definition, form = parse(data), kept["form"]
    return FilledForm(
        definition=definition,
        header=_header(form["header"]),
        rows=tuple(_row(definition, row) for row in form["rows"]),
        totals=_row(definition, form["totals"]) if form["totals"] else None,
        identity=tuple(_checked(row) for row in form["identity"]),
        notes=tuple(form["notes"]),
    )


def signed(form: FilledForm, *, lines: Sequence[str], signer: str, is_draft: bool) -> FilledForm:
    """Return the form with the lines over the signature and the name under it; ``is_draft`` says that nobody has signed yet."""
    return replace(form, header=replace(form.header, signer_lines=tuple(lines), signer=signer, is_draft=is_draft))


def noted(form: FilledForm, notes: Sequence[str]) -> FilledForm:
    """Return the form with more lines under the table."""
    return replace(form, notes=(*form.notes, *notes))


def _header(data: Mapping[str, Any]) -> Header:
    return Header(
        reporter=data["reporter"],
        receiver=data["receiver"],
        period_label=data["period_label"],
        period=Period(date.fromisoformat(data["first_day"]), date.fromisoformat(data["last_day"]) + timedelta(days=1)),
        place=data["place"],
        preparer=data["preparer"],
        signer_lines=tuple(data["signer_lines"]),
        signer=data["signer"],
        is_draft=data["is_draft"],
    )


def _row(definition: Definition, data: Mapping[str, Any]) -> FilledRow:
    # The database gives objects back in an order of its own; cells stand in that of the columns.
    cells = {column.key: data["cells"][column.key] for column in definition.leaves}
    return FilledRow(key=data["key"], label=data["label"], is_missing=data["is_missing"], cells=cells)


def _checked(data: Mapping[str, Any]) -> Checked:
    return Checked(
        check=check(data["equation"]),
        left=data["left"],
        right=data["right"],
        rows=tuple((row["label"], row["difference"]) for row in data["rows"]),
        explanations=tuple((row["label"], row["count"]) for row in data["explanations"]),
    )
