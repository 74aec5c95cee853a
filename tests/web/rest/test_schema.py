"""The API against its own description: whatever is sent, no failure of ours, and nothing that the description does not say."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.rest.conftest import NOVEMBER, Rest

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 6
WITH_KEY = {"/api/cases", "/api/cases/{code}", "/api/search/cases", "/api/figures/{key}/cases", "/api/logs/cases.xes"}


@pytest.fixture
def application(rest: Rest) -> Iterator[Any]:
    """Return the application of the web server, which leaves the test's connection open, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("who", ["", "counter"])
def test_what_is_answered_is_what_is_described(rest: Rest, application: Any, who: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    headers = {"Authorization": f"Bearer {rest.keys[who]}"} if who else {}
    found: dict[str, set[int]] = {}

    def examine(operation: Any, mode: GenerationMode) -> None:
        turn = count()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def check(case: Any) -> None:
            # Every second one, the first included: this is not left to chance.
            if mode is GenerationMode.POSITIVE and next(turn) % 2 == 0:
                make_likely(case, rest)
            answer = case.call(headers=headers)
            if mode is GenerationMode.POSITIVE:
                found.setdefault(operation.path, set()).add(answer.status_code)
            # With a key, what was wrong may have been the key that was made up and is not sent.
            wrong = mode is GenerationMode.NEGATIVE and not who
            case.validate_response(answer, checks=[*CHECKS, negative_data_rejection] if wrong else CHECKS)

        check()

    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 12
    for operation in operations:
        examine(operation, GenerationMode.POSITIVE)
        # Where nothing can be given, nothing can be given wrongly.
        if operation.definition.raw["parameters"]:
            examine(operation, GenerationMode.NEGATIVE)
    for path, statuses in found.items():
        closed = not who and path in WITH_KEY
        assert (401 in statuses) is closed, path
        assert (200 in statuses) is not closed, path


def make_likely(case: Any, rest: Rest) -> None:
    """Let a made-up question be of something that is there, or nothing would ever be found."""
    path = case.operation.path
    there = {"key": "cases.received", "code": {"/api/cases/{code}": rest.codes[0], "/api/units/{code}": "18313"}.get(path, "1.004873")}
    for parameters, likely in ((case.path_parameters, there), (case.query, {"unit": "18313", "as_of": "2026-11-20", **NOVEMBER})):
        if parameters:
            parameters |= {name: value for name, value in likely.items() if name in parameters}
    for name in ("on", "under"):
        if case.query:
            case.query.pop(name, None)
