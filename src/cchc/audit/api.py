"""The journal's face."""

from cchc.audit.append_only import append_only
from cchc.audit.operations.check import ask_check
from cchc.audit.operations.erase import erase_private
from cchc.audit.operations.record import Draft, record, record_first
from cchc.audit.operations.seal import seal, seal_if_due
from cchc.audit.queries.checks import CheckView, checks
from cchc.audit.queries.entries import EntryView, PublicEntry, entries, public_entries
from cchc.audit.queries.proof import proof_of, published
from cchc.audit.queries.seals import Coverage, SealView, coverage, latest_seal, seals, unsealed
from cchc.audit.queries.verification import Fault, Report, recomputed, verify
from cchc.audit.rules.chain import canonical, fingerprint

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "CheckView",
    "Coverage",
    "Draft",
    "EntryView",
    "Fault",
    "PublicEntry",
    "Report",
    "SealView",
    "append_only",
    "ask_check",
    "canonical",
    "checks",
    "coverage",
    "entries",
    "erase_private",
    "fingerprint",
    "latest_seal",
    "proof_of",
    "public_entries",
    "published",
    "recomputed",
    "record",
    "record_first",
    "seal",
    "seal_if_due",
    "seals",
    "unsealed",
    "verify",
]
