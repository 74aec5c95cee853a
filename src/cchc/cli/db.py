"""``cchc db start|stop|status``: works before Django does."""

import json
import sys
from dataclasses import asdict
from typing import Any

from cchc.cli import cluster
from cchc.cli.arguments import Parser
from cchc.kernel.errors import Refused
from config import env

NAME = "cchc"


def main(argv: list[str]) -> int:
    """Start, stop or tell; return the exit code."""
    parser = Parser(prog="cchc db", description="Cơ sở dữ liệu PostgreSQL kèm theo.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="start|stop|status")
    for verb, text in {"start": "tạo nếu chưa có, chạy, cập nhật cấu trúc", "stop": "dừng", "status": "cho biết tình trạng"}.items():
        verbs.add_parser(verb, help=text).add_argument("--json", action="store_true", help="in đúng một tài liệu JSON")
    options = parser.parse_args(argv)
    try:
        data, text = {"start": _start, "stop": _stop, "status": _status}[options.verb]()
    except Refused as refusal:
        print(refusal.message, file=sys.stderr)
        return 2
    print(json.dumps(data, ensure_ascii=False, default=str) if options.json else text)
    return 0


def start() -> bool:
    """Bring the database up with the newest structure; return whether this call started the server."""
    started = False
    if not env.text("DATABASE_URL"):
        place = cluster.Place.of(env.home())
        started = cluster.start(place, progress=_say)
        _create(place)
    _migrate()
    return started


def _start() -> tuple[dict[str, Any], str]:
    started = start()
    data, text = _status()
    return {"started": started, **data}, text


def _stop() -> tuple[dict[str, Any], str]:
    _must_be_ours()
    stopped = cluster.stop(cluster.Place.of(env.home()))
    return {"stopped": stopped}, "Đã dừng PostgreSQL." if stopped else "PostgreSQL không chạy."


def _status() -> tuple[dict[str, Any], str]:
    if env.text("DATABASE_URL"):
        return {"embedded": False}, "Dùng cơ sở dữ liệu ở DATABASE_URL."
    found = asdict(cluster.status(cluster.Place.of(env.home())))
    word = "đang chạy" if found["running"] else "không chạy" if found["initialised"] else "chưa tạo"
    text = f"PostgreSQL {found['version']}: {word}\nDữ liệu: {found['data']}\nỔ cắm: {found['socket']} (số {found['port']})\nNhật ký: {found['log']}"
    return {"embedded": True, **found}, text


def _must_be_ours() -> None:
    if env.text("DATABASE_URL"):
        raise Refused("DATABASE_URL đang được đặt: cơ sở dữ liệu đó không do cchc bật hay tắt.")


def _create(place: cluster.Place) -> None:
    """Create the database of the installation where it is not there yet."""
    import psycopg  # noqa: PLC0415 (``cchc db stop`` and ``status`` do without a driver)

    connection = psycopg.connect(host=str(place.socket), port=place.port, user=cluster.SUPERUSER, dbname="postgres", autocommit=True)
    with connection:
        # Several starters may come here at once.
        connection.execute("SELECT pg_advisory_lock(hashtext('cchc create database'))")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{NAME}" TEMPLATE template0')


def _migrate() -> None:
    """Bring the structure up to date; one process at a time, others wait."""
    import django  # noqa: PLC0415 (only now is there a database for it)
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('cchc migrate'))")
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('cchc migrate'))")
    connection.close()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
