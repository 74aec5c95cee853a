"""The criteria of the service index as figures: what no module here measures yet is fed by imports, marked so."""

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension, Figure, Zero
from cchc.kernel.text import gettext_noop as _
from cchc.scoring.queries.reference import reference_set
from cchc.scoring.rules.kinds import RatioRule
from cchc.scoring.terms import IfEmpty

SET = "qd766"
_ZEROS = {IfEmpty.LEFT_OUT: Zero.NONE, IfEmpty.ZERO: Zero.NOUGHT, IfEmpty.FULL: Zero.FULL, IfEmpty.POINTS: Zero.NONE}


def register() -> None:
    """Register one figure for each criterion that is not measured here."""
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
