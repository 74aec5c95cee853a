"""Facts from a file: ``unit,metric,numerator,denominator``, a row for each unit and criterion."""

from dataclasses import dataclass

from cchc.kernel.errors import Invalid
from cchc.scoring.rules.kinds import Measure, Ratio
from cchc.scoring.rules.scoring import Facts
from cchc.scoring.rules.sets import CriteriaSet
from cchc.scoring.rules.tables import Row, read_table, whole

COLUMNS = ("unit", "metric", "numerator", "denominator")


@dataclass(frozen=True)
class FactsFile:
    """The facts by unit, in the order in which the file names the units first, and what a person should look at."""

    units: tuple[Facts, ...]
    warnings: tuple[str, ...]


def parse_facts(text: str, criteria_set: CriteriaSet) -> FactsFile:
    """Return the facts of a CSV text; ``Invalid`` names every line and column that is wrong.

    A numerator above its denominator is taken, because the portal's own counting can give one (the satisfied petitions are counted
    out of all, their denominator has the handled ones only), and told as a warning: points stop at the maximum.
    """
    table = read_table(text, COLUMNS)
    problems = dict(table.problems)
    units: dict[str, dict[str, Measure]] = {}
    lines: dict[tuple[str, str], int] = {}
    warnings: list[str] = []
    for row in table.rows:
        ratio = _ratio(row, criteria_set, problems)
        unit, metric = row.cells["unit"], row.cells["metric"]
        first = lines.setdefault((unit, metric), row.line)
        if first != row.line and unit and metric:
            problems[f"{row.line}.metric"] = f"Dòng {row.line}, cột metric: «{unit}» đã có «{metric}» ở dòng {first}. Hãy giữ một dòng."
        if ratio is None:
            continue
        units.setdefault(unit, {})[metric] = ratio
        if ratio.numerator > ratio.denominator:
            warnings.append(_above(row, ratio))
    if not table.rows and not problems:
        problems["rows"] = "Tệp không có dòng số liệu nào."
    if problems:
        raise Invalid(problems)
    return FactsFile(tuple(Facts(unit, measures) for unit, measures in units.items()), tuple(warnings))


def _ratio(row: Row, criteria_set: CriteriaSet, problems: dict[str, str]) -> Ratio | None:
    """Return the numbers of a row, or nothing and what is wrong with it."""
    before = len(problems)
    if not row.cells["unit"]:
        problems[f"{row.line}.unit"] = f"Dòng {row.line}, cột unit: thiếu mã đơn vị."
    metric = row.cells["metric"]
    if not criteria_set.find(metric):
        why = f"không có chỉ tiêu «{metric}» trong bộ {criteria_set.law}." if metric else "thiếu mã chỉ tiêu."
        problems[f"{row.line}.metric"] = f"Dòng {row.line}, cột metric: {why}"
    numerator, denominator = whole(row, "numerator", problems), whole(row, "denominator", problems)
    if len(problems) > before or numerator is None or denominator is None:
        return None
    return Ratio(numerator, denominator)


def _above(row: Row, ratio: Ratio) -> str:
    what = f"«{row.cells['metric']}» của «{row.cells['unit']}» có tử số {ratio.numerator} lớn hơn mẫu số {ratio.denominator}"
    effect = "điểm dừng ở mức tối đa" if ratio.denominator else "mẫu số 0 nên chấm như không có gì để đo"
    return f"Dòng {row.line}: {what}; {effect}. Hãy xem lại số liệu."
