"""How many working days results take: the middle file, and the one that nine of ten are no slower than.

Beside the share on time they say what a promise hides: a long term is easily kept.
"""

from collections.abc import Callable, Mapping

from django.db.models import F

from cchc.cases.figures.counted import BY, Key, median, part
from cchc.cases.figures.parts import spells_in
from cchc.figures.api import Asked, Measure, Ratio
from cchc.kernel.figures import Figure
from cchc.kernel.text import gettext_noop as _

MEDIAN, NINE_OF_TEN = 0.5, 0.9
_DOUBT = _(
    "số của phần mềm, không có trong biểu mẫu; đếm theo lịch làm việc lúc có kết quả, hồ sơ của sổ cũ đếm theo khung giờ chung và không trừ được thời gian chờ"
)


def _days(at: float) -> Callable[[Asked], Mapping[Key, Ratio]]:
    def count(asked: Asked) -> Mapping[Key, Ratio]:
        return median(spells_in(part("done"), asked), asked, "ends", F("working_days"), at=at)

    return count


def _measure(key: str, label: str, definition: str, formula: str, *, at: float, beside: tuple[str, ...]) -> Measure:
    figure = Figure(
        key=f"cases.{key}",
        label=label,
        definition=definition,
        formula=formula,
        unit=_("ngày làm việc"),
        doubt=_DOUBT,
        by=BY,
        beside=beside,
    )
    return Measure(figure, count=_days(at), part="done")


MEASURES = (
    _measure(
        "working_days_median",
        _("Số ngày làm việc đến khi có kết quả, trung vị"),
        _(
            "Một nửa số hồ sơ có kết quả trong kỳ xong trong chừng ấy ngày làm việc kể từ khi tiếp nhận, ngày tiếp nhận không tính; không kể thời gian chờ bổ sung và chờ nghĩa vụ tài chính."
        ),
        _("Trung vị (số ngày làm việc từ tiếp nhận đến có kết quả − số ngày chờ người nộp)"),
        at=MEDIAN,
        beside=("cases.working_days_p90", "cases.on_time_share"),
    ),
    _measure(
        "working_days_p90",
        _("Số ngày làm việc đến khi có kết quả, 9 trên 10 hồ sơ"),
        _(
            "Chín phần mười hồ sơ có kết quả trong kỳ xong trong chừng ấy ngày làm việc kể từ khi tiếp nhận, ngày tiếp nhận không tính; không kể thời gian chờ bổ sung và chờ nghĩa vụ tài chính."
        ),
        _("Phân vị thứ 90 (số ngày làm việc từ tiếp nhận đến có kết quả − số ngày chờ người nộp)"),
        at=NINE_OF_TEN,
        beside=("cases.working_days_median", "cases.on_time_share"),
    ),
)
