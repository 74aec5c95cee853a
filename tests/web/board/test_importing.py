"""Values of other systems, and points of the portal, on their pages: looked at, taken, compared."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cchc.figures.models import ImportedValue
from cchc.kernel.local import VIETNAM
from cchc.scoring import api as scoring
from cchc.scoring.models import PublishedScore
from tests.cases.office import Office
from tests.web.board.test_board import signed, soup

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
IMPORT, COMPARISON = "/so-lieu/nhap/", "/so-lieu/chi-so-766/doi-chieu/"
HEAD = "key,unit,from,to,numerator,denominator"
GOOD = "qd766.PAID_ONLINE_DOSSIER,18313,2026-11-01,2026-11-30,10,40"


@pytest.fixture
def office(crowded_office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the office with its files and the points of the day."""
    monkeypatch.setattr(timezone, "now", lambda: TODAY)
    scoring.compute_running(at=TODAY)
    return crowded_office


def upload(client: Client, address: str, *lines: str, source: str = "Cổng, 20/11/2026", status: int = 200):
    file = SimpleUploadedFile("so-lieu.csv", "\n".join(lines).encode(), content_type="text/csv")
    answer = client.post(address, {"source": source, "file": file})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def test_a_file_is_looked_at_first_and_taken_when_confirmed(client: Client, office: Office) -> None:
    signed(client, "thu")
    preview = upload(client, IMPORT, HEAD, GOOD).content.decode()
    assert "Nhập 1 số liệu" in preview
    assert not ImportedValue.objects.exists()
    token = preview.split('name="token" value="')[1].split('"')[0]
    answer = client.post(f"{IMPORT}xac-nhan/", {"token": token, "source": "Cổng, 20/11/2026"}, follow=True)
    assert "Đã nhập 1 số liệu." in answer.content.decode()
    made = soup(client, IMPORT)
    assert "Cổng, 20/11/2026" in made.get_text()
    assert ImportedValue.objects.get().source == "Cổng, 20/11/2026"
    again = client.post(f"{IMPORT}xac-nhan/", {"token": token, "source": "Cổng"})
    assert again.status_code == 422
    assert "Tải tệp lên lại" in again.content.decode()


def test_a_wrong_row_is_named_and_nothing_is_taken(client: Client, office: Office) -> None:
    signed(client, "thu")
    page = upload(client, IMPORT, HEAD, GOOD, "cases.received,18313,2026-11-01,2026-11-30,10,40").content.decode()
    assert "được đếm từ hồ sơ ở đây, không nhập được" in page
    assert 'name="token"' not in page
    assert not ImportedValue.objects.exists()


def test_what_was_typed_stays_and_each_problem_is_at_its_field(client: Client, office: Office) -> None:
    signed(client, "thu")
    page = upload(client, IMPORT, "a,b", "1,2", source="Cổng tháng 11", status=422).content.decode()
    assert "Tệp thiếu cột key" in page
    assert 'value="Cổng tháng 11"' in page
    answer = client.post(IMPORT, {"source": ""})
    assert answer.status_code == 422
    assert {"Ghi số liệu lấy từ đâu, ngày nào.", "Chọn tệp CSV hoặc XLSX."} <= set(_sentences(answer.content.decode()))


def test_the_template_is_a_workbook(client: Client, office: Office) -> None:
    answer = signed(client, "thu").get(f"{IMPORT}mau/")
    assert answer.content.startswith(b"PK")


def test_only_who_may_import_sees_the_way(client: Client, office: Office) -> None:
    assert client.get(IMPORT).status_code == 302
    assert signed(client, "nhan").get(IMPORT).status_code == 403
    assert client.post(COMPARISON, {"source": "x"}).status_code == 403
    assert IMPORT not in {item.get("href") for item in soup(client, "/so-lieu/chi-so-766/").select("a")}
    assert IMPORT in {item.get("href") for item in soup(signed(client, "thu"), "/so-lieu/chi-so-766/").select("a")}


def test_published_points_are_kept_and_compared(client: Client, office: Office) -> None:
    signed(client, "thu")
    lines = ("unit,period,item,value", "18313,2026-11,PROGRESS_ON_TIME,18.42", "18313,2026-11,DOSSIER_SYNC,6", "18313,2026-11,online,0")
    answer = upload(client, COMPARISON, *lines, status=302)
    page = soup(client, answer["Location"])
    apart = [[cell.get_text(strip=True) for cell in row.find_all("td")] for row in page.select("main tbody tr")]
    # Five of ten files in time here: 10 of 20 points.
    assert apart[0][1:4] == ["10,00", "18,42", "−8,42"]
    assert "1 điểm khớp." in page.get_text()
    assert soup(client, COMPARISON).select_one("tbody tr") is not None
    opened = soup(client, page.select_one("tbody td a")["href"])
    assert opened.select_one("[data-total]").get_text().startswith("50")
    assert client.get(COMPARISON, {"don-vi": "18322"}).status_code == 404


def test_published_points_that_are_wrong_are_told(client: Client, office: Office) -> None:
    signed(client, "thu")
    page = upload(client, COMPARISON, "unit,period,item,value", "18313,2026-11,NOTHING,1", status=422).content.decode()
    assert "không phải mã chỉ tiêu" in page
    assert not PublishedScore.objects.exists()


def _sentences(html: str) -> list[str]:
    return [sentence for sentence in ("Ghi số liệu lấy từ đâu, ngày nào.", "Chọn tệp CSV hoặc XLSX.") if sentence in html]
