"""The log of cases as XES: well formed, complete, and without anybody in it."""

import xml.etree.ElementTree as ET
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.rules.xes import Happening, Trace, written
from cchc.identity.models import Person
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from tests.web.rest.conftest import NOVEMBER, SYSTEM, Rest

SPACE = "{http://www.xes-standard.org/}"


def parsed(answer: Any) -> Any:
    """Read a log that was sent."""
    assert answer.status_code == 200
    return ET.fromstring(b"".join(answer.streaming_content))  # noqa: S314 (we wrote it)


def told(node: Any) -> dict[str, str]:
    """Return the attributes of a trace or an event."""
    return {item.get("key"): item.get("value") for item in node if item.tag in {f"{SPACE}string", f"{SPACE}date"}}


def test_every_act_of_every_file_is_an_event(rest: Rest) -> None:
    log = parsed(rest.get("/api/logs/cases.xes", "reader", unit="18313", **NOVEMBER))
    traces = log.findall(f"{SPACE}trace")
    assert len(traces) == len(rest.codes) == 12
    assert len({told(trace)["concept:name"] for trace in traces}) == 12
    first = traces[0]
    assert told(first)["procedure"] == "9.500002"
    assert (told(first)["field"], told(first)["channel"]) == ("Lĩnh vực thử", "counter")
    events = [told(event) for event in first.findall(f"{SPACE}event")]
    story = [entry for entry in audit.entries(f"case:{rest.codes[0]}") if entry.act in cases.Act.values()]
    assert [event["concept:name"] for event in events] == [cases.Act(entry.act).label for entry in story]
    assert [datetime.fromisoformat(event["time:timestamp"]) for event in events] == [entry.at for entry in story]
    assert [event["org:group"] for event in events] == ["H27.112.01", "H27.112.01", "H27.112.02", "H27.112.02", "H27.112"]
    assert {event["lifecycle:transition"] for event in events} == {"complete"}


def test_the_extensions_that_it_uses_are_declared(rest: Rest) -> None:
    log = parsed(rest.get("/api/logs/cases.xes", "reader", unit="18313", **NOVEMBER))
    assert log.tag == f"{SPACE}log"
    assert [item.get("prefix") for item in log.findall(f"{SPACE}extension")] == ["concept", "time", "org", "lifecycle"]
    declared = {f"{item.get('prefix')}" for item in log.findall(f"{SPACE}extension")}
    used = {key.partition(":")[0] for event in log.iter(f"{SPACE}event") for key in told(event)}
    assert used <= declared
    for scope in ("trace", "event"):
        promised = {item.get("key") for item in log.find(f"{SPACE}global[@scope='{scope}']")}
        assert all(promised <= told(node).keys() for node in log.iter(f"{SPACE}{scope}"))
    # The order of the schema: extensions, globals, classifiers, attributes, traces.
    order = list(dict.fromkeys(child.tag.removeprefix(SPACE) for child in log))
    assert order == ["extension", "global", "classifier", "string", "trace"]


def test_nobody_is_in_it(rest: Rest) -> None:
    content = b"".join(rest.get("/api/logs/cases.xes", "reader", unit="18313", **NOVEMBER).streaming_content).decode()
    from cchc.cases.models import Case, Party  # noqa: PLC0415 (models need Django to be set up)

    private = {value for row in Party.objects.values_list("full_name", "identity_number", "phone", "address", "email") for value in row}
    private |= {value for row in Case.objects.values_list("code", "secret", "request") for value in row}
    private |= set(Person.objects.values_list("full_name", flat=True)) | {str(key) for key in Person.objects.values_list("pk", flat=True)}
    private |= {view.title for view in rest.world.people.values()}
    private -= {"", None}
    assert len(private) > 40
    assert not {value for value in private if str(value) in content}
    # What is looked for would be found.
    assert "Lĩnh vực thử" in content


def test_the_pseudonym_is_the_same_each_time_and_another_with_another_key(rest: Rest, settings: Any) -> None:
    def names() -> list[str]:
        period = Period(date(2026, 11, 1), date(2026, 12, 1))
        return [trace.pseudonym for trace in cases.event_log(actor=SYSTEM, unit_id=rest.world.commune.id, period=period)]

    before = names()
    assert names() == before
    settings.SECRET_KEY = "another"
    assert not set(names()) & set(before)


def test_it_is_read_in_chunks(rest: Rest, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    monkeypatch.setattr("cchc.cases.queries.event_log.CHUNK", 5)
    period = Period(date(2026, 11, 1), date(2026, 12, 1))
    traces = cases.event_log(actor=SYSTEM, unit_id=rest.world.commune.id, period=period)
    # Three chunks of two queries, and one that finds nothing more.
    with django_assert_num_queries(7):
        assert len(list(traces)) == 12


def test_nothing_written_breaks_the_document() -> None:
    nasty = "<&\">'\0\x08\ud800 \U0001f600\n"
    events = (Happening(nasty, datetime(2026, 11, 20, 9, tzinfo=VIETNAM), nasty),)
    content = "".join(written([Trace(nasty, nasty, nasty, nasty, events)], name=nasty))
    trace = ET.fromstring(content.encode()).find(f"{SPACE}trace")  # noqa: S314 (we wrote it)
    assert told(trace)["field"] == "<&\">' \U0001f600\n"


def test_the_command_writes_the_same_file(rest: Rest, tmp_path: Path) -> None:
    target = tmp_path / "nhat-ky.xes"
    out = StringIO()
    call_command("xes", "--unit", "18313", "--from", "2026-11-01", "--to", "2026-11-20", "-o", str(target), stdout=out)
    assert "Đã ghi 12 hồ sơ" in out.getvalue()
    sent = b"".join(rest.get("/api/logs/cases.xes", "reader", unit="18313", **NOVEMBER).streaming_content)
    assert target.read_bytes() == sent
    with pytest.raises(SystemExit):
        call_command("xes", "--unit", "18313", "--from", "2026-11-01", "--to", "2026-11-20", "-o", str(tmp_path / "no" / "x.xes"))


def test_who_is_signed_in_and_may_read_files_gets_it_too(rest: Rest) -> None:
    query = {"don-vi": "18313", "tu": "2026-11-01", "den": "2026-11-20"}
    assert rest.client.get("/nhat-ky-ho-so.xes", query).status_code == 302
    for login, status in (("thu", 200), ("quantri", 403), ("tan", 403)):
        rest.client.force_login(Person.objects.get(login=login))
        assert rest.client.get("/nhat-ky-ho-so.xes", query).status_code == status, login
    rest.client.force_login(Person.objects.get(login="thu"))
    assert len(parsed(rest.client.get("/nhat-ky-ho-so.xes", query)).findall(f"{SPACE}trace")) == 12
    assert rest.client.get("/nhat-ky-ho-so.xes", {**query, "tu": ""}).status_code == 422
