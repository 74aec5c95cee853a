"""Every act after intake has its page: shown with its price, done by its form, told at the field when something is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from cchc.cases import api as cases
from cchc.kernel.actor import Actor
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.web.desk.case_words import KEYS, PAGES
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.forms import filled
from tests.world import NOW, World, intake

pytestmark = pytest.mark.django_db
FIVE_STEPS = "9.900001"
SYSTEM = Actor.system("dựng cảnh kiểm thử")
MINUTE = timedelta(minutes=1)


def five_steps(world: World) -> None:
    """Publish a procedure of five steps over the office, once, with a term of five working days."""
    if procedures.search(FIVE_STEPS, on=NOW.date()):
        return
    steps = (
        procedures.StepDraft("Tiếp nhận", procedures.StepKind.INTAKE, time="4wh"),
        procedures.StepDraft("Thẩm tra hồ sơ", procedures.StepKind.PROCESS, unit_text=world.office.full_name, time="2wd"),
        procedures.StepDraft("Xác minh thực địa", procedures.StepKind.PROCESS, unit_text=world.office.full_name, time="1wd"),
        procedures.StepDraft("Ký", procedures.StepKind.APPROVE, time="1wd"),
        procedures.StepDraft("Trả kết quả", procedures.StepKind.RETURN),
    )
    draft = procedures.VersionDraft(
        code=FIVE_STEPS,
        title="Xác nhận có thực địa",
        field_name="Thử nghiệm",
        origin="kiểm thử",
        terms=(procedures.TermDraft(procedures.Channel.COUNTER, limit="5wd"),),
        steps=steps,
    )
    procedures.publish_version(actor=SYSTEM, at=NOW, draft=draft, valid_from=NOW.date() - timedelta(days=30))


@dataclass
class Way:
    """A file on its way, one minute per act."""

    world: World
    code: str = ""
    at: Any = NOW - timedelta(hours=4)

    def go(self, act: Callable[..., Any], who: Actor, **answers: Any) -> "Way":
        self.at += MINUTE
        act(actor=who, at=self.at, code=self.code, **answers)
        return self

    def received(self, procedure: str = FIVE_STEPS) -> "Way":
        five_steps(self.world)
        self.code = cases.receive(actor=self.world.counter, at=self.at, intake=intake(procedure))
        return self

    def assigning(self) -> "Way":
        return self.received().go(cases.forward, self.world.counter, unit_id=self.world.office.id)

    def processing(self) -> "Way":
        return self.assigning().go(cases.assign, self.world.head, post_id=self.world.people["phuc"].id)

    def second(self) -> "Way":
        passed = self.processing().go(cases.pass_to_next, self.world.officer, unit_id=self.world.office.id)
        return passed.go(cases.assign, self.world.head, post_id=self.world.people["phuc"].id)

    def signing(self) -> "Way":
        return self.second().go(cases.submit, self.world.officer, post_id=self.world.people["khai"].id)

    def ready(self) -> "Way":
        return self.signing().go(cases.approve, self.world.chairman, number="12/XN")

    def supplementing(self) -> "Way":
        return self.processing().go(cases.return_for_supplement, self.world.officer, items=["Bản đồ"], reason="Thiếu bản đồ")

    def paying(self) -> "Way":
        return self.processing().go(cases.ask_payment, self.world.officer, amount=150_000, reason="Thông báo 12/TB-CT ngày 20/11/2026")

    def refused(self) -> "Way":
        return self.signing().go(cases.refuse_after_appraisal, self.world.chairman, reason="Không đủ điều kiện")


@dataclass(frozen=True)
class Case:
    """One act: where the file is, who does it, what is answered, a wrong answer and the field it is told at, what the page says."""

    act: cases.Act
    place: str
    login: str
    answers: dict[str, str] = field(default_factory=dict)
    wrong: tuple[dict[str, str], str] | None = None
    says: str = ""
    prints: bool = False
    stage: cases.Stage | None = None


A, S = cases.Act, cases.Stage
ALL = (
    Case(A.PASS_ON, "processing", "phuc", {"unit_id": "office"}, ({"unit_id": "x"}, "unit_id"), "Xác minh thực địa", stage=S.PROCESSING),
    Case(A.SEND_BACK, "second", "phuc", {"note": "Thiếu chữ ký"}, ({"note": " "}, "note"), "Trả lại cho", stage=S.PROCESSING),
    Case(A.SEND_BACK, "signing", "khai", {"note": "Thiếu chữ ký"}, ({"note": " "}, "note"), "Nguyễn Hữu Phúc", stage=S.PROCESSING),
    Case(A.REASSIGN, "processing", "lan", {"post_id": "lan", "note": "Nghỉ phép"}, ({"post_id": "lan", "note": ""}, "note"), "Đang giữ"),
    Case(A.RECALL, "signing", "phuc", says="Trần Đình Khải"),
    Case(
        A.CONSULT,
        "processing",
        "phuc",
        {"own_unit": "office", "question": "Đất có tranh chấp không?"},
        ({"q": "không có đơn vị này"}, "q"),
        "ngày làm việc",
    ),
    Case(
        A.RETURN_FOR_SUPPLEMENT,
        "processing",
        "phuc",
        {"items": "Bản đồ\nTờ khai", "reason": "Thiếu"},
        ({"items": "Bản đồ", "reason": ""}, "reason"),
        "còn 1 trong 1 lần",
        prints=True,
        stage=S.AWAITING_SUPPLEMENT,
    ),
    Case(A.RESUME, "supplementing", "nhan", says="Bản đồ", prints=True, stage=S.PROCESSING),
    Case(A.REFUSE_UNSUPPLEMENTED, "supplementing", "khai", {"reason": "Quá hạn"}, ({"reason": ""}, "reason"), prints=True, stage=S.REFUSED),
    Case(
        A.ASK_PAYMENT,
        "processing",
        "phuc",
        {"amount": "150.000", "reason": "Thông báo 12"},
        ({"amount": "abc", "reason": "Thông báo 12"}, "amount"),
        stage=S.AWAITING_PAYMENT,
    ),
    Case(A.CONFIRM_PAYMENT, "paying", "nhan", {"receipt": "BL 77"}, ({"receipt": ""}, "receipt"), "150.000", stage=S.PROCESSING),
    Case(
        A.EXTEND,
        "processing",
        "lan",
        {"reason": "Chờ xác minh"},
        ({"until": "32/13/2026", "reason": "Chờ"}, "until"),
        "Làm chậm nhất",
        True,
    ),
    Case(
        A.APOLOGISE,
        "processing",
        "lan",
        {"kind": "error", "reason": "Ghi sai ngày"},
        ({"kind": "late", "reason": "Chậm"}, "kind"),
        "thái độ",
        True,
    ),
    Case(A.REFUSE_AFTER_APPRAISAL, "signing", "khai", {"reason": "Không đủ"}, ({"reason": ""}, "reason"), prints=True, stage=S.REFUSED),
    Case(A.HAND_OVER_REFUSAL, "refused", "nhan", {}, ({"receiver": " "}, "receiver"), "Người nhận lại", stage=S.REFUSED),
    Case(A.ANNOUNCE, "ready", "nhan", {"note": "Đã gọi điện"}, ({"note": ""}, "note"), "Điện thoại"),
    Case(
        A.WITHDRAW,
        "processing",
        "nhan",
        {"asked_by": "Bà Ngọc, đơn 20/11", "fee_remark": "Không thu phí"},
        ({"asked_by": "", "fee_remark": "Không"}, "asked_by"),
        prints=True,
        stage=S.WITHDRAWN,
    ),
    Case(
        A.STOP,
        "processing",
        "khai",
        {"reason": "Theo khoản 1", "fee_remark": "Không thu phí"},
        ({"reason": "Theo khoản 1", "fee_remark": ""}, "fee_remark"),
        prints=True,
        stage=S.STOPPED,
    ),
    Case(
        A.CORRECT,
        "processing",
        "nhan",
        {"owner_full_name": "Đỗ Thị Ngọc Bích", "reason": "Gõ nhầm tên"},
        ({"owner_full_name": "", "reason": "Gõ nhầm"}, "owner_full_name"),
        "042 198 ••• 317",
        True,
    ),
    Case(
        A.CORRECT_RESULT, "ready", "khai", {"reason": "Sai năm", "number": "13/XN"}, ({"reason": ""}, "reason"), "12/XN", stage=S.FINISHED
    ),
    Case(
        A.RECORD_LOSS,
        "processing",
        "lan",
        {"what": "Tờ khai ướt", "remedy": "Cơ quan xin lại"},
        ({"what": "", "remedy": "x"}, "what"),
        "",
        True,
    ),
)
IDS = [f"{case.act.name.lower()}-{case.place}" for case in ALL]


def form_of(desk: Desk, url: str, **answers: str) -> dict[str, Any]:
    """Return the act's form as sent, with the cast's names in the place of ids."""
    world = desk.world
    ids = {"office": str(world.office.id), **{login: str(post.id) for login, post in world.people.items()}}
    known = {name: ids.get(value, value) for name, value in answers.items()}
    return filled(desk.page(url).select_one("main form[data-once]"), **known)


@pytest.fixture
def opened(desk: Desk) -> Callable[[Case], tuple[str, str]]:
    """Return a function that brings a file where an act is done and sits its person down; its code and the act's address."""

    def opening(case: Case) -> tuple[str, str]:
        way: Way = getattr(Way(desk.world), case.place)()
        desk.sign_in(case.login)
        desk.at = way.at + MINUTE
        return way.code, f"/desk/cases/{way.code}/{PAGES[case.act].replace('_', '-')}/"

    return opening


