"""The tables of units."""

from cchc.organisations.models.boundaries import UnitBoundary
from cchc.organisations.models.lineage import Succession
from cchc.organisations.models.schedules import UnitSchedule
from cchc.organisations.models.units import Unit, UnitParent, UnitQuerySet, UnitTitle

__all__ = ["Succession", "Unit", "UnitBoundary", "UnitParent", "UnitQuerySet", "UnitSchedule", "UnitTitle"]
