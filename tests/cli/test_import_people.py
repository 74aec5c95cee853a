"""``cchc import people``: the command line around the import; what it takes and refuses is tested with identity."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from cchc.identity.models import Person
from tests.identity.rosters import one, roster
from tests.world import World


def run(capsys: pytest.CaptureFixture[str], file: Path, *arguments: str, unit: str = "H27.112") -> tuple[int, str, str]:
    code = 0
    try:
        call_command("import", "people", str(file), "--unit", unit, *arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ds.xlsx"
    path.write_bytes(roster(one(), one("Đinh Văn Bình")))
    return path


def test_a_dry_run_tells_and_writes_nothing(world: World, capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, out, _err = run(capsys, file, "--dry-run", "--json")
    report = json.loads(out)
    assert (code, report["new"], report["written"], report["accounts"]) == (0, 2, False, [])
    assert not Person.objects.filter(login="anh.nth").exists()


def test_passwords_are_printed_once_and_open(world: World, capsys: pytest.CaptureFixture[str], file: Path) -> None:
    accounts = json.loads(run(capsys, file, "--json")[1])["accounts"]
    assert [Person.objects.get(login=row["login"]).check_password(row["password"]) for row in accounts] == [True, True]
    again = json.loads(run(capsys, file, "--json")[1])
    assert (again["known"], again["accounts"]) == (2, [])


def test_wrong_rows_are_told_with_their_column(world: World, capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_bytes(roster(one(unit="H27.113.01")))
    code, out, _err = run(capsys, file)
    assert code == 2
    assert "hàng 2, Đơn vị: Không có đơn vị «H27.113.01»" in out
    assert "Chưa ghi gì" in out


def test_what_is_not_there_is_refused_on_stderr(world: World, capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert run(capsys, file.with_name("khong-co.xlsx"))[0] == 2
    code, out, err = run(capsys, file, unit="Z99")
    assert (code, out) == (2, "")
    assert "Z99" in err
