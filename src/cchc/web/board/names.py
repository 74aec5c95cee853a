"""Names as the board shows them: translated where they are words, with the code where people go by it, short on a tile."""

from django.utils.translation import gettext as _

from cchc.kernel.figures import Dimension
from cchc.web.ui.dimensions import Known


def shown_name(dimension: Dimension, what: Known) -> str:
    """Return the name of a key as a row or a filter shows it."""
    match dimension:
        case Dimension.CHANNEL | Dimension.LEVEL:
            return _(what.name)
        case Dimension.PROCEDURE:
            return (what.code if what.name == what.code else f"{what.code} {what.name}") or _("Không ghi thủ tục")
        case Dimension.MONTH:
            return month_name(what.code)
        case Dimension.FIELD:
            return what.name or _("Không ghi lĩnh vực")
        case _:
            return what.name


def month_name(month: str) -> str:
    """Return ``11/2026`` for ``2026-11``."""
    return f"{month[5:]}/{month[:4]}"


def short(name: str) -> str:
    """Return the name of a unit as it fits on a tile: without its type word."""
    for word in ("Xã ", "Phường ", "Đặc khu ", "Thị trấn "):
        if name.startswith(word):
            return name[len(word) :]
    return name
