"""The sets of ``seeds/reference/scoring``, read without a database."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings

from cchc.kernel.errors import NotFound
from cchc.scoring.rules.sets import CriteriaSet, parse_set


@cache
def reference_set(code: str) -> CriteriaSet:
    """Return the set of a folder of ``seeds/reference/scoring``, as ``qd766``; ``NotFound`` when there is none."""
    path = Path(settings.SEEDS) / "reference" / "scoring" / code / "set.toml"
    if not path.is_file():
        raise NotFound(f"Không có bộ tiêu chí «{code}».", field="set")
    with path.open("rb") as file:
        return parse_set(tomllib.load(file, parse_float=Decimal))
