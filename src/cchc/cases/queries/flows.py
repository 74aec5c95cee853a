"""Flows counted from the spells, in one statement: the recount behind both rollups, behind every finer cut, and behind ``verify``.

A unit's member counts for the days on which it stood there. When a member comes or goes on a day, the files it has open come or go
with it (``taken``, ``given``), so that sums over a changing tree still add up to what is open.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from django.db import connection

from cchc.figures.api import Counts, Flow, Recount, Scope
from cchc.kernel.local import at as at_local
from cchc.kernel.period import Period

_ZONE = "Asia/Ho_Chi_Minh"
_DAY = f"(moment AT TIME ZONE '{_ZONE}')::date"
# What a count may be cut by. A half-month begins on the 1st or the 15th.
_CUTS = {
    "top": "top_id",
    "unit": "unit_id",
    "day": _DAY,
    "half": f"CASE WHEN extract(day FROM {_DAY}) < 15 THEN date_trunc('month', {_DAY})::date ELSE date_trunc('month', {_DAY})::date + 14 END",
    "month": f"date_trunc('month', {_DAY})::date",
    "field": "field",
    "procedure": "procedure",
    "channel": "channel",
}
_STATE = "CASE WHEN s.state = 'waiting' THEN 1 ELSE 0 END"
# Each branch finds its rows by an index of its own: what began, what ended, what was broken, and what came or went with its unit.
_MOMENTS = f"""
    WITH member AS (
        SELECT * FROM unnest(%(tops)s::bigint[], %(units)s::bigint[], %(since)s::timestamptz[], %(until)s::timestamptz[])
        AS m(top_id, unit_id, since, until)
    ), moments AS (
        SELECT m.top_id, m.unit_id, s.begins AS moment, s.field, s.procedure, s.channel,
               (s.start = 'received')::int AS received, (s.start = 'received' AND s.channel = 'online')::int AS online,
               (s.start = 'taken')::int AS taken, 0 AS given, '' AS ended, false AS kept, 0 AS became_late, 0 AS left_late,
               {_STATE} AS paused, 0 AS resumed
        FROM member m JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE s.begins >= GREATEST(m.since, %(first)s::timestamptz) AND s.begins < LEAST(m.until, %(end)s::timestamptz)
        UNION ALL
        SELECT m.top_id, m.unit_id, s.ends, s.field, s.procedure, s.channel, 0, 0, 0, (s."end" = 'given')::int, s."end",
               COALESCE(s.first_kept, false), 0, (s.late_at IS NOT NULL)::int, 0, {_STATE}
        FROM member m JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE s.ends >= GREATEST(m.since, %(first)s::timestamptz) AND s.ends < LEAST(m.until, %(end)s::timestamptz)
        UNION ALL
        SELECT m.top_id, m.unit_id, s.late_at, s.field, s.procedure, s.channel, 0, 0, 0, 0, '', false, 1, 0, 0, 0
        FROM member m JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE s.late_at >= GREATEST(m.since, %(first)s::timestamptz) AND s.late_at < LEAST(m.until, %(end)s::timestamptz)
        UNION ALL
        SELECT m.top_id, m.unit_id, m.since, s.field, s.procedure, s.channel, 0, 0, 1, 0, '', false,
               COALESCE(s.late_at < m.since, false)::int, 0, {_STATE}, 0
        FROM member m JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE m.since >= %(first)s::timestamptz AND m.since < %(end)s::timestamptz AND s.begins < m.since AND (s.ends IS NULL OR s.ends >= m.since)
        UNION ALL
        SELECT m.top_id, m.unit_id, m.until, s.field, s.procedure, s.channel, 0, 0, 0, 1, '', false,
               0, COALESCE(s.late_at < m.until, false)::int, 0, {_STATE}
        FROM member m JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE m.until >= %(first)s::timestamptz AND m.until < %(end)s::timestamptz AND s.begins < m.until AND (s.ends IS NULL OR s.ends >= m.until)
    )
