"""The province's form is made of the reports it received; who is missing and what differs from the figures is named."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from cchc.figures import api as figures
from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM
from cchc.notifications import api as notifications
from cchc.reports import api as reports
from tests.reports.acting import LATE, OPEN, QUARTER, Tiers, locked, sent, view

pytestmark = pytest.mark.django_db


def consolidated(tiers: Tiers, at: datetime = OPEN) -> reports.Consolidated:
    return reports.consolidated("ii06", unit=tiers.province, period=QUARTER, at=at)


def received(form: reports.FilledForm) -> dict[str, object]:
    return {row.label: row.cells["received"] for row in form.rows if not row.is_missing}


def test_a_unit_that_is_not_in_is_missing_and_not_nought(tiers: Tiers) -> None:
    code = sent(tiers)
    made = consolidated(tiers)
    assert received(made.reported) == {}
    assert len(made.missing) == len(made.parts) == 69
    assert {part.unit.full_name: part.state for part in made.missing if part.state} == {"Xã Vũ Quang": reports.State.SENT}
    reports.receive_report(actor=tiers.actor("hanh"), at=OPEN, code=code, seq=1)
    made = consolidated(tiers)
    assert received(made.reported) == {"Xã Vũ Quang": 10}
    assert made.reported.totals is not None
    assert made.reported.totals.cells["received"] == 10
    assert "Tổng hợp từ 1 báo cáo đã tiếp nhận của 69 đơn vị phải báo cáo." in made.reported.notes
    assert any(note.startswith("Chưa có số liệu: ") for note in made.reported.notes)
    assert received(made.counted) == {"Xã Vũ Quang": 10, "Xã Mai Hoa": 6}


def test_each_difference_to_the_figures_is_named(tiers: Tiers) -> None:
    for prepares, signs in (("thu", "khai"), ("yen", "bao")):
        code = sent(tiers, prepares, signs)
        reports.receive_report(actor=tiers.actor("hanh"), at=OPEN, code=code, seq=1)
    assert consolidated(tiers).gaps == ()
    tiers.office.receive("9.500002", at=datetime(2026, 11, 19, 9, tzinfo=VIETNAM))
    figures.refresh()
    assert [(gap.row_label, gap.column, gap.reported, gap.counted) for gap in consolidated(tiers).gaps] == [
        ("Xã Vũ Quang", "counter_post", 10, 11),
        ("Xã Vũ Quang", "open_overdue", 5, 6),
    ]


def test_it_is_locked_signed_and_sent_like_any_other(tiers: Tiers) -> None:
    with pytest.raises(Refused, match="Chưa tiếp nhận báo cáo nào"):
        locked(tiers, "hanh", basis=reports.Basis.REPORTS)
    part = sent(tiers)
    reports.receive_report(actor=tiers.actor("hanh"), at=OPEN, code=part, seq=1)
    code = locked(tiers, "hanh", basis=reports.Basis.REPORTS)
    assert code == "42-ii06c-2026-q4"
    seen = view(tiers, code, "hanh")
    assert (seen.basis, seen.parts, seen.receiver) == (reports.Basis.REPORTS, (("Xã Vũ Quang", part),), None)
    reports.sign_report(actor=tiers.actor("dung"), at=OPEN, code=code, seq=1)
    reports.send_report(actor=tiers.actor("hanh"), at=LATE, code=code, seq=1)
    # Returned afterwards, the commune's numbers leave the next consolidated form, and the locked one stays.
    reports.return_report(actor=tiers.actor("hanh"), at=LATE, code=part, seq=1, reason="Sai cột 4")
    assert received(consolidated(tiers, LATE).reported) == {}
    assert received(view(tiers, code, "hanh", at=LATE).form) == {"Xã Vũ Quang": 10}


def test_a_form_by_field_is_not_consolidated(tiers: Tiers) -> None:
    with pytest.raises(Refused, match="không tổng hợp theo đơn vị"):
        reports.consolidated("ii06", unit=tiers.office.world.commune, period=QUARTER, at=OPEN)


def test_who_has_not_sent_is_reminded_once_a_day(tiers: Tiers) -> None:
    sent(tiers)
    for _ in range(2):
        assert reports.remind_reporters(actor=tiers.actor("hanh"), at=OPEN, period=QUARTER) == 1
    assert [notice.text for notice in notifications.notices_for(tiers.actor("yen"))] == ["Tỉnh Hà Tĩnh nhắc gửi báo cáo quý IV năm 2026"]
    assert notifications.notices_for(tiers.actor("thu")) == ()


def test_the_number_of_queries_does_not_grow_with_the_units_that_have_sent(
    tiers: Tiers, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(6) as before:
        reports.parts_of(tiers.province, QUARTER)
    for prepares, signs in (("thu", "khai"), ("yen", "bao")):
        sent(tiers, prepares, signs)
    with django_assert_max_num_queries(len(before.captured_queries)):
        reports.parts_of(tiers.province, QUARTER)
