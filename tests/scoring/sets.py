"""Small sets for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from cchc.scoring import api as scoring


def criterion(code: str, maximum: Any, group: str = "one", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"code": code, "name": code, "group": group, "max": maximum, "kind": "ratio", "scope": ["tinh"]}
    if more.get("kind", "ratio") in {"ratio", "linear_threshold"}:
        row["if_empty"] = "null"
    row |= {"code_origin": "ours", "source": "kiểm thử", "confidence": "ours", "if_empty_confidence": "ours"}
    return row | more


def data(*criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    groups: dict[str, Decimal] = {}
    for row in criteria:
        groups[row["group"]] = groups.get(row["group"], Decimal(0)) + row["max"]
    return {
        "code": "test",
        "name": "Bộ thử",
        "law": "không có",
        "since": date(2026, 1, 1),
        "max": sum(groups.values(), Decimal(0)),
        "places": 2,
        "sum_of": "rounded",
        "source": "kiểm thử",
        "confidence": "ours",
        "group": [
            {"code": code, "name": code, "short": code, "max": maximum, "source": "kiểm thử", "confidence": "ours"}
            for code, maximum in groups.items()
        ],
        "criterion": list(criteria),
    } | more


def small_set(*criteria: dict[str, Any], **more: Any) -> scoring.CriteriaSet:
    return scoring.parse_set(data(*criteria, **more))


def scored(criteria_set: scoring.CriteriaSet, **measures: scoring.Measure) -> scoring.Scored:
    return scoring.score(criteria_set, scoring.Facts("A", measures))
