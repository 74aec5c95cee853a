"""The face of scoring.

Sets, rules and points are values and need no database; ``reference_set`` reads the reference files. Points are ``Decimal``,
rounded as the set says; nothing here is a binary float. What is computed from figures is kept by period; ``index_of`` reads it.
"""

from cchc.scoring.operations.computing import compute, compute_ended, compute_running
from cchc.scoring.operations.publishing import PublishedFile, import_published, read_published
from cchc.scoring.queries.comparing import Compared, PublishedKept, PublishedValue, compared, last_published, published_scores
from cchc.scoring.queries.measured import Ranked, key_of, scored_unit, scored_units
from cchc.scoring.queries.reference import reference_set
from cchc.scoring.queries.scores import Index, Mark, Standing, UnitScore, index_of, scores_of
from cchc.scoring.rules.comparison import Difference, Published, compare, parse_published
from cchc.scoring.rules.facts import FactsFile, parse_facts
from cchc.scoring.rules.kinds import Count, Level, Measure, Ratio
from cchc.scoring.rules.losses import Loss, losses
from cchc.scoring.rules.periods import IndexPeriod, ended, running
from cchc.scoring.rules.ranks import ranks
from cchc.scoring.rules.rounding import rounded
from cchc.scoring.rules.scoring import Facts, Scored, score
from cchc.scoring.rules.sets import CriteriaSet, Criterion, Group, parse_set
from cchc.scoring.terms import CodeOrigin, Confidence, Counted, IfEmpty, PeriodKind, RankMethod, RuleKind, Scope, SumOf, Why, YesNo

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "CodeOrigin",
    "Compared",
    "Confidence",
    "Count",
    "Counted",
    "CriteriaSet",
    "Criterion",
    "Difference",
    "Facts",
    "FactsFile",
    "Group",
    "IfEmpty",
    "Index",
    "IndexPeriod",
    "Level",
    "Loss",
    "Mark",
    "Measure",
    "PeriodKind",
    "Published",
    "PublishedFile",
    "PublishedKept",
    "PublishedValue",
    "RankMethod",
    "Ranked",
    "Ratio",
    "RuleKind",
    "Scope",
    "Scored",
    "Standing",
    "SumOf",
    "UnitScore",
    "Why",
    "YesNo",
    "compare",
    "compared",
    "compute",
    "compute_ended",
    "compute_running",
    "ended",
    "import_published",
    "index_of",
    "key_of",
    "last_published",
    "losses",
    "parse_facts",
    "parse_published",
    "parse_set",
    "published_scores",
    "ranks",
    "read_published",
    "reference_set",
    "rounded",
    "running",
    "score",
    "scored_unit",
    "scored_units",
    "scores_of",
]
