"""``cchc import register``: the command line around the import; what it takes and refuses is tested with the cases."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cchc.kernel.errors import Refused

DATA = Path(__file__).parent.parent / "data" / "register"

pytestmark = pytest.mark.django_db


def run(capsys, *arguments, file="so-mot-cua.csv", mapping="so-mot-cua.toml"):
    code = 0
    try:
        call_command("import", "register", str(DATA / file), "--mapping", str(DATA / mapping), *arguments)
    except SystemExit as end:
        code = end.code
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_json_is_one_document_with_the_numbers_others_build_on(capsys):
    code, out, _err = run(capsys, "--as-of", "2025-07-01", "--json")
    report = json.loads(out)
    assert code == 0
    assert {key: report[key] for key in ("cases", "finished", "on_time", "late", "open", "open_overdue")} == {
        "cases": 10,
        "finished": 7,
        "on_time": 5,
        "late": 2,
        "open": 3,
        "open_overdue": 1,
    }
    assert report["on_time"] + report["late"] == report["finished"]
    assert sum(report["by_channel"].values()) == sum(report["by_field"].values()) == report["cases"]
    assert {"row", "code", "why"} == set(report["refused"][0]) == set(report["flagged"][0])
    assert report["as_of"] == "2025-07-01T00:00:00+07:00"


def test_in_words_it_says_what_was_taken_and_why_the_rest_was_not(capsys):
    code, out, _err = run(capsys)
    assert code == 0
    assert "10 hồ sơ" in out
    assert "hàng 11 (0010): Ngày tiếp nhận «31/06/2025» không có trong lịch" in out
    assert "Phòng Nông nghiệp (1)" in out


def test_twice_is_once(capsys):
    run(capsys)
    report = json.loads(run(capsys, "--json")[1])
    assert (report["added"], report["known"], report["cases"]) == (0, 10, 10)


def test_a_mapping_that_does_not_fit_is_refused_on_stderr(capsys):
    code, out, err = run(capsys, "--json", mapping="boston311.toml")
    assert (code, out) == (2, "")
    assert "«case_enquiry_id»" in err


def test_a_file_that_is_not_there_is_refused(capsys):
    code, _out, err = run(capsys, file="khong-co.csv")
    assert code == 2
    assert "Không có tệp" in err


def test_a_day_that_is_no_day_is_refused(capsys):
    with pytest.raises((CommandError, Refused), match="«31/02/2026» không phải là ngày"):
        run(capsys, "--as-of", "31/02/2026")