@pytest.mark.parametrize("case", ALL, ids=IDS)
def test_an_act_is_shown_on_the_case_and_done_by_its_form(desk: Desk, opened: Callable[[Case], tuple[str, str]], case: Case) -> None:
    code, url = opened(case)
    act = desk.page(f"/desk/cases/{code}/").select_one(f".act[href='{url}']")
    assert act, "offered on the case page"
    assert text_of(act.select_one(".act__price"))
    page = desk.page(url)
    assert case.says in text_of(page.main)
    assert case.act.label in text_of(page.h1)
    told = [text_of(term) for term in page.select("aside dt")]
    assert len(told) == len(set(told)), "each thing is said once"
    first = page.select_one("main form[data-once] button[type=submit]")
    assert (first.get("name"), text_of(first)) == (None, case.act.label), "Enter does the act, and never writes a phrase"
    went = desk.done(url, form_of(desk, url, **case.answers))
    assert went == f"/desk/cases/{code}/" + ("?issued=1" if case.prints else "")
    after = desk.page(went)
    assert bool(after.select_one("a[autofocus]")) is case.prints
    kept = cases.case(code=code, actor=desk.world.counter, at=desk.at)
    assert case.act.value in {line.act for line in kept.ledger}
    if case.stage:
        assert kept.row.stage is case.stage


