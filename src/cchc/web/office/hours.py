"""A time of day as people type it: ``7:30``, ``07h30``, ``15``."""

import re
from datetime import time

from django.utils.translation import gettext as _

from cchc.web.ui.forms import Entry

_HOUR = re.compile(r"([0-9]{1,2})(?:[:hg.]([0-9]{2})?)?")


def read_hour(entry: Entry, name: str, *, required: str = "") -> time | None:
    """Read a time of day; an impossible one is refused at its field."""
    text = entry.text(name, required=required).replace(" ", "")
    if not text:
        return None
    found = _HOUR.fullmatch(text.lower())
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    entry.refuse(name, _("Giờ phải viết theo dạng giờ:phút, ví dụ 07:30."))
    return None
