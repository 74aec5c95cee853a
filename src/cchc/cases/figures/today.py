"""The numbers this module owns. Each is one set of cases: counted on the page, opened by a click, never computed twice."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Value

from cchc.cases.models import Case
from cchc.cases.queries import sets
from cchc.cases.queries.lists import CaseRow, page_of
from cchc.cases.terms import Stage, Step
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.figures import Figure
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop as _

RECEIVED_TODAY = Figure(
    key="cases.received_today",
    label=_("Đã tiếp nhận hôm nay"),
    definition=_("Hồ sơ đã tiếp nhận đủ, đúng trong ngày hôm nay; gồm cả hồ sơ giải quyết ngay tại quầy."),
    formula=_("Đếm hồ sơ có ngày tiếp nhận là hôm nay"),
    clause="khoản 3 Điều 17 Nghị định 118/2025/NĐ-CP",
)
RETURNED_TODAY = Figure(
    key="cases.returned_today",
    label=_("Đã trả kết quả hôm nay"),
    definition=_("Hồ sơ đã trả kết quả cho người nộp trong ngày hôm nay."),
    formula=_("Đếm hồ sơ có ngày trả kết quả là hôm nay"),
    clause="Điều 20 Nghị định 61/2018/NĐ-CP (thay cho Nghị định 118/2025/NĐ-CP, chưa đọc được)",
)
TO_FORWARD = Figure(
    key="cases.to_forward",
    label=_("Chờ chuyển xử lý"),
    definition=_("Hồ sơ đã tiếp nhận, còn ở quầy, chưa chuyển cho nơi xử lý."),
    formula=_("Đếm hồ sơ ở bước Chuyển xử lý lúc này"),
    clause="khoản 2 Điều 18 Nghị định 118/2025/NĐ-CP",
)
READY = Figure(
    key="cases.ready",
    label=_("Có kết quả, chờ trả"),
    definition=_("Hồ sơ đã ký kết quả, người nộp chưa đến nhận."),
    formula=_("Đếm hồ sơ ở bước Trả kết quả lúc này"),
)
LATE_NOW = Figure(
    key="cases.late_now",
    label=_("Quá hạn, chưa có kết quả"),
    definition=_("Hồ sơ đã qua ngày hẹn (hoặc giờ hẹn, với thời hạn tính bằng giờ) mà chưa có kết quả."),
    formula=_("Đếm hồ sơ chưa giải quyết xong, đã qua hẹn lúc này"),
    clause="Quyết định 766/QĐ-TTg, nhóm Tiến độ giải quyết",
)

_SETS: dict[str, tuple[Figure, Callable[[datetime], Q]]] = {
    RECEIVED_TODAY.key: (RECEIVED_TODAY, lambda at: sets.accepted_on(local_date(at))),
    RETURNED_TODAY.key: (RETURNED_TODAY, lambda at: sets.returned_on(local_date(at))),
    TO_FORWARD.key: (TO_FORWARD, lambda _at: Q(stage=Stage.ACCEPTED, step=Step.FORWARD)),
    READY.key: (READY, lambda _at: Q(stage=Stage.FINISHED)),
    LATE_NOW.key: (LATE_NOW, sets.late),
}
_KEPT = "kept"


@dataclass(frozen=True)
class FigureValue:
    """A figure with its value and the instant it holds for. ``kept`` is how many of them kept their promise, where that means something."""

    figure: Figure
    value: int
    at: datetime
    kept: int | None = None


def today(*, actor: Actor, at: datetime) -> tuple[FigureValue, ...]:
    """Return today's numbers of the actor's agency. Needs ``cases:case:read``. One query, each set counted by its own index."""
    actor.must("cases:case:read")
    agency = Case.objects.of_agencies(actor.units).order_by()
    sets_of = {key: agency.filter(pick(at)) for key, (_figure, pick) in _SETS.items()}
    sets_of[_KEPT] = sets_of[RETURNED_TODAY.key].filter(sets.KEPT_PROMISE)
    first, *others = [found.values(key=Value(key)).annotate(number=Count("*")) for key, found in sets_of.items()]
    # A set with nothing in it has no line.
    numbers = Counter({line["key"]: line["number"] for line in first.union(*others, all=True)})
    return tuple(
        FigureValue(figure=figure, value=numbers[key], at=at, kept=numbers[_KEPT] if figure is RETURNED_TODAY else None)
        for key, (figure, _pick) in _SETS.items()
    )


def figure(key: str) -> Figure:
    """Return the declaration of a figure of this module; raise ``NotFound``."""
    if key not in _SETS:
        raise NotFound(f"Không có số liệu «{key}».")
    return _SETS[key][0]


def records(*, key: str, actor: Actor, at: datetime, before: int | None = None) -> tuple[tuple[CaseRow, ...], int | None]:
    """Return a page of the very cases behind a figure, and the key of the next page."""
    actor.must("cases:case:read")
    if key not in _SETS:
        raise NotFound(f"Không có số liệu «{key}».")
    return page_of(Case.objects.of_agencies(actor.units).filter(_SETS[key][1](at)), at=at, before=before)
