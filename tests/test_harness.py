"""The harness is strict: each thing it promises to catch, it catches."""

import socket
import warnings

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone
from pytest_socket import SocketConnectBlockedError

from tests.conftest import inline_code

urlpatterns = [path("inline/", lambda _request: HttpResponse('<p onclick="x()">x</p>'))]


def test_warnings_are_errors():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_sockets_are_closed_but_loopback():
    with pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_a_test_that_asks_for_no_database_gets_none():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()


def test_undefined_template_variables_fail():
    with pytest.raises(pytest.fail.Exception, match="Undefined template variable"):
        engines["django"].from_string("{{ nobody }}").render({})


def test_naive_datetimes_fail(db):
    from django.contrib.sessions.models import Session  # noqa: PLC0415

    with pytest.raises(RuntimeWarning, match="naive"):
        Session.objects.filter(expire_date=timezone.make_naive(timezone.now())).exists()


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>",
        '<p onclick="x()">',
        '<p hx-on:click="x()">',
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a href="javascript:x()">',
    ],
)
def test_inline_code_is_found(html):
    assert inline_code(html)


@pytest.mark.parametrize("html", ['<script src="/x.js"></script>', '<script type="application/json">{}</script>', "<p>onclick</p>"])
def test_data_and_files_are_no_inline_code(html):
    assert not inline_code(html)


@pytest.mark.urls("tests.test_harness")
def test_the_client_refuses_a_page_with_inline_code(client, settings):
    settings.MIDDLEWARE = []
    with pytest.raises(AssertionError, match="inline code"):
        client.get("/inline/")


def test_the_database_is_a_clone_of_the_seeded_template(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), (SELECT count(*) FROM organisations_unit)")
        name, units = cursor.fetchone()
    assert name.startswith("cchc_test_")
    assert units > 3000


def test_a_fresh_database_is_seen_by_other_connections(fresh_database):
    import psycopg  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE seen AS SELECT 1 AS n")
    with psycopg.connect(fresh_database.url) as other:
        assert other.execute("SELECT n FROM seen").fetchone() == (1,)


def test_truncate_would_be_refused_which_is_why_nothing_is_flushed(db):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry CASCADE")
