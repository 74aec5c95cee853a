"""What those above may hear of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CaseReceived:
    """A case was accepted and a promise made."""

    code: str
    at: datetime


@dataclass(frozen=True)
class CaseFinished:
    """The result was signed."""

    code: str
    at: datetime


@dataclass(frozen=True)
class CaseReturned:
    """The result was handed over."""

    code: str
    at: datetime
