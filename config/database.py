"""Where the database is: DATABASE_URL when set, else the embedded cluster of the data folder."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from config import env

NAME = "cchc"


def settings(home: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry. ``home`` is the data folder of the embedded cluster."""
    url = env.text("DATABASE_URL")
    connection = _from_url(url) if url else _embedded(home)
    return {
        "ENGINE": "django.db.backends.postgresql",
        # A new connection knows no table yet: the first question about each costs as much again. One stays with each web worker.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "cchc", "options": "-c jit=off", **connection.pop("OPTIONS", {})},
        **connection,
    }


def _embedded(home: Path) -> dict[str, Any]:
    """Return the connection over the cluster's own socket; the cluster need not run yet."""
    from cchc.cli import cluster  # noqa: PLC0415 (only needed where no DATABASE_URL is given)

    place = cluster.Place.of(home)
    return {"NAME": NAME, "USER": NAME, "HOST": str(place.socket), "PORT": str(place.port)}


def _from_url(url: str) -> dict[str, Any]:
    """Split ``postgresql://user:password@host:port/name?host=/socket&sslmode=…``."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": query,
    }
