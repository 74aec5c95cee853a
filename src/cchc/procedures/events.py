"""News of the catalogue for the modules above."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class VersionPublished:
    """A version of a procedure was published. Cases that run keep the version they were received under."""

    code: str
    version_id: int
    number: int
    valid_from: date


@dataclass(frozen=True)
class ProcedureRepealed:
    """A procedure is out of force from ``on``; nothing new is received under it."""

    code: str
    on: date
