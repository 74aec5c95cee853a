"""The face of cases."""

from cchc.cases.figures.records import behind, count_behind, of_register, opens_all
from cchc.cases.figures.today import FigureValue, figure, records, today
from cchc.cases.operations.apologising import apologise, draft_apology, record_loss
from cchc.cases.operations.batches import Batch, assign_many, hand_over_many, reassign_many, send_back_many
from cchc.cases.operations.bounding import clear_bound, set_bound
from cchc.cases.operations.consulting import answer_consultation, consult
from cchc.cases.operations.correcting import Correction, correct, correct_result
from cchc.cases.operations.ending import hand_over_refusal, refuse_after_appraisal, stop, withdraw
from cchc.cases.operations.extending import draft_extension, extend
from cchc.cases.operations.filing import keep_scan, may_keep
from cchc.cases.operations.filters import drop_filter, save_filter
from cchc.cases.operations.import_register import import_register
from cchc.cases.operations.intake_form import Intake, PaperGiven, prepare
from cchc.cases.operations.moving import announce, approve, assign, forward, hand_over, submit
from cchc.cases.operations.noting import add_note
from cchc.cases.operations.paying import ask_payment, confirm_payment
from cchc.cases.operations.preview import Counter, Preview, counter_of, preview
from cchc.cases.operations.receiving import accept_supplemented, ask_supplement, receive, receive_immediate, refuse
from cchc.cases.operations.register_report import RegisterReport
from cchc.cases.operations.rehousing import rehouse, rehouse_ended
from cchc.cases.operations.reminding import remind
from cchc.cases.operations.reveal import reveal_identity
from cchc.cases.operations.seed import seed
from cchc.cases.operations.settling import open_settlement, settle
from cchc.cases.operations.slips import GivenBatch, forward_many, receive_slip
from cchc.cases.operations.steps import pass_to_next, reassign, recall, send_back
from cchc.cases.operations.supplementing import refuse_unsupplemented, resume, return_for_supplement
from cchc.cases.queries.bottlenecks import bottlenecks, flow_files
from cchc.cases.queries.bounds import BoundView, all_bounds, bounds_on
from cchc.cases.queries.consultations import Asked, asked_of, count_asked
from cchc.cases.queries.days import DaySheet, LoadDay, Money, day_sheet, load
from cchc.cases.queries.detail import ApologyView, CaseView, ConsultationView, LedgerLine, PartyView, case
from cchc.cases.queries.event_log import event_log
from cchc.cases.queries.filters import SavedFilterView, saved_filters
from cchc.cases.queries.flow_views import Bottlenecks, Choices, FlowAsked, FlowFiles, Mark, Rework, Spread, StepFlow, WayGone
from cchc.cases.queries.imported import ImportedView, imported
from cchc.cases.queries.lists import OWES_APOLOGY, PAGE, STEP_LATE, CaseRow, Filters, Group, Inbox, count_mine, inbox, rows_by_code, search
from cchc.cases.queries.openings import RECALLABLE, Barred
from cchc.cases.queries.overdue import LateHolder, late_by_holder
from cchc.cases.queries.registers import RegisterRow, register
from cchc.cases.queries.settlements import SettledLine, SettlementRow, settlement, settlements
from cchc.cases.queries.slips import SlipLine, SlipRow, SlipView, slip, slips
from cchc.cases.queries.steps import HolderTime, Holding, StepLine
from cchc.cases.queries.tracking import Printed, Progress, Proof, proof, track, track_secret
from cchc.cases.rules.bounds import Bound
from cchc.cases.rules.flow import Choice
from cchc.cases.rules.intake import PartyForm, digits
from cchc.cases.rules.transitions import TABLE, Transition
from cchc.cases.rules.xes import Happening, Trace
from cchc.cases.rules.xes import written as as_xes
from cchc.cases.terms import (
    CLOSED,
    RUNNING,
    SETTLE_RULE,
    SETTLE_TASK,
    WAITING,
    Act,
    ApologyKind,
    ClockEffect,
    FiledBy,
    FlowPart,
    PartyKind,
    PartyRole,
    PaymentMethod,
    ResultChannel,
    RuleKey,
    Stage,
    Step,
    Timeliness,
    Urgency,
)

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "CLOSED",
    "OWES_APOLOGY",
    "PAGE",
    "RECALLABLE",
    "RUNNING",
    "SETTLE_RULE",
    "SETTLE_TASK",
    "STEP_LATE",
    "TABLE",
    "WAITING",
    "Act",
    "ApologyKind",
    "ApologyView",
    "Asked",
    "Barred",
    "Batch",
    "Bottlenecks",
    "Bound",
    "BoundView",
    "CaseRow",
    "CaseView",
    "Choice",
    "Choices",
    "ClockEffect",
    "ConsultationView",
    "Correction",
    "Counter",
    "DaySheet",
    "FigureValue",
    "FiledBy",
    "Filters",
    "FlowAsked",
    "FlowFiles",
    "FlowPart",
    "GivenBatch",
    "Group",
    "Happening",
    "HolderTime",
    "Holding",
    "ImportedView",
    "Inbox",
    "Intake",
    "LateHolder",
    "LedgerLine",
    "LoadDay",
    "Mark",
    "Money",
    "PaperGiven",
    "PartyForm",
    "PartyKind",
    "PartyRole",
    "PartyView",
    "PaymentMethod",
    "Preview",
    "Printed",
    "Progress",
    "Proof",
    "RegisterReport",
    "RegisterRow",
    "ResultChannel",
    "Rework",
    "RuleKey",
    "SavedFilterView",
    "SettledLine",
    "SettlementRow",
    "SlipLine",
    "SlipRow",
    "SlipView",
    "Spread",
    "Stage",
    "Step",
    "StepFlow",
    "StepLine",
    "Timeliness",
    "Trace",
    "Transition",
    "Urgency",
    "WayGone",
    "accept_supplemented",
    "add_note",
    "all_bounds",
    "announce",
    "answer_consultation",
    "apologise",
    "approve",
    "as_xes",
    "ask_payment",
    "ask_supplement",
    "asked_of",
    "assign",
    "assign_many",
    "behind",
    "bottlenecks",
    "bounds_on",
    "case",
    "clear_bound",
    "confirm_payment",
    "consult",
    "correct",
    "correct_result",
    "count_asked",
    "count_behind",
    "count_mine",
    "counter_of",
    "day_sheet",
    "digits",
    "draft_apology",
    "draft_extension",
    "drop_filter",
    "event_log",
    "extend",
    "figure",
    "flow_files",
    "forward",
    "forward_many",
    "hand_over",
    "hand_over_many",
    "hand_over_refusal",
    "import_register",
    "imported",
    "inbox",
    "keep_scan",
    "late_by_holder",
    "load",
    "may_keep",
    "of_register",
    "open_settlement",
    "opens_all",
    "pass_to_next",
    "prepare",
    "preview",
    "proof",
    "reassign",
    "reassign_many",
    "recall",
    "receive",
    "receive_immediate",
    "receive_slip",
    "record_loss",
    "records",
    "refuse",
    "refuse_after_appraisal",
    "refuse_unsupplemented",
    "register",
    "rehouse",
    "rehouse_ended",
    "remind",
    "resume",
    "return_for_supplement",
    "reveal_identity",
    "rows_by_code",
    "save_filter",
    "saved_filters",
    "search",
    "seed",
    "send_back",
    "send_back_many",
    "set_bound",
    "settle",
    "settlement",
    "settlements",
    "slip",
    "slips",
    "stop",
    "submit",
    "today",
    "track",
    "track_secret",
    "withdraw",
]
