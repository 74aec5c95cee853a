"""Tags and filters of the components. Each tag renders ``templates/ui/<tag>.html``, which opens with its arguments and an example."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

from django.forms import BaseForm
from django.template import Context, Library
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cchc.web.ui import vietnamese
from cchc.web.ui.days import cells as cells_of_days
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import (
    ICONS,
    TILE_HEIGHT,
    TILE_WIDTH,
    Act,
    Cell,
    DueChip,
    Key,
    LedgerLine,
    Number,
    Option,
    Page,
    PromiseLine,
    Row,
    Step,
    Suggestion,
    Tile,
)

register = Library()
# So many letters stand on a line of a tile.
_FITS = 9

# ------------------------------------------------------------------ filters


@register.filter
def day(value: date | datetime | None) -> str:
    """``02/12/2026``; nothing for nothing."""
    return vietnamese.day_text(value) if value else ""


@register.filter
def day_short(value: date | datetime | None) -> str:
    """``02/12``."""
    return vietnamese.day_short(value) if value else ""


@register.filter
def day_long(value: date | datetime | None) -> str:
    """``thứ Tư 02/12/2026``."""
    return vietnamese.day_long(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``16:00 thứ Tư 02/12/2026``."""
    return vietnamese.moment_text(value) if value else ""


@register.filter
def moment_short(value: datetime | None) -> str:
    """``16:00 thứ Tư 02/12``."""
    return vietnamese.moment_short(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """``16:00``."""
    return vietnamese.clock_text(value) if value else ""


@register.filter
def vnd(value: int | None) -> str:
    """``72.000 đ``."""
    return vietnamese.money_text(value) if value is not None else ""


@register.filter
def number_vi(value: Decimal | float | None, places: int | None = None) -> str:
    """``1.234,5``; ``places`` fixes the digits after the comma."""
    return vietnamese.number_text(value, places) if value is not None else ""


@register.filter
def label(value: object) -> str:
    """Return the translated label of a word of a vocabulary; plain text is translated as it stands."""
    if value is None or value == "":
        return ""
    return gettext(str(getattr(value, "label", value)))


@register.filter
def masked(value: str) -> str:
    """``042 169 ••• 208``."""
    return vietnamese.masked(value) if value else ""


@register.filter
def grouped(value: str) -> str:
    """``042 169 000 208``."""
    return vietnamese.grouped(value) if value else ""


@register.filter
def sentence(value: str) -> str:
    """Capitalise the first letter only."""
    return value[:1].upper() + value[1:] if value else ""


# ------------------------------------------------------------------ small things


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon: tick, clock, late, wait, info, search, print, next, down, seal, link, menu, close, phone, bell."""
    return format_html('<i class="icon i-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def keycap(keys: str) -> SafeString:
    """Draw key caps from names with spaces between: ``{% keycap "g q" %}``."""
    return format_html_join("", "<kbd>{}</kbd>", ((part,) for part in keys.split()))


@register.inclusion_tag("ui/status.html")
def status(tone: str, text: object) -> dict[str, Any]:
    """Icon and words; ``tone`` is ok, soon, late, wait, error or empty."""
    return {"tone": tone, "text": label(text), "icon": ICONS.get(tone, "info")}


@register.simple_tag
def tag(text: object, tone: str = "") -> SafeString:
    """Write a fact about a thing; ``tone`` is empty, jade or gold."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", label(text))


@register.simple_tag
def share(value: Decimal | None) -> str:
    """Write a part of a whole as a percentage: ``62,5%``, ``cả đơn vị``; a part nobody published is said to be unknown."""
    if value is None:
        return gettext("chưa rõ tỷ lệ")
    return gettext("cả đơn vị") if value == 1 else f"{vietnamese.number_text((value * 100).normalize())}%"


# A board has a thousand bars, cells and tiles: they are written here and not in templates, which takes a fifth of the time.


@register.simple_tag
def bar(share: float, kind: str = "", text: str = "") -> SafeString:
    """Draw a share from 0 to 1 as a bar; ``kind`` is empty, lost or late; ``text`` is what a reader hears."""
    width = round(min(max(float(share), 0), 1) * 100, 1)
    heard = f'role="img" aria-label="{escape(text)}"' if text else 'aria-hidden="true"'
    tone = f' class="{escape(kind)}"' if kind else ""
    return SafeString(
        f'<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" {heard}>'
        f'<rect class="bg" width="100" height="8" /><rect{tone} width="{width}" height="8" /></svg>'
    )


