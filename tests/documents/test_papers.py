"""Papers issued, drawn once, reprinted, forgotten; forms of a day."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from cchc.documents import api as documents
from cchc.documents.models import FormTemplate, Layout, Paper, Rendering, Snapshot
from cchc.documents.tasks import render_paper
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.local import VIETNAM
from tests.documents import samples
from tests.documents.reading import read

CASE = "case:H27.112-261120-0042"


@pytest.fixture
def receipt(unit_id: int, officer: Actor) -> documents.PaperView:
    """Return an issued receipt."""
    return issue(unit_id, officer)


def issue(unit_id: int, officer: Actor, **changed: object) -> documents.PaperView:
    """Issue a receipt, with something changed."""
    given = {"form": documents.FormKey.RECEIPT, "stream": CASE, "data": samples.RECEIPT, "at": samples.RECEIVED}
    return documents.issue(actor=officer, unit_id=unit_id, **(given | changed))


def test_an_issued_paper_knows_its_number_its_form_and_who_issued_it(receipt: documents.PaperView) -> None:
    assert receipt.number == "0001/TN"
    assert (receipt.form, receipt.form_number, receipt.circular) == (documents.FormKey.RECEIPT, "Mẫu số 01", "Thông tư 03/2025/TT-VPCP")
    assert receipt.created_at == samples.RECEIVED
    assert receipt.created_by == "Công chức tiếp nhận @ H27.112"
    assert len(receipt.digest) == 64
    assert not receipt.forgotten
    assert documents.papers_of(CASE) == [receipt]
    assert documents.paper(receipt.id) == receipt


def test_a_list_of_papers_takes_one_query(
    receipt: documents.PaperView, unit_id: int, officer: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    documents.render(receipt.id)
    issue(unit_id, officer)
    with django_assert_num_queries(1):
        papers = documents.papers_of(CASE)
    assert [paper.number for paper in papers] == ["0001/TN", "0002/TN"]
    assert [bool(paper.pdf_sha256) for paper in papers] == [True, False]


def test_data_may_come_as_json(unit_id: int, officer: Actor) -> None:
    plain = json.loads(json.dumps(documents.to_plain(samples.RECEIPT)))
    paper = issue(unit_id, officer, data=plain, form="receipt")
    assert "ĐỖ THỊ BÍCH NGỌC" in read(documents.render(paper.id)).text


def test_bad_data_take_no_number(unit_id: int, officer: Actor) -> None:
    with pytest.raises(Invalid) as refusal:
        issue(unit_id, officer, data=replace(samples.RECEIPT, appointment=""))
    assert refusal.value.field == "appointment"
    assert issue(unit_id, officer).number == "0001/TN"


def test_the_year_of_the_number_is_the_year_in_viet_nam(unit_id: int, officer: Actor) -> None:
    issue(unit_id, officer)
    new_year = issue(unit_id, officer, at=datetime.fromisoformat("2026-12-31T17:30:00+00:00"))
    assert new_year.number == "0001/TN"
    assert "ngày 01 tháng 01 năm 2027" in read(documents.render(new_year.id)).text


def test_a_reprint_is_the_same_bytes_even_when_the_form_has_changed(receipt: documents.PaperView) -> None:
    first = documents.render(receipt.id)
    FormTemplate.objects.update(title="Mẫu khác")
    assert documents.render(receipt.id) == first
    assert documents.is_intact(receipt.id)


def test_a_paper_keeps_the_layout_it_was_issued_with(receipt: documents.PaperView, unit_id: int, officer: Actor, tmp_path: Path) -> None:
    reference = copied_forms(tmp_path)
    layout = reference / "documents" / "receipt.typ"
    layout.write_text(layout.read_text(encoding="utf-8").replace("GIẤY TIẾP NHẬN HỒ SƠ", "PHIẾU NHẬN HỒ SƠ"), encoding="utf-8")
    documents.seed(folder=reference, progress=lambda _: None)
    later = issue(unit_id, officer)
    assert later.template_version != receipt.template_version
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in read(documents.render(receipt.id)).text
    assert "PHIẾU NHẬN HỒ SƠ" in read(documents.render(later.id)).text


def test_the_day_decides_which_circular_a_paper_bears(unit_id: int, officer: Actor) -> None:
    old = issue(unit_id, officer, at=datetime(2025, 9, 14, 9, 0, tzinfo=VIETNAM))
    new = issue(unit_id, officer, at=datetime(2025, 9, 15, 9, 0, tzinfo=VIETNAM))
    assert (old.circular, new.circular) == ("Thông tư 01/2018/TT-VPCP", "Thông tư 03/2025/TT-VPCP")


def test_a_day_without_a_form_is_refused(unit_id: int, officer: Actor) -> None:
    with pytest.raises(Refused, match="Chưa có mẫu «Giấy tiếp nhận hồ sơ và hẹn trả kết quả» cho ngày 05/01/2019"):
        issue(unit_id, officer, at=datetime(2019, 1, 5, 9, 0, tzinfo=VIETNAM))


def test_a_guide_is_not_issued(unit_id: int, officer: Actor) -> None:
    with pytest.raises(Refused, match="không có số"):
        issue(unit_id, officer, form=documents.FormKey.GUIDE, data=samples.GUIDE)


def test_a_job_to_draw_is_deferred_with_the_paper_and_running_it_twice_is_once(unit_id: int, officer: Actor) -> None:
    paper = issue(unit_id, officer)
    job = ProcrastinateJob.objects.get(task_name="cchc.documents.render_paper")
    assert job.args == {"paper_id": str(paper.id)}
    render_paper(**job.args)
    drawn = documents.paper(paper.id).pdf_sha256
    render_paper(**job.args)
    assert drawn
    assert documents.paper(paper.id).pdf_sha256 == drawn


def test_no_paper_no_job(unit_id: int, officer: Actor) -> None:
    def fail() -> None:
        with transaction.atomic():
            issue(unit_id, officer)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not ProcrastinateJob.objects.filter(task_name="cchc.documents.render_paper").exists()
    assert documents.papers_of(CASE) == []


def test_imports_and_demos_may_leave_drawing_to_the_first_view(unit_id: int, officer: Actor) -> None:
    issue(unit_id, officer, soon=False)
    assert not ProcrastinateJob.objects.filter(task_name="cchc.documents.render_paper").exists()


def test_forgetting_leaves_number_and_digests_and_nothing_else(receipt: documents.PaperView, unit_id: int, officer: Actor) -> None:
    documents.render(receipt.id)
    drawn = documents.paper(receipt.id)
    other = issue(unit_id, officer, stream="case:khác")
    system = Actor.system("quên một người")
    assert documents.forget(actor=system, at=samples.PROMISED, stream=CASE) == 1
    assert documents.paper(receipt.id) == replace(drawn, forgotten=True)
    assert Rendering.objects.get(paper__code=receipt.id).pdf is None
    assert not Snapshot.objects.filter(paper__code=receipt.id).exists()
    with pytest.raises(NotFound, match="giấy số 0001/TN năm 2026 đã được xóa"):
        documents.render(receipt.id)
    render_paper(paper_id=str(receipt.id))
    assert documents.is_intact(receipt.id)
    assert not documents.paper(other.id).forgotten
    assert documents.forget(actor=system, at=samples.PROMISED, stream=CASE) == 0


def test_an_officer_cannot_forget(receipt: documents.PaperView, officer: Actor) -> None:
    with pytest.raises(NotAllowed):
        documents.forget(actor=officer, at=samples.PROMISED, stream=CASE)
    assert not documents.paper(receipt.id).forgotten


def test_an_unknown_code_is_not_found(forms: None) -> None:
    for look in (documents.render, documents.paper, documents.is_intact):
        with pytest.raises(NotFound, match="Không có giấy này"):
            look(uuid4())


@pytest.mark.parametrize(
    "change",
    [
        lambda: Paper.objects.update(number=7),
        lambda: Paper.objects.all()._raw_delete("default"),
        lambda: Layout.objects.update(main="khác"),
        lambda: Snapshot.objects.update(data={}),
        lambda: Rendering.objects.update(pdf=b"khac"),
        lambda: Rendering.objects.update(sha256="0" * 64, pdf=None),
        lambda: Rendering.objects.all().delete(),
    ],
    ids=["number", "paper", "layout", "snapshot", "pdf", "digest", "rendering"],
)
def test_the_database_refuses_to_rewrite_what_was_issued(receipt: documents.PaperView, change: Callable[[], object]) -> None:
    documents.render(receipt.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_data_changed_behind_its_back_is_noticed(receipt: documents.PaperView) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE documents_snapshot DISABLE TRIGGER documents_snapshot_is_final")
        cursor.execute("UPDATE documents_snapshot SET data = jsonb_set(data, '{appointment}', '\"16 giờ 00 phút\"')")
        cursor.execute("ALTER TABLE documents_snapshot ENABLE ALWAYS TRIGGER documents_snapshot_is_final")
    assert not documents.is_intact(receipt.id)


def test_two_forms_of_one_key_cannot_hold_on_one_day(forms: None) -> None:
    layout = Layout.objects.first()
    with pytest.raises(IntegrityError, match="documents_one_template_per_form_and_day"), transaction.atomic():
        FormTemplate.objects.create(
            key="receipt", title="x", period=(date(2026, 1, 1), date(2026, 1, 2)), paper_size="A5", layout=layout, confidence="own"
        )


def test_seeding_twice_adds_nothing(forms: None) -> None:
    before = list(FormTemplate.objects.order_by("id").values()), Layout.objects.count()
    documents.seed(folder=settings.SEEDS / "reference", progress=lambda _: None)
    assert (list(FormTemplate.objects.order_by("id").values()), Layout.objects.count()) == before


def test_a_new_circular_closes_the_old_row_and_opens_its_own(forms: None, tmp_path: Path) -> None:
    reference = copied_forms(tmp_path)
    rows = reference / "documents" / "forms.toml"
    text = rows.read_text(encoding="utf-8")
    opened = (
        '[[form]]\nkey = "guide"\ntitle = "Phiếu mới"\nfrom = 2027-01-01\npaper_size = "A5"\nlayout = "guide.typ"\nconfidence = "own"\n'
    )
    text = text.replace(
        'title = "Phiếu hướng dẫn chuẩn bị hồ sơ"\nfrom = 2019-01-06', 'title = "Phiếu cũ"\nfrom = 2019-01-06\nuntil = 2027-01-01'
    )
    rows.write_text(opened + text, encoding="utf-8")
    documents.seed(folder=reference, progress=lambda _: None)
    assert set(FormTemplate.objects.filter(key="guide").values_list("title", flat=True)) == {"Phiếu cũ", "Phiếu mới"}


def test_what_is_not_verified_is_marked_in_the_data(forms: None) -> None:
    current = FormTemplate.objects.filter(circular="Thông tư 03/2025/TT-VPCP")
    assert current.count() == 8
    assert all("chưa" in row.remark.lower() and row.confidence != documents.Confidence.READ for row in current)
    assert current.get(key="stop_notice").confidence == documents.Confidence.OWN


def copied_forms(tmp_path: Path) -> Path:
    """Return a reference folder whose forms a test may change."""
    (tmp_path / "documents").mkdir()
    for file in (settings.SEEDS / "reference" / "documents").iterdir():
        (tmp_path / "documents" / file.name).write_bytes(file.read_bytes())
    return tmp_path
