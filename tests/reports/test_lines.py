"""Forms whose rows are named by the form, fed by imported values and marked so; and the register, which names people."""

import copy
import tomllib
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.reports import api as reports
from tests.reports.acting import OPEN, QUARTER, Tiers
from tests.world import NOW

_SYSTEM = Actor.system("nhập số liệu kiểm thử")
FOLDER = settings.SEEDS / "reference" / "reports"


def data(key: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / key / "definition.toml").read_text(encoding="utf-8"))


def refused(change: Any) -> str:
    given = copy.deepcopy(data("payment"))
    change(given)
    with pytest.raises(reports.BadDefinition) as caught:
        reports.parse(given)
    return str(caught.value)


def test_a_line_names_the_figures_of_exactly_its_columns() -> None:
    assert "phải ghi số liệu của đúng các cột: reached, whole" in refused(lambda given: given["lines"][0]["figures"].pop("whole"))
    assert "hai dòng cùng key" in refused(lambda given: given["lines"].append(given["lines"][0]))
    assert "không ghi figure ở cột" in refused(lambda given: given["columns"][2].update(figure="cases.received"))


@pytest.mark.parametrize("key", ["feedback", "digitisation", "payment", "lateness_causes"])
def test_every_figure_of_a_line_is_registered_and_imported(key: str) -> None:
    form = reports.definition_on(key, date(2026, 12, 14))
    named = {source.figure for line in form.lines for source in line.sources.values()}
    assert named
    assert all(figures.measure(name).figure.imported for name in named)


def imported(*rows: str) -> None:
    text = "key,unit,from,to,numerator,denominator\n" + "".join(f"{row}\n" for row in rows)
    figures.import_values(actor=_SYSTEM, at=NOW, content=text.encode(), source="Cổng Dịch vụ công quốc gia, 16/12/2026")


def filled(tiers: Tiers, key: str) -> dict[str, list[object]]:
    form = reports.statutory(key, unit=tiers.office.world.commune, period=QUARTER, at=OPEN)
    return {row.key: list(row.cells.values())[2:] for row in form.rows}


@pytest.mark.django_db
def test_what_nobody_knows_is_empty_and_what_was_imported_says_so(tiers: Tiers) -> None:
    assert filled(tiers, "payment")["files"] == [None, None, None, "Chưa có số liệu"]
    imported("qd766.PAID_ONLINE_DOSSIER,18313,2026-09-15,2026-12-14,30,40", "qd766.PAID_ONLINE_FORMALITY,18313,2026-09-15,2026-12-14,0,0")
    found = filled(tiers, "payment")
    assert found["files"] == [40, 30, 10, "Nhập từ nguồn khác"]
    assert found["used"] == [0, 0, 0, "Nhập từ nguồn khác"]
    assert found["ready"] == [None, None, None, "Chưa có số liệu"]
    form = reports.statutory("payment", unit=tiers.office.world.commune, period=QUARTER, at=OPEN)
    assert any("do hệ thống khác công bố" in note for note in form.notes)
    assert any(note.startswith("Chưa có số liệu: Thủ tục có nghĩa vụ tài chính") for note in form.notes)


@pytest.mark.django_db
def test_causes_of_lateness_are_added_up(tiers: Tiers) -> None:
    imported(
        *(
            f"reports.late_cause.{key}.{part},18313,2026-09-15,2026-12-14,2,"
            for key in ("policy", "coordination")
            for part in ("done", "open")
        )
    )
    form = reports.statutory("lateness_causes", unit=tiers.office.world.commune, period=QUARTER, at=OPEN)
    assert form.totals is not None
    assert list(form.totals.cells.values())[2:5] == [8, 4, 4]


@pytest.mark.django_db
def test_the_register_is_of_the_own_agency_and_is_not_locked(tiers: Tiers) -> None:
    commune = tiers.office.world.commune
    form = reports.statutory("register", unit=commune, period=QUARTER, at=OPEN, actor=tiers.actor("thu"))
    assert len(form.rows) == 10
    assert form.rows[0].cells["owner"] == "Đỗ Thị Bích Ngọc"
    assert form.rows[0].cells["method"]
    with pytest.raises(Refused, match="chỉ lập cho cơ quan mình"):
        reports.statutory("register", unit=commune, period=QUARTER, at=OPEN, actor=tiers.actor("hanh"))
    with pytest.raises(Refused, match="ghi tên người nộp nên không chốt"):
        reports.lock_report(actor=tiers.actor("thu"), at=OPEN, key="register", period=QUARTER)


@pytest.mark.django_db
def test_an_imported_form_is_locked_and_thawed_like_any_other(tiers: Tiers) -> None:
    imported("qd766.PAID_ONLINE_DOSSIER,18313,2026-09-15,2026-12-14,30,40")
    code = reports.lock_report(actor=tiers.actor("thu"), at=OPEN, key="payment", period=QUARTER)
    imported("qd766.PAID_ONLINE_DOSSIER,18313,2026-09-15,2026-12-14,31,40")
    seen = reports.report(code, actor=tiers.actor("thu"), at=OPEN)
    assert [row.cells["reached"] for row in seen.form.rows] == [30, None, None]
    assert [(gap.row_label, gap.reported, gap.counted) for gap in reports.live_gaps(seen, at=OPEN)] == [
        ("Hồ sơ thanh toán trực tuyến", 30, 31)
    ]
