"""The pages of an officer's own figures: the officer's, and the look of the direct head."""

import pytest
from django.test import Client

from tests.figures.test_officers import worked
from tests.web.board.test_board import signed, soup
from tests.web.board.test_contests import office  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


def test_a_look_leads_from_the_form_to_the_numbers_and_to_the_officers_page(client: Client, office) -> None:  # noqa: F811 (the fixture)
    worked(office, 30)
    signed(client, "phuc")
    own = soup(client, "/desk/my-figures/")
    assert "Chưa ai xem." in own.get_text()
    assert len(own.select(".fig")) == 2
    assert not own.select("a[href='/desk/officer-figures/']")
    assert client.get("/desk/officer-figures/").status_code == 403
    signed(client, "lan")
    assert soup(client, "/desk/my-figures/").select("a[href='/desk/officer-figures/']")
    form = soup(client, "/desk/officer-figures/")
    assert str(office.post("phuc")) in [option["value"] for option in form.select("select[name=post_id] option")]
    wrong = client.post("/desk/officer-figures/", {"post_id": office.post("phuc"), "ky": "nam", "purpose": ""})
    assert wrong.status_code == 422
    answer = client.post("/desk/officer-figures/", {"post_id": office.post("phuc"), "ky": "nam", "purpose": "Phân công lại"})
    assert answer.status_code == 302
    shown = soup(client, answer["Location"])
    assert len(shown.select(".fig")) == 2
    assert "Phân công lại" in shown.get_text()
    signed(client, "phuc")
    assert "Phân công lại" in soup(client, "/desk/my-figures/").select_one("[data-look]").get_text()
    assert client.get(answer["Location"]).status_code == 403


def test_they_are_neither_on_the_board_nor_in_the_api(client: Client, office) -> None:  # noqa: F811 (the fixture)
    for key in ("cases.officer.files", "cases.officer.step_days"):
        assert client.get(f"/so-lieu/so/{key}/").status_code == 404
        assert client.get(f"/so-lieu-mo/{key}.csv").status_code == 404
        assert client.get(f"/api/figures/{key}/values", {"unit": "18313", "from": "2026-11-01", "to": "2026-11-30"}).status_code in {
            401,
            404,
        }
    assert "cases.officer" not in client.get("/so-lieu-mo/").content.decode()


def test_somebody_elses_figures_are_refused(client: Client, office) -> None:  # noqa: F811 (the fixture)
    signed(client, "son")
    answer = client.post("/desk/officer-figures/", {"post_id": office.post("phuc"), "ky": "nam", "purpose": "Xem thử"})
    assert answer.status_code == 403
