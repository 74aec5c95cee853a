"""Tables of the catalogue."""

from cchc.procedures.models.catalogue import Field, Procedure, Version
from cchc.procedures.models.office import Draft, Featured, Phrase
from cchc.procedures.models.parts import CaseType, ChannelTerm, Fee, LegalBasis, Paper, ResultKind, Step

__all__ = [
    "CaseType",
    "ChannelTerm",
    "Draft",
    "Featured",
    "Fee",
    "Field",
    "LegalBasis",
    "Paper",
    "Phrase",
    "Procedure",
    "ResultKind",
    "Step",
    "Version",
]
