"""What may happen to a case beside the straight way, by the faces alone."""

from datetime import date, datetime, timedelta

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import Act, ApologyKind, RuleKey, Stage, Step, Timeliness
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime
from tests.cases.test_straight_life import received, walk
from tests.documents.reading import read
from tests.world import NOW, World, intake

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SYSTEM = Actor.system("kiểm thử")


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


def with_officer(world: World) -> str:
    code = received(world)
    walk(world, code, until=Act.ASSIGN)
    return code


def seen(world: World, code: str, moment: datetime, who: str = "nhan") -> cases.CaseView:
    return cases.case(code=code, actor=world.actors[who], at=moment)


def acts(view: cases.CaseView) -> set[Act]:
    return {row.act for row in view.acts}


def bound(key: RuleKey, value: str) -> None:
    cases.set_bound(actor=SYSTEM, at=NOW, key=key, value=value, since=date(2026, 1, 1), source="quyết định thử")


def asked(world: World, code: str, moment: datetime) -> None:
    cases.return_for_supplement(actor=world.officer, at=moment, code=code, items=["Giấy chứng sinh"], reason="Thiếu một giấy")


# --- Supplement after appraisal ---------------------------------------------------------------------------------------


def test_a_supplement_stops_the_clock_and_the_whole_term_runs_again(world: World) -> None:
    code = with_officer(world)
    asked(world, code, at(23))
    waiting = seen(world, code, at(23))
    assert (waiting.row.stage, waiting.row.step, waiting.waiting_for) == (Stage.AWAITING_SUPPLEMENT, Step.SUPPLEMENT, "chờ bổ sung hồ sơ")
    assert not waiting.row.late
    assert [paper.form for paper in waiting.issued] == [documents.FormKey.RECEIPT, documents.FormKey.SUPPLEMENT]
    cases.resume(actor=world.counter, at=at(26), code=code)
    view = seen(world, code, at(26), "phuc")
    assert (view.row.stage, view.row.step, view.row.holder) == (Stage.PROCESSING, Step.PROCESS, "Nguyễn Hữu Phúc")
    assert view.row.due_date == date(2026, 12, 1)
    assert view.row.first_due_at == datetime(2026, 11, 26, 16, tzinfo=VIETNAM)
    assert view.issued[-1].form is documents.FormKey.RECEIPT
    assert "tính lại từ đầu" in read(documents.render(view.issued[-1].id)).text


def test_the_clock_may_go_on_with_what_was_left(world: World) -> None:
    bound(RuleKey.SUPPLEMENT_RESUME, "shift")
    code = with_officer(world)
    asked(world, code, at(23))
    cases.resume(actor=world.counter, at=at(27), code=code)
    # On the 23rd two working days were left (25th, 26th); they are left again after the 27th.
    assert seen(world, code, at(27)).row.due_date == date(2026, 12, 1)


def test_a_second_supplement_is_refused_with_its_ground(world: World) -> None:
    code = with_officer(world)
    asked(world, code, at(23))
    cases.resume(actor=world.counter, at=at(23, 10), code=code)
    view = seen(world, code, at(23, 11), "phuc")
    assert Act.RETURN_FOR_SUPPLEMENT not in acts(view)
    assert "Điều 11 Nghị định 61/2018" in next(item.why for item in view.barred if item.act is Act.RETURN_FOR_SUPPLEMENT)
    with pytest.raises(Refused, match="chỉ được 1 lần"):
        asked(world, code, at(23, 11))


@pytest.mark.parametrize(("moment", "allowed"), [(at(26, 16), True), (at(27, 8), False)])
def test_it_is_asked_within_three_working_days_of_intake(world: World, moment: datetime, *, allowed: bool) -> None:
    """Received on Friday the 20th: Monday, Wednesday (the 24th is a holiday) and Thursday count."""
    code = with_officer(world)
    if allowed:
        asked(world, code, moment)
        return
    with pytest.raises(Refused, match="đến hết thứ Năm 26/11/2026"):
        asked(world, code, moment)


def test_who_does_not_bring_what_was_asked_for_is_refused_in_writing(world: World) -> None:
    code = with_officer(world)
    asked(world, code, at(23))
    cases.refuse_unsupplemented(actor=world.chairman, at=at(30), code=code, reason="Quá 30 ngày không bổ sung")
    view = seen(world, code, at(30))
    assert (view.row.stage, view.row.step) == (Stage.REFUSED, Step.CLOSED)
    assert view.issued[-1].form is documents.FormKey.REFUSAL


# --- Extension and apology --------------------------------------------------------------------------------------------


