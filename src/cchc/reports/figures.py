"""The figures that only forms need: what no module here counts is fed by imports, marked so, until its owner exists."""

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension, Figure
from cchc.kernel.text import gettext_noop as _
from cchc.reports.queries.definitions import read_definitions, reports_folder
from cchc.reports.terms import Confidence

OWN = "reports."


def register() -> None:
    """Register one figure for each key under ``reports.`` that a line of a form names."""
    for form in read_definitions(reports_folder()):
        columns = {column.key: column for column in form.given}
        doubt = next((mark.confidence for mark in form.marks if mark.confidence is not Confidence.SECONDARY), Confidence.UNVERIFIED)
        for line in form.lines:
            for column, source in line.sources.items():
                if source.figure.startswith(OWN):
                    figure = Figure(
                        key=source.figure,
                        label=f"{columns[column].phrase}: {line.label}",
                        definition=_("Số do đơn vị hoặc hệ thống khác thống kê cho đúng đơn vị và kỳ này, nhập vào từ tệp."),
                        formula=_("Như nguồn công bố"),
                        doubt=doubt.label,
                        by=(Dimension.UNIT,),
                        imported=True,
                    )
                    figures.register(figures.Measure(figure, count=figures.imported(source.figure)))
