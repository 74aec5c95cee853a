"""Statutory forms on the screen as they are on paper, with what changed since the last period, and the files to take away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.reports import api as reports
from cchc.web.board.asking import NARROWED, START, UNIT, Question, address, asked, presets
from cchc.web.board.sheets import sheet
from cchc.web.board.shown import period_text
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.worktime import api as worktime

FORM, FORMAT = "bieu", "dang"
MOST_CHANGES = 12
# The media types of the files that a form is taken away as.
TYPES = {
    reports.FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    reports.FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    reports.FileFormat.PDF: "application/pdf",
    reports.FileFormat.JSON: "application/json",
}


@require_safe
@needs("cases:case:read")
def show(request: HttpRequest) -> HttpResponse:
    """Show a form of the actor's agency, or of a unit under it."""
    question, at = _question(request), cast("datetime", cast("Any", request).at)
    # Numbered forms first: they are what a circular asks for.
    forms = sorted(reports.forms_for(question.unit, question.last), key=lambda form: not form.form_number)
    key = query_text(request, FORM) or "ii06"
    form, before, changes = reports.with_differences(key, unit=question.unit, period=_whole(question), at=at, actor=_actor(request))
    context = {
        "question": question,
        "period": period_text(question),
        "presets": presets(question),
        "sheet": sheet(form, opener(question, form)),
        "forms": [(item.key, f"{item.form_number} {item.title}".strip(), item.key == form.definition.key) for item in forms],
        **_acts(request, question, form),
        "before": before.header.period_label or "",
        "changes": [item for item in (*changes.totals, *changes.rows) if item.change][:MOST_CHANGES],
        "files": [
            (item.label, f"{reverse('board:report_file')}?{question.query(bieu=form.definition.key, dang=item.value, den=_last(question))}")
            for item in TYPES
        ],
        "hidden": [*question.kept, (FORM, form.definition.key)],
    }
    return render(request, "board/report.html", context, status=422 if question.problems else 200)


@require_safe
@needs("cases:case:read")
def file(request: HttpRequest) -> HttpResponse:
    """Give the form as a file."""
    question, at = _question(request), cast("datetime", cast("Any", request).at)
    wanted = query_text(request, FORMAT)
    if wanted not in reports.FileFormat.values():
        raise NotFound(_("Không có dạng tệp «%(name)s».") % {"name": wanted})
    kind = reports.FileFormat(wanted)
    form = reports.statutory(query_text(request, FORM) or "ii06", unit=question.unit, period=_whole(question), at=at, actor=_actor(request))
    answer = HttpResponse(reports.to_file(form, kind, at=at), content_type=TYPES[kind])
    name = f"{form.definition.key}-{question.unit.code}-{question.period.start:%Y%m%d}-{question.last:%Y%m%d}.{kind.value}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", cast("Any", request).actor)


def _question(request: HttpRequest) -> Question:
    """Return the question; without a unit, of the actor's agency. Only that agency and what stands under it may be asked for."""
    actor = cast("Actor", cast("Any", request).actor)
    today = local_date(cast("Any", request).at)
    assert actor.unit_id is not None, "who reads cases sits in a unit"
    agency = identity.agency_of(actor.unit_id, on=today)
    question = asked(request, today, unit_code=query_text(request, UNIT) or agency.code)
    assert question is not None, "a unit was named"
    if START not in request.GET:
        quarter = worktime.reporting_period(worktime.ReportingKind.QUARTER, containing=today).period
        question = replace(question, period=figures.until(quarter, today), whole=quarter)
    if question.unit.id != agency.id and agency.id not in organisations.units_on([question.unit.id], today)[question.unit.id].ancestor_ids:
        raise NotFound(_("Chỉ xem được biểu của cơ quan mình và đơn vị bên dưới."))
    return question


def _acts(request: HttpRequest, question: Question, form: reports.FilledForm) -> dict[str, Any]:
    """Return the report that was locked of this form and period, what is owed of it, and whether the actor may lock it now."""
    key, period = form.definition.key, _whole(question)
    kept = [row for row in reports.kept_reports(question.unit.id) if row.definition.key == key and row.period == period]
    owed = [row for row in reports.owed(question.unit, today=question.today) if row.definition.key == key and row.period.period == period]
    actor = _actor(request)
    is_own = reports.agency_of(actor, question.today).id == question.unit.id and actor.may(identity.Right.PREPARE_REPORT)
    is_lockable = form.definition.rows is not reports.RowDimension.CASE and reports.reporting_of(period) is not None
    has_ended = period.end is not None and period.end <= question.today
    return {
        "kept": kept[0] if kept else None,
        "owed": owed[0] if owed else None,
        "may_lock": is_own and is_lockable and has_ended and not kept,
        "whole": period,
    }


def _last(question: Question) -> str:
    last = _whole(question).last
    return last.isoformat() if last is not None else ""


def _whole(question: Question) -> Period:
    """Return the period as it was asked for; the form says itself when it has not ended."""
    return question.whole or question.period


def opener(question: Question, form: reports.FilledForm) -> Callable[[Any, Any], str]:
    """Return what gives the page of the figure in a cell, narrowed to the row; nothing for a computed number, or one that is counted no more."""
    lines = {line.key: line for line in form.definition.lines}
    is_by_unit = form.definition.rows is reports.RowDimension.UNIT
    units = organisations.units_on([int(row.key) for row in form.rows], question.last) if is_by_unit else {}

    # The cells of a form are ten times as many as its rows.
    query_of = cache(question.query)

    def opens(column: Any, row: Any) -> str:
        key = column.figure
        if row.key in lines:
            source = lines[row.key].sources.get(column.key)
            key = source.figure if source else ""
        if not key or not figures.is_registered(key):
            return ""
        if row is form.totals or row.key in lines:
            return f"{address(key)}?{query_of()}"
        if is_by_unit:
            return f"{address(key)}?{query_of(don_vi=units[int(row.key)].code)}"
        narrowed = {
            NARROWED[cut].replace("-", "_"): row.key for cut in figures.measure(key).figure.by if cut.value == form.definition.rows.value
        }
        return f"{address(key)}?{query_of(**narrowed)}" if row.key else ""

    return opens
