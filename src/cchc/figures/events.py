"""What those above may hear of."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ValuesImported:
    """Values published elsewhere for a period came in; ``last`` is its last day."""

    start: date
    last: date
