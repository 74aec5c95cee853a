"""What happens to units, for the modules above."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class UnitCreated:
    """A unit exists from ``day`` on."""

    unit_id: int
    code: str
    day: date


@dataclass(frozen=True)
class UnitChanged:
    """A unit has another title, parent, agency code or schedule from ``day`` on; ``act`` is the journal's word for it."""

    unit_id: int
    code: str
    act: str
    day: date


@dataclass(frozen=True)
class UnitClosed:
    """A unit ended: ``day`` is the first day without it. ``successor_ids`` took it over, or nobody did."""

    unit_id: int
    code: str
    day: date
    successor_ids: list[int]
