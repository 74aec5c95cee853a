"""``cchc figures import``: the command line around the import of values that another system published."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from cchc.figures import api as figures
from cchc.kernel.period import Period
from tests.world import World

HEAD = "key,unit,from,to,numerator,denominator\n"
KEY = "qd766.PAID_ONLINE_DOSSIER"


def run(capsys: pytest.CaptureFixture[str], file: Path) -> tuple[int, str]:
    code = 0
    try:
        call_command("figures", "import", str(file), "--source", "Cổng Dịch vụ công quốc gia, 16/12/2026")
    except SystemExit as end:
        code = int(end.code or 0)
    shown = capsys.readouterr()
    return code, shown.out + shown.err


@pytest.mark.django_db
def test_all_rows_are_taken_or_none_and_each_wrong_one_is_told(world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "so.csv"
    good = f"{KEY},18313,2026-09-15,2026-12-14,30,40\n"
    file.write_text(f"{HEAD}{good}{KEY},18313,x,2026-12-14,1,2\ncases.received,18313,2026-09-15,2026-12-14,1,\n", encoding="utf-8")
    code, told = run(capsys, file)
    assert code
    assert "Dòng 3: cột from phải là ngày" in told
    assert "Dòng 4: Số liệu «cases.received» được đếm từ hồ sơ ở đây" in told
    period = Period(date(2026, 9, 15), date(2026, 12, 14) + timedelta(days=1))
    assert figures.figure_table(KEY, unit_id=world.commune.id, period=period).total.of is None
    file.write_text(HEAD + good, encoding="utf-8")
    code, told = run(capsys, file)
    assert (code, "Đã nhập 1 số liệu" in told) == (0, True)
    total = figures.figure_table(KEY, unit_id=world.commune.id, period=period).total
    assert (total.number, total.of) == (30, 40)


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_told(world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, told = run(capsys, tmp_path / "khong-co.csv")
    assert code
    assert "Không có tệp" in told
