"""How many work where: for pages that list units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from cchc.identity.models import Post


@dataclass(frozen=True)
class Staff:
    """Posts held in a unit on a day, and the people who hold them; one person may hold several."""

    posts: int = 0
    people: int = 0


def staff_of(unit_ids: Iterable[int], *, on: date) -> dict[int, Staff]:
    """Return per unit the posts held on the day and how many people hold them; those below it are not counted. One query."""
    wanted = list(dict.fromkeys(unit_ids))
    rows = (
        Post.objects.filter(unit_id__in=wanted, period__contains=on, person__is_active=True)
        .values("unit_id")
        .annotate(held=Count("pk"), people=Count("person", distinct=True))
        .values_list("unit_id", "held", "people")
    )
    counted = {unit_id: Staff(held, people) for unit_id, held, people in rows}
    return {unit_id: counted.get(unit_id, Staff()) for unit_id in wanted}