def extended(world: World, code: str, moment: datetime, until: date = date(2026, 12, 1)) -> None:
    cases.extend(actor=world.head, at=moment, code=code, until=until, reason="Chờ kết quả xác minh")


def test_an_extension_makes_a_new_promise_with_its_letter(world: World) -> None:
    code = with_officer(world)
    extended(world, code, at(25))
    view = seen(world, code, at(25))
    assert view.row.due_at == datetime(2026, 12, 1, 16, tzinfo=VIETNAM)
    assert view.row.first_due_at == datetime(2026, 11, 26, 16, tzinfo=VIETNAM)
    [apology] = view.apologies
    assert (apology.kind, apology.late_unit) == (ApologyKind.EXTENSION, "Văn phòng HĐND và UBND xã Vũ Quang")
    assert apology.paper is not None
    text = read(documents.render(apology.paper)).text
    assert "Chờ kết quả xác minh" in text
    assert "01 tháng 12 năm 2026" in text
    with pytest.raises(Refused, match="đã gia hạn 1 lần"):
        extended(world, code, at(27), date(2026, 12, 3))


@pytest.mark.parametrize(
    ("notice", "moment", "allowed"),
    [("1wd", at(25, 17), True), ("1wd", at(26, 8), False), ("1d", at(25, 23), True), ("1d", at(26, 0), False)],
)
def test_the_last_day_for_it_is_a_setting(world: World, notice: str, moment: datetime, *, allowed: bool) -> None:
    bound(RuleKey.EXTENSION_NOTICE, notice)
    code = with_officer(world)
    if allowed:
        extended(world, code, moment)
        return
    with pytest.raises(Refused, match="chậm nhất thứ Tư 25/11/2026"):
        extended(world, code, moment)


def test_after_the_date_only_an_apology_is_left(world: World) -> None:
    code = with_officer(world)
    with pytest.raises(Refused, match="không gia hạn được nữa"):
        extended(world, code, at(27), date(2026, 12, 1))
    with pytest.raises(Refused, match="chưa bị lỡ"):
        cases.apologise(actor=world.head, at=at(25), code=code, kind=ApologyKind.LATE, reason="Chậm")
    cases.apologise(actor=world.head, at=at(27), code=code, kind=ApologyKind.LATE, reason="Chậm vì chờ xác minh")
    view = seen(world, code, at(27))
    assert view.row.late
    assert view.row.due_date == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("signed", "outcome"),
    [(at(25, 10), Timeliness.EARLY), (at(26, 18), Timeliness.ON_TIME), (at(27), Timeliness.EXTENDED), (at(2, month=12), Timeliness.LATE)],
)
def test_what_kept_only_the_extended_promise_says_so(world: World, signed: datetime, outcome: Timeliness) -> None:
    code = with_officer(world)
    extended(world, code, at(25))
    cases.submit(actor=world.officer, at=at(25, 10), code=code, post_id=world.people["khai"].id)
    cases.approve(actor=world.chairman, at=signed, code=code)
    assert seen(world, code, signed + HOUR).row.timeliness is outcome


def test_a_late_result_is_never_withheld_and_the_omission_names_the_unit(world: World) -> None:
    code = with_officer(world)
    cases.submit(actor=world.officer, at=at(30), code=code, post_id=world.people["khai"].id)
    cases.approve(actor=world.chairman, at=at(30, 10), code=code)
    assert seen(world, code, at(30, 11)).owes_apology
    paper = cases.hand_over(actor=world.counter, at=at(30, 11), code=code, receiver="Đỗ Thị Bích Ngọc")
    assert paper is not None
    [apology] = seen(world, code, at(30, 12)).apologies
    # The office held the file when the promise broke, not the chairman who signed afterwards.
    assert (apology.kind, apology.late_unit) == (ApologyKind.OMITTED, "Văn phòng HĐND và UBND xã Vũ Quang")
    assert "Văn phòng HĐND và UBND xã Vũ Quang" in read(documents.render(paper)).text


# --- Steps ------------------------------------------------------------------------------------------------------------


def test_a_file_goes_back_to_the_officer_with_a_reason(world: World) -> None:
    code = with_officer(world)
    cases.submit(actor=world.officer, at=at(23), code=code, post_id=world.people["khai"].id)
    [way] = seen(world, code, at(23), "khai").ways_back
    with pytest.raises(Refused, match="vì sao trả lại"):
        cases.send_back(actor=world.chairman, at=at(23, 10), code=code, to_seq=way.seq, reason=" ")
    cases.send_back(actor=world.chairman, at=at(23, 10), code=code, to_seq=way.seq, reason="Sửa họ tên mẹ")
    view = seen(world, code, at(23, 11), "phuc")
    assert (view.row.step, view.row.holder) == (Step.PROCESS, "Nguyễn Hữu Phúc")
    assert view.ledger[0].note == "Sửa họ tên mẹ"


