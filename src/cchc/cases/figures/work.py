"""The numbers of the work itself: everything of form II.06, and the shares made of it. All are sums of flows."""

from collections.abc import Callable

from cchc.figures.api import DONE, KEPT, Flow, Measure, Moved, Ratio
from cchc.kernel.figures import Dimension, Figure, Zero
from cchc.kernel.text import gettext_noop as _

_FORM = "Biểu số II.06, Thông tư 01/2020/TT-VPCP"
_FORM_DOUBT = "Thông tư thay thế từ năm 2025 chưa tìm được; cột và công thức theo hồ sơ pháp lý §6.2"
_OURS = ""
_BY = (Dimension.UNIT, Dimension.FIELD, Dimension.PROCEDURE, Dimension.CHANNEL, Dimension.MONTH, Dimension.LEVEL)
Number = Callable[[Moved], int]


def _received(moved: Moved) -> int:
    return moved.inside[Flow.RECEIVED]


def _online(moved: Moved) -> int:
    return moved.inside[Flow.ONLINE]


def _direct(moved: Moved) -> int:
    return moved.inside[Flow.RECEIVED] - moved.inside[Flow.ONLINE]


def _carried(moved: Moved) -> int:
    return moved.before.open


def _net_taken(moved: Moved) -> int:
    return moved.inside[Flow.TAKEN] - moved.inside[Flow.GIVEN]


def _done(moved: Moved) -> int:
    return moved.inside.done


def _kept(moved: Moved) -> int:
    return moved.inside.total(KEPT)


def _open(moved: Moved) -> int:
    return moved.open


def _overdue(moved: Moved) -> int:
    return moved.overdue


def _in_term(moved: Moved) -> int:
    return moved.open - moved.overdue


def _waiting(moved: Moved) -> int:
    return moved.waiting


def _owed(moved: Moved) -> int:
    """Return what was to be judged: everything finished, and everything open that is late already."""
    return moved.inside.done + moved.overdue


def _flow(*flows: Flow) -> Number:
    return lambda moved: moved.inside.total(flows)


def _count(figure: Figure, number: Number, part: str) -> Measure:
    return Measure(figure, flows=lambda moved: Ratio(number(moved)), part=part)


def _share(figure: Figure, number: Number, of: Number, part: str) -> Measure:
    return Measure(figure, flows=lambda moved: Ratio(number(moved), of(moved)), part=part)


def _of_form(key: str, column: int, label: str, definition: str, formula: str, *, at_end: bool = False) -> Figure:
    return Figure(
        key=f"cases.ii06.{key}",
        label=label,
        definition=definition,
        formula=formula,
        clause=f"{_FORM}, cột ({column})",
        doubt=_FORM_DOUBT,
        by=_BY,
        at_end=at_end,
    )


def _of_share(key: str, label: str, definition: str, formula: str, *, clause: str = _OURS, beside: tuple[str, ...] = ()) -> Figure:
    return Figure(
        key=f"cases.{key}",
        label=label,
        definition=definition,
        formula=formula,
        unit="%",
        clause=clause,
        zero=Zero.NONE,
        by=_BY,
        beside=beside,
    )


