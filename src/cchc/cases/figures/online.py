"""Who really files what is sent online: printed under the official share, so that typing for citizens does not beautify it."""

from cchc.cases.figures.counted import BY
from cchc.cases.figures.quality import SETS
from cchc.figures.api import Measure
from cchc.kernel.figures import Figure
from cchc.kernel.text import gettext_noop as _

_DOUBT = _("số đối chiếu của phần mềm, không có trong biểu mẫu; hồ sơ chưa ghi ai nộp không được đếm")
_BESIDE = ("cases.online_share", "cases.online_self_share", "cases.online_helped_share", "cases.online_agent_share")


def _share(name: str, label: str, definition: str, formula: str) -> Measure:
    key = f"cases.{name}_share"
    figure = Figure(
        key=key,
        label=label,
        definition=definition,
        formula=formula,
        unit="%",
        doubt=_DOUBT,
        by=BY,
        beside=tuple(other for other in _BESIDE if other != key),
    )
    return Measure(figure, count=SETS[name].count, part=name)


MEASURES = (
    _share(
        "online_self",
        _("Trực tuyến, tự nộp"),
        _("Hồ sơ nộp trực tuyến mà chủ hồ sơ tự nộp, trên hồ sơ nộp trực tuyến có ghi ai nộp, tiếp nhận trong kỳ."),
        _("Tự nộp : trực tuyến có ghi ai nộp"),
    ),
    _share(
        "online_helped",
        _("Trực tuyến, cán bộ hỗ trợ tại quầy"),
        _("Hồ sơ nộp trực tuyến mà cán bộ hỗ trợ nộp tại quầy, trên hồ sơ nộp trực tuyến có ghi ai nộp, tiếp nhận trong kỳ."),
        _("Cán bộ hỗ trợ : trực tuyến có ghi ai nộp"),
    ),
    _share(
        "online_agent",
        _("Trực tuyến, người khác nộp thay"),
        _(
            "Hồ sơ nộp trực tuyến do người được ủy quyền, đại lý dịch vụ công trực tuyến, bưu chính nộp thay, trên hồ sơ nộp trực tuyến có ghi ai nộp, tiếp nhận trong kỳ."
        ),
        _("Nộp thay : trực tuyến có ghi ai nộp"),
    ),
)
