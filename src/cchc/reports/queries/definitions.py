"""The forms of ``seeds/reference/reports``, read without a database."""

import tomllib
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from cchc.kernel.errors import NotFound
from cchc.reports.rules.definitions import Definition, parse
from cchc.reports.rules.formulas import BadDefinition


def definitions_on(day: date) -> tuple[Definition, ...]:
    """Return the forms in force on the day, by key."""
    return tuple(form for form in _of_settings() if day in form.period)


def definition_on(key: str, day: date) -> Definition:
    """Return the form of that key in force on the day; ``NotFound`` when there is none."""
    for form in definitions_on(day):
        if form.key == key:
            return form
    raise NotFound(f"Không có mẫu biểu «{key}» áp dụng ngày {day:%d/%m/%Y}. Chọn mẫu khác hoặc kỳ khác.", field="key")


def read_definitions(folder: Path) -> tuple[Definition, ...]:
    """Return the forms of a folder of reference data, by key and first day.

    ``BadDefinition`` names the file that contradicts itself, and two forms of one key on one day.
    """
    found = [_read(path) for path in sorted(folder.glob("*/definition.toml"))]
    forms = sorted(found, key=lambda form: (form.key, form.period.start))
    for one, other in pairwise(forms):
        if one.key == other.key and one.period.overlaps(other.period):
            raise BadDefinition(f"Mẫu «{one.key}» có hai định nghĩa cùng áp dụng từ {other.period.start:%d/%m/%Y}. Ghi until ở bản cũ.")
    return tuple(forms)


def reports_folder() -> Path:
    """Return the folder of this module's reference files."""
    return Path(settings.SEEDS) / "reference" / "reports"


@cache
def _of_settings() -> tuple[Definition, ...]:
    return read_definitions(reports_folder())


def _read(path: Path) -> Definition:
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (BadDefinition, tomllib.TOMLDecodeError) as error:
        raise BadDefinition(f"{path.parent.name}/{path.name}: {error}") from error
