"""Forms as a browser without script would send them."""

from typing import Any

from bs4 import BeautifulSoup, Tag


def filled(form: Tag | BeautifulSoup, **changes: Any) -> dict[str, Any]:
    """Return what a form would send as it stands, with changes; ``None`` unticks or leaves out."""
    data: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type", "")
        if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "textarea":
            data[name] = field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[name] = chosen["value"] if chosen else ""
        else:
            data[name] = field.get("value", "")
    data.pop("csrfmiddlewaretoken", None)
    return {name: value for name, value in {**data, **changes}.items() if value is not None}
