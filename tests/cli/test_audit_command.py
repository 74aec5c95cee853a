"""``cchc audit verify``: it says that the journal holds, or names every place where it does not."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from cchc.audit import api as audit
from cchc.kernel.actor import Actor

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal():
    clerk = Actor(post="Công chức tiếp nhận @ H27.112")
    for stream in ("case:A", "case:B"):
        for act in ("received", "forwarded", "approved"):
            audit.record(stream=stream, act=act, at=NOW, actor=clerk, public={"act": act}, private={"owner": "Đỗ Thị Bích Ngọc"})


def verify(capsys, *arguments):
    """Return (exit code, stdout, stderr)."""
    code = 0
    try:
        call_command("audit", "verify", *arguments)
    except SystemExit as end:
        code = end.code
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def tamper(statement, *values):
    """Change the journal behind its back, as only the owner of the database can: the locks are off for one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for trigger in ("audit_entry_rows_stay", "audit_entry_table_stays"):
            cursor.execute(f"ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER {trigger}")


def test_a_sound_journal_is_said_to_hold(journal, capsys):
    code, out, err = verify(capsys)
    assert code == 0
    assert "Nhật ký nguyên vẹn" in out
    assert err == ""


def test_with_json_there_is_exactly_one_document(journal, capsys):
    code, out, _err = verify(capsys, "--json")
    report = json.loads(out)
    assert (code, report["holds"], report["faults"]) == (0, True, [])
    assert report["entries"] >= 6


def test_one_stream_alone(journal, capsys):
    code, out, _err = verify(capsys, "--stream", "case:A", "--json")
    assert code == 0
    assert json.loads(out)["entries"] == 3


def test_a_stream_that_does_not_exist_is_refused_in_words(capsys):
    code, out, err = verify(capsys, "--stream", "case:C")
    assert (code, out) == (2, "")
    assert "«case:C»" in err


def test_a_changed_entry_is_found_and_named(journal, capsys):
    tamper(
        "UPDATE audit_entry SET at = at + interval '1 day' WHERE seq = 2 AND stream_id = (SELECT id FROM audit_stream WHERE name = %s)",
        "case:B",
    )
    code, out, _err = verify(capsys, "--json")
    faults = json.loads(out)["faults"]
    assert code == 1
    assert [(fault["stream"], fault["seq"]) for fault in faults] == [("case:B", 2)]
    code, out, _err = verify(capsys)
    assert code == 1
    assert "case:B, mục 2" in out


def test_every_fault_is_named_not_only_the_first(journal, capsys):
    tamper("UPDATE audit_entry SET act = 'x' WHERE seq = 1 AND stream_id IN (SELECT id FROM audit_stream WHERE name LIKE %s)", "case:%")
    tamper("DELETE FROM audit_privatepart WHERE entry_id IN (SELECT id FROM audit_entry WHERE act = %s)", "approved")
    tamper("DELETE FROM audit_entry WHERE act = %s AND stream_id = (SELECT id FROM audit_stream WHERE name = 'case:A')", "approved")
    code, out, _err = verify(capsys, "--json")
    faults = {(fault["stream"], fault["seq"]) for fault in json.loads(out)["faults"]}
    assert code == 1
    assert faults == {("case:A", 1), ("case:B", 1), ("case:A", 3)}


def test_an_erased_private_part_is_no_fault(journal, capsys):
    tamper("DELETE FROM audit_privatepart WHERE entry_id IN (SELECT id FROM audit_entry WHERE act = %s)", "received")
    assert verify(capsys)[0] == 0


def test_locks_that_were_taken_off_are_named(journal, capsys):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    code, out, _err = verify(capsys, "--json")
    assert code == 1
    assert [fault["stream"] for fault in json.loads(out)["faults"]] == ["bảng audit_entry"]