@register.simple_tag
def cells(shown: Sequence[Cell]) -> SafeString:
    """Draw the numbers of a table's row, each in its ``<td>``."""
    return SafeString("".join(map(_cell, shown)))


@register.simple_tag
def row(shown: Row, ranked: bool = False) -> SafeString:  # noqa: FBT001, FBT002 (an argument of a tag)
    """Draw a row of numbers: with ``ranked`` its rank, its name, its cells."""
    rank = f'<td class="num">{shown.rank or "–"}</td>' if ranked else ""
    name = escape(shown.name)
    if shown.url:
        name = f'<a href="{escape(shown.url)}">{name}</a>'
    return SafeString(f'<tr>{rank}<th scope="row">{name}</th>{"".join(map(_cell, shown.cells))}</tr>')


def _cell(shown: Cell) -> str:
    number = escape(shown.text)
    if shown.url:
        late = ' class="late"' if shown.is_late else ""
        number = f'<a href="{escape(shown.url)}"{late}>{number}</a>'
    if shown.is_contested:
        number += f' <span class="tag tag--gold">{escape(gettext("đang được kiến nghị"))}</span>'
    if shown.part is not None:
        number += bar(shown.part, text=shown.detail)
    kind = ' class="num"' if shown.is_number else ""
    return f"<td{kind}>{number}</td>"


@register.simple_tag
def tile(shown: Tile) -> SafeString:
    """Draw one tile of a map without boundaries."""
    tone = f' class="{escape(shown.css)}"' if shown.css else ""
    words = "".join(f'<text x="{shown.middle:.1f}" y="{y:.1f}"{_fitting(word)}>{escape(word)}</text>' for word, y in shown.words)
    if shown.number:
        words += f'<text class="n" x="{shown.middle:.1f}" y="{shown.number_y:.1f}">{escape(shown.number)}</text>'
    return SafeString(
        f'<a href="{escape(shown.url)}"{tone}><title>{escape(shown.title)}</title>'
        f'<rect x="{shown.x}" y="{shown.y}" width="{TILE_WIDTH}" height="{TILE_HEIGHT}" rx="2.5" />{words}</a>'
    )


def _fitting(words: str) -> str:
    """Return what keeps long words inside a tile: they are set closer together, as «Quốc Tử Giám» must be."""
    return f' textLength="{TILE_WIDTH - 3}" lengthAdjust="spacingAndGlyphs"' if len(words) > _FITS else ""


@register.simple_tag
def undo(code: str) -> SafeString:
    """Link to the page that takes back what was just done to a case; nothing for no code or where no such page is routed."""
    try:
        url = reverse("desk:recall", args=[code]) if code else ""
    except NoReverseMatch:
        url = ""
    return format_html('<a href="{}">{}<span class="vh"> {}</span></a>', url, gettext("Rút lại"), code) if url else SafeString("")


@register.filter
def undoable(message: Any) -> str:
    """Return the case that a message offers to take back: ``messages.success(…, extra_tags=f"undo:{code}")``."""
    tags = str(getattr(message, "extra_tags", "") or "")
    return tags.removeprefix("undo:") if tags.startswith("undo:") else ""


# ------------------------------------------------------------------ the promise


@register.inclusion_tag("ui/deadline.html", takes_context=True)
def deadline(context: Context, chip: DueChip) -> dict[str, Any]:
    """Draw the chip of a deadline, the same everywhere; it opens the explanation."""
    return {"chip": chip, "cells": _cells(context, chip.explanation)}


@register.inclusion_tag("ui/promise.html", takes_context=True)
def promise(
    context: Context,
    chip: DueChip,
    heading: str = "",
    due_label: str = "",
    note: str = "",
    *,
    with_days: bool = False,
    is_moved: bool = False,
) -> dict[str, Any]:
    """Draw the promise at the head of a case; once per page. ``is_moved`` draws the note in gold: the first promise was another."""
    return {
        "chip": chip,
        "heading": heading or gettext("Lời hẹn"),
        "due_label": due_label,
        "note": note or chip.note,
        "is_moved": is_moved,
        "cells": _cells(context, chip.explanation, strip=True) if with_days else [],
    }


@register.inclusion_tag("ui/days.html", takes_context=True)
def days(context: Context, explanation: Any, *, strip: bool = False) -> dict[str, Any]:
    """Draw every day between intake and promise, and whether it counted."""
    return {"cells": _cells(context, explanation, strip=strip), "strip": strip}


