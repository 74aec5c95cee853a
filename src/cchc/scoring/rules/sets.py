"""Sets of criteria as values, read from data and checked whole: one typed maximum too many is found before anybody is scored.

The data is what a TOML file holds, its numbers read as ``Decimal``. All problems are told at once (``Invalid``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc.kernel.errors import Invalid, Refused
from cchc.scoring.rules.kinds import KINDS, Measure, Ratio, Rule
from cchc.scoring.terms import CodeOrigin, Confidence, Counted, RuleKind, Scope, SumOf

# Points are never printed finer.
MOST_PLACES = 6


@dataclass(frozen=True)
class Group:
    """A field of the set. ``short`` heads a column."""

    code: str
    name: str
    short: str
    maximum: Decimal
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Criterion:
    """A criterion with its rule. A maximum of zero means that it is watched only and never scored.

    ``clause`` is the number in the set's document, as far as it is known; ``if_empty_confidence`` says how far the rule of an
    empty denominator can be trusted, ``confidence`` the maximum and the rest of the rule. ``figure`` is the key of our own figure that
    measures it; without one it is measured by imported values. ``opens`` is the key of the figure that opens what is missing, where we
    count that; ``counts`` says what is counted.
    """

    code: str
    name: str
    group: str
    maximum: Decimal
    kind: RuleKind
    rule: Rule
    scope: tuple[Scope, ...]
    clause: str
    code_origin: CodeOrigin
    source: str
    confidence: Confidence
    if_empty_confidence: Confidence
    figure: str = ""
    opens: str = ""
    counts: Counted = Counted.DOSSIER

    @property
    def information_only(self) -> bool:
        """Whether it is shown but has no points."""
        return self.maximum == 0


@dataclass(frozen=True)
class CriteriaSet:
    """A set: groups and criteria in the order of the document, how points are rounded and what is added up."""

    code: str
    name: str
    law: str
    since: date
    maximum: Decimal
    places: int
    sum_of: SumOf
    source: str
    confidence: Confidence
    groups: tuple[Group, ...]
    criteria: tuple[Criterion, ...]

    def find(self, code: str) -> Criterion | None:
        """Return the criterion with this code."""
        return next((criterion for criterion in self.criteria if criterion.code == code), None)

    def of_group(self, code: str) -> tuple[Criterion, ...]:
        """Return the criteria of a group."""
        return tuple(criterion for criterion in self.criteria if criterion.group == code)

    def fewest(self, measures: Mapping[str, Measure]) -> int:
        """Return the smallest denominator that is counted here and is not nought; nought where nothing is counted.

        What others published is not looked at: it is theirs to hide.
        """
        own = [measures.get(criterion.code) for criterion in self.criteria if criterion.figure]
        return min((ratio.denominator for ratio in own if isinstance(ratio, Ratio) and ratio.denominator), default=0)


def parse_set(data: Mapping[str, object]) -> CriteriaSet:
    """Return the set of the data; ``Invalid`` names everything that is wrong, by the place where it stands.

    Maxima of criteria must add up to their group's, maxima of groups to the set's: «10.05» typed for «10.5» is refused.
    """
    problems: dict[str, str] = {}
    groups = [group for row in _rows(data, "group", problems) if (group := _group(row, problems))]
    criteria = [criterion for row in _rows(data, "criterion", problems) if (criterion := _criterion(row, problems))]
    whole = _whole(data, groups, criteria, problems)
    if not problems:
        _check_codes(groups, criteria, problems)
    if not problems and whole:
        _check_sums(whole, problems)
    if problems or not whole:
        raise Invalid(problems)
    return whole


def _whole(data: Mapping[str, object], groups: list[Group], criteria: list[Criterion], problems: dict[str, str]) -> CriteriaSet | None:
    try:
        places = data.get("places")
        if not isinstance(places, int) or isinstance(places, bool) or not 0 <= places <= MOST_PLACES:
            raise Refused(f"«places» phải là số nguyên từ 0 đến {MOST_PLACES}.")
        since = data.get("since")
        if not isinstance(since, date):
            raise Refused("«since» phải là ngày, ví dụ 2022-06-23.")
        return CriteriaSet(
            code=_text(data, "code"),
            name=_text(data, "name"),
            law=_text(data, "law"),
            since=since,
            maximum=_maximum(data),
            places=places,
            sum_of=SumOf(_word(data, "sum_of", SumOf.values())),
            source=_text(data, "source"),
            confidence=Confidence(_word(data, "confidence", Confidence.values())),
            groups=tuple(groups),
            criteria=tuple(criteria),
        )
    except Refused as refusal:
        problems["set"] = f"Bộ tiêu chí: {refusal.message}"
        return None


def _group(row: Mapping[str, object], problems: dict[str, str]) -> Group | None:
    try:
        return Group(
            code=_text(row, "code"),
            name=_text(row, "name"),
            short=_text(row, "short"),
            maximum=_maximum(row),
            source=_text(row, "source"),
            confidence=Confidence(_word(row, "confidence", Confidence.values())),
        )
    except Refused as refusal:
        problems[f"group {row.get('code', len(problems))}"] = f"Nhóm «{row.get('code', '')}»: {refusal.message}"
        return None


def _criterion(row: Mapping[str, object], problems: dict[str, str]) -> Criterion | None:
    try:
        maximum = _maximum(row)
        kind = RuleKind(_word(row, "kind", RuleKind.values()))
        scope = row.get("scope")
        if not isinstance(scope, Sequence) or not scope or not all(word in Scope.values() for word in scope):
            raise Refused(f"«scope» phải là danh sách gồm: {', '.join(Scope.values())}.")
        return Criterion(
            code=_text(row, "code"),
            name=_text(row, "name"),
            group=_text(row, "group"),
            maximum=maximum,
            kind=kind,
            rule=KINDS[kind].parse(row, maximum),
            scope=tuple(Scope(word) for word in scope),
            clause=str(row.get("clause", "")),
            code_origin=CodeOrigin(_word(row, "code_origin", CodeOrigin.values())),
            source=_text(row, "source"),
            confidence=Confidence(_word(row, "confidence", Confidence.values())),
            if_empty_confidence=Confidence(_word(row, "if_empty_confidence", Confidence.values())),
            figure=str(row.get("figure", "")),
            opens=str(row.get("opens", "")),
            counts=Counted(_word(row, "counts", Counted.values())) if "counts" in row else Counted.DOSSIER,
        )
    except Refused as refusal:
        problems[f"criterion {row.get('code', len(problems))}"] = f"Tiêu chí «{row.get('code', '')}»: {refusal.message}"
        return None


def _check_codes(groups: list[Group], criteria: list[Criterion], problems: dict[str, str]) -> None:
    codes = [*(group.code for group in groups), *(criterion.code for criterion in criteria)]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        problems[f"code {code}"] = f"Mã «{code}» dùng hai lần."
    known = {group.code for group in groups}
    for criterion in criteria:
        if criterion.group not in known:
            problems[f"criterion {criterion.code}"] = f"Tiêu chí «{criterion.code}» thuộc nhóm «{criterion.group}» không có trong bộ."


def _check_sums(whole: CriteriaSet, problems: dict[str, str]) -> None:
    for group in whole.groups:
        found = sum((criterion.maximum for criterion in whole.of_group(group.code)), Decimal(0))
        if found != group.maximum:
            problems[f"group {group.code}"] = f"Nhóm «{group.name}» ghi tối đa {group.maximum}, các tiêu chí cộng lại được {found}."
    found = sum((group.maximum for group in whole.groups), Decimal(0))
    if found != whole.maximum:
        problems["set"] = f"Bộ tiêu chí ghi tối đa {whole.maximum}, các nhóm cộng lại được {found}."


def _rows(data: Mapping[str, object], key: str, problems: dict[str, str]) -> list[Mapping[str, object]]:
    rows = data.get(key)
    if isinstance(rows, Sequence) and rows and all(isinstance(row, Mapping) for row in rows):
        return list(rows)
    problems[key] = f"Bộ tiêu chí cần ít nhất một [[{key}]]."
    return []


def _maximum(row: Mapping[str, object]) -> Decimal:
    """Return ``max``. A binary float is refused: numbers are read as decimals, so that 10.05 stays 10.05."""
    value = row.get("max")
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise Refused("«max» phải là số thập phân không âm.")
    return value


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"thiếu «{key}».")
    return value.strip()


def _word(row: Mapping[str, object], key: str, words: list[str]) -> str:
    value = _text(row, key)
    if value not in words:
        raise Refused(f"«{key}» phải là một trong: {', '.join(words)}.")
    return value
