"""``cchc index766``: a file of facts in, one document of points out, without a database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

DATA = Path(__file__).resolve().parents[1] / "data" / "scoring" / "phu_tho_2026-08.csv"
HEAD = "unit,metric,numerator,denominator"
PHU_THO = (
    HEAD,
    "H44,PROGRESS_ON_TIME,144625,184513",
    "H44,PAID_ONLINE_DOSSIER,82913,98459",
    "H44,PAID_ONLINE_FORMALITY,93,310",
    "H44,PAYMENT_READY_FORMALITY,56,310",
    "H44,DOSSIER_RECEIVING_SATISFACTION,144574,184513",
    "H44,PETITION_PROCESSING_ON_TIME,182,247",
    "H44,PETITION_HANDLING_SATISFACTION,137,247",
)


def ask(*words: str) -> str:
    """Return what the command prints. Without the mark ``django_db`` a query would fail."""
    out = StringIO()
    call_command("index766", *words, stdout=out)
    return out.getvalue()


def points(path: Path, *rows: str) -> list[dict]:
    return json.loads(ask("--facts", table(path / "a.csv", HEAD, *rows), "--json"))


def table(path: Path, *rows: str) -> str:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the sentences of a refusal, having seen that nothing was printed and the exit code is 2."""
    out = StringIO()
    with pytest.raises(SystemExit) as leaving:
        call_command("index766", *words, stdout=out)
    assert leaving.value.code == 2
    assert not out.getvalue()
    return capsys.readouterr().err


def test_the_three_published_rows_of_phu_tho(tmp_path):
    program = [
        sys.executable,
        "-c",
        "from cchc.cli import main; main()",
        "index766",
        "--facts",
        table(tmp_path / "a.csv", *PHU_THO),
        "--json",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"CCHC_HOME": str(tmp_path / "nowhere")}
    answer = subprocess.run(program, check=False, capture_output=True, text=True, env=environment)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout) == [
        {
            "unit": "H44",
            "metrics": {
                "PROGRESS_ON_TIME": 15.68,
                "PAID_ONLINE_DOSSIER": 5.05,
                "PAID_ONLINE_FORMALITY": 0.75,
                "PAYMENT_READY_FORMALITY": 0.45,
                "PETITION_PROCESSING_ON_TIME": 4.42,
                "PETITION_HANDLING_SATISFACTION": 3.33,
                "DOSSIER_RECEIVING_SATISFACTION": 5.22,
            },
            "groups": {"progress": 15.68, "payment": 6.25, "satisfaction": 12.97},
            "total": 34.9,
        }
    ]


def test_asks_no_server_for_anything(tmp_path):
    program = [sys.executable, "-c", "from cchc.cli import main; main()", "index766", "--facts", table(tmp_path / "a.csv", *PHU_THO)]
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@/nothing?host=/nowhere"}
    answer = subprocess.run(program, check=False, capture_output=True, text=True, env=environment)
    assert answer.returncode == 0, answer.stderr
    assert "34,90" in answer.stdout


def test_zero_denominators(tmp_path):
    codes = {
        "PROGRESS_ON_TIME": 0,
        "PAID_ONLINE_DOSSIER": 0,
        "PAID_ONLINE_FORMALITY": 0,
        "PAYMENT_READY_FORMALITY": 0,
        "ORIGINAL_RESULT_AVAILABLE": None,
        "SO_HOA_GIAY_TO_GIAI_QUYET": None,
        "ELECTRONIC_CERTIFIED_COPY": None,
        "REUSED_DIGITIZED_DATA": None,
        "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": None,
        "CITIZEN_DATA_CONNECTED_DOSSIER": None,
        "CITIZEN_DATA_CONNECTED_FORMALITY": None,
        "DOSSIER_RECEIVING_SATISFACTION": 0,
        "PETITION_PROCESSING_ON_TIME": 6,
        "PETITION_HANDLING_SATISFACTION": 6,
        "PUBLISH_ON_TIME": None,
        "PUBLIC_UPDATE_ON_TIME": None,
        "PUBLIC_CONTENT_FULL": None,
        "DOSSIER_SYNC": None,
        "ONLINE_FORMALITY": 0,
        "ONLINE_FORMALITY_USED": 0,
        "ONLINE_DOSSIER": 0,
        "PETITION_CLASSIFICATION_TTHC": None,
        "PETITION_CLASSIFICATION_STAFF": None,
    }
    (found,) = points(tmp_path, *(f"X,{code},0,0" for code in codes))
    assert found["metrics"] == codes
    assert found["groups"] == {"transparency": 0, "progress": 0, "online": 0, "payment": 0, "digitisation": 0, "satisfaction": 12}
    assert found["total"] == 12


def test_a_null_is_left_out_of_the_total(tmp_path):
    (found,) = points(tmp_path, "X,ORIGINAL_RESULT_AVAILABLE,1,3", "X,REUSED_DIGITIZED_DATA,0,0", "X,PROGRESS_ON_TIME,1,3")
    assert found["metrics"] == {"ORIGINAL_RESULT_AVAILABLE": 2, "REUSED_DIGITIZED_DATA": None, "PROGRESS_ON_TIME": 6.67}
    assert (found["groups"], found["total"]) == ({"digitisation": 2, "progress": 6.67}, 8.67)


