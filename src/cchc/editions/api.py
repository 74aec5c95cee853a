"""The face of editions."""

from cchc.editions.queries import edition, held
from cchc.editions.watching import watched

__all__ = ["edition", "held", "watched"]