@pytest.mark.parametrize(
    "case", [case for case in ALL if case.wrong], ids=[name for name, case in zip(IDS, ALL, strict=True) if case.wrong]
)
def test_a_wrong_answer_is_told_at_its_field_and_what_was_typed_stays(
    desk: Desk, opened: Callable[[Case], tuple[str, str]], case: Case
) -> None:
    code, url = opened(case)
    wrong, place = case.wrong or ({}, "")
    before = len(cases.case(code=code, actor=desk.world.counter, at=desk.at).ledger)
    sent = {**form_of(desk, url, **case.answers), **form_of(desk, url, **wrong)}
    page = desk.send(url, sent)
    assert page.select_one(f"#p-{place}"), text_of(page.main)
    for name, value in sent.items():
        typed = page.select_one(f"main form [name={name}]:not([type=radio]):not(select)")
        if typed is not None and name != "seen":
            assert (typed.text.strip() if typed.name == "textarea" else typed.get("value", "")) == value.replace(
                "\r", ""
            ).strip() or value == " "
    assert len(cases.case(code=code, actor=desk.world.counter, at=desk.at).ledger) == before


@pytest.mark.parametrize("case", ALL, ids=IDS)
def test_who_may_not_is_turned_away_and_who_is_slow_is_told(desk: Desk, opened: Callable[[Case], tuple[str, str]], case: Case) -> None:
    code, url = opened(case)
    slow = form_of(desk, url, **case.answers)
    everyone = {cases.Act.RECALL}
    desk.sign_in("tan").page(url, status=403)
    desk.send(url, slow, status=403)
    if case.act not in everyone:
        desk.sign_in("thu").page(url, status=403)
        desk.send(url, slow, status=403)
    desk.sign_in(case.login)
    page = desk.send(url, {**slow, "seen": str(int(slow["seen"]) - 1)}, status=409)
    assert "Hồ sơ vừa thay đổi" in text_of(page)
    assert code in text_of(page)


