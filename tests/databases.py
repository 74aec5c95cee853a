"""The databases of the tests: one migrated and seeded template, and clones of it.

Django's own test database is never made and never flushed, because append-only tables refuse the flush's TRUNCATE. A
template is kept while the digest of what it is made from stays the same, so a second run begins at once.

``python -m tests.databases`` builds the template in a process of its own; the runner calls it before pytest starts.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
# What a template is made from: change one of these, and it is built anew.
INGREDIENTS = (
    "config/settings.py",
    "src/cchc/kernel/*.py",
    "src/cchc/**/append_only.py",
    "src/cchc/**/migrations/*.py",
    "src/cchc/**/*seed*.py",
    "src/cchc/**/seed*/**/*.py",
    "seeds/reference/**/*",
)
KEPT = 3
PREFIX = "cchc_template_"


def settings() -> dict[str, Any]:
    """Return Django's settings of the default database: one dictionary, shared by all connections of this process."""
    from django.db import connections  # noqa: PLC0415 (this module is also read before Django is set up)

    return connections.settings["default"]


def server(name: str = "postgres") -> "psycopg.Connection[tuple[Any, ...]]":
    """Open a connection of our own to the server that Django is set to, outside any transaction."""
    at = settings()
    parts = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    return psycopg.connect(dbname=name, autocommit=True, **{key: value for key, value in parts.items() if value})


def url(name: str) -> str:
    """Return a DATABASE_URL of the database ``name``, for other processes."""
    at = settings()
    query = urlencode({"host": at["HOST"], "port": at["PORT"] or "5432"})
    return f"postgresql://{quote(at['USER'])}:{quote(at['PASSWORD'] or '')}@/{name}?{query}".replace(":@", "@")


def digest() -> str:
    """Return twelve letters that change whenever something changes that the template is made from."""
    from django.conf import settings as django_settings  # noqa: PLC0415 (see above)

    from cchc.cli.reference import fingerprint  # noqa: PLC0415 (see above)

    apps = " ".join(django_settings.INSTALLED_APPS)
    return hashlib.sha256(f"{apps} {fingerprint(INGREDIENTS)}".encode()).hexdigest()[:12]


def ensure_template() -> str:
    """Return the name of the template, building it first where it is missing. Several processes may ask at once."""
    name = PREFIX + digest()
    with server() as connection:
        if not _exists(connection, name):
            connection.execute("SELECT pg_advisory_lock(hashtext('cchc test template'))")
            if not _exists(connection, name):
                _drop_leftovers(connection)
                _build(connection, name)
    return name


def clone(template: str, name: str) -> None:
    """Make the database ``name`` as a copy of the template."""
    with server() as connection:
        query = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        connection.execute(query.format(sql.Identifier(name), sql.Identifier(template)))


def drop(name: str) -> None:
    """Drop a clone, whoever is still connected to it."""
    with server() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def entered(name: str) -> Iterator[None]:
    """Let Django's connections of every thread be to the database ``name`` for a while."""
    from django.db import connections  # noqa: PLC0415 (see above)

    at = settings()
    before = at["NAME"]
    connections.close_all()
    at["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        at["NAME"] = before


def _exists(connection: "psycopg.Connection[tuple[Any, ...]]", name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _build(connection: "psycopg.Connection[tuple[Any, ...]]", name: str) -> None:
    """Migrate and seed a new database in another process; it gets the template's name only when it is whole."""
    working = f"cchc_test_{os.getpid()}_template"
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(working)))
    try:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        filling = subprocess.run([sys.executable, "-m", "tests.databases", "fill", working], check=False, cwd=ROOT, env=environment)
        if filling.returncode:
            raise SystemExit("The template database could not be made: see the error above.")
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(working), sql.Identifier(name)))
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
    except BaseException:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(working)))
        raise


def _drop_leftovers(connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
    """Drop old templates, and the clones of runs that were killed (their name carries the process that made them)."""
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC OFFSET %s"
    doomed = [name for (name,) in connection.execute(query, [PREFIX, KEPT - 1])]
    clones = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'cchc_test_')")
    doomed += [name for (name,) in clones if not Path(f"/proc/{name.split('_')[2]}").exists()]
    for name in doomed:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(name: str) -> None:
    """Migrate and seed the database ``name``."""
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up by the caller)
    from django.db import connection  # noqa: PLC0415

    from cchc.cli.reference import seed_reference  # noqa: PLC0415

    with entered(name):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        seed_reference(progress=lambda line: print(line, file=sys.stderr))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def main() -> None:
    """Build the template (no argument), or fill one database (``fill NAME``)."""
    import django  # noqa: PLC0415 (conftest imports this module before pytest-django sets Django up)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    if sys.argv[1:2] == ["fill"]:
        _fill(sys.argv[2])
    else:
        print(ensure_template())


if __name__ == "__main__":
    main()
