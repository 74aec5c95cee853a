"""Finding a procedure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from cchc.editions.api import rests_on
from cchc.kernel.text import fold
from cchc.procedures.models import ChannelTerm, Field, Version
from cchc.procedures.queries.versions import term_view
from cchc.procedures.queries.views import FieldView, ProcedureHit, TermView, is_immediate, usual
from cchc.procedures.rules.ranking import Match, match
from cchc.procedures.terms import Level, ServiceLevel

_CANDIDATES = 100
# With so many exact answers nobody mistyped.
_ENOUGH = 3
# Two letters wrong in a word of five still share this much; the ranking throws out what is alike by chance.
_LIKENESS = "0.45"

# What scores less, or less than this share of the best, answers another question.
_WORST = 25.0
_SHARE_OF_BEST = 0.6

# ``exact``: every word of the query begins a word of the key (which starts with a space and holds code, title, other names and
# field). Only when that finds little, ``alike`` asks the trigrams; the count in its WHERE is settled once, before any row.
_SQL = """
    WITH eligible AS NOT MATERIALIZED (
        SELECT v.id, v.procedure_id, v.title, v.field_id, v.levels, v.service_level, v.search_key
          FROM procedures_version v
         WHERE v.valid @> %(on)s::date AND v.is_listed
           AND (%(level)s::varchar IS NULL OR %(level)s::varchar = ANY (v.levels))
           AND (%(field)s::varchar IS NULL OR v.field_id = (SELECT id FROM procedures_field WHERE code = %(field)s::varchar))
    ), exact AS MATERIALIZED (
        SELECT * FROM eligible WHERE search_key LIKE ALL (%(prefixes)s::text[])
         ORDER BY position(%(phrase)s in search_key) = 0, length(title), id LIMIT %(limit)s
    ), alike AS MATERIALIZED (
        SELECT * FROM eligible WHERE (SELECT count(*) FROM exact) < %(enough)s AND %(folded)s <%% search_key
         ORDER BY word_similarity(%(folded)s, search_key) DESC, length(title), id LIMIT %(limit)s
    )
    SELECT f.id, p.code, f.title, f.field_id, f.levels, f.service_level, f.search_key
      FROM (SELECT * FROM exact UNION SELECT * FROM alike) f JOIN procedures_procedure p ON p.id = f.procedure_id