def test_what_one_has_just_done_is_taken_back_while_nobody_acted(world: World) -> None:
    code = with_officer(world)
    cases.submit(actor=world.officer, at=at(23), code=code, post_id=world.people["khai"].id)
    with pytest.raises(Refused, match="Chỉ người vừa làm"):
        cases.recall(actor=world.head, at=at(23), code=code)
    with pytest.raises(Refused, match="trong 30 phút"):
        cases.recall(actor=world.officer, at=at(23, 10), code=code)
    cases.recall(actor=world.officer, at=at(23) + 10 * MINUTE, code=code)
    assert seen(world, code, at(23, 10), "phuc").row.step is Step.PROCESS
    assert [line.act for line in seen(world, code, at(23, 10)).ledger][:2] == [Act.RECALL, Act.SUBMIT]


def test_time_is_kept_by_holder(world: World) -> None:
    code = with_officer(world)
    asked(world, code, at(23, 10))
    cases.resume(actor=world.counter, at=at(23, 14), code=code)
    times = {item.who: item for item in seen(world, code, at(23, 15), "phuc").holder_times}
    assert times["người nộp hồ sơ"].waits
    assert times["người nộp hồ sơ"].minutes == 120
    assert not times["Nguyễn Hữu Phúc"].waits


# --- Ends -------------------------------------------------------------------------------------------------------------


def test_a_file_is_withdrawn_only_before_a_decision(world: World) -> None:
    code = with_officer(world)
    with pytest.raises(Invalid) as error:
        cases.withdraw(actor=world.counter, at=at(23), code=code, asked_by="", reason="", fee_remark="")
    assert set(error.value.problems) == {"asked_by", "fee_remark"}
    cases.withdraw(actor=world.counter, at=at(23), code=code, asked_by="Bà Ngọc, đơn ngày 23/11", reason="", fee_remark="Hoàn 100 %")
    view = seen(world, code, at(23, 10))
    assert (view.row.stage, view.acts) == (Stage.WITHDRAWN, ())
    assert view.issued[-1].form is documents.FormKey.STOP_NOTICE
    other = with_officer(world)
    cases.submit(actor=world.officer, at=at(23), code=other, post_id=world.people["khai"].id)
    cases.approve(actor=world.chairman, at=at(23, 10), code=other)
    with pytest.raises(Conflict):
        cases.withdraw(actor=world.counter, at=at(23, 11), code=other, asked_by="Bà Ngọc", reason="", fee_remark="Hoàn")


def test_a_refusal_after_appraisal_is_given_back_like_a_result(world: World) -> None:
    code = with_officer(world)
    cases.submit(actor=world.officer, at=at(23), code=code, post_id=world.people["khai"].id)
    cases.refuse_after_appraisal(actor=world.chairman, at=at(23, 10), code=code, reason="Không đủ điều kiện theo Điều 9")
    view = seen(world, code, at(23, 11))
    assert (view.row.stage, view.row.step) == (Stage.REFUSED, Step.HAND_OVER)
    cases.hand_over_refusal(actor=world.counter, at=at(23, 14), code=code, receiver="Đỗ Thị Bích Ngọc")
    assert seen(world, code, at(23, 15)).row.step is Step.CLOSED


# --- Mistakes ---------------------------------------------------------------------------------------------------------


def test_an_honest_mistake_is_mended_with_a_new_receipt_and_the_old_code_dies(world: World) -> None:
    code = received(world)
    before = seen(world, code, NOW)
    owner = cases.PartyForm(full_name="Đỗ Thị Bích Ngọc Anh", identity_number="042198000317", birth_date=date(1998, 2, 14))
    with pytest.raises(Invalid, match="sai sót là gì"):
        cases.correct(actor=world.counter, at=NOW + HOUR, code=code, correction=cases.Correction(owner=owner), reason="")
    changed = cases.correct(actor=world.counter, at=NOW + HOUR, code=code, correction=cases.Correction(owner=owner), reason="Gõ thiếu tên")
    assert "họ tên" in changed
    after = seen(world, code, NOW + 2 * HOUR)
    assert (after.owner.full_name, after.row.due_at) == ("Đỗ Thị Bích Ngọc Anh", before.row.due_at)
    assert "Cấp lại, thay giấy số 0001/TN" in read(documents.render(after.issued[-1].id)).text
    with pytest.raises(NotFound, match="giấy hẹn mới"):
        cases.track_secret(code=code, secret=before.secret, at=NOW + 2 * HOUR)
    assert cases.track_secret(code=code, secret=after.secret, at=NOW + 2 * HOUR).row.code == code