def _cells(context: Context, explanation: Any, *, strip: bool = False) -> list[Any]:
    if not explanation:
        return []
    at = getattr(context.get("request"), "at", None)
    return cells_of_days(explanation.days, today=vietnamese.day_of(at) if at else None, strip=strip)


# ------------------------------------------------------------------ forms


@register.simple_tag
def field(source: Entry | BaseForm | None, name: str, label: str = "", type: str = "text", **options: Any) -> SafeString:  # noqa: A002
    """Draw one field with its label, hint and problem; what was typed is kept.

    ``type``: text, search, day, number, money, password, tel, textarea, select, radio, seg, check, file or hidden. Options:
    ``hint``, ``options`` (of ``Option`` or (value, label)), ``value`` (when nothing was typed yet), ``span`` (2, 3, 4 of 6
    columns), ``required``, ``empty`` (words of a select's empty choice), ``key`` (shortcut), ``rows``; anything else becomes an
    attribute of the input (``hx_get`` → ``hx-get``).
    """
    shown = {key: options.pop(key, default) for key, default in _FIELD_OPTIONS.items()}
    typed, problem = _typed(source, name)
    value = typed if typed is not None else shown["value"]
    attributes = [
        (key.replace("_", "-"), text) for key, text in {**_INPUT_HINTS.get(type, {}), **options}.items() if text not in (None, False, "")
    ]
    described = " ".join(part for part, there in ((f"h-{name}", shown["hint"]), (f"p-{name}", problem)) if there)
    return SafeString(
        render_to_string(
            "ui/field.html",
            {
                **shown,
                "name": name,
                "label": label,
                "type": type,
                "html_type": type if type in {"search", "password", "tel", "file", "hidden"} else "text",
                "value": "" if value is None else value,
                "choices": [_option(choice, chosen=value) for choice in shown["options"] or ()],
                "problem": problem,
                "described": described,
                "attributes": attributes,
                "is_checked": value in {"1", "on", "true", "True", True},
            },
        ),
    )