"""  # noqa: S608 (texts of this file alone)
_STOCK = """
    WITH member AS (
        SELECT * FROM unnest(%(tops)s::bigint[], %(units)s::bigint[], %(since)s::timestamptz[], %(until)s::timestamptz[])
        AS m(top_id, unit_id, since, until)
    ), held AS (
        SELECT m.top_id, m.unit_id, s.field, s.procedure, s.channel, s.state, s.late_at
        FROM member m JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE m.since < %(first)s::timestamptz AND m.until >= %(first)s::timestamptz AND s.begins < %(first)s::timestamptz
        AND s.ends IS NULL
        UNION ALL
        SELECT m.top_id, m.unit_id, s.field, s.procedure, s.channel, s.state, s.late_at
        FROM member m JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE m.since < %(first)s::timestamptz AND m.until >= %(first)s::timestamptz AND s.begins < %(first)s::timestamptz
        AND s.ends >= %(first)s::timestamptz
    )
    SELECT {cuts} count(*)::int, count(*) FILTER (WHERE late_at < %(first)s::timestamptz)::int,
           count(*) FILTER (WHERE state = 'waiting')::int
    FROM held {group}
"""
_SUMS = {
    Flow.RECEIVED: "sum(received)",
    Flow.ONLINE: "sum(online)",
    Flow.TAKEN: "sum(taken)",
    Flow.GIVEN: "sum(given)",
    Flow.FIRST_KEPT: "count(*) FILTER (WHERE kept)",
    Flow.BECAME_LATE: "sum(became_late)",
    Flow.LEFT_LATE: "sum(left_late)",
    Flow.PAUSED: "sum(paused)",
    Flow.RESUMED: "sum(resumed)",
} | {flow: f"count(*) FILTER (WHERE ended = '{flow}')" for flow in (Flow.EARLY, Flow.ON_TIME, Flow.EXTENDED, Flow.LATE, Flow.CLOSED)}
_NEVER, _EVER = "-infinity", "infinity"


def recount(scopes: Iterable[Scope], period: Period, by: Sequence[str]) -> dict[tuple[object, ...], Counts]:
    """Count the flows of a period again from the spells. One statement.

    ``by`` names the cuts: ``top``, ``unit``, ``day``, ``half``, ``month``, ``field``, ``procedure``, ``channel``. A combination to which
    nothing happened is absent.
    """
    statement = recount_statement(scopes, period, by)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        width = len(by)
        return {
            tuple(row[:width]): Counts({flow: number for flow, number in zip(statement.flows, row[width:], strict=True) if number})
            for row in cursor.fetchall()
        }


def recount_statement(scopes: Iterable[Scope], period: Period, by: Sequence[str]) -> Recount:
    """Return the statement of ``recount``: first the cuts in their order, then one column for each flow."""
    members = list(scopes)
    cuts = [f"{_CUTS[name]} AS {name}_" for name in by]
    sums = [f"COALESCE({_SUMS[flow]}, 0)::int AS {flow}" for flow in Flow]
    group = f"GROUP BY {', '.join(str(place) for place in range(1, len(by) + 1))}" if by else ""
    values = {
        "tops": [scope.top_id for scope in members],
        "units": [scope.unit_id for scope in members],
        "since": [_midnight(scope.since, _NEVER) for scope in members],
        "until": [_midnight(scope.until, _EVER) for scope in members],
        "first": _midnight(period.start, _NEVER),
        "end": _midnight(period.end, _EVER),
    }
    return Recount(f"{_MOMENTS} SELECT {', '.join([*cuts, *sums])} FROM moments {group}", values, tuple(Flow))  # noqa: S608 (as above)


def stock(scopes: Iterable[Scope], day: date, by: Sequence[str]) -> dict[tuple[object, ...], Counts]:
    """Count what is open, overdue and waiting at the first instant of a day, as the flows that would have led there. One statement.

    Of a unit's history only what was still open then is looked at. ``by`` as for ``recount``, without days.
    """
    statement = recount_statement(scopes, Period(day, day + timedelta(days=1)), ())
    cuts = [f"{_CUTS[name]} AS {name}_" for name in by]
    group = f"GROUP BY {', '.join(str(place) for place in range(1, len(by) + 1))}" if by else ""
    with connection.cursor() as cursor:
        cursor.execute(_STOCK.format(cuts=", ".join([*cuts, ""]), group=group), statement.values)
        width = len(by)
        return {
            tuple(row[:width]): Counts({Flow.RECEIVED: row[width], Flow.BECAME_LATE: row[width + 1], Flow.PAUSED: row[width + 2]})
            for row in cursor.fetchall()
        }


def _midnight(day: date | None, otherwise: str) -> str:
    return otherwise if day is None or day == date.min else at_local(day, time.min).isoformat()
