"""An event log as XES (IEEE 1849-2016), written piece by piece: the standard's extensions, a trace for each file, an event for each act.

Nothing here knows a person: what may be written is what ``Trace`` and ``Happening`` hold.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import quoteattr

_EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
)
# Letters that XML 1.0 does not have, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Happening:
    """One act: its word, when, and in which unit (its code); the act is over when it is written down."""

    name: str
    at: datetime
    unit: str


@dataclass(frozen=True)
class Trace:
    """One file under a pseudonym, with what may be told of it."""

    pseudonym: str
    procedure: str
    field: str
    channel: str
    events: tuple[Happening, ...]


def written(traces: Iterable[Trace], *, name: str) -> Iterator[str]:
    """Return the document in pieces, one for the head, one for each trace, one for the foot."""
    yield _head(name)
    for trace in traces:
        yield _trace(trace)
    yield "</log>\n"


def _head(name: str) -> str:
    extensions = "".join(f'<extension name="{title}" prefix="{prefix}" uri="{uri}"/>\n' for title, prefix, uri in _EXTENSIONS)
    of_trace = "".join(_string(key, "") for key in ("concept:name", "procedure", "field", "channel"))
    # What the machine did stands in no unit, so org:group is not promised for every event.
    of_event = (
        _string("concept:name", "")
        + '<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>'
        + _string("lifecycle:transition", "complete")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
        f"{extensions}"
        f'<global scope="trace">{of_trace}</global>\n'
        f'<global scope="event">{of_event}</global>\n'
        '<classifier name="Activity" keys="concept:name"/>\n'
        f"{_string('concept:name', name)}\n"
    )


def _trace(trace: Trace) -> str:
    told = (("concept:name", trace.pseudonym), ("procedure", trace.procedure), ("field", trace.field), ("channel", trace.channel))
    attributes = "".join(_string(key, value) for key, value in told)
    return f"<trace>{attributes}\n{''.join(_event(event) for event in trace.events)}</trace>\n"


def _event(event: Happening) -> str:
    moment = f'<date key="time:timestamp" value={quoteattr(event.at.isoformat(timespec="milliseconds"))}/>'
    group = _string("org:group", event.unit) if event.unit else ""
    return f"<event>{_string('concept:name', event.name)}{moment}{group}{_string('lifecycle:transition', 'complete')}</event>\n"


def _string(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(_NO_XML.sub('', value))}/>"