"""


def search(
    text: str,
    *,
    on: date,
    level: Level | None = None,
    field: str | None = None,
    limit: int = 20,
) -> tuple[ProcedureHit, ...]:
    """Return the listed procedures in force on a day that answer the text, best first.

    Missing accents and typing errors are forgiven; a code is found by its beginning. ``field`` is a field's code. Without
    text: all, in the order of the dictionary. The number of queries does not grow with what is found.
    """
    rows = _candidates(text, on, level, field, limit) if fold(text) else _in_order(on, level, field, limit)
    matches = {row[0]: match(query=text, title=row[2], code=row[1], also=row[6]) for row in rows} if fold(text) else {}
    if matches:
        floor = max(_WORST, _SHARE_OF_BEST * max((found.score for found in matches.values()), default=0.0))
        rows = [row for row in rows if matches[row[0]].score >= floor]
        rows.sort(key=lambda row: (-matches[row[0]].score, row[2], row[1]))
    return _hits(rows[:limit], matches)


def fields(*, on: date, level: Level | None = None) -> tuple[FieldView, ...]:
    """Return the fields that have listed procedures in force on a day, with their number, in the order of the dictionary."""
    having = Q(versions__valid__contains=on, versions__is_listed=True)
    if level is not None:
        having &= Q(versions__levels__contains=[level])
    rows = Field.objects.annotate(count=Count("versions", filter=having)).filter(count__gt=0).order_by("vi_key")
    return tuple(FieldView(code=row.code, name=row.name, official_code=row.official_code, count=row.count) for row in rows)


def hits_for(codes: Sequence[str], *, on: date) -> tuple[ProcedureHit, ...]:
    """Return the procedures of these codes that are in force, in the order asked for; unknown codes are left out. Three queries."""
    return _hits_for(tuple(codes), on)


@rests_on("procedures", most=64)
def _hits_for(codes: tuple[str, ...], on: date) -> tuple[ProcedureHit, ...]:
    found = Version.objects.in_force(on).filter(procedure__code__in=codes)
    rows = list(found.values_list("id", "procedure__code", "title", "field_id", "levels", "service_level"))
    place = {code: number for number, code in enumerate(codes)}
    return _hits(sorted(rows, key=lambda row: place[row[1]]), {})


def listed(
    *, on: date, level: Level | None = None, field: str | None = None, after: str = "", limit: int = 100
) -> tuple[tuple[ProcedureHit, ...], str | None]:
    """Return a page of what the public catalogue shows on a day, by code, and the code after which the next page begins, or None.

    Three queries, whatever is found.
    """
    rows = Version.objects.in_force(on).listed().filter(procedure__code__gt=after)
    if level is not None:
        rows = rows.filter(levels__contains=[level])
    if field is not None:
        rows = rows.filter(field__code=field)
    columns = ("id", "procedure__code", "title", "field_id", "levels", "service_level")
    found = list(rows.order_by("procedure__code").values_list(*columns)[: limit + 1])
    return _hits(found[:limit], {}), found[limit - 1][1] if len(found) > limit else None


def _candidates(text: str, on: date, level: Level | None, field: str | None, limit: int) -> list[tuple[Any, ...]]:
    folded = fold(text)
    parameters = {
        "on": on,
        "level": level.value if level else None,
        "field": field,
        "folded": folded,
        "phrase": f" {folded}",
        "prefixes": [f"% {word}%" for word in folded.split()],
        "limit": max(_CANDIDATES, limit),
        # Nothing is like a code but the code.
        "enough": _ENOUGH if any(letter.isalpha() for letter in folded) else 1,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner takes likeness for a cheap comparison and would read every row; the index is several times as fast.
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true), set_config('enable_seqscan', 'off', true)", [_LIKENESS]
        )
        cursor.execute(_SQL, parameters)
        rows = cursor.fetchall()
        cursor.execute("SELECT set_config('enable_seqscan', 'on', true)")
        return rows


def _in_order(on: date, level: Level | None, field: str | None, limit: int) -> list[tuple[Any, ...]]:
    rows = Version.objects.in_force(on).listed()
    if level is not None:
        rows = rows.filter(levels__contains=[level])
    if field is not None:
        rows = rows.filter(field__code=field)
    return list(rows.order_by("vi_key", "id").values_list("id", "procedure__code", "title", "field_id", "levels", "service_level")[:limit])


def _hits(rows: list[tuple[Any, ...]], matches: dict[int, Match]) -> tuple[ProcedureHit, ...]:
    terms: dict[int, list[TermView]] = {}
    for row in ChannelTerm.objects.filter(version_id__in=[row[0] for row in rows]).order_by("version_id", "case_type_id", "ordinal"):
        terms.setdefault(row.version_id, []).append(term_view(row))
    known = {field.pk: FieldView(code=field.code, name=field.name) for field in Field.objects.filter(pk__in={row[3] for row in rows})}
    return tuple(_hit(row, known[row[3]], terms.get(row[0], []), matches.get(row[0], Match(0.0, ()))) for row in rows)


def _hit(row: tuple[Any, ...], field: FieldView, terms: list[TermView], found: Match) -> ProcedureHit:
    version_id, code, title, _, levels, service_level = row[:6]
    texts = list(dict.fromkeys(term.text for term in usual(terms)))
    return ProcedureHit(
        version_id=version_id,
        code=code,
        title=title,
        field=field,
        levels=tuple(Level(level) for level in levels),
        service_level=ServiceLevel(service_level),
        term_text=" hoặc ".join(texts) if texts else "Chưa có thời hạn",
        immediate=is_immediate(terms),
        can_receive=any(term.limit is not None or term.absence in ("not_set", "no_result") for term in terms),
        score=found.score,
        marks=found.marks,
    )
