"""What figures do when the tree of units changes: the days of the provinces are counted again from the day of the change."""

from cchc.figures.operations.stale import mark_stale_from
from cchc.kernel.bus import subscribe
from cchc.organisations.api import UnitChanged, UnitClosed, UnitCreated


@subscribe(UnitChanged)
def unit_changed(event: UnitChanged) -> None:
    """Count again what the unit brought to the province above it, or took away."""
    mark_stale_from(event.unit_id, event.day)


@subscribe(UnitClosed)
def unit_closed(event: UnitClosed) -> None:
    """Count again, for what stood under it too: the children of an ended unit stand under those that took it over."""
    for unit_id in (event.unit_id, *event.successor_ids):
        mark_stale_from(unit_id, event.day)


@subscribe(UnitCreated)
def unit_created(event: UnitCreated) -> None:
    """Count again: units may be entered late, after what they did."""
    mark_stale_from(event.unit_id, event.day)
