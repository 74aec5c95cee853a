"""The tables of cases. Every invariant a sentence can state is a constraint here."""

from cchc.cases.models.attachments import CasePaper, FeeLine, Handover, Party, PastStep, Request, Result
from cchc.cases.models.case import Case, CaseQuerySet, CodeCounter, CodeRule, IntakeKey, Register
from cchc.cases.models.desk import Bound, SavedFilter, SettledPromise, Settlement
from cchc.cases.models.life import Apology, Consultation, HandoverSlip, OldReceipt, ResultCorrection
from cchc.cases.models.spells import Spell

__all__ = [
    "Apology",
    "Bound",
    "Case",
    "CasePaper",
    "CaseQuerySet",
    "CodeCounter",
    "CodeRule",
    "Consultation",
    "FeeLine",
    "Handover",
    "HandoverSlip",
    "IntakeKey",
    "OldReceipt",
    "Party",
    "PastStep",
    "Register",
    "Request",
    "Result",
    "ResultCorrection",
    "SavedFilter",
    "SettledPromise",
    "Settlement",
    "Spell",
]
