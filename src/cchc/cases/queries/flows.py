"""Flows counted from the spells, in one statement: the recount behind both rollups, behind every finer cut, and behind ``verify``.

A unit's member counts for the days on which it stood there. When a member comes or goes on a day, the files it has open come or go
with it (``taken``, ``given``), so that sums over a changing tree still add up to what is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import connection

from cchc.cases.models.spells import LONG_DAYS
from cchc.figures.api import Counts, Flow, Recount, Scope
from cchc.kernel.local import at as at_local
from cchc.kernel.period import Period

# Vietnam has been seven hours ahead since 1975; adding them is far cheaper than looking a zone up for every moment.
_DAY = "({moment} AT TIME ZONE INTERVAL '7 hours')::date"
# What a count may be cut by. A half-month begins on the 1st or the 15th.
_CUTS = {
    "top": "m.top_id",
    "unit": "m.unit_id",
    "day": _DAY,
    "half": f"date_trunc('month', {_DAY})::date + CASE WHEN extract(day FROM {_DAY}) < 15 THEN 0 ELSE 14 END",
    "month": f"date_trunc('month', {_DAY})::date",
    "field": "s.field",
    "procedure": "s.procedure",
    "channel": "s.channel",
}
_MEMBER = """
    (SELECT * FROM unnest(%(tops)s::bigint[], %(units)s::bigint[], %(since)s::timestamptz[], %(until)s::timestamptz[])
    AS m(top_id, unit_id, since, until)) m
"""
_STOOD = "{moment} >= GREATEST(m.since, %(first)s::timestamptz) AND {moment} < LEAST(m.until, %(end)s::timestamptz)"
_HELD = """
    {moment} >= %(first)s::timestamptz AND {moment} < %(end)s::timestamptz
    AND s.begins < {moment} AND (s.ends IS NULL OR s.ends >= {moment})
"""
_WAITS = "s.state = 'waiting'"


@dataclass(frozen=True)
class _Branch:
    """Moments that are found by an index of their own: at which they count, which of them, and what each adds to which flow."""

    moment: str
    which: str
    flows: Mapping[Flow, str]


# What began, what ended, what was broken, and what came or went with its unit.
_BRANCHES = (
    _Branch(
        "s.begins",
        _STOOD,
        {
            Flow.RECEIVED: "s.start = 'received'",
            Flow.ONLINE: "s.start = 'received' AND s.channel = 'online'",
            Flow.TAKEN: "s.start = 'taken'",
            Flow.PAUSED: _WAITS,
        },
    ),
    _Branch(
        "s.ends",
        _STOOD,
        {flow: f"s.\"end\" = '{flow}'" for flow in (Flow.GIVEN, Flow.EARLY, Flow.ON_TIME, Flow.EXTENDED, Flow.LATE, Flow.CLOSED)}
        | {Flow.FIRST_KEPT: "s.first_kept", Flow.LEFT_LATE: "s.late_at IS NOT NULL", Flow.RESUMED: _WAITS},
    ),
    _Branch("s.late_at", _STOOD, {Flow.BECAME_LATE: "true"}),
    _Branch("m.since", _HELD, {Flow.TAKEN: "true", Flow.BECAME_LATE: "s.late_at < m.since", Flow.PAUSED: _WAITS}),
    _Branch("m.until", _HELD, {Flow.GIVEN: "true", Flow.LEFT_LATE: "s.late_at < m.until", Flow.RESUMED: _WAITS}),
)
# What was open at an instant: most spells are short and began not long before it; the others have an index of their own.
_LONG = "(s.ends IS NULL OR (s.ends - s.begins) > '{days} days'::interval)"
_STOCK = f"""
    WITH held AS (
        SELECT {{cuts}} s.late_at, s.state FROM {_MEMBER} JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE m.since < %(first)s::timestamptz AND m.until >= %(first)s::timestamptz AND s.begins < %(first)s::timestamptz
        AND s.begins >= %(first)s::timestamptz - interval '{LONG_DAYS} days' AND s.ends >= %(first)s::timestamptz AND s.ends - s.begins <= '{LONG_DAYS} days'::interval
        UNION ALL
        SELECT {{cuts}} s.late_at, s.state FROM {_MEMBER} JOIN cases_spell s ON s.agency_id = m.unit_id
        WHERE m.since < %(first)s::timestamptz AND m.until >= %(first)s::timestamptz AND s.begins < %(first)s::timestamptz
        AND (s.ends IS NULL OR s.ends >= %(first)s::timestamptz) AND {_LONG.format(days=LONG_DAYS)}
    )
    SELECT {{names}} count(*)::int, count(*) FILTER (WHERE late_at < %(first)s::timestamptz)::int,
           count(*) FILTER (WHERE state = 'waiting')::int
    FROM held {{group}}
"""  # noqa: S608 (texts of this file alone)
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
    branches = " UNION ALL ".join(_branch(branch, by) for branch in _BRANCHES)
    names = "".join(f"{name}_, " for name in by)
    sums = ", ".join(f"COALESCE(sum({flow}), 0)::int AS {flow}" for flow in Flow)
    values = {
        "tops": [scope.top_id for scope in members],
        "units": [scope.unit_id for scope in members],
        "since": [_midnight(scope.since, _NEVER) for scope in members],
        "until": [_midnight(scope.until, _EVER) for scope in members],
        "first": _midnight(period.start, _NEVER),
        "end": _midnight(period.end, _EVER),
    }
    text = f"SELECT {names}{sums} FROM ({branches}) counted {_group(by)}"  # noqa: S608 (as above)
    return Recount(text, values, tuple(Flow))


def _branch(branch: _Branch, by: Sequence[str]) -> str:
    """Return the statement that counts the moments of a branch: together already, so that few rows are left to be summed.

    The branches have columns of the same types, and each its own list of members: only so are they counted at the same time.
    """
    cuts = "".join(f"{_CUTS[name].format(moment=branch.moment)} AS {name}_, " for name in by)
    counts = ", ".join(
        f"count(*) FILTER (WHERE {branch.flows[flow]}) AS {flow}" if flow in branch.flows else f"0::bigint AS {flow}" for flow in Flow
    )
    which = branch.which.format(moment=branch.moment)
    return f"SELECT {cuts}{counts} FROM {_MEMBER} JOIN cases_spell s ON s.agency_id = m.unit_id WHERE {which} {_group(by)}"  # noqa: S608 (as above)


def _group(by: Sequence[str]) -> str:
    return f"GROUP BY {', '.join(str(place) for place in range(1, len(by) + 1))}" if by else ""


def stock(scopes: Iterable[Scope], day: date, by: Sequence[str]) -> dict[tuple[object, ...], Counts]:
    """Count what is open, overdue and waiting at the first instant of a day, as the flows that would have led there. One statement.

    Of a unit's history only what was still open then is looked at. ``by`` as for ``recount``, without days.
    """
    statement = recount_statement(scopes, Period(day, day + timedelta(days=1)), ())
    cuts = "".join(f"{_CUTS[name]} AS {name}_, " for name in by)
    names = "".join(f"{name}_, " for name in by)
    with connection.cursor() as cursor:
        cursor.execute(_STOCK.format(cuts=cuts, names=names, group=_group(by)), statement.values)
        width = len(by)
        return {
            tuple(row[:width]): Counts({Flow.RECEIVED: row[width], Flow.BECAME_LATE: row[width + 1], Flow.PAUSED: row[width + 2]})
            for row in cursor.fetchall()
        }


def _midnight(day: date | None, otherwise: str) -> str:
    return otherwise if day is None or day == date.min else at_local(day, time.min).isoformat()
