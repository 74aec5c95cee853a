"""What a list may be narrowed to: the procedures that have live cases."""

from cchc.cases.models import Case
from cchc.kernel.actor import Actor
from cchc.kernel.text import vi_key


def live_procedures(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return code and name of the procedures with live cases of the reader's agency, in Vietnamese order. One query."""
    found = dict(Case.objects.live().of_agencies(actor.units).order_by().values_list("procedure_code", "title").distinct())
    return tuple(sorted(((code, title) for code, title in found.items() if code), key=lambda item: vi_key(item[1])))
