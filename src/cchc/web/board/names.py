"""What the keys of a dimension are called on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cchc.kernel.figures import Dimension
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures


@dataclass(frozen=True)
class Known:
    """What a key is called on a page, and how it stands in an address."""

    name: str
    code: str


def known(dimension: Dimension, keys: Iterable[object], *, on: date) -> dict[str, Known]:
    """Return what each key of a dimension is called on the day; two queries at most."""
    wanted = [str(key) for key in keys]
    if dimension is Dimension.UNIT:
        units = organisations.units_on({int(key) for key in wanted}, on)
        return {str(key): Known(view.full_name, view.code) for key, view in units.items()}
    if dimension is Dimension.CHANNEL:
        labels = {channel.value: _(channel.label) for channel in procedures.Channel}
        return {key: Known(labels.get(key, key), key) for key in wanted}
    if dimension is Dimension.PROCEDURE:
        titles = {hit.code: hit.title for hit in procedures.hits_for(wanted, on=on)}
        return {key: Known(f"{key} {titles.get(key, '')}".strip() or _("Không ghi thủ tục"), key) for key in wanted}
    if dimension is Dimension.MONTH:
        return {key: Known(f"{key[5:]}/{key[:4]}", key) for key in wanted}
    return {key: Known(key or _("Không ghi lĩnh vực"), key) for key in wanted}


def short(name: str) -> str:
    """Return the name of a unit as it fits on a tile: without its type word."""
    for word in ("Xã ", "Phường ", "Đặc khu ", "Thị trấn "):
        if name.startswith(word):
            return name[len(word) :]
    return name
