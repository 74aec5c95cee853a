"""Every address declares the right that it needs, or says why it is public."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, path

from cchc.identity.api import Right
from cchc.web.ui.access import OWN


def views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Give every address with its view."""
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def undeclared(patterns: list[Any]) -> list[str]:
    """Return the addresses whose view says neither which right it needs nor why it is public."""
    return [address for address, view in views(patterns) if not getattr(view, "right", "") and not getattr(view, "public", "")]


def test_all_declare_a_right_or_a_reason():
    assert undeclared(get_resolver().url_patterns) == []


def test_no_right_is_invented():
    known = {*Right.values(), OWN}
    used = {getattr(view, "right", OWN) for _address, view in views(get_resolver().url_patterns)}
    assert used <= known


def test_addresses_are_listed(capsys):
    """Print the list: who may open what."""
    lines = [
        f"{address:60} {getattr(view, 'right', '') or 'public: ' + getattr(view, 'public', '')}"
        for address, view in views(get_resolver().url_patterns)
    ]
    print("\n".join(sorted(lines)))
    assert len(lines) > 5


def test_an_address_that_declares_nothing_would_be_found():
    def silent(_request):
        raise NotImplementedError

    assert undeclared([path("silent/", silent)]) == ["silent/"]
