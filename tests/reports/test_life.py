"""A report is locked, signed, sent, received or returned, by whom it belongs to, and its numbers stay what they were."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from cchc.audit import api as audit
from cchc.documents import api as documents
from cchc.figures import api as figures
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from cchc.notifications import api as notifications
from cchc.reports import api as reports
from cchc.reports.models import Version
from tests.reports.acting import LATE, OPEN, QUARTER, Tiers, locked, sent, view
from tests.world import NOW

pytestmark = pytest.mark.django_db
CODE = "18313-ii06a-2026-q4"
State, Act = reports.State, reports.Act


def totals(view: reports.ReportView) -> dict[str, object]:
    assert view.form.totals is not None
    return {key: value for key, value in view.form.totals.cells.items() if isinstance(value, int)}


def test_the_whole_life(tiers: Tiers) -> None:
    code = locked(tiers)
    assert code == CODE
    seen = view(tiers, code)
    assert (seen.state, seen.seq, seen.form.header.is_draft, totals(seen)["received"]) == (State.LOCKED, 1, True, 10)
    reports.sign_report(
        actor=tiers.actor("khai"),
        at=OPEN,
        code=code,
        seq=1,
        kind=documents.SigningKind.FOR_HEAD,
        head_title="Chủ tịch",
        letter="12/BC-UBND",
    )
    seen = view(tiers, code)
    assert (seen.form.header.signer_lines, seen.form.header.signer) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH UBND"), "Trần Đình Khải")
    assert not seen.form.header.is_draft
    reports.send_report(actor=tiers.actor("thu"), at=OPEN, code=code, seq=1)
    reports.return_report(actor=tiers.actor("hanh"), at=OPEN, code=code, seq=1, reason="Thiếu hồ sơ trực tuyến")
    assert (view(tiers, code).state, view(tiers, code).acts) == (State.RETURNED, ())
    again = sent(tiers, at=LATE)
    assert again == code
    reports.receive_report(actor=tiers.actor("hanh"), at=LATE, code=code, seq=2)
    seen = view(tiers, code, at=LATE)
    assert (seen.state, seen.seq, seen.last_seq, seen.days_late, seen.sent_on) == (State.RECEIVED, 2, 2, 1, LATE.date())
    former = view(tiers, code, at=LATE, seq=1)
    assert (former.state, former.days_late, totals(former)["received"]) == (State.RETURNED, 0, 10)
    assert [(line.seq, line.state) for line in reversed(seen.story)] == [
        (1, State.LOCKED),
        (1, State.SIGNED),
        (1, State.SENT),
        (1, State.RETURNED),
        (2, State.LOCKED),
        (2, State.SIGNED),
        (2, State.SENT),
        (2, State.RECEIVED),
    ]
    acts = [entry.act for entry in audit.entries(stream=f"report:{code}")]
    assert [act for act in acts if act != "file_kept"] == [
        Act.LOCK,
        Act.SIGN,
        Act.SEND,
        Act.RETURN,
        Act.LOCK,
        Act.SIGN,
        Act.SEND,
        Act.RECEIVE,
    ]
    assert audit.verify(stream=f"report:{code}").holds


def test_the_numbers_stay_when_facts_come_late_and_the_page_says_so(tiers: Tiers) -> None:
    code = locked(tiers)
    before = reports.to_json(view(tiers, code).form)
    assert reports.live_gaps(view(tiers, code), at=OPEN) == ()
    tiers.office.receive("9.500002", at=datetime(2026, 11, 19, 9, tzinfo=VIETNAM))
    figures.refresh()
    seen = view(tiers, code)
    assert reports.to_json(seen.form) == before
    assert seen.is_intact
    assert [(gap.row_label, gap.column, gap.reported, gap.counted) for gap in reports.live_gaps(seen, at=OPEN)] == [
        ("Lĩnh vực thử", "counter_post", 7, 8),
        ("Lĩnh vực thử", "open_overdue", 2, 3),
    ]


def test_the_database_itself_refuses_to_change_what_was_locked(tiers: Tiers) -> None:
    row = Version.objects.get(report__code=locked(tiers))
    form = {**row.form, "form": {**row.form["form"], "notes": ["sửa tay"]}}
    for change in (lambda: Version.objects.filter(pk=row.pk).update(form=form), lambda: Version.objects.filter(pk=row.pk).delete()):
        with pytest.raises(IntegrityError, match="không sửa, không xóa"), transaction.atomic():
            change()


def test_what_is_counted_anew_at_this_moment_is_not_locked(tiers: Tiers) -> None:
    tiers.office.receive("9.500002", at=NOW)
    with pytest.raises(Conflict, match="đang được đếm lại"):
        locked(tiers)
    figures.refresh()
    assert totals(view(tiers, locked(tiers)))["received"] == 11


def test_a_period_that_runs_or_is_none_is_not_locked(tiers: Tiers) -> None:
    with pytest.raises(Refused, match="Hết kỳ mới chốt được") as error:
        locked(tiers, at=datetime(2026, 12, 14, 23, 59, tzinfo=VIETNAM))
    assert error.value.field == "period"
    with pytest.raises(Refused, match="Chỉ chốt được số liệu của một kỳ báo cáo"):
        reports.lock_report(actor=tiers.actor("thu"), at=OPEN, key="ii06", period=Period(date(2026, 11, 1), date(2026, 11, 11)))


def test_a_form_of_another_level_is_not_locked(tiers: Tiers) -> None:
    with pytest.raises(Refused, match="không do cấp của cơ quan này lập"):
        reports.lock_report(actor=tiers.actor("thu"), at=OPEN, key="ii06c", period=QUARTER)


def test_locked_twice_is_refused_with_who_did_it(tiers: Tiers) -> None:
    locked(tiers)
    with pytest.raises(Conflict, match=r"đã chốt số liệu, chờ ký \(Đặng Thị Thu, Công chức văn hóa, xã hội, 08:30 15/12/2026\)"):
        locked(tiers)


def test_unlocking_takes_a_reason_and_a_leader_once_it_is_signed(tiers: Tiers) -> None:
    code = locked(tiers)
    with pytest.raises(Invalid, match="Ghi lý do"):
        reports.unlock_report(actor=tiers.actor("thu"), at=OPEN, code=code, seq=1, reason="  ")
    reports.unlock_report(actor=tiers.actor("thu"), at=OPEN, code=code, seq=1, reason="Chốt nhầm")
    assert view(tiers, code).story[0].reason == "Chốt nhầm"
    assert locked(tiers) == code
    reports.sign_report(actor=tiers.actor("khai"), at=OPEN, code=code, seq=2)
    with pytest.raises(NotAllowed, match="reports:report:sign"):
        reports.unlock_report(actor=tiers.actor("thu"), at=OPEN, code=code, seq=2, reason="Sai")
    reports.unlock_report(actor=tiers.actor("khai"), at=OPEN, code=code, seq=2, reason="Sai")
    assert view(tiers, code).state is State.UNLOCKED


def test_who_looked_at_a_former_version_does_not_sign_the_next(tiers: Tiers) -> None:
    code = locked(tiers)
    reports.unlock_report(actor=tiers.actor("thu"), at=OPEN, code=code, seq=1, reason="Chốt nhầm")
    locked(tiers)
    with pytest.raises(Conflict, match=r"vừa được chốt lại \(lần 2\)"):
        reports.sign_report(actor=tiers.actor("khai"), at=OPEN, code=code, seq=1)


def doing(act: reports.Act, tiers: Tiers, who: str, code: str) -> Callable[[], object]:
    actor, at = tiers.actor(who), OPEN
    return {
        Act.SIGN: lambda: reports.sign_report(actor=actor, at=at, code=code, seq=1),
        Act.UNLOCK: lambda: reports.unlock_report(actor=actor, at=at, code=code, seq=1, reason="Lý do"),
        Act.SEND: lambda: reports.send_report(actor=actor, at=at, code=code, seq=1),
        Act.RECEIVE: lambda: reports.receive_report(actor=actor, at=at, code=code, seq=1),
        Act.RETURN: lambda: reports.return_report(actor=actor, at=at, code=code, seq=1, reason="Lý do"),
        Act.EXPLAIN: lambda: reports.explain(actor=actor, at=at, code=code, seq=1, texts={}),
    }[act]


# Who may do what, at the state in which it is possible: thu prepares and khai signs in the commune; yen and bao in another; hanh
# receives and dung signs in the province; phuc processes files.
AUTHORITY = {
    (Act.EXPLAIN, State.LOCKED): {"thu"},
    (Act.UNLOCK, State.LOCKED): {"thu"},
    (Act.SIGN, State.LOCKED): {"khai"},
    (Act.UNLOCK, State.SIGNED): {"khai"},
    (Act.SEND, State.SIGNED): {"thu"},
    (Act.RECEIVE, State.SENT): {"hanh"},
    (Act.RETURN, State.SENT): {"hanh"},
    (Act.RETURN, State.RECEIVED): {"hanh"},
}


def to_state(tiers: Tiers, state: reports.State) -> str:
    code = locked(tiers)
    for act, who in ((Act.SIGN, "khai"), (Act.SEND, "thu"), (Act.RECEIVE, "hanh")):
        if view(tiers, code).state is state:
            break
        doing(act, tiers, who, code)()
    return code


@pytest.mark.parametrize(("act", "state"), AUTHORITY)
def test_who_may(tiers: Tiers, act: reports.Act, state: reports.State) -> None:
    code = to_state(tiers, state)
    allowed = set()
    for who in ("thu", "khai", "yen", "bao", "hanh", "dung", "phuc", "quantri"):
        point = transaction.savepoint()
        try:
            doing(act, tiers, who, code)()
            allowed.add(who)
        except NotAllowed:
            pass
        transaction.savepoint_rollback(point)
    assert allowed == AUTHORITY[act, state]


@pytest.mark.parametrize("state", [State.LOCKED, State.SIGNED, State.SENT, State.RECEIVED])
def test_what_is_not_in_the_table_is_refused(tiers: Tiers, state: reports.State) -> None:
    code = to_state(tiers, state)
    possible = {act for act, before in AUTHORITY if before is state}
    for act, who in ((Act.SIGN, "khai"), (Act.UNLOCK, "khai"), (Act.SEND, "thu"), (Act.RECEIVE, "hanh"), (Act.RETURN, "hanh")):
        if act not in possible:
            with pytest.raises(Refused, match="Không làm được việc"):
                doing(act, tiers, who, code)()


def test_others_do_not_see_it(tiers: Tiers) -> None:
    code = locked(tiers)
    assert view(tiers, code, "hanh").acts == ()
    for who in ("yen", "tan"):
        with pytest.raises(NotFound, match="không phải báo cáo của cơ quan mình"):
            view(tiers, code, who)


def test_who_receives_and_who_corrects_is_reminded(tiers: Tiers) -> None:
    code = sent(tiers)
    (waiting,) = notifications.notices_for(tiers.actor("hanh"))
    assert (waiting.text, waiting.url) == (
        f"Xã Vũ Quang gửi báo cáo, chờ tiếp nhận ({code})",
        f"/so-lieu/bao-cao/ban/{code}/",
    )
    reports.return_report(actor=tiers.actor("hanh"), at=OPEN, code=code, seq=1, reason="Thiếu")
    assert [notice.text for notice in notifications.notices_for(tiers.actor("thu"))] == [f"Báo cáo bị trả lại để sửa: Thiếu ({code})"]
    assert notifications.notices_for(tiers.actor("yen")) == ()


def test_each_difference_is_explained_and_printed_and_carried_on(tiers: Tiers) -> None:
    code = locked(tiers)
    first = view(tiers, code).changes[0].difference
    key = (first.row, first.column)
    assert reports.explain(actor=tiers.actor("thu"), at=OPEN, code=code, seq=1, texts={key: " Mở thêm  quầy "}) == 1
    assert view(tiers, code).printed.notes[-1] == f"{first.sentence} Giải trình: Mở thêm quầy"
    with pytest.raises(Refused, match="không khác kỳ trước"):
        reports.explain(actor=tiers.actor("thu"), at=OPEN, code=code, seq=1, texts={("", "khong-co"): "x"})
    reports.unlock_report(actor=tiers.actor("thu"), at=OPEN, code=code, seq=1, reason="Chốt lại")
    locked(tiers)
    assert view(tiers, code).changes[0].text == "Mở thêm quầy"
    reports.sign_report(actor=tiers.actor("khai"), at=OPEN, code=code, seq=2)
    with pytest.raises(Refused, match="Không ghi thêm giải trình"):
        reports.explain(actor=tiers.actor("thu"), at=OPEN, code=code, seq=2, texts={key: "Khác"})


def test_the_signed_pdf_is_kept(tiers: Tiers) -> None:
    code = sent(tiers)
    pdf = view(tiers, code).pdf
    assert pdf is not None
    kept = documents.file(pdf)
    assert (kept.name, kept.type) == (f"{code}-1.pdf", documents.FileType.PDF)
    _, stream = documents.read_file(pdf)
    with stream:
        assert stream.read(5) == b"%PDF-"


def test_a_frozen_form_thaws_to_the_same_files(tiers: Tiers) -> None:
    form = reports.statutory("ii06", unit=tiers.office.world.commune, period=QUARTER, at=OPEN)
    assert reports.thaw(reports.freeze(form)).as_json() == form.as_json()
    assert reports.to_xlsx(reports.thaw(reports.freeze(form)), at=OPEN) == reports.to_xlsx(form, at=OPEN)
