"""Between the frozen dataclasses of the forms and the JSON that is kept."""

import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from cchc.kernel.errors import Invalid
from cchc.kernel.text import clean

T = TypeVar("T")

# Control and format characters can turn the reading direction or hide text; unassigned ones cannot be printed.
_UNPRINTABLE = {"Cc", "Cf", "Cn", "Co", "Cs"}


def to_plain(data: object) -> dict[str, Any]:
    """Return a form's dataclass as JSON values: text, whole numbers, booleans, lists, objects."""
    if not is_dataclass(data) or isinstance(data, type):
        raise TypeError("Dữ liệu của giấy phải là một dataclass của documents.")
    return {key: _listed(value) for key, value in asdict(data).items()}


def from_plain(form: type[T], values: Mapping[str, Any]) -> T:
    """Build a form's dataclass from JSON values, with every text in NFC, single-spaced and printable; line ends stay.

    Raises ``Invalid`` whose problems map ``person.name`` or ``papers.3.name`` to a sentence, for: a missing field that has no default, an
    empty text that has no default, an unknown field, a value of another type, a negative number.
    """
    problems: dict[str, str] = {}
    built = _build(form, values, "", problems)
    if problems:
        raise Invalid(problems)
    return built  # type: ignore[no-any-return]


def printable(text: str) -> str:
    """Return the text cleaned line by line, without characters that a sheet of paper cannot show."""
    lines = ("".join(ch for ch in line if unicodedata.category(ch) not in _UNPRINTABLE or ch == "\t") for line in text.splitlines())
    return "\n".join(clean(line) for line in lines).strip()


def _build(kind: Any, values: Any, place: str, problems: dict[str, str]) -> Any:
    if not isinstance(values, Mapping):
        problems[place] = f"«{place}» phải là một nhóm trường."
        return None
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    for name in values.keys() - known.keys():
        problems[place + name] = f"Mẫu giấy không có trường «{place}{name}»."
    built: dict[str, Any] = {}
    for name, field in known.items():
        if name in values:
            built[name] = _value(hints[name], values[name], place + name, problems)
            if built[name] == "" and not _has_default(field):
                problems.setdefault(place + name, f"Thiếu «{place}{name}» để in giấy.")
        elif not _has_default(field):
            problems[place + name] = f"Thiếu «{place}{name}» để in giấy."
    return None if problems else kind(**built)


def _value(hint: Any, value: Any, place: str, problems: dict[str, str]) -> Any:
    if get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            problems[place] = f"«{place}» phải là một danh sách."
            return ()
        return tuple(_value(get_args(hint)[0], item, f"{place}.{index}", problems) for index, item in enumerate(value))
    if is_dataclass(hint):
        return _build(hint, value, f"{place}.", problems)
    if hint is str and isinstance(value, str):
        return printable(value)
    if type(value) is not hint:
        problems[place] = f"«{place}» phải là {_KINDS[hint]}."
        return None
    if hint is int and value < 0:
        problems[place] = f"«{place}» không được âm."
    return value


_KINDS = {str: "chữ", int: "số nguyên", bool: "đúng hoặc sai"}


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _listed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(item) for item in value]
    return value