FORM = (
    _count(
        _of_form("online", 4, _("Tiếp nhận trong kỳ, trực tuyến"), _("Hồ sơ tiếp nhận trong kỳ, nộp trực tuyến."), _("Đếm hồ sơ")),
        _online,
        "online",
    ),
    _count(
        _of_form(
            "direct",
            5,
            _("Tiếp nhận trong kỳ, trực tiếp và bưu chính"),
            _("Hồ sơ tiếp nhận trong kỳ, nộp tại quầy hoặc qua dịch vụ bưu chính."),
            _("Đếm hồ sơ"),
        ),
        _direct,
        "direct",
    ),
    _count(
        _of_form(
            "carried",
            6,
            _("Từ kỳ trước chuyển qua"),
            _("Hồ sơ đã tiếp nhận trước kỳ, đến đầu kỳ chưa giải quyết xong, kể cả đang chờ bổ sung hoặc chờ nghĩa vụ tài chính."),
            _("Đếm hồ sơ đang mở lúc bắt đầu kỳ"),
        ),
        _carried,
        "carried",
    ),
    Measure(
        _of_form(
            "received",
            3,
            _("Tổng số hồ sơ tiếp nhận"),
            _("Hồ sơ tiếp nhận trong kỳ và hồ sơ từ kỳ trước chuyển qua."),
            _("(3) = (4) + (5) + (6)"),
        ),
        flows=lambda moved: Ratio(_received(moved) + _carried(moved)),
    ),
    _count(
        _of_form(
            "early",
            8,
            _("Giải quyết trước hạn"),
            _("Hồ sơ có kết quả trong kỳ, sớm hơn ngày hẹn ít nhất một ngày. Hồ sơ đã gia hạn xét theo lời hẹn đầu."),
            _("Đếm hồ sơ có ngày xong < ngày hẹn"),
        ),
        _flow(Flow.EARLY),
        "early",
    ),
    _count(
        _of_form(
            "on_time",
            9,
            _("Giải quyết đúng hạn"),
            _("Hồ sơ có kết quả trong kỳ, đúng ngày hẹn; gồm hồ sơ không có ngày hẹn và hồ sơ đúng hạn sau gia hạn."),
            _("Đếm hồ sơ có ngày xong = ngày hẹn, hoặc không có ngày hẹn"),
        ),
        _flow(Flow.ON_TIME, Flow.EXTENDED),
        "on_time_or_extended",
    ),
    _count(
        _of_form(
            "late", 10, _("Giải quyết quá hạn"), _("Hồ sơ có kết quả trong kỳ, sau ngày hẹn."), _("Đếm hồ sơ có ngày xong > ngày hẹn")
        ),
        _flow(Flow.LATE),
        "late",
    ),
    _count(
        _of_form("done", 7, _("Tổng số hồ sơ đã giải quyết"), _("Hồ sơ có kết quả trong kỳ."), _("(7) = (8) + (9) + (10)")),
        _done,
        "done",
    ),
    _count(
        _of_form(
            "in_term",
            12,
            _("Đang giải quyết, trong hạn"),
            _("Hồ sơ cuối kỳ chưa có kết quả, chưa qua ngày hẹn; gồm hồ sơ đang chờ bổ sung, chờ nghĩa vụ tài chính."),
            _("Đếm hồ sơ đang mở lúc hết kỳ, trừ cột (13)"),
            at_end=True,
        ),
        _in_term,
        "in_term",
    ),
    _count(
        _of_form(
            "overdue",
            13,
            _("Đang giải quyết, quá hạn"),
            _("Hồ sơ cuối kỳ chưa có kết quả, đã qua ngày hẹn (với thời hạn tính bằng giờ: đã qua giờ hẹn)."),
            _("Đếm hồ sơ đang mở lúc hết kỳ có lời hẹn đã vỡ"),
            at_end=True,
        ),
        _overdue,
        "overdue",
    ),
    _count(
        _of_form("open", 11, _("Tổng số hồ sơ đang giải quyết"), _("Hồ sơ cuối kỳ chưa có kết quả."), _("(11) = (12) + (13)"), at_end=True),
        _open,
        "open",
    ),
)

MORE = (
    _count(
        Figure(
            key="cases.ii07.in_term",
            label=_("Trả đúng thời hạn"),
            definition=_("Hồ sơ có kết quả trong kỳ, trước hạn hoặc đúng hạn, kể cả đúng hạn sau gia hạn."),
            formula=_("(8) + (9) của Biểu II.06"),
            clause=_("Mẫu 07a, Thông tư 02/2017/TT-VPCP"),
            doubt=_("phụ lục chưa đọc được; theo hồ sơ pháp lý §6.3"),
            by=_BY,
        ),
        _kept,
        "kept",
    ),
    _count(
        Figure(
            key="cases.received",
            label=_("Tiếp nhận trong kỳ"),
            definition=_("Hồ sơ tiếp nhận đủ, đúng trong kỳ, mọi hình thức nộp."),
            formula=_("(4) + (5) của Biểu II.06"),
            by=_BY,
        ),
        _received,
        "received",
    ),
    _count(
        Figure(
            key="cases.waiting",
            label=_("Đang chờ người nộp"),
            definition=_("Hồ sơ cuối kỳ đang chờ bổ sung hoặc chờ nghĩa vụ tài chính; đồng hồ không chạy."),
            formula=_("Đếm hồ sơ đang chờ lúc hết kỳ"),
            by=_BY,
            at_end=True,
        ),
        _waiting,
        "waiting",
    ),
    _count(
        Figure(
            key="cases.closed",
            label=_("Kết thúc không có kết quả"),
            definition=_("Hồ sơ đã tiếp nhận mà kết thúc trong kỳ bằng rút hồ sơ, dừng giải quyết hoặc văn bản từ chối."),
            formula=_("Đếm hồ sơ"),
            clause=_("Biểu số II.06 không có cột này; in dưới biểu để (3) = (7) + (11) đối chiếu được"),
            by=_BY,
        ),
        _flow(Flow.CLOSED),
        "closed",
    ),
    _count(
        Figure(
            key="cases.extended",
            label=_("Đúng hạn sau gia hạn"),
            definition=_("Hồ sơ có kết quả trong kỳ, sau lời hẹn đầu nhưng trong lời hẹn đã gia hạn. Biểu II.06 đếm vào cột (9)."),
            formula=_("Đếm hồ sơ"),
            by=_BY,
        ),
        _flow(Flow.EXTENDED),
        "extended",
    ),
    Measure(
        Figure(
            key="cases.taken",
            label=_("Nhận bàn giao, trừ bàn giao đi"),
            definition=_("Hồ sơ đang mở chuyển đến hoặc đi trong kỳ do sắp xếp đơn vị."),
            formula=_("Nhận bàn giao − bàn giao đi"),
            by=(Dimension.UNIT, Dimension.FIELD, Dimension.CHANNEL, Dimension.MONTH),
        ),
        flows=lambda moved: Ratio(_net_taken(moved)),
    ),
    _count(
        Figure(
            key="cases.became_late",
            label=_("Thành quá hạn trong kỳ"),
            definition=_(
                "Số lần hồ sơ qua lời hẹn mà chưa có kết quả trong kỳ, dù sau đó đã xong hay chưa; hồ sơ đã quá hạn chuyển sang cơ quan khác được đếm lần nữa ở nơi nhận."
            ),
            formula=_("Đếm lần lời hẹn bị vỡ"),
            by=_BY,
        ),
        _flow(Flow.BECAME_LATE),
        "",
    ),
)