_FIELD_OPTIONS: dict[str, Any] = {
    "hint": "",
    "options": None,
    "value": "",
    "span": 0,
    "required": False,
    "empty": "",
    "key": "",
    "rows": 3,
    "hide_label": False,
}
_INPUT_HINTS: dict[str, dict[str, str]] = {
    "day": {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy", "maxlength": "10"},
    "number": {"inputmode": "numeric", "autocomplete": "off"},
    "money": {"inputmode": "numeric", "autocomplete": "off"},
}


def _typed(source: Entry | BaseForm | None, name: str) -> tuple[Any, str]:
    """Return what was typed (None when nothing was) and the problem."""
    if source is None:
        return None, ""
    if isinstance(source, Entry):
        return (source.value(name) if name in source.data else None), source.problem(name)
    bound = source[name]
    return bound.value(), " ".join(str(error) for error in bound.errors)


def _option(choice: Option | tuple[str, str], *, chosen: object) -> dict[str, Any]:
    option = choice if isinstance(choice, Option) else Option(str(choice[0]), str(choice[1]))
    return {"value": option.value, "label": option.label, "note": option.note, "is_chosen": str(chosen) == option.value}


@register.inclusion_tag("ui/problems.html")
def problems(entry: Entry, heading: str = "") -> dict[str, Any]:
    """Say at the head of a form what is wrong, that what was typed is kept, and where to mend it. Nothing when all is well."""
    return {
        "general": entry.problems.get("", ""),
        "places": [(name, text) for name, text in entry.problems.items() if name],
        "heading": heading,
        "conflict": entry.conflict,
    }


@register.inclusion_tag("ui/finder.html")
def finder(name: str, label: str, url: str = "", value: str = "", **options: Any) -> dict[str, Any]:
    """Draw a search box that answers below itself from ``url`` (HTML of ``ui/options.html``); without script it is a plain box.

    Options: ``placeholder``, ``hint``, ``key``, ``fill`` (name of the hidden input that gets the chosen value), ``filled`` (its
    value), ``submit`` (send the form when something is chosen), ``hide_label``, ``autofocus``, ``problem``.
    """
    names = ("placeholder", "hint", "key", "fill", "filled", "submit", "hide_label", "autofocus", "problem")
    unknown = set(options) - set(names)
    if unknown:
        raise TypeError(f"finder: {', '.join(sorted(unknown))}?")
    return {"name": name, "label": label, "url": url, "value": value, **{key: options.get(key, "") for key in names}}


@register.inclusion_tag("ui/options.html")
def suggestions(found: Sequence[Suggestion], name: str) -> dict[str, Any]:
    """Draw the answers of a finder."""
    return {"found": found, "name": name}


# ------------------------------------------------------------------ blocks


@register.simple_block_tag
def alert(content: str, kind: str = "", title: str = "") -> SafeString:
    """Say what happened, what was kept, what to do; ``kind`` is empty (notice), ok, late or error."""
    drawn = icon("tick" if kind == "ok" else "info")
    role = ' role="alert"' if kind == "error" else ""
    heading = format_html("<b>{}</b><br>", title) if title else ""
    return format_html(
        '<div class="alert{}"{}>{}<div>{}{}</div></div>',
        f" alert--{kind}" if kind else "",
        SafeString(role),
        drawn,
        heading,
        content,
    )


@register.simple_block_tag
def nothing(content: str, title: str, url: str = "", action: str = "") -> SafeString:
    """Say that a list is empty and teach the next step, with one button."""
    button = format_html('<a class="btn btn--main" href="{}">{}</a>', url, action) if url else ""
    return format_html('<div class="empty"><h3>{}</h3><div>{}</div>{}</div>', title, content, button)


@register.simple_block_tag
def card(content: str, title: str, name: str, note: str = "", key: str = "", *, body: bool = True) -> SafeString:
    """Draw a card with a head; ``name`` is its id, ``note`` quiet words at the right, ``body=False`` leaves out the inner margin."""
    inner = format_html('<div class="card__body">{}</div>', content) if body else content
    quiet = format_html('<span class="muted small">{}</span>', note) if note else ""
    cap = keycap(key) if key else ""
    return format_html(
        '<section class="card" aria-labelledby="{0}"><div class="card__head"><h2 id="{0}">{1}</h2>{2}{3}</div>{4}</section>',
        name,
        title,
        quiet,
        cap,
        inner,
    )


# ------------------------------------------------------------------ lists


@register.inclusion_tag("ui/steps.html")
def steps(items: Sequence[Step]) -> dict[str, Any]:
    """Draw the journey as a citizen sees it."""
    return {"steps": items}


@register.inclusion_tag("ui/history.html")
def history(items: Sequence[PromiseLine]) -> dict[str, Any]:
    """Draw the history of a promise, the newest first."""
    return {"lines": items}


@register.inclusion_tag("ui/ledger.html")
def ledger(items: Sequence[LedgerLine]) -> dict[str, Any]:
    """Draw the journal of a case on the desk, the newest first."""
    return {"lines": items}


@register.inclusion_tag("ui/seal.html")
def seal(count: int, fingerprint: str, url: str = "", at: datetime | None = None, *, is_whole: bool = True) -> dict[str, Any]:
    """Say that the journal is whole, with its fingerprint."""
    return {"count": count, "fingerprint": fingerprint, "url": url, "at": at, "is_whole": is_whole}


@register.inclusion_tag("ui/acts.html")
def acts(items: Sequence[Act]) -> dict[str, Any]:
    """Draw what this person may do now, each with its price."""
    return {"acts": items}


@register.inclusion_tag("ui/figure.html")
def figure(number: Number) -> dict[str, Any]:
    """Draw a number with its records behind it and its definition beside it."""
    return {"number": number}


@register.inclusion_tag("ui/pager.html")
def pager(page: Page) -> dict[str, Any]:
    """Draw the way on in a long list."""
    return {"page": page}


@register.inclusion_tag("ui/keysheet.html")
def keysheet(keys: Sequence[Key] = ()) -> dict[str, Any]:
    """Draw the sheet behind ``?``; keys of elements are added by script."""
    return {"keys": keys}


@register.inclusion_tag("ui/navlink.html", takes_context=True)
def navlink(context: Context, name: str, label: str, key: str = "", count: int | None = None, *, below: bool = False) -> dict[str, Any]:
    """Draw a link of the main navigation; a page that is not routed is not shown. ``below``: pages below it count as here too."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {"url": "", "label": label, "key": key, "count": count, "is_here": False}
    request = context.get("request")
    is_here = bool(request) and (request.path.startswith(url) if below else request.path == url)
    return {"url": url, "label": label, "key": key, "count": count, "is_here": is_here}


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """Return the query of this page with parameters changed or, when empty, removed: filters live in the URL."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """Return a value of a mapping, or nothing."""
    return mapping.get(key, "")
