"""Tables of the catalogue."""

from cchc.procedures.models.catalogue import Field, Procedure, Version
from cchc.procedures.models.parts import CaseType, ChannelTerm, Fee, LegalBasis, Paper, ResultKind, Step

__all__ = ["CaseType", "ChannelTerm", "Fee", "Field", "LegalBasis", "Paper", "Procedure", "ResultKind", "Step", "Version"]
