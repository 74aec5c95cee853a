"""The criteria of the service index as figures: what no module here measures yet is fed by imports, marked so."""

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension, Figure, Zero
from cchc.kernel.text import gettext_noop as _
from cchc.scoring.queries.reference import reference_set
from cchc.scoring.rules.kinds import RatioRule
from cchc.scoring.terms import IfEmpty

SET = "qd766"
_ZEROS = {IfEmpty.LEFT_OUT: Zero.NONE, IfEmpty.ZERO: Zero.NOUGHT, IfEmpty.FULL: Zero.FULL, IfEmpty.POINTS: Zero.NONE}


# Evidence is kept by a module that is not built yet; it will take this key over and count.
EVIDENCE_AFTER_PERIOD = Figure(
    key="scoring.integrity.evidence_after_period",
    label=_("Minh chứng ghi ngày sau kỳ"),
    definition=_(
        "Tài liệu minh chứng ghi ngày sau ngày cuối của kỳ được chấm, trên mọi tài liệu minh chứng đã nộp cho kỳ ấy. Số do cơ quan chấm điểm nhập vào từ tệp; chưa đếm được ở đây."
    ),
    formula=_("Ghi ngày sau kỳ : mọi minh chứng của kỳ"),
    unit="%",
    doubt=_("số đối chiếu của phần mềm, không có trong biểu mẫu; tài liệu lập muộn có thể có lý do chính đáng"),
    zero=Zero.NONE,
    by=(Dimension.UNIT,),
    imported=True,
)


def register() -> None:
    """Register what is fed by imports: one figure for each criterion that is not measured here, and evidence dated after its period."""
    figures.register(figures.Measure(EVIDENCE_AFTER_PERIOD, count=figures.imported(EVIDENCE_AFTER_PERIOD.key)))
    for criterion in reference_set(SET).criteria:
        if criterion.figure or not isinstance(criterion.rule, RatioRule):
            continue
        key = f"{SET}.{criterion.code}"
        figure = Figure(
            key=key,
            label=criterion.name,
            definition=_("Số do hệ thống khác công bố cho đúng đơn vị và kỳ này, nhập vào từ tệp; chưa đếm được từ hồ sơ ở đây."),
            formula=_("Tử số : mẫu số, như nguồn công bố"),
            unit="%",
            clause=f"Quyết định 766/QĐ-TTg, {criterion.clause}" if criterion.clause else "Quyết định 766/QĐ-TTg",
            doubt=criterion.source,
            zero=_ZEROS[criterion.rule.if_empty],
            by=(Dimension.UNIT,),
            imported=True,
        )
        figures.register(figures.Measure(figure, count=figures.imported(key)))
