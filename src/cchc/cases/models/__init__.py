"""The tables of cases. Every invariant a sentence can state is a constraint here."""

from cchc.cases.models.attachments import CasePaper, FeeLine, Handover, IntakeRequest, Party, PastStep, Result
from cchc.cases.models.case import Case, CaseQuerySet, CodeCounter, CodeRule, IntakeKey, Register

__all__ = [
    "Case",
    "CasePaper",
    "CaseQuerySet",
    "CodeCounter",
    "CodeRule",
    "FeeLine",
    "Handover",
    "IntakeKey",
    "IntakeRequest",
    "Party",
    "PastStep",
    "Register",
    "Result",
]