def test_every_act_that_a_case_offers_has_a_page_and_no_two_share_a_key_on_one_page() -> None:
    offered = {row.act for row in cases.TABLE if row.sources} - {cases.Act.NOTE}
    assert offered == set(PAGES) == set(KEYS)
    for stage in cases.Stage:
        for step in cases.Step:
            acts = {row.act for row in cases.TABLE if row.starts_from(stage, step) and row.act in PAGES}
            keys = [KEYS[act] for act in acts]
            assert len(keys) == len(set(keys)), (stage, step, sorted(acts))


def test_a_phrase_is_written_into_its_field_and_nothing_is_done(desk: Desk) -> None:
    procedures.add_phrase(
        actor=SYSTEM, at=NOW, code="", kind=procedures.PhraseKind.REFUSAL, text="Việc này do tỉnh giải quyết", reason="Nộp ở tỉnh"
    )
    way = Way(desk.world).signing()
    desk.sign_in("khai")
    desk.at = way.at + MINUTE
    url = f"/desk/cases/{way.code}/refusal/"
    picked = next(button for button in desk.page(url).select("button[name=phrase]") if "do tỉnh giải quyết" in button.text)
    page = desk.send(url, form_of(desk, url, phrase=picked["value"], reason="Câu đầu."), status=200)
    assert page.select_one("#f-reason").text.split("\n")[-2:] == ["Câu đầu.", "Việc này do tỉnh giải quyết"]
    assert page.select_one("#f-guidance").text.strip() == "Nộp ở tỉnh"
    assert cases.case(code=way.code, actor=desk.world.counter, at=desk.at).row.stage is cases.Stage.PROCESSING


def test_a_late_result_is_handed_over_with_the_apology_that_nobody_made(desk: Desk) -> None:
    way = Way(desk.world).second()
    way.at = NOW + timedelta(days=20)
    way.go(cases.submit, desk.world.officer, post_id=desk.world.people["khai"].id).go(cases.approve, desk.world.chairman)
    desk.at = way.at + MINUTE
    page = desk.page(f"/desk/cases/{way.code}/")
    assert "Đã quá hẹn mà chưa có lời xin lỗi" in text_of(page.select_one(".alert--late"))
    url = f"/desk/cases/{way.code}/handover/"
    assert "Đơn vị làm chậm: Văn phòng HĐND và UBND xã Vũ Quang" in text_of(desk.page(url))
    went = desk.done(url, form_of(desk, url, after="results"))
    assert went.endswith("?issued=1"), "the apology is printed before the desk goes on"
    assert "Văn bản xin lỗi" in text_of(desk.page(went).select_one(".printnow"))


def test_a_unit_of_any_agency_is_found_and_answers(desk: Desk) -> None:
    way = Way(desk.world).processing()
    desk.sign_in("phuc")
    desk.at = way.at + MINUTE
    url = f"/desk/cases/{way.code}/consultation/"
    other = organisations.unit_on(desk.world.other_commune.id, NOW.date())
    found = desk.client.get("/desk/units/", {"q": other.full_name}).content.decode()
    assert f'data-value="{other.id}"' in found
    desk.done(url, form_of(desk, url, q=other.full_name, unit_id=str(other.id), question="Có hộ khẩu ở đó không?"))
    case = cases.case(code=way.code, actor=desk.world.counter, at=desk.at)
    assert [item.unit for item in case.consultations] == [other.full_name]
    desk.done(url, form_of(desk, url, own_unit="office", question="Ý kiến của Văn phòng?"))
    desk.sign_in("lan")
    page = desk.page("/desk/consultations/")
    assert "Ý kiến của Văn phòng?" in text_of(page.main)
    assert page.select_one("nav a[href='/desk/consultations/']"), "the bar leads there while something waits"
    form = page.select_one("main form[data-once]")
    again = desk.send(form["action"], filled(form, answer=" "))
    assert "Ghi ý kiến trả lời." in text_of(again.select_one(".problem"))
    desk.done(form["action"], filled(form, answer="Không có vướng mắc"))
    assert "Không có vướng mắc" in text_of(desk.page("/desk/consultations/", answered="1").main)
    assert "Không có ý kiến nào đang chờ" in text_of(desk.page("/desk/consultations/").main)
    assert "Không có vướng mắc" in text_of(desk.page(f"/desk/cases/{way.code}/").select_one("section[aria-labelledby=ykien]"))
