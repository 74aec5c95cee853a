"""A version is published once, stays as it is, and a running case keeps its own."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cchc.audit.api import entries
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotAllowed, NotFound, Refused
from cchc.procedures import api
from tests.procedures.drafts import AT, SYSTEM, draft

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
Publish = Callable[..., api.VersionView]


def test_a_version_comes_back_with_all_its_parts(publish: Publish) -> None:
    made = publish()
    view = api.version_for("9.100001", DAY)
    assert view == made
    assert [case.name for case in view.case_types] == ["Cấp mới", "Cấp lại"]
    assert [paper.count_text for paper in view.case_types[0].papers] == ["01 bản chính", "xuất trình 01 bản chính"]
    assert [(step.name, str(step.time), [outcome.next for outcome in step.outcomes]) for step in view.steps] == [
        ("Tiếp nhận", "2wh", [2, None]),
        ("In thẻ", "1wd", [None]),
    ]
    assert view.channels == (api.Channel.COUNTER, api.Channel.ONLINE)
    assert view.missing == ()


def test_reading_a_version_takes_as_many_queries_however_much_it_holds(publish: Publish) -> None:
    small = publish(
        draft(
            "9.100002",
            case_types=(api.CaseTypeDraft(papers=(api.PaperDraft(name="Đơn"),)),),
            terms=draft().terms[:1],
            fees=draft().fees[:1],
        )
    )
    large = publish()
    counts = []
    for made in (small, large):
        with CaptureQueriesContext(connection) as queries:
            api.version(made.id)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9


def test_a_new_version_ends_the_old_one_that_day_and_the_old_can_still_be_read(publish: Publish) -> None:
    old = publish()
    new = publish(draft(title="Cấp, cấp lại thẻ thư viện xã"), on=date(2026, 6, 1))
    assert (new.number, api.version(old.id).valid_until) == (2, date(2026, 6, 1))
    assert api.version_for("9.100001", date(2026, 5, 31)).id == old.id
    assert api.version_for("9.100001", date(2026, 6, 1)).id == new.id
    assert api.version(old.id).title == "Cấp thẻ thư viện xã"
    assert [view.number for view in api.versions_of("9.100001")] == [2, 1]


def test_a_version_may_not_begin_on_or_before_the_start_of_another(publish: Publish) -> None:
    publish()
    for day in (date(2026, 1, 1), date(2025, 1, 1)):
        with pytest.raises(Refused, match="hiệu lực từ 01/01/2026") as refusal:
            publish(draft(title="Khác"), on=day)
        assert refusal.value.field == "valid_from"


def test_unknown_and_out_of_force_are_two_answers(publish: Publish) -> None:
    publish()
    api.repeal_procedure(actor=SYSTEM, at=AT, code="9.100001", on=date(2026, 7, 1), decision="05/QĐ-UBND")
    assert api.version_for("9.100001", date(2026, 6, 30))
    with pytest.raises(Refused, match="hết hiệu lực từ 01/07/2026"):
        api.version_for("9.100001", date(2026, 7, 1))
    with pytest.raises(Refused, match="có hiệu lực từ 01/01/2026"):
        api.version_for("9.100001", date(2025, 12, 31))
    with pytest.raises(NotFound, match=r"9\.999999"):
        api.version_for("9.999999", DAY)
    with pytest.raises(Refused, match="không còn phiên bản"):
        api.repeal_procedure(actor=SYSTEM, at=AT, code="9.100001", on=date(2026, 8, 1), decision="06/QĐ-UBND")


def test_publishing_needs_the_right_and_is_in_the_journal(publish: Publish) -> None:
    with pytest.raises(NotAllowed):
        publish(actor=Actor(post="Công chức tiếp nhận @ H27.112"))
    publish()
    entry = entries("procedure:9.100001")[-1]
    assert (entry.act, entry.public["number"], entry.public["title"]) == ("version_published", 1, "Cấp thẻ thư viện xã")


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 1001}, "title"),
        ({"levels": ()}, "levels"),
        ({"service_level": api.ServiceLevel.PARTIAL}, "partial_reason"),
        ({"partial_reason": api.PartialReason.PRESENCE}, "partial_reason"),
        ({"terms": (api.TermDraft(channel=api.Channel.POST),)}, "terms.1.limit"),
        ({"terms": (api.TermDraft(channel=api.Channel.POST, limit="5 tuần"),)}, "terms.1.limit"),
        ({"terms": (api.TermDraft(channel=api.Channel.POST, limit="5wd", case_type=3),)}, "terms.1.case"),
        ({"fees": (api.FeeDraft(name="Phí"),)}, "fees.1.amount"),
        ({"fees": (api.FeeDraft(name="Phí", amount=1000, cap=5),)}, "fees.1.cap"),
        ({"fees": (api.FeeDraft(name="Phí", amount=2, per=api.FeePer.PAGE, tiers=(api.TierDraft(2, 2),)),)}, "fees.1.tiers.1.start"),
        ({"steps": (api.StepDraft(name="Một", outcomes=(api.OutcomeDraft("Xong", 7),)),)}, "steps.1.outcomes.1.next"),
        ({"steps": (api.StepDraft(name="Một", time="3wd"),)}, "steps"),
        ({"steps": (api.StepDraft(name=" "),)}, "steps.1.name"),
        ({"steps": (api.StepDraft(name="Một", time="3 tuần"),)}, "steps.1.time"),
        ({"case_types": (api.CaseTypeDraft(papers=(api.PaperDraft(name=""),)),)}, "case_types.1.papers.1.name"),
        ({"case_types": (api.CaseTypeDraft(papers=(api.PaperDraft(name="Đơn", copies=100),)),)}, "case_types.1.papers.1.copies"),
        ({"results": (api.ResultDraft(name=""),)}, "results.1.name"),
        ({"legal_bases": (api.BasisDraft(number="x" * 61),)}, "legal_bases.1.number"),
        ({"code": "9 1"}, "code"),
    ],
)
def test_a_draft_that_is_not_whole_is_refused_at_its_place(publish: Publish, change: dict, parameter: str) -> None:
    with pytest.raises(Invalid) as refusal:
        publish(draft(**change))
    assert parameter in refusal.value.problems
    with pytest.raises(NotFound):
        api.versions_of("9.100001")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedures_version SET title = 'Khác'",
        "UPDATE procedures_version SET valid = daterange('2020-01-01', NULL)",
        "DELETE FROM procedures_paper",
        "UPDATE procedures_channelterm SET amount = 30",
        "UPDATE procedures_fee SET amount = 1",
        "TRUNCATE procedures_step",
        "TRUNCATE procedures_version CASCADE",
    ],
)
def test_what_was_published_cannot_be_changed_behind_its_back(publish: Publish, statement: str) -> None:
    publish()
    with connection.cursor() as cursor:
        # The foreign keys of this transaction are checked now, as at its end; until then TRUNCATE has another reason to refuse.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="không sửa"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_forbids_two_versions_on_one_day(publish: Publish) -> None:
    publish()
    copy = """
        INSERT INTO procedures_version (procedure_id, number, valid, title, field_id, levels, legal_kind, agency, authority, service_level,
            partial_reason, subjects, register, decision, conditions, origin, confidence, is_listed, digest, search_key, vi_key)
        SELECT procedure_id, 9, valid, title, field_id, levels, legal_kind, agency, authority, service_level, partial_reason, subjects, register,
            decision, conditions, origin, confidence, is_listed, digest, search_key, vi_key
          FROM procedures_version v WHERE title = 'Cấp thẻ thư viện xã'
    """
    with (
        pytest.raises(IntegrityError, match="procedures_version_periods_do_not_overlap"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(copy)


def test_the_term_is_that_of_the_channel_and_the_case_type(publish: Publish) -> None:
    view = publish()
    new, again = view.case_types
    assert str(api.limit_for(view, api.Channel.COUNTER, new.id)) == "3wd"
    assert str(api.limit_for(view, api.Channel.ONLINE, new.id)) == "2wd"
    assert str(api.limit_for(view, api.Channel.COUNTER, again.id)) == "0wd"
    assert [term.text for term in view.terms_for(api.Channel.COUNTER, again.id)] == ["Trong ngày"]
    with pytest.raises(Refused, match="không tiếp nhận theo hình thức «dịch vụ bưu chính»") as refusal:
        api.limit_for(view, api.Channel.POST)
    assert refusal.value.field == "channel"


def test_a_term_that_waits_for_a_person_stops_the_intake_but_one_the_law_does_not_set_does_not(publish: Publish) -> None:
    def limit(*terms: api.TermDraft) -> object:
        code = f"9.2{len(terms)}{terms[0].absence or terms[0].limit}"
        return api.limit_for(publish(draft(code, terms=terms, steps=())), api.Channel.COUNTER)

    assert limit(api.TermDraft(channel=api.Channel.COUNTER, absence=api.TermAbsence.NOT_SET)) is None
    with pytest.raises(Refused, match="chờ người rà soát"):
        limit(api.TermDraft(channel=api.Channel.COUNTER, absence=api.TermAbsence.UNREADABLE))
    with pytest.raises(Refused, match="nhiều thời hạn"):
        limit(api.TermDraft(channel=api.Channel.COUNTER, limit="2wd"), api.TermDraft(channel=api.Channel.COUNTER, limit="5wd"))


def test_a_quote_adds_what_holds_for_the_channel_and_the_case_type(publish: Publish) -> None:
    view = publish()
    assert api.fee(view.id, api.Channel.COUNTER, case_type=view.case_types[0].id).total == 20_000
    assert api.fee(view.id, api.Channel.ONLINE, {"items": 3}, case_type=view.case_types[1].id).total == 25_000
    with pytest.raises(Refused) as refusal:
        api.fee(view.id, api.Channel.ONLINE, {"items": 0}, case_type=view.case_types[1].id)
    assert refusal.value.field == "quantities"
    assert api.fee(view.id, api.Channel.COUNTER, reduction=api.Reduction("Hộ nghèo", 100)).text == "Không thu phí"


def test_an_amount_nobody_knows_is_named_and_not_taken_for_nothing(publish: Publish) -> None:
    view = publish(draft(fees=(api.FeeDraft(name="Lệ phí của tỉnh", absence=api.FeeAbsence.LOCAL),)))
    quote = api.quote(view, api.Channel.COUNTER)
    assert (quote.total, quote.unknown, quote.text) == (0, ("Lệ phí của tỉnh",), "Chưa xác định đủ mức thu")


def test_the_day_a_version_begins_may_lie_ahead(publish: Publish) -> None:
    publish()
    publish(draft(title="Tên mới"), on=DAY + timedelta(days=30))
    assert api.version_for("9.100001", DAY).title == "Cấp thẻ thư viện xã"