@pytest.mark.parametrize(
    ("metric", "maximum", "full_at"),
    [
        ("SO_HOA_GIAY_TO_GIAI_QUYET", 4, 100),
        ("REUSED_DIGITIZED_DATA", 2, 80),
        ("DOSSIER_RECEIVING_SATISFACTION", 6, 90),
        ("PAID_ONLINE_FORMALITY", 2, 80),
        ("PAYMENT_READY_FORMALITY", 2, 80),
        ("PAID_ONLINE_DOSSIER", 6, 100),
        ("ONLINE_FORMALITY", 2, 80),
        ("ONLINE_FORMALITY_USED", 4, 100),
        ("ONLINE_DOSSIER", 6, 50),
        ("PROGRESS_ON_TIME", 20, 100),
    ],
)
def test_full_points_begin_where_the_portal_has_them(tmp_path, metric, maximum, full_at):
    shares = {"half": full_at * 50, "below": full_at * 99, "at": full_at * 100, "whole": 10_000}
    found = {
        each["unit"]: each["total"] for each in points(tmp_path, *(f"{name},{metric},{share},10000" for name, share in shares.items()))
    }
    assert found == {"half": maximum / 2, "below": round(maximum * 0.99, 2), "at": maximum, "whole": maximum}


def test_halves_go_up(tmp_path):
    # 6 x 1/1200 = 0.005; 6 x 401/1200 = 2.005: as binary floats both would go down.
    (found,) = points(tmp_path, "X,DOSSIER_SYNC,1,1200", "X,ORIGINAL_RESULT_AVAILABLE,401,1200", "X,PROGRESS_ON_TIME,201,4000")
    assert found["metrics"] == {"DOSSIER_SYNC": 0.01, "ORIGINAL_RESULT_AVAILABLE": 2.01, "PROGRESS_ON_TIME": 1.01}


def test_units_come_in_the_order_of_the_file_whatever_their_level(tmp_path):
    found = points(tmp_path, "H44.100,CITIZEN_DATA_CONNECTED_DOSSIER,1,2", "H44,PROGRESS_ON_TIME,1,2", "H44.13,PROGRESS_ON_TIME,1,4")
    assert [(each["unit"], each["total"]) for each in found] == [("H44.100", 1), ("H44", 10), ("H44.13", 5)]


def test_reads_a_byte_order_mark(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeff".encode() + "\r\n".join(PHU_THO).encode())
    assert json.loads(ask("--facts", str(path), "--json"))[0]["total"] == 34.9


def test_a_numerator_above_its_denominator_is_capped_and_told(tmp_path, capsys):
    (found,) = points(tmp_path, "X,PETITION_HANDLING_SATISFACTION,7,5")
    assert found["total"] == 6
    assert "tử số 7 lớn hơn mẫu số 5; điểm dừng ở mức tối đa" in capsys.readouterr().err


def test_prints_a_table_in_words(tmp_path):
    path = table(tmp_path / "a.csv", *PHU_THO, "X,PROGRESS_ON_TIME,1,1", "X,REUSED_DIGITIZED_DATA,0,0", "Y,PROGRESS_ON_TIME,1,1")
    lines = [line.split() for line in ask("--facts", path).splitlines()]
    assert ["Tối", "đa", "18", "20", "12", "10", "22", "18", "100"] in lines
    assert ["H44", "–", "15,68", "–", "6,25", "–", "12,97", "34,90", "trên", "48", "1"] in lines
    assert ["X", "–", "20,00", "–", "–", "–", "–", "20,00", "trên", "20", "2"] in lines
    assert ["Y", "–", "20,00", "–", "–", "–", "–", "20,00", "trên", "20", "2"] in lines
    words = ask("--facts", path)
    assert "Các đơn vị có số liệu khác nhau" in words
    assert "X: không chấm REUSED_DIGITIZED_DATA" in words


def test_scores_every_unit_of_a_province():
    found = {each["unit"]: each for each in json.loads(ask("--facts", str(DATA), "--json"))}
    assert len(found) == 35
    assert found["H44"]["total"] == 59.91
    assert found["H44.100"]["groups"] == {"transparency": 7.96, "payment": 6.69, "digitisation": 8.67, "satisfaction": 17.27}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "thiếu cột «unit»"),
        (b"unit,metric,numerator\n", "Dòng 1: thiếu cột «denominator»"),
        (b"\x80\x00PK\x03\x04", "không phải CSV mã UTF-8"),
        (f"{HEAD}\nA,DOSSIER_SYNC,1,-2\n".encode(), "Dòng 2, cột denominator: «-2» là số âm."),
        (f"{HEAD}\nA,DOSSIER_SYNC,1,hai\n".encode(), "Dòng 2, cột denominator: «hai» không phải số"),
        (f"{HEAD}\nA,X,1,2\n".encode(), "Dòng 2, cột metric: không có chỉ tiêu «X»"),
        (f"{HEAD}\nA,DOSSIER_SYNC,1,2\nA,DOSSIER_SYNC,1,2\n".encode(), "Dòng 3, cột metric: «A» đã có «DOSSIER_SYNC» ở dòng 2"),
    ],
)
def test_refuses_a_bad_file(capsys, tmp_path, content, sentence):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    for words in (("--facts", str(path)), ("--facts", str(path), "--json")):
        assert sentence in refused(capsys, *words)


def test_tells_everything_that_is_wrong_at_once(capsys, tmp_path):
    said = refused(capsys, "--facts", table(tmp_path / "a.csv", HEAD, *(f"A,X{number},-1,x" for number in range(40))))
    assert len(said.splitlines()) == 120


def test_refuses_in_a_sentence(capsys, tmp_path):
    assert "Cần --facts TỆP" in refused(capsys, "--json")
    assert "Không có tệp «không-có.csv»" in refused(capsys, "--facts", "không-có.csv")
    assert "Không đọc được tệp" in refused(capsys, "--facts", str(tmp_path))
