"""The face of editions."""

from cchc.editions.queries import edition, rests_on
from cchc.editions.watching import watched

__all__ = ["edition", "rests_on", "watched"]