def test_a_wrong_result_is_replaced_and_the_first_dates_stay(world: World) -> None:
    code = received(world)
    walk(world, code, until=Act.HAND_OVER)
    first = seen(world, code, at(23)).row
    cases.correct_result(actor=world.chairman, at=at(23), code=code, reason="Sai năm sinh", number="113/UBND-XN")
    cases.hand_over(actor=world.counter, at=at(23, 10), code=code, receiver="Đỗ Thị Bích Ngọc")
    again = seen(world, code, at(23, 11))
    assert (again.row.finished_at, again.row.returned_at) == (first.finished_at, first.returned_at)
    assert again.result_number == "113/UBND-XN"


# --- Notes, slips -----------------------------------------------------------------------------------------------------


def test_a_note_changes_nothing_and_strangers_write_none(world: World) -> None:
    code = received(world)
    revision = seen(world, code, NOW).row.revision
    cases.add_note(actor=world.officer, at=NOW, code=code, text="Tôi không đồng ý", dissent=True)
    assert seen(world, code, NOW).row.revision == revision
    assert [line.note for line in seen(world, code, NOW).notes] == ["Tôi không đồng ý"]
    with pytest.raises(NotAllowed):
        cases.add_note(actor=world.stranger, at=NOW, code=code, text="Xin chào")


def test_a_batch_is_given_and_signed_for_once(world: World) -> None:
    codes = [received(world) for _ in range(3)]
    cases.forward(actor=world.counter, at=NOW, code=codes[0], unit_id=world.office.id)
    given = cases.forward_many(actor=world.counter, at=NOW + MINUTE, codes=codes, unit_id=world.office.id)
    assert set(given.batch.done) == set(codes[1:])
    assert codes[0] in given.batch.refused
    view = cases.slip(code=given.slip, actor=world.head)
    assert [line.code for line in view.lines] == codes[1:]
    signed = cases.receive_slip(actor=world.head, at=NOW + HOUR, slip=given.slip, missing=[codes[2]])
    assert signed.done == (codes[1],)
    with pytest.raises(Conflict, match="đã được ký nhận"):
        cases.receive_slip(actor=world.head, at=NOW + HOUR, slip=given.slip)


# --- A changed calendar -----------------------------------------------------------------------------------------------


def settle_all(moment: datetime) -> int:
    version = worktime.load_calendar().version
    run = cases.open_settlement(calendar_version=version, at=moment, actor_post="Quản trị", reason="Hoán đổi thứ Hai 23/11")
    return cases.settle(settlement_id=run, at=moment)


def test_a_swap_moves_what_it_closed_and_nothing_else_twice_the_same(world: World) -> None:
    """Due on the 23rd: to the 25th, because the 24th is a holiday. Everything else stays, though fewer working days are left."""
    on_day = [cases.receive(actor=world.counter, at=datetime(2026, 11, 18, 10, tzinfo=VIETNAM), intake=intake()) for _ in range(2)]
    later = received(world)
    assert {seen(world, code, NOW).row.due_date for code in on_day} == {date(2026, 11, 23)}
    swap = {"off": date(2026, 11, 23), "makeup": date(2026, 11, 28), "name": "Hoán đổi", "source": "văn bản thử"}
    worktime.swap_days(actor=SYSTEM, at=NOW, **swap)
    assert settle_all(NOW + HOUR) == 2
    assert {seen(world, code, NOW + HOUR).row.due_date for code in on_day} == {date(2026, 11, 25)}
    assert {seen(world, code, NOW + HOUR).row.first_due_at for code in on_day} == {datetime(2026, 11, 23, 16, tzinfo=VIETNAM)}
    assert seen(world, later, NOW + HOUR).row.due_date == date(2026, 11, 26)
    line = seen(world, on_day[0], NOW + HOUR).ledger[0]
    assert (line.act, line.public["asked_by"]) == (Act.SETTLE, "Quản trị")
    heads = [audit.entries(f"case:{code}")[-1].hash for code in [*on_day, later]]
    settle_all(NOW + 2 * HOUR)
    assert [audit.entries(f"case:{code}")[-1].hash for code in [*on_day, later]] == heads
    assert worktime.inconsistencies() == ()
