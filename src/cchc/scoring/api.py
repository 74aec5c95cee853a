"""The face of scoring.

Sets, rules and points are values and need no database; ``reference_set`` reads the reference files. Points are ``Decimal``,
rounded as the set says; nothing here is a binary float.
"""

from cchc.scoring.queries.measured import scored_below, scored_unit
from cchc.scoring.queries.reference import reference_set
from cchc.scoring.rules.comparison import Difference, Published, compare, parse_published
from cchc.scoring.rules.facts import FactsFile, parse_facts
from cchc.scoring.rules.kinds import Count, Level, Measure, Ratio
from cchc.scoring.rules.ranks import ranks
from cchc.scoring.rules.rounding import rounded
from cchc.scoring.rules.scoring import Facts, Scored, score
from cchc.scoring.rules.sets import CriteriaSet, Criterion, Group, parse_set
from cchc.scoring.terms import CodeOrigin, Confidence, IfEmpty, RankMethod, RuleKind, Scope, SumOf, YesNo

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "CodeOrigin",
    "Confidence",
    "Count",
    "CriteriaSet",
    "Criterion",
    "Difference",
    "Facts",
    "FactsFile",
    "Group",
    "IfEmpty",
    "Level",
    "Measure",
    "Published",
    "RankMethod",
    "Ratio",
    "RuleKind",
    "Scope",
    "Scored",
    "SumOf",
    "YesNo",
    "compare",
    "parse_facts",
    "parse_published",
    "parse_set",
    "ranks",
    "reference_set",
    "rounded",
    "score",
    "scored_below",
    "scored_unit",
]