_LAST_DAY = ("cases.integrity.last_day", "cases.integrity.late_supplements", "cases.integrity.refiled")
SHARES = (
    _share(
        _of_share(
            "on_time_share",
            _("Đúng hạn trên hồ sơ phải có kết quả"),
            _(
                "Hồ sơ có kết quả trước hạn và đúng hạn, trên hồ sơ đã có kết quả cộng hồ sơ còn mở đã quá hạn: để quá hạn không làm đẹp số."
            ),
            _("[(8) + (9)] : [(7) + (13)]"),
            beside=_LAST_DAY,
        ),
        _kept,
        _owed,
        "kept",
    ),
    _share(
        _of_share(
            "on_time_of_done",
            _("Đúng hạn trên hồ sơ đã giải quyết"),
            _(
                "Hồ sơ có kết quả trước hạn và đúng hạn, trên hồ sơ đã giải quyết; cách tính của báo cáo thống kê, không thấy hồ sơ còn mở quá hạn."
            ),
            _("[(8) + (9)] : (7)"),
            clause=_FORM,
            beside=("cases.on_time_share", *_LAST_DAY),
        ),
        _kept,
        _done,
        "kept",
    ),
    _share(
        _of_share(
            "first_promise_kept",
            _("Đúng lời hẹn đầu"),
            _("Hồ sơ có kết quả không muộn hơn lời hẹn đầu tiên, trên hồ sơ đã có kết quả cộng hồ sơ còn mở đã quá hạn."),
            _("Đúng lời hẹn đầu : [(7) + (13)]"),
            beside=("cases.on_time_share",),
        ),
        _flow(Flow.FIRST_KEPT),
        _owed,
        "first_kept",
    ),
    _share(
        _of_share(
            "early_share", _("Trước hạn"), _("Hồ sơ có kết quả trước hạn, trên hồ sơ đã giải quyết."), _("(8) : (7)"), beside=_LAST_DAY
        ),
        _flow(Flow.EARLY),
        _done,
        "early",
    ),
    _share(
        _of_share(
            "extended_share",
            _("Phải gia hạn mới đúng hạn"),
            _("Hồ sơ đúng hạn sau gia hạn, trên hồ sơ đã giải quyết."),
            _("Đúng hạn sau gia hạn : (7)"),
        ),
        _flow(Flow.EXTENDED),
        _done,
        "extended",
    ),
    _share(
        _of_share(
            "late_share", _("Quá hạn trên hồ sơ đã giải quyết"), _("Hồ sơ có kết quả quá hạn, trên hồ sơ đã giải quyết."), _("(10) : (7)")
        ),
        _flow(Flow.LATE),
        _done,
        "late",
    ),
    _share(
        _of_share(
            "overdue_share",
            _("Quá hạn trên hồ sơ đang giải quyết"),
            _("Hồ sơ còn mở đã quá hạn, trên hồ sơ đang giải quyết lúc hết kỳ."),
            _("(13) : (11)"),
        ),
        _overdue,
        _open,
        "overdue",
    ),
    _share(
        _of_share(
            "online_share",
            _("Nộp trực tuyến"),
            _("Hồ sơ nộp trực tuyến, trên hồ sơ tiếp nhận trong kỳ. Cùng với nó phải xem ai thực sự nộp."),
            _("(4) : [(4) + (5)]"),
            clause="Nghị quyết 76/NQ-CP, mục tiêu 2025 và 2030",
            beside=(
                "cases.online_self_share",
                "cases.online_helped_share",
                "cases.online_agent_share",
                "cases.brought_by_another",
                "cases.integrity.one_phone",
            ),
        ),
        _online,
        _received,
        "online",
    ),
    _share(
        _of_share(
            "closed_share",
            _("Kết thúc không có kết quả"),
            _("Hồ sơ rút, dừng, từ chối trong kỳ, trên mọi hồ sơ kết thúc trong kỳ."),
            _("Kết thúc không có kết quả : [(7) + kết thúc không có kết quả]"),
        ),
        _flow(Flow.CLOSED),
        _flow(*DONE, Flow.CLOSED),
        "closed",
    ),
)
MEASURES = (*FORM, *MORE, *SHARES)
