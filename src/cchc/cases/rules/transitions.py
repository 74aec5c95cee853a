"""States and transitions as one table (dossier §3.3, T1–T19). Nothing moves a case but a row of this table.

Rows of acts that this version does not perform stand here too, ``performed=False``: the table is the map of the whole life,
and no page offers what no operation does.
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
    stage: Stage
    step: Step
    right: str
    clock: ClockEffect
    basis: str
    paper: str = ""
    performed: bool = True

    def starts_from(self, stage: Stage, step: Step) -> bool:
        """Say whether a case there may take this row."""
        return any(stage == source and (place is None or step == place) for source, place in self.sources)


_PROCESSING: tuple[tuple[Stage, Step | None], ...] = ((Stage.PROCESSING, None),)
_AT_COUNTER = ((Stage.AWAITING_SUPPLEMENT, Step.APPLICANT),)

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
        Act.RETURN_FOR_SUPPLEMENT,
        "T9",
        _PROCESSING,
        Stage.AWAITING_SUPPLEMENT,
        Step.APPLICANT,
        "",
        ClockEffect.PAUSES,
        "khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP",
        "Mẫu 02",
        performed=False,
    ),
    Transition(
        Act.RESUME,
        "T10",
        ((Stage.AWAITING_SUPPLEMENT, None),),
        Stage.PROCESSING,
        Step.PROCESS,
        "",
        ClockEffect.RESTARTS,
        "khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP",
        performed=False,
    ),
    Transition(
        Act.REFUSE_AFTER_APPRAISAL,
        "T12",
        _PROCESSING,
        Stage.REFUSED,
        Step.HAND_OVER,
        "",
        ClockEffect.CLOSES,
        "khoản 8 Điều 19 Nghị định 61/2018/NĐ-CP",
        "Mẫu 03",
        performed=False,
    ),
    Transition(
        Act.ASK_PAYMENT,
        "T13",
        _PROCESSING,
        Stage.AWAITING_PAYMENT,
        Step.APPLICANT,
        "",
        ClockEffect.PAUSES,
        "pháp luật chuyên ngành",
        performed=False,
    ),
    Transition(
        Act.EXTEND,
        "T14",
        _PROCESSING,
        Stage.PROCESSING,
        Step.PROCESS,
        "",
        ClockEffect.NEW_PROMISE,
        "khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP",
        "Mẫu 04",
        performed=False,
    ),
    Transition(
        Act.WITHDRAW,
        "T15",
        _PROCESSING,
        Stage.WITHDRAWN,
        Step.CLOSED,
        "",
        ClockEffect.CLOSES,
        "Mẫu 05 Thông tư 03/2025/TT-VPCP",
        "Mẫu 05",
        performed=False,
    ),
    Transition(
        Act.STOP,
        "T15",
        _PROCESSING,
        Stage.STOPPED,
        Step.CLOSED,
        "",
        ClockEffect.CLOSES,
        "Mẫu 05 Thông tư 03/2025/TT-VPCP",
        "Mẫu 05",
        performed=False,
    ),
)

_BY_ACT = {row.act: row for row in TABLE}


def row(act: Act) -> Transition:
    """Return the row of an act."""
    return _BY_ACT[act]


def open_from(stage: Stage, step: Step) -> tuple[Transition, ...]:
    """Return the rows a case there may take and that this version performs, in the order of the table."""
    return tuple(item for item in TABLE if item.performed and item.starts_from(stage, step))


def require(*, act: Act, stage: Stage, step: Step) -> Transition:
    """Return the row of an act when a case there may take it; raise ``Conflict`` otherwise."""
    found = row(act)
    if not found.performed or not found.starts_from(stage, step):
        raise Conflict(
            f"Không làm được «{act.label}»: hồ sơ đang ở «{stage.label}», bước «{step.label}». Tải lại trang để xem việc có thể làm lúc này.",
        )
    return found
