"""The face of editions."""

from cchc.editions.queries import edition, edition_between, held, rests_on
from cchc.editions.watching import watched, watched_by_month

__all__ = ["edition", "edition_between", "held", "rests_on", "watched", "watched_by_month"]
