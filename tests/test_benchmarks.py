"""The benchmarks of the desk and of the figures: they say how they are called, and their cases are rows that every constraint allows."""

import subprocess
import sys
from pathlib import Path

from django.db import connection
from psycopg.rows import dict_row

from cchc.cases.models import Case, Party, PastStep, Spell
from cchc.figures import api as figures
from config.env import ROOT


def test_desk_says_how_it_is_called() -> None:
    said = subprocess.run([sys.executable, "benchmarks/desk.py", "--help"], check=True, cwd=ROOT, capture_output=True, text=True).stdout
    assert "--sizes" in said
    assert "--quick" in said


def test_old_cases_are_legal_rows(db: None) -> None:
    from benchmarks.office import stage  # noqa: PLC0415 (it needs the database's settings)

    cast = stage.people()
    stage.live(cast, 3)
    stage.rows(cast, first=0, last=300)
    old = Case.objects.filter(imported=True)
    assert old.count() == Party.objects.filter(case__imported=True).count() == 300
    assert old.filter(stage="returned", returned_at__isnull=True).count() == 0
    assert Case.objects.filter(imported=False).count() == 3


def test_plain_sql_writes_the_rows_of_a_receipt(db: None) -> None:
    from benchmarks.office import plain, stage  # noqa: PLC0415 (they need the database's settings)

    cast = stage.people()
    stage.live(cast, 1)
    connection.ensure_connection()
    pattern = plain.pattern_of(connection.connection.cursor(row_factory=dict_row), cast.codes[0])
    plain.receipt(connection.connection, pattern)
    assert Case.objects.filter(code__startswith="PLAIN-").count() == 1
    assert Party.objects.filter(case__code__startswith="PLAIN-").count() == 1
    assert pattern.count > 10


def test_figures_says_how_it_is_called() -> None:
    said = subprocess.run([sys.executable, "benchmarks/figures.py", "--help"], check=True, cwd=ROOT, capture_output=True, text=True).stdout
    assert "--sizes" in said
    assert "--keep" in said


def test_figures_measures_what_agrees(db: None, tmp_path: Path) -> None:
    from benchmarks.office import burst, columns, counted, register  # noqa: PLC0415 (they need the database's settings)

    cast = register.cast()
    register.fill(cast, first=0, last=2_000)
    assert Case.objects.count() == register.cases() == 2_000
    assert Spell.objects.filter(state="waiting", end="goes_on").exists()
    assert PastStep.objects.filter(case__imported=True).count() > 4_000
    assert counted.rebuilt(lambda _line: None, tidy=False)["buckets"] > 0
    told, numbers = counted.recounted(cast, times=1)
    assert told["equals_rollups"]
    assert columns.compared(cast, numbers=numbers, seconds=1, folder=tmp_path, times=1)["equal"]
    assert max(row["queries"] for row in counted.form(cast, times=1).values()) <= 7
    with_burst = burst.receive(cast, number=5)
    assert with_burst == figures.waiting() == 10
    assert counted.checked()["holds"]
