"""What the keys of a dimension are called, for every page and every file that is given out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cchc.kernel.figures import Dimension
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures


@dataclass(frozen=True)
class Known:
    """A key as it is known outside: ``code`` in addresses and files, ``name`` for people. Names are Vietnamese, not translated."""

    code: str
    name: str


def known(dimension: Dimension, keys: Iterable[object], *, on: date) -> dict[str, Known]:
    """Return what each key of a dimension is called on the day; a key that nobody names is called by itself. Two queries at most."""
    wanted = {str(key): Known(str(key), str(key)) for key in keys}
    match dimension:
        case Dimension.UNIT:
            found = organisations.units_on({int(key) for key in wanted}, on)
            return wanted | {str(key): Known(view.code, view.full_name) for key, view in found.items()}
        case Dimension.PROCEDURE:
            return wanted | {hit.code: Known(hit.code, hit.title) for hit in procedures.hits_for(sorted(wanted), on=on)}
        case Dimension.CHANNEL:
            words = {channel.value: Known(channel.value, channel.label) for channel in procedures.Channel}
        case Dimension.LEVEL:
            words = {kind.value: Known(kind.value, kind.label) for kind in organisations.UnitKind}
        case _:
            words = {}
    return {key: words.get(key, itself) for key, itself in wanted.items()}
