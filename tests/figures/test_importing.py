"""Values of other systems come in from a file: every row is looked at, all are taken or none, and what is counted here stays counted."""

import io
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from cchc.figures import api as figures
from cchc.figures.models import ImportedValue
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotAllowed, Refused
from cchc.kernel.period import Period
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
HEAD = "key,unit,from,to,numerator,denominator,source"
KEY = "qd766.PUBLISH_ON_TIME"
SYSTEM = Actor.system("thử")
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def file(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def value(world: World) -> str:
    return str(figures.figure_table(KEY, unit_id=world.commune.id, period=OCTOBER).total.value)


def problems(content: bytes, actor: Actor = SYSTEM) -> list[str]:
    return list(figures.check_values(actor=actor, at=NOW, content=content, source="x").problems.values())


def test_looking_writes_nothing_and_says_what_would_become_of_each_row(world: World):
    row = f"{KEY},18313,2026-10-01,2026-10-31,9,12,"
    figures.import_values(actor=SYSTEM, at=NOW, content=file(row), source="Cổng")
    checked = figures.check_values(
        actor=SYSTEM,
        at=NOW,
        content=file(row, f"{KEY},18322,01/10/2026,31/10/2026,5,4,", "qd766.DOSSIER_SYNC,18313,2026-10-01,2026-10-31,1,2,"),
        source="Cổng",
    )
    assert [each.verdict for each in checked.rows] == [figures.ValueVerdict.KNOWN, figures.ValueVerdict.NEW, figures.ValueVerdict.NEW]
    assert checked.rows[1].doubt
    assert (checked.fresh, ImportedValue.objects.count()) == (2, 1)
    changed = figures.check_values(actor=SYSTEM, at=NOW, content=file(f"{KEY},18313,2026-10-01,2026-10-31,10,12,"), source="Cổng").rows[0]
    assert (changed.verdict, changed.was) == (figures.ValueVerdict.CHANGED, (9, 12))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("cases.received,18313,2026-10-01,2026-10-31,9,12,", "được đếm từ hồ sơ ở đây, không nhập được"),
        ("qd766.NOTHING,18313,2026-10-01,2026-10-31,9,12,", "Không có số liệu «qd766.NOTHING»"),
        (f"{KEY},99999,2026-10-01,2026-10-31,9,12,", "Không có đơn vị nào mang mã «99999»"),
        (f"{KEY},18313,2026-10-31,2026-10-01,9,12,", "sớm hơn cột from"),
        (f"{KEY},18313,2027-01-01,2027-01-31,9,12,", "còn chưa đến"),
        (f"{KEY},18313,mồng một,2026-10-31,9,12,", "cột from phải là ngày"),
        (f'{KEY},18313,2026-10-01,2026-10-31,"1.234",12,', "cột numerator phải là số không âm viết liền"),
        (f"{KEY},18313,2026-10-01,2026-10-31,-1,12,", "cột numerator phải là số không âm viết liền"),
        (f"{KEY},18313,2026-10-01,2026-10-31,9,,", "cột denominator để trống"),
        (f"{KEY},,2026-10-01,2026-10-31,9,12,", "cột unit để trống"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(world: World, row: str, sentence: str):
    (told,) = problems(file(f"{KEY},18322,2026-10-01,2026-10-31,1,2,", row))
    assert told.startswith("Dòng 3: ")
    assert sentence in told


def test_one_wrong_row_keeps_all_out(world: World):
    content = file(f"{KEY},18322,2026-10-01,2026-10-31,1,2,", f"{KEY},18322,2026-10-01,2026-10-31,1,2,")
    assert problems(content) == ["Dòng 3: trùng số liệu, đơn vị và kỳ với dòng 2."]
    with pytest.raises(Invalid):
        figures.import_values(actor=SYSTEM, at=NOW, content=content, source="Cổng")
    assert not ImportedValue.objects.exists()


def test_a_source_must_be_named_for_the_file_or_for_each_row(world: World):
    with pytest.raises(Invalid) as refused:
        figures.import_values(actor=SYSTEM, at=NOW, content=file(f"{KEY},18313,2026-10-01,2026-10-31,9,12,"))
    assert list(refused.value.problems) == ["source"]
    figures.import_values(actor=SYSTEM, at=NOW, content=file(f"{KEY},18313,2026-10-01,2026-10-31,9,12,Báo cáo số 5"))
    assert ImportedValue.objects.get().source == "Báo cáo số 5"


def test_only_for_the_own_agency_and_only_with_the_right(world: World):
    row = f"{KEY},18322,2026-10-01,2026-10-31,9,12,"
    with pytest.raises(NotAllowed):
        figures.check_values(actor=world.counter, at=NOW, content=file(row), source="x")
    (told,) = problems(file(row), actor=world.reader)
    assert "Xã Mai Hoa không thuộc đơn vị" in told


def test_the_same_file_again_changes_nothing_and_a_new_number_takes_the_place(world: World):
    content = file(f"{KEY},18313,2026-10-01,2026-10-31,9,12,")
    assert figures.import_values(actor=world.reader, at=NOW, content=content, source="Cổng") == 1
    assert figures.import_values(actor=world.reader, at=NOW, content=content, source="Cổng") == 0
    assert value(world) == "75.00"
    figures.import_values(actor=world.reader, at=NOW, content=file(f"{KEY},18313,2026-10-01,2026-10-31,6,12,"), source="Cổng, sửa")
    assert value(world) == "50.00"
    assert [(item.source, item.values, item.units) for item in figures.imports_made()] == [("Cổng, sửa", 1, 1), ("Cổng", 1, 1)]


def test_a_workbook_is_read_as_the_same_and_a_formula_is_told(world: World):
    book = Workbook()
    sheet = book.active
    sheet.append(HEAD.split(","))
    sheet.append([KEY, "18313", date(2026, 10, 1), date(2026, 10, 31), 9, 12.0, "Cổng"])
    saved = io.BytesIO()
    book.save(saved)
    assert figures.import_values(actor=SYSTEM, at=NOW, content=saved.getvalue()) == 1
    assert value(world) == "75.00"
    sheet["E2"] = "=4+5"
    saved = io.BytesIO()
    book.save(saved)
    assert "ô E2 là công thức" in problems(saved.getvalue())[0]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no workbook", b"\xff\xfe\x00", b"key,unit\nx,y\n", HEAD.encode(), b"\xd0\xcf\x11\xe0old"]
)
def test_what_cannot_be_read_is_refused_at_the_file(world: World, content: bytes):
    with pytest.raises(Refused) as refused:
        figures.check_values(actor=SYSTEM, at=NOW, content=content, source="x")
    assert refused.value.field == "file"


def test_the_template_can_be_filled_in_and_taken(world: World):
    content = figures.values_template(actor=world.reader, at=NOW, unit_id=world.commune.id)
    book = load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["Số liệu"][1]] == HEAD.split(",")
    keys = {row[0].value for row in book["Danh mục"].iter_rows(min_row=2) if row[0].value}
    assert KEY in keys
    assert not any(key.startswith("cases.") for key in keys)
    assert problems(content, actor=world.reader) == []


def test_the_command_checks_and_takes(world: World, tmp_path: Path):
    path = tmp_path / "so-lieu.csv"
    path.write_bytes(file(f"{KEY};18313;2026-10-01;2026-10-31;9;12;", head=HEAD.replace(",", ";")))
    for words, written, count in ((["--check"], 0, 0), ([], 1, 1), ([], 0, 1)):
        out = StringIO()
        call_command("figures", "import", str(path), "--source", "Cổng", "--json", *words, stdout=out)
        assert json.loads(out.getvalue())["written"] == written
        assert ImportedValue.objects.count() == count
