"""The real published files, where they are: everything is imported, and what is left to a person is printed."""

import csv
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.procedures import api
from cchc.procedures.models import Version
from cchc.procedures.rules.portal import channel_rows

HERE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "here-only" / "procedures"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not HERE.exists(), reason=f"không chạy: thiếu thư mục dữ liệu {HERE.parent.name}/{HERE.name} bên cạnh kho mã"),
]
FILES = ("danh-sach-tthc-BoCongAn.xlsx", "procedures.jsonl", "danh-sach-tthc-BoTuPhap.xlsx")
_CHANNELS = {"Trực tuyến": "online", "Trực tiếp": "counter", "Dịch vụ bưu chính": "post"}


def take() -> api.ImportReport:
    return api.import_procedures(
        actor=Actor.system("kiểm thử"),
        at=datetime(2026, 11, 23, 8, tzinfo=VIETNAM),
        files=[HERE / name for name in FILES],
        progress=lambda _line: None,
    )


def test_all_files_are_imported_and_twice_adds_nothing() -> None:
    report = take()
    assert (report.rows, report.refused) == (205 + 339 + 271, [])
    assert report.taken + report.unchanged == report.rows
    assert report.terms_read >= 440
    assert report.fees_read >= 320
    kinds = Counter(item.what for item in report.left_to_person)
    assert kinds["fee"] == report.fees - report.fees_read
    assert kinds["term"] >= report.terms - report.terms_read
    print(f"\nthời hạn đọc được {report.terms_read}/{report.terms}; phí, lệ phí đọc được {report.fees_read}/{report.fees}")
    print(f"để người rà soát: {dict(kinds)}")
    for item in report.left_to_person:
        print(f"  {item.code} {item.what} {item.channel or '-'}: «{item.raw[:120]}» {item.why}")
    count = Version.objects.count()
    again = take()
    assert (again.taken, again.unchanged, Version.objects.count()) == (0, report.rows, count)


def test_the_channels_and_terms_are_those_of_the_independent_table() -> None:
    """``channel_deadline_fee.csv`` was taken from the same texts by another hand; glued cells it splits elsewhere."""
    with (HERE / "channel_deadline_fee.csv").open(encoding="utf-8") as file:
        theirs: dict[str, list[tuple[str, str]]] = {}
        for row in csv.DictReader(file):
            theirs.setdefault(row["ma_thu_tuc"], []).append((_CHANNELS[row["kenh_nop"]], row["thoi_han_raw"]))
    checked = 0
    with (HERE / "procedures.jsonl").open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            rows = channel_rows(record["cach_thuc_thuc_hien"])
            ours = [(row.channel.value, row.term.split(" ")[0] if row.is_glued else row.term) for row in rows]
            if record["ma_thu_tuc"] in theirs:
                assert ours == theirs[record["ma_thu_tuc"]], record["ma_thu_tuc"]
                checked += len(ours)
    assert checked == 562


def test_where_the_independent_table_has_an_amount_ours_is_the_same_or_left_to_a_person() -> None:
    report = take()
    left = {(item.code, item.channel) for item in report.left_to_person if item.what == "fee"}
    seeded = set(Version.objects.exclude(confidence=api.Confidence.IMPORTED).values_list("procedure__code", flat=True))
    with (HERE / "channel_deadline_fee.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["phi_vnd"] and row["ma_thu_tuc"] not in seeded]
    different = []
    for row in rows:
        channel = _CHANNELS[row["kenh_nop"]]
        if (row["ma_thu_tuc"], channel) not in left:
            view = api.versions_of(row["ma_thu_tuc"])[0]
            amounts = {fee.amount for fee in view.fees if fee.channel == channel}
            if int(float(row["phi_vnd"])) not in amounts:
                different.append((row["ma_thu_tuc"], channel, row["phi_vnd"], amounts))
    assert different == []
    assert len(rows) > 25
