"""Finding units by what people type: without accents, with them on another vowel, with Ð for Đ, in decomposed letters."""

from collections.abc import Collection
from datetime import date

from django.db.models import Case, IntegerField, Value, When

from cchc.kernel.errors import Refused
from cchc.kernel.text import fold, one_spelling
from cchc.organisations.models import UnitTitle
from cchc.organisations.queries.lookup import unit
from cchc.organisations.queries.tree import descendant_ids_on
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.terms import UnitKind

# How many candidates are ordered by accents after the database has ordered them by closeness.
_CANDIDATES = 400


def find_units(
    text: str,
    *,
    on: date,
    within: int | None = None,
    kinds: Collection[UnitKind] = (),
    limit: int = 20,
) -> tuple[UnitView, ...]:
    """Return the units that exist on the day and are called so, the closest first; names never identify, so there may be many.

    All words of the text must occur in the title. Words after a comma must occur in the titles above: ``Gia Lâm, Hà Nội``.
    A code finds its bearer. ``within`` is the id of a unit above; ``kinds`` limits the kinds. Equally close names come in
    dictionary order, those with the same accents as typed first. At most four queries whatever is found.
    """
    name, _, places = text.partition(",")
    phrase = fold(name)
    if not phrase:
        return ()
    coded = _by_code(name, on, within, kinds)
    if coded:
        return coded
    found = _candidates(phrase, on, within, kinds)
    typed = one_spelling(name).casefold()
    ordered = sorted(found, key=lambda row: (row[1], typed not in one_spelling(row[2]).casefold()))
    if not places.strip():
        views = views_of([row[0] for row in ordered[:limit]], day=on)
        return tuple(views[row[0]] for row in ordered[:limit])
    views = views_of([row[0] for row in ordered], day=on)
    above = [fold(place) for place in places.split(",") if fold(place)]
    fitting = [views[row[0]] for row in ordered if _stands_in(views[row[0]], above)]
    return tuple(fitting[:limit])


def _by_code(text: str, on: date, within: int | None, kinds: Collection[UnitKind]) -> tuple[UnitView, ...]:
    if not any(character.isdigit() for character in text) or " " in text.strip():
        return ()
    try:
        found = unit(text, on=on)
    except Refused:
        return ()
    fits = (within is None or within in found.ancestor_ids) and (not kinds or found.kind in kinds)
    return (found,) if fits else ()


def _candidates(phrase: str, on: date, within: int | None, kinds: Collection[UnitKind]) -> list[tuple[int, int, str]]:
    titles = UnitTitle.objects.filter(period__contains=on, unit__period__contains=on)
    for word in phrase.split():
        titles = titles.filter(search_key__contains=word)
    if within is not None:
        titles = titles.filter(unit__in=descendant_ids_on(within, on))
    if kinds:
        titles = titles.filter(unit__kind__in=kinds)
    closeness = Case(
        When(name_key=phrase, then=Value(0)),
        When(search_key=phrase, then=Value(0)),
        When(name_key__startswith=phrase, then=Value(1)),
        When(search_key__startswith=phrase, then=Value(1)),
        When(search_key__contains=phrase, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = titles.annotate(closeness=closeness).order_by("closeness", "unit__vi_key", "unit__code")
    return list(rows.values_list("unit_id", "closeness", "full_name")[:_CANDIDATES])


def _stands_in(view: UnitView, places: list[str]) -> bool:
    above = [fold(title) for title in view.path]
    return all(any(place in title for title in above) for place in places)
