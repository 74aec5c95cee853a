"""The published seals, the script, and the proof behind the receipt's QR."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from cchc.audit import api as audit
from cchc.cases import api as cases
from tests.audit.sealing import DAY, EVENING, seal
from tests.world import NOW, World, intake


@pytest.fixture(autouse=True)
def _fresh_limits(fresh_database: Any) -> None:
    cache.clear()


@pytest.fixture
def received(world: World) -> str:
    """Return the secret address of a case received at the counter."""
    code = cases.receive(actor=world.counter, at=NOW, intake=intake())
    return f"/ho-so/{code}/{cases.case(code=code, actor=world.counter, at=NOW).secret}/"


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.text.split())


def test_without_seals_the_page_says_when_the_first_comes(client: Client) -> None:
    assert "Niêm phong đầu tiên được lập sau 17:05" in text_of(client, "/niem-phong/")
    assert client.get("/niem-phong.json").json() == {"format": "cchc-niem-phong/1", "seals": [], "next": None}


def test_seals_are_listed_and_page_by_page(
    client: Client, received: str, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    made = [seal(EVENING + day * DAY) for day in range(4)]
    monkeypatch.setattr("cchc.web.portal.seals.AT_ONCE", 3)
    text = text_of(client, "/niem-phong/")
    for item in made:
        assert item.hash in text
        assert item.fingerprint in text
    first = client.get("/niem-phong.json").json()
    assert [item["number"] for item in first["seals"]] == [4, 3, 2]
    second = client.get(first["next"].removeprefix("http://testserver")).json()
    assert ([item["number"] for item in second["seals"]], second["next"]) == ([1], None)
    assert "Số 4" not in text_of(client, "/niem-phong/?truoc=3")
    assert client.get("/niem-phong/?truoc=x%00").status_code in {200, 400}
    with django_assert_num_queries(1):
        client.get("/niem-phong/")


def test_the_list_is_not_sent_again_until_there_is_a_new_seal(client: Client, received: str) -> None:
    seal()
    answer = client.get("/niem-phong.json")
    assert client.get("/niem-phong.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    seal(EVENING + DAY)
    assert client.get("/niem-phong.json", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_every_page_links_to_the_seals(client: Client) -> None:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    assert page.select_one('footer a[href="/niem-phong/"]')


def test_what_is_downloaded_checks_what_is_downloaded(client: Client, received: str, tmp_path: Path) -> None:
    seal()
    for url, name in (
        ("/kiem-chung.py", "kiem_chung.py"),
        (f"{received}chung-thuc.json", "chung-thuc.json"),
        ("/niem-phong.json", "n.json"),
    ):
        answer = client.get(url)
        assert answer.status_code == 200
        assert name == "n.json" or answer["Content-Disposition"] == f'attachment; filename="{name}"'
        (tmp_path / name).write_bytes(answer.content)
    assert client.get("/kiem-chung.py")["Content-Type"] == "text/x-python; charset=utf-8"
    command = [sys.executable, "-I", "kiem_chung.py", "chung-thuc.json", "--niem-phong", "n.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert "Tiếp nhận, hẹn trả 16:00 thứ Năm 26/11/2026." in done.stdout
    document = json.loads((tmp_path / "chung-thuc.json").read_text(encoding="utf-8"))
    document["entries"][0]["head"]["public"]["due_at"] = document["entries"][0]["head"]["public"]["due_at"].replace("-26T", "-27T")
    (tmp_path / "chung-thuc.json").write_text(json.dumps(document), encoding="utf-8")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_proof_is_for_the_holder_of_the_receipt_and_names_nobody(client: Client, received: str) -> None:
    answer = client.get(f"{received}chung-thuc.json")
    assert answer["Cache-Control"] == "private, no-store"
    for private in ("Đỗ Thị Bích Ngọc", "042198000317", "0912"):
        assert private not in answer.content.decode()
    another = "y" if received[-2] == "x" else "x"
    assert client.get(f"{received[:-2]}{another}/chung-thuc.json").status_code == 404


def test_the_case_says_which_seal_covers_it(client: Client, received: str, world: World) -> None:
    assert "chưa niêm phong: sổ niêm phong sau 17:05" in text_of(client, received)
    made = seal()
    text = text_of(client, received)
    assert f"Niêm phong gần nhất 17:05 thứ Sáu 20/11/2026, số 1, mã {made.fingerprint}. Mọi mục đã niêm phong." in text
    code = received.split("/")[2]
    cases.forward(actor=world.counter, at=NOW + DAY, code=code, unit_id=world.office.id)
    assert "1 mục mới chưa niêm phong." in text_of(client, received)
    assert f"{received}chung-thuc.json" in client.get(received).content.decode()
    assert audit.verify().holds


def test_the_promise_is_told_with_who_made_it_and_on_which_ground(client: Client, received: str) -> None:
    text = text_of(client, received)
    assert "Lời hẹn đầu tiên, in trên giấy hẹn. Căn cứ: khoản 3 Điều 17 Nghị định 118/2025/NĐ-CP" in text
    assert "Lê Thị Thanh Nhàn, Công chức tiếp nhận, quầy 3" in text
