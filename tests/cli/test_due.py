"""``cchc due``: one question or a file of them, without a database."""

import csv
import json
import os
import random
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime
from tests.worktime import worlds


def ask(*words: str) -> str:
    """Return what the command prints. Without the mark ``django_db`` a query would fail."""
    out = StringIO()
    call_command("due", *words, stdout=out)
    return out.getvalue()


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the sentences of a refusal, having seen that nothing was printed and the exit code is 2."""
    out = StringIO()
    with pytest.raises(SystemExit) as leaving:
        call_command("due", *words, stdout=out)
    assert leaving.value.code == 2
    assert not out.getvalue()
    return capsys.readouterr().err


def table(path: Path, *rows: str) -> str:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


def test_answers_in_words_and_in_one_json_document():
    assert ask("--from", "2026-08-28T09:00", "--term", "5wd") == "due_at: 2026-09-09T17:00:00+07:00\ndue_date: 2026-09-09\n"
    answer = json.loads(ask("--from", "2026-08-28T09:00", "--term", "5wd", "--json"))
    assert answer == {"due_at": "2026-09-09T17:00:00+07:00", "due_date": "2026-09-09"}


def test_takes_a_start_without_offset_as_viet_nam_time():
    answers = {ask("--from", start, "--term", "3wd") for start in ("2026-11-20T01:00", "2026-11-20T01:00+07:00", "2026-11-19T18:00Z")}
    assert len(answers) == 1
    assert "2026-11-26" in answers.pop()


def test_explains_day_by_day():
    answer = json.loads(ask("--from", "2026-11-20T09:00", "--term", "3wd", "--explain", "--json"))
    assert [(line["date"], line["role"], line["ordinal"]) for line in answer["explanation"]][-3:] == [
        ("2026-11-24", "holiday", None),
        ("2026-11-25", "counted", 2),
        ("2026-11-26", "due", 3),
    ]
    words = ask("--from", "2026-11-20T09:00", "--term", "3wd", "--explain")
    assert "thứ Ba 24/11/2026: nghỉ: Ngày Văn hóa Việt Nam" in words
    assert "Hẹn trả 17:00 thứ Năm 26/11/2026." in words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2026-08-28T09:00", "--term", "5 ngày"), "Không hiểu thời hạn «5 ngày»"),
        (("--from", "2026-02-30T09:00", "--term", "5wd"), "«2026-02-30T09:00» không phải thời điểm"),
        (("--from", "9999-12-31T09:00", "--term", "5wd"), "ngày quá xa"),
        (("--term", "5wd"), "Cần --from và --term"),
        (("--csv", "x.csv", "--term", "5wd"), "--csv không dùng cùng"),
        (("--csv", "không-có.csv"), "Không có tệp «không-có.csv»"),
    ],
)
def test_refuses_in_a_sentence(capsys, words, sentence):
    assert sentence in refused(capsys, *words)


def test_adds_a_column_and_keeps_the_others(tmp_path):
    path = table(
        tmp_path / "sổ.csv",
        "mã,term,from,ghi chú",
        '1,3wd,2026-11-20T09:00,"a, ""b"""',
        "",
        "2,0wd,2026-11-23 15:10,",
        "3,10d,2026-11-20,x",
        "4,1m,2026-10-24T09:00:00+07:00,",
        "5,8wh,2026-11-20T15:20,",
    )
    assert ask("--csv", path).splitlines() == [
        "mã,term,from,ghi chú,due_date",
        '1,3wd,2026-11-20T09:00,"a, ""b""",2026-11-26',
        "2,0wd,2026-11-23 15:10,,2026-11-25",
        "3,10d,2026-11-20,x,2026-11-30",
        "4,1m,2026-10-24T09:00:00+07:00,,2026-11-25",
        "5,8wh,2026-11-20T15:20,,2026-11-23",
    ]
    assert json.loads(ask("--csv", path, "--json"))["rows"][0]["due_date"] == "2026-11-26"


def test_names_every_bad_row_and_prints_nothing(capsys, tmp_path):
    path = table(tmp_path / "a.csv", "from,term", "2026-11-20,3wd", "hôm qua,3wd", "2026-11-20,3x", "2026-11-20", "9999-12-31,3wd")
    said = refused(capsys, "--csv", path)
    assert "Dòng 3: «hôm qua» không phải thời điểm" in said
    assert "Dòng 4: Không hiểu thời hạn «3x»" in said
    assert "Dòng 5: có 1 ô, dòng đầu có 2 cột." in said
    far = table(tmp_path / "b.csv", "from,term", *["2026-11-20,3wd"] * 600, "9999-12-31,3wd")
    assert refused(capsys, "--csv", far).startswith("Dòng 602: Không tính được hạn")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "đúng một cột «from»"),
        (b"from,due\n", "đúng một cột «term»"),
        (b"from,from,term\n", "đúng một cột «from»"),
        (b"from,term,due_date\n", "đã có cột «due_date»"),
        (b"\x80\x00PK\x03\x04", "không phải CSV mã UTF-8"),
        (b'from,term\n"2026-11-20,3wd\n', "không phải CSV mã UTF-8"),
    ],
)
def test_refuses_a_file_that_is_not_what_it_says(capsys, tmp_path, content, sentence):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert sentence in refused(capsys, "--csv", str(path))


def test_counts_a_large_file_as_it_counts_one_row(tmp_path):
    chance = random.Random(1)
    cases = [worlds.random_case(chance) for _ in range(2000)]
    path = table(tmp_path / "a.csv", "\ufefffrom,term", *(f"{case.start.isoformat()},{case.limit}" for case in cases))
    found = [row["due_date"] for row in csv.DictReader(StringIO(ask("--csv", path)))]
    calendar, schedule = worktime.reference_calendar(), worktime.reference_schedule()
    assert found == [
        worktime.due(
            start=case.start.replace(tzinfo=VIETNAM),
            limit=case.limit,
            calendar=calendar,
            schedule=schedule,
        ).due_date.isoformat()
        for case in cases
    ]


def test_needs_no_database():
    program = [sys.executable, "-c", "from cchc.cli import main; main()", "due", "--from", "2026-08-28T09:00", "--term", "5wd", "--json"]
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@/nothing?host=/nowhere"}
    answer = subprocess.run(program, check=False, capture_output=True, text=True, env=environment)
    assert json.loads(answer.stdout)["due_date"] == "2026-09-09", answer.stderr


@pytest.mark.django_db
def test_uses_the_schedule_of_a_unit(capsys):
    assert "due_date: 2026-09-09" in ask("--from", "2026-08-28T09:00", "--term", "5wd", "--unit", "18313")
    assert "99999" in refused(capsys, "--from", "2026-08-28T09:00", "--term", "5wd", "--unit", "99999")
