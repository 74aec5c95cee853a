"""The face of cases."""

from cchc.cases.figures import FigureValue, figure, records, today
from cchc.cases.operations.import_register import import_register
from cchc.cases.operations.intake_form import Intake, PaperGiven, prepare
from cchc.cases.operations.moving import approve, assign, forward, hand_over, submit
from cchc.cases.operations.preview import Counter, Preview, counter_of, preview
from cchc.cases.operations.receiving import accept_supplemented, ask_supplement, receive, receive_immediate, refuse
from cchc.cases.operations.register_report import RegisterReport
from cchc.cases.operations.reveal import reveal_identity
from cchc.cases.operations.seed import seed
from cchc.cases.queries.detail import CaseView, LedgerLine, PartyView, case
from cchc.cases.queries.imported import ImportedView, imported
from cchc.cases.queries.lists import CaseRow, Filters, Group, Inbox, count_mine, inbox, search
from cchc.cases.queries.tracking import Progress, Proof, proof, track, track_secret
from cchc.cases.rules.intake import PartyForm, digits
from cchc.cases.rules.transitions import TABLE, Transition
from cchc.cases.terms import (
    WAITING,
    Act,
    ClockEffect,
    PartyKind,
    PartyRole,
    PaymentMethod,
    ResultChannel,
    Stage,
    Step,
    Timeliness,
    Urgency,
)

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "TABLE",
    "WAITING",
    "Act",
    "CaseRow",
    "CaseView",
    "ClockEffect",
    "Counter",
    "FigureValue",
    "Filters",
    "Group",
    "ImportedView",
    "Inbox",
    "Intake",
    "LedgerLine",
    "PaperGiven",
    "PartyForm",
    "PartyKind",
    "PartyRole",
    "PartyView",
    "PaymentMethod",
    "Preview",
    "Progress",
    "Proof",
    "RegisterReport",
    "ResultChannel",
    "Stage",
    "Step",
    "Timeliness",
    "Transition",
    "Urgency",
    "accept_supplemented",
    "approve",
    "ask_supplement",
    "assign",
    "case",
    "count_mine",
    "counter_of",
    "digits",
    "figure",
    "forward",
    "hand_over",
    "import_register",
    "imported",
    "inbox",
    "prepare",
    "preview",
    "proof",
    "receive",
    "receive_immediate",
    "records",
    "refuse",
    "reveal_identity",
    "search",
    "seed",
    "submit",
    "today",
    "track",
    "track_secret",
]
