"""Translations without GNU gettext: ``messages.py extract | check | compile``.

Message ids are Vietnamese. ``extract`` brings ``src/cchc/locale/en/LC_MESSAGES/django.po`` up to date with the sources,
``check`` says what is missing in it, ``compile`` writes the .mo files.
"""

import io
import re
import sys
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract as extract_from
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "cchc"
LOCALE = SOURCE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# The calls in what ``templatize`` makes of a template; the X's that it puts for everything else are no Python.
CALL = re.compile(r"""(?:n?p?gettext|_)\((?:[^()"']|u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*')*\)""")


def extract() -> None:
    """Add new messages, drop those no longer used; write the file only when something changed."""
    catalog = _read(ENGLISH)
    found = _collect()
    if {_key(message) for message in catalog if message.id} == {_key(message) for message in found if message.id}:
        print("Không có gì mới.")
        return
    catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, catalog, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    print(f"{ENGLISH.relative_to(ROOT)}: {len(catalog)} câu, {sum(not message.string for message in catalog if message.id)} câu chưa dịch")


def check() -> list[str]:
    """Return one line for every message that is missing, untranslated, uncertain or no longer used."""
    catalog, found = _read(ENGLISH), _collect()
    known = {_key(message): message for message in catalog if message.id}
    used = {_key(message) for message in found if message.id}
    problems = [f"missing: {key[1]}" for key in sorted(used - known.keys(), key=str)]
    problems += [f"not used any more: {key[1]}" for key in sorted(known.keys() - used, key=str)]
    problems += [f"obsolete: {key}" for key in catalog.obsolete]
    for message in known.values():
        strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if not all(strings):
            problems.append(f"untranslated: {message.id}")
        elif message.fuzzy:
            problems.append(f"fuzzy: {message.id}")
        problems += [f"{error}: {message.id}" for error in message.check(catalog)]
    return problems


def compile_all() -> None:
    """Write the .mo file beside every .po file."""
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, _read(path))


def _collect() -> Catalog:
    """Return every message marked in Python files and templates."""
    catalog = Catalog(locale="en", domain="django", project="cchc")
    for path in sorted(SOURCE.rglob("*.py")):
        _add(catalog, path.read_bytes())
    for suffix in ("html", "txt", "svg"):
        for path in sorted((SOURCE / "web" / "templates").rglob(f"*.{suffix}")):
            code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            _add(catalog, "\n".join(CALL.findall(code)).encode())
    return catalog


def _add(catalog: Catalog, code: bytes) -> None:
    for _line, message, comments, context in extract_from("python", io.BytesIO(code), keywords=KEYWORDS, comment_tags=["Translators:"]):
        if message:
            catalog.add(message, context=context, auto_comments=comments)


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en", domain="django", project="cchc", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain="django")


def _key(message: Any) -> tuple[str | None, Any]:
    return message.context, message.id


def main() -> None:
    """Do what the one argument says."""
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    if verb == "extract":
        extract()
    elif verb == "compile":
        compile_all()
    elif verb == "check":
        problems = check()
        print("\n".join(problems))
        sys.exit(bool(problems))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
