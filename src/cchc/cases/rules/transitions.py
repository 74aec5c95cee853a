"""States and transitions as one table (dossier §3.3, T1–T19). Nothing moves a case but a row of this table.

An act may have several rows, one for each place it may be done at, because the right differs: sending back is the officer's,
the signer's and the head's. A row without ``stage`` or ``step`` leaves the case where it is. ``also`` names the other steps an
act may lead to; which, its operation decides (an officer who left his post: the file goes to his unit instead).
"""

from dataclasses import dataclass

from cchc.cases.terms import Act, ClockEffect, Stage, Step
from cchc.kernel.errors import Conflict


@dataclass(frozen=True)
class Transition:
    """One row. ``sources`` are (stage, step) pairs, ``None`` as a step meaning any; an empty tuple means a new case."""

    act: Act
    number: str
    sources: tuple[tuple[Stage, Step | None], ...]
    stage: Stage | None
    step: Step | None
    right: str
    clock: ClockEffect
    basis: str
    paper: str = ""
    also: tuple[Step, ...] = ()

    def starts_from(self, stage: Stage, step: Step) -> bool:
        """Say whether a case there may take this row."""
        return any(stage == source and (place is None or step == place) for source, place in self.sources)


_ASSIGNING = ((Stage.PROCESSING, Step.ASSIGN),)
_OFFICER = ((Stage.PROCESSING, Step.PROCESS),)
_SIGNER = ((Stage.PROCESSING, Step.APPROVE),)
_OFFICE: tuple[tuple[Stage, Step | None], ...] = ((Stage.PROCESSING, None),)
_RUNNING: tuple[tuple[Stage, Step | None], ...] = ((Stage.ACCEPTED, None), (Stage.PROCESSING, None))
# No result has been decided, whoever has the file (Form 05 of Circular 03/2025 asks for that).
_UNDECIDED: tuple[tuple[Stage, Step | None], ...] = (*_RUNNING, (Stage.AWAITING_SUPPLEMENT, None), (Stage.AWAITING_PAYMENT, None))
_AT_COUNTER = ((Stage.AWAITING_SUPPLEMENT, Step.APPLICANT),)
_SUPPLEMENT = ((Stage.AWAITING_SUPPLEMENT, Step.SUPPLEMENT),)
_PAYMENT = ((Stage.AWAITING_PAYMENT, Step.PAYMENT),)
_READY = ((Stage.FINISHED, Step.HAND_OVER),)
_ANY: tuple[tuple[Stage, Step | None], ...] = tuple((stage, None) for stage in Stage)
_61 = " Nghị định 61/2018/NĐ-CP (thay cho Nghị định 118/2025/NĐ-CP, chưa đọc được)"

