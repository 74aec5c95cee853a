"""The portal's list of metrics beside our set: the same codes, maxima, scopes and groups."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from cchc.scoring import api as scoring

LIST = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "rules" / "metrics_766.csv"

pytestmark = pytest.mark.skipif(not LIST.exists(), reason="not run: the shared list of metrics of the service index is not on this machine")

GROUPS = {
    "Công khai, minh bạch": "transparency",
    "Tiến độ giải quyết": "progress",
    "Dịch vụ công trực tuyến": "online",
    "Thanh toán trực tuyến": "payment",
    "Số hoá hồ sơ": "digitisation",
    "Mức độ hài lòng": "satisfaction",
}


def theirs() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_code_of_the_portal_is_ours_and_no_other_is_said_to_be() -> None:
    ours = {
        each.code: (each.group, each.maximum, len(each.scope))
        for each in scoring.reference_set("qd766").criteria
        if each.code_origin is scoring.CodeOrigin.PORTAL
    }
    assert ours == {
        row["metric_code"]: (GROUPS[row["group"]], Decimal(row["max_score"]), len(row["scope"].split(",")))
        for row in theirs()
        if row["metric_code"]
    }


def test_groups_have_the_maxima_of_the_portal() -> None:
    sums: dict[str, Decimal] = {}
    for row in theirs():
        sums[GROUPS[row["group"]]] = sums.get(GROUPS[row["group"]], Decimal(0)) + Decimal(row["max_score"] or 0)
    assert sums == {group.code: group.maximum for group in scoring.reference_set("qd766").groups}
