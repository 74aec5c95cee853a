"""The units' face."""

from cchc.organisations.events import UnitChanged, UnitClosed, UnitCreated
from cchc.organisations.operations.bounding import METRES, BoundaryReport, load_boundaries
from cchc.organisations.operations.coding import give_agency_code
from cchc.organisations.operations.creating import NewUnit, create_unit
from cchc.organisations.operations.moving import move_unit
from cchc.organisations.operations.renaming import rename_unit
from cchc.organisations.operations.reorganising import Part, close_unit, merge_units, split_unit
from cchc.organisations.operations.scheduling import give_schedule
from cchc.organisations.operations.seeding import SeedReport, seed
from cchc.organisations.queries.boundaries import Boundary, boundaries_of
from cchc.organisations.queries.history import Place, ScheduleGiven, UnitEntry, entries_of, places_of, schedules_given_to
from cchc.organisations.queries.lineage import Bringer, LineageEvent, Predecessor, Successor, lineage_of, predecessors_of, successors_of
from cchc.organisations.queries.lookup import last_bearer, unit, unit_on, units_by_agency_code, units_on
from cchc.organisations.queries.membership import Membership, memberships, provinces_ever
from cchc.organisations.queries.points import Point, points_of
from cchc.organisations.queries.schedules import Kept, ScheduleKept, schedule_of, schedules_kept, schedules_on
from cchc.organisations.queries.search import find_units
from cchc.organisations.queries.tree import Title, ancestors_on, descendant_ids_on, descendants_on, title_on, titles_of
from cchc.organisations.queries.views import UnitView
from cchc.organisations.rules.geojson import LARGEST, Ring
from cchc.organisations.rules.seed_plan import Unplaced
from cchc.organisations.terms import Certainty, Right, Scheme, SuccessionKind, UnitAct, UnitKind

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "LARGEST",
    "METRES",
    "Boundary",
    "BoundaryReport",
    "Bringer",
    "Certainty",
    "Kept",
    "LineageEvent",
    "Membership",
    "NewUnit",
    "Part",
    "Place",
    "Point",
    "Predecessor",
    "Right",
    "Ring",
    "ScheduleGiven",
    "ScheduleKept",
    "Scheme",
    "SeedReport",
    "SuccessionKind",
    "Successor",
    "Title",
    "UnitAct",
    "UnitChanged",
    "UnitClosed",
    "UnitCreated",
    "UnitEntry",
    "UnitKind",
    "UnitView",
    "Unplaced",
    "ancestors_on",
    "boundaries_of",
    "close_unit",
    "create_unit",
    "descendant_ids_on",
    "descendants_on",
    "entries_of",
    "find_units",
    "give_agency_code",
    "give_schedule",
    "last_bearer",
    "lineage_of",
    "load_boundaries",
    "memberships",
    "merge_units",
    "move_unit",
    "places_of",
    "points_of",
    "predecessors_of",
    "provinces_ever",
    "rename_unit",
    "schedule_of",
    "schedules_given_to",
    "schedules_kept",
    "schedules_on",
    "seed",
    "split_unit",
    "successors_of",
    "title_on",
    "titles_of",
    "unit",
    "unit_on",
    "units_by_agency_code",
    "units_on",
]
