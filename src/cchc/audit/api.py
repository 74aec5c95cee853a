"""The journal's face."""

from cchc.audit.append_only import append_only
from cchc.audit.operations.erase import erase_private
from cchc.audit.operations.record import Draft, record, record_first
from cchc.audit.queries.entries import EntryView, entries
from cchc.audit.queries.verification import Fault, Report, recomputed, verify
from cchc.audit.rules.chain import canonical, fingerprint

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "Draft",
    "EntryView",
    "Fault",
    "Report",
    "append_only",
    "canonical",
    "entries",
    "erase_private",
    "fingerprint",
    "recomputed",
    "record",
    "record_first",
    "verify",
]
