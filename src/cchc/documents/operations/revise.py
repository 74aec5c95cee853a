"""Give a form other words from a day on; papers issued before keep theirs."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from cchc.audit import api as audit
from cchc.documents.models import FormTemplate, Layout, Paper
from cchc.documents.queries.templates import TemplateView
from cchc.documents.queries.trial import tried
from cchc.documents.rules.plain import printable
from cchc.documents.terms import Confidence, FormKey
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean

RIGHT = "documents:template:edit"
_LONGEST_SOURCE = 40_000


@transaction.atomic
def revise_template(
    *,
    actor: Actor,
    at: datetime,
    form: FormKey,
    since: date,
    title: str,
    layout_source: str,
    circular: str = "",
    form_number: str = "",
    series: str = "",
    confidence: Confidence = Confidence.OWN,
    source: str = "",
    remark: str = "",
) -> TemplateView:
    """Close the form's row on ``since`` and open a new one with these words; return it.

    ``layout_source`` is the main typst text; the files it imports stay as they are. It must draw the form's sample
    (``Refused`` on ``layout_source``, with the line). A form that bears a number goes on bearing one, and the other way round, because the
    acts that print it count on it. ``since`` is today or later, and not a day on which a paper of the present row was issued when that row
    began on the same day. Needs ``documents:template:edit``; journalled on ``form:<key>``.
    """
    actor.must(RIGHT)
    row = _row_on(FormKey(form), since)
    words = {
        "title": clean(title),
        "circular": clean(circular),
        "form_number": clean(form_number),
        "series": clean(series).replace(" ", ""),
        "confidence": Confidence(confidence),
        "source": clean(source),
        "remark": printable(remark),
    }
    text = layout_source.replace("\r\n", "\n").rstrip() + "\n"
    _check(row, words, text, since=since, today=local_date(at))
    layout = _layout(row.layout, text)
    trial = FormTemplate(key=row.key, paper_size=row.paper_size, **words)
    tried(trial, layout)
    layout, _ = Layout.objects.get_or_create(digest=layout.digest, defaults={"main": layout.main, "files": layout.files})
    made = _put(row, layout, since, words)
    audit.record(
        stream=f"form:{row.key}",
        act="template_revised",
        at=at,
        actor=actor,
        public={"since": since.isoformat(), "layout": layout.digest, **{key: str(value) for key, value in words.items()}},
    )
    return TemplateView.of(made)


def revised_layout(row: FormTemplate, text: str) -> Layout:
    """Return an unsaved layout: the row's files with another main text."""
    return _layout(row.layout, text)


def _row_on(form: FormKey, day: date) -> FormTemplate:
    row = FormTemplate.objects.select_for_update(of=["self"]).select_related("layout").filter(key=form, period__contains=day).first()
    if row is None:
        raise Refused(f"Chưa có mẫu «{form.label}» cho ngày {day:%d/%m/%Y}. Chọn ngày khác.", field="since")
    return row


def _check(row: FormTemplate, words: dict[str, Any], text: str, *, since: date, today: date) -> None:
    problems: dict[str, str] = {}
    if since < today:
        problems["since"] = f"Mẫu mới chỉ dùng từ hôm nay ({today:%d/%m/%Y}) trở đi; giấy đã cấp giữ mẫu cũ."
    elif row.period.lower == since and Paper.objects.filter(template=row).exists():
        problems["since"] = f"Ngày này đã cấp giấy theo mẫu bắt đầu cùng ngày. Chọn từ ngày {since + timedelta(days=1):%d/%m/%Y}."
    if not words["title"]:
        problems["title"] = "Nhập tên giấy."
    if bool(words["series"]) != bool(row.series):
        problems["series"] = (
            "Giấy này có số, phải có ký hiệu sau dấu gạch chéo." if row.series else "Giấy này in thẳng, không có số: để trống ký hiệu."
        )
    limits = ("title", 120), ("circular", 60), ("form_number", 30), ("series", 20), ("source", 200)
    for name, most in limits:
        if len(words[name]) > most:
            problems[name] = f"Dài quá {most} ký tự. Viết ngắn lại."
    if not text.strip():
        problems["layout_source"] = "Nhập trình bày của giấy."
    elif len(text) > _LONGEST_SOURCE:
        problems["layout_source"] = f"Trình bày dài quá {_LONGEST_SOURCE} ký tự."
    if problems:
        raise Invalid(problems)


def _layout(old: Layout, text: str) -> Layout:
    files = {**old.files, old.main: text}
    digest = hashlib.sha256(audit.canonical({"main": old.main, "files": files})).hexdigest()
    return Layout(digest=digest, main=old.main, files=files)


def _put(row: FormTemplate, layout: Layout, since: date, words: dict[str, Any]) -> FormTemplate:
    """Write the new row after the old one, or in its place when both begin on one day and nothing was issued by the old."""
    if row.period.lower == since:
        FormTemplate.objects.filter(pk=row.pk).update(layout=layout, is_own=True, **words)
        return FormTemplate.objects.select_related("layout").get(pk=row.pk)
    end = row.period.upper
    FormTemplate.objects.filter(pk=row.pk).update(period=(row.period.lower, since))
    made = FormTemplate.objects.create(key=row.key, paper_size=row.paper_size, layout=layout, period=(since, end), is_own=True, **words)
    return FormTemplate.objects.select_related("layout").get(pk=made.pk)