TABLE: tuple[Transition, ...] = (
    Transition(
        Act.RECEIVE,
        "T2",
        (),
        Stage.ACCEPTED,
        Step.FORWARD,
        "cases:case:receive",
        ClockEffect.STARTS,
        "khoản 3 Điều 17 Nghị định 118/2025/NĐ-CP (sửa đổi bởi Nghị định 309/2026/NĐ-CP)",
        "Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ),
    Transition(
        Act.ASK_SUPPLEMENT,
        "T4",
        (),
        Stage.AWAITING_SUPPLEMENT,
        Step.APPLICANT,
        "cases:case:receive",
        ClockEffect.NOT_STARTED,
        "điểm a khoản 2 Điều 17 Nghị định 118/2025/NĐ-CP",
        "Mẫu 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    ),
    Transition(
        Act.REFUSE,
        "T5",
        (),
        Stage.REFUSED,
        Step.CLOSED,
        "cases:case:receive",
        ClockEffect.NOT_STARTED,
        "điểm a khoản 2 Điều 17 Nghị định 118/2025/NĐ-CP",
        "Mẫu 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    ),
    Transition(
        Act.IMMEDIATE,
        "T2+T16+T17",
        (),
        Stage.RETURNED,
        Step.CLOSED,
        "cases:case:receive",
        ClockEffect.ENDS,
        "khoản 4 Điều 17 Nghị định 61/2018/NĐ-CP (thay cho Nghị định 118/2025/NĐ-CP, chưa đọc được)",
        "Không in giấy hẹn, trừ khi người nộp yêu cầu",
    ),
    Transition(
        Act.ACCEPT_SUPPLEMENTED,
        "T2",
        _AT_COUNTER,
        Stage.ACCEPTED,
        Step.FORWARD,
        "cases:case:receive",
        ClockEffect.STARTS,
        "khoản 3 Điều 17 Nghị định 118/2025/NĐ-CP (sửa đổi bởi Nghị định 309/2026/NĐ-CP)",
        "Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ),
    Transition(
        Act.FORWARD,
        "T6",
        ((Stage.ACCEPTED, Step.FORWARD),),
        Stage.PROCESSING,
        Step.ASSIGN,
        "cases:case:forward",
        ClockEffect.RUNS,
        "khoản 2 Điều 18 Nghị định 118/2025/NĐ-CP (sửa đổi bởi Nghị định 309/2026/NĐ-CP)",
    ),
    Transition(
        Act.ASSIGN,
        "T8",
        ((Stage.PROCESSING, Step.ASSIGN),),
        Stage.PROCESSING,
        Step.PROCESS,
        "cases:case:assign",
        ClockEffect.RUNS,
        "khoản 1 Điều 19 Nghị định 61/2018/NĐ-CP (thay cho Nghị định 118/2025/NĐ-CP, chưa đọc được)",
    ),
    Transition(
        Act.SUBMIT,
        "T8",
        ((Stage.PROCESSING, Step.PROCESS),),
        Stage.PROCESSING,
        Step.APPROVE,
        "cases:case:process",
        ClockEffect.RUNS,
        "Điều 19 Nghị định 61/2018/NĐ-CP (thay cho Nghị định 118/2025/NĐ-CP, chưa đọc được)",
    ),
    Transition(
        Act.APPROVE,
        "T16",
        ((Stage.PROCESSING, Step.APPROVE),),
        Stage.FINISHED,
        Step.HAND_OVER,
        "cases:case:approve",
        ClockEffect.ENDS,
        "Điều 19, Điều 20 Nghị định 61/2018/NĐ-CP (thay cho Nghị định 118/2025/NĐ-CP, chưa đọc được)",
    ),
    Transition(
        Act.HAND_OVER,
        "T17",
        ((Stage.FINISHED, Step.HAND_OVER),),
        Stage.RETURNED,
        Step.CLOSED,
        "cases:case:hand_over",
        ClockEffect.ENDED,
        "Điều 20 Nghị định 61/2018/NĐ-CP (thay cho Nghị định 118/2025/NĐ-CP, chưa đọc được)",
    ),
    Transition(
        Act.PASS_ON,
        "T8",
        _OFFICER,
        Stage.PROCESSING,
        Step.ASSIGN,
        "cases:case:process",
        ClockEffect.RUNS,
        "khoản 2, 6 Điều 19" + _61,
        also=(Step.PROCESS,),
    ),
    *(
        Transition(
            Act.SEND_BACK,
            "T8",
            place,
            Stage.PROCESSING,
            Step.PROCESS,
            right,
            ClockEffect.RUNS,
            "quy trình nội bộ của thủ tục; Điều 19" + _61,
            also=(Step.ASSIGN,),
        )
        for place, right in ((_OFFICER, "cases:case:process"), (_SIGNER, "cases:case:approve"), (_ASSIGNING, "cases:case:assign"))
    ),
    Transition(
        Act.REASSIGN,
        "T8",
        (*_OFFICER, *_SIGNER),
        Stage.PROCESSING,
        None,
        "cases:case:assign",
        ClockEffect.RUNS,
        "khoản 1 Điều 19" + _61,
    ),
    Transition(
        Act.CONSULT,
        "T8",
        _OFFICER,
        None,
        None,
        "cases:case:process",
        ClockEffect.RUNS,
        "khoản 5 Điều 19" + _61,
    ),
    Transition(
        Act.RETURN_FOR_SUPPLEMENT,
        "T9",
        _OFFICER,
        Stage.AWAITING_SUPPLEMENT,
        Step.SUPPLEMENT,
        "cases:case:process",
        ClockEffect.PAUSES,
        "khoản 4 Điều 19" + _61,
        "Mẫu 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    ),
    Transition(
        Act.RESUME,
        "T10",
        _SUPPLEMENT,
        Stage.PROCESSING,
        Step.PROCESS,
        "cases:case:receive",
        ClockEffect.RESTARTS,
        "khoản 4 Điều 19" + _61,
        "Phiếu hẹn lại, thay giấy hẹn cũ",
        also=(Step.ASSIGN,),
    ),
    Transition(
        Act.ASK_PAYMENT,
        "T13",
        _OFFICER,
        Stage.AWAITING_PAYMENT,
        Step.PAYMENT,
        "cases:case:process",
        ClockEffect.PAUSES,
        "pháp luật chuyên ngành (thông báo của cơ quan thu)",
    ),
    Transition(
        Act.CONFIRM_PAYMENT,
        "T13",
        _PAYMENT,
        Stage.PROCESSING,
        Step.PROCESS,
        "cases:case:receive",
        ClockEffect.RESTARTS,
        "pháp luật chuyên ngành (chứng từ nộp tiền)",
        also=(Step.ASSIGN,),
    ),
    Transition(
        Act.EXTEND,
        "T14",
        _RUNNING,
        None,
        None,
        "cases:case:extend",
        ClockEffect.NEW_PROMISE,
        "khoản 9 Điều 19" + _61,
        "Mẫu 04: Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
    ),
    Transition(
        Act.REFUSE_AFTER_APPRAISAL,
        "T12",
        _SIGNER,
        Stage.REFUSED,
        Step.HAND_OVER,
        "cases:case:approve",
        ClockEffect.ENDS,
        "khoản 8 Điều 19" + _61,
        "Mẫu 03: Phiếu từ chối giải quyết hồ sơ",
    ),
    Transition(
        Act.HAND_OVER_REFUSAL,
        "T17",
        ((Stage.REFUSED, Step.HAND_OVER),),
        Stage.REFUSED,
        Step.CLOSED,
        "cases:case:hand_over",
        ClockEffect.ENDED,
        "khoản 8 Điều 19" + _61,
    ),
    Transition(
        Act.ANNOUNCE,
        "T17",
        _READY,
        None,
        None,
        "cases:case:hand_over",
        ClockEffect.ENDED,
        "khoản 4 Điều 20" + _61,
    ),
    Transition(
        Act.APOLOGISE,
        "T19",
        tuple((stage, None) for stage in Stage if stage is not Stage.SUBMITTED),
        None,
        None,
        "cases:case:apologise",
        ClockEffect.STAYS,
        "khoản 9 Điều 19, khoản 2 Điều 21" + _61,
        "Văn bản xin lỗi, giữ nguyên ngày hẹn",
    ),
    Transition(
        Act.CORRECT,
        "T18",
        (*_UNDECIDED, *_AT_COUNTER),
        None,
        None,
        "cases:case:correct",
        ClockEffect.STAYS,
        "khoản 1 Điều 21" + _61,
        "Mẫu 01 cấp lại, thay giấy hẹn cũ",
    ),
    Transition(
        Act.CORRECT_RESULT,
        "T18",
        (*_READY, (Stage.RETURNED, Step.CLOSED)),
        Stage.FINISHED,
        Step.HAND_OVER,
        "cases:case:approve",
        ClockEffect.ENDED,
        "khoản 1 Điều 21" + _61,
    ),
    Transition(
        Act.RECORD_LOSS,
        "T19",
        _ANY,
        None,
        None,
        "cases:case:apologise",
        ClockEffect.STAYS,
        "khoản 2 Điều 21" + _61,
        "Văn bản xin lỗi, giữ nguyên ngày hẹn",
    ),
    Transition(
        Act.WITHDRAW,
        "T15",
        _UNDECIDED,
        Stage.WITHDRAWN,
        Step.CLOSED,
        "cases:case:receive",
        ClockEffect.CLOSES,
        "Mẫu 05 Thông tư 03/2025/TT-VPCP (chưa đọc được phần lời)",
        "Mẫu 05: Thông báo dừng giải quyết hồ sơ",
    ),
    Transition(
        Act.STOP,
        "T15",
        _UNDECIDED,
        Stage.STOPPED,
        Step.CLOSED,
        "cases:case:stop",
        ClockEffect.CLOSES,
        "Mẫu 05 Thông tư 03/2025/TT-VPCP (chưa đọc được phần lời)",
        "Mẫu 05: Thông báo dừng giải quyết hồ sơ",
    ),
    Transition(
        Act.REFUSE_UNSUPPLEMENTED,
        "T11",
        (*_SUPPLEMENT, *_AT_COUNTER),
        Stage.REFUSED,
        Step.CLOSED,
        "cases:case:stop",
        ClockEffect.CLOSES,
        "thủ tục công bố của ngành (hộ tịch, 2025): người nộp không bổ sung",
        "Mẫu 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    ),
    Transition(
        Act.RECALL,
        "",
        _OFFICE,
        None,
        None,
        "cases:case:read",
        ClockEffect.RUNS,
        "việc vừa làm, chưa ai nhận",
        also=(Step.FORWARD, Step.ASSIGN, Step.PROCESS, Step.APPROVE),
    ),
    Transition(
        Act.NOTE,
        "",
        _ANY,
        None,
        None,
        "cases:case:read",
        ClockEffect.STAYS,
        "ghi chú nội bộ, không ai xóa được",
    ),
)


def rows(act: Act) -> tuple[Transition, ...]:
    """Return the rows of an act, in the order of the table."""
    return tuple(item for item in TABLE if item.act is act)


def row(act: Act) -> Transition:
    """Return the first row of an act: the only one of most."""
    return rows(act)[0]


def row_at(act: Act, stage: Stage, step: Step) -> Transition:
    """Return the row of an act that fits a case there; the act's first row when none does, for its right and its words."""
    return next((item for item in rows(act) if item.starts_from(stage, step)), row(act))


def open_from(stage: Stage, step: Step) -> tuple[Transition, ...]:
    """Return the rows a case there may take, in the order of the table."""
    return tuple(item for item in TABLE if item.starts_from(stage, step))


def require(*, act: Act, stage: Stage, step: Step) -> Transition:
    """Return the row of an act when a case there may take it; raise ``Conflict`` otherwise."""
    found = row_at(act, stage, step)
    if not found.starts_from(stage, step):
        raise Conflict(
            f"Không làm được «{act.label}»: hồ sơ đang ở «{stage.label}», bước «{step.label}». Tải lại trang để xem việc có thể làm lúc này.",
        )
    return found
