"""The journal: added to, never changed; verified from the first entry; people can be forgotten."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from cchc.audit import api as audit
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed
from cchc.kernel.local import VIETNAM

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
OFFICER = Actor(post="Công chức tiếp nhận @ H27.112.01", person=uuid4(), name="Lê Thị Thanh Nhàn")


def write(stream: str = "case:X", act: str = "received", **private: str) -> audit.EntryView:
    """Add an entry, and let the deferred foreign keys be checked now: a table with pending checks cannot be altered."""
    with transaction.atomic():
        entry = audit.record(stream=stream, act=act, at=AT, actor=OFFICER, public={"n": 1}, private=private or None)
    connection.check_constraints()
    return entry


def run(*statements: str) -> None:
    """Run statements as the owner, in a savepoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def tamper(sql: str) -> None:
    """Change a table behind the journal's back, as its owner could after taking the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_rows_stay")
        cursor.execute("ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_table_stays")


def test_entries_follow_one_another() -> None:
    first, second = write(), write(act="forwarded", note="gấp")
    assert [(item.seq, item.act) for item in audit.entries("case:X")] == [(1, "received"), (2, "forwarded")]
    assert first.hash != second.hash
    assert audit.entries("case:X")[1].private == {"note": "gấp"}
    assert audit.entries("case:unknown") == ()
    report = audit.verify()
    assert report.holds
    assert report.entries >= 2


def test_nothing_is_written_outside_the_transaction_of_the_act(fresh_stream: str) -> None:
    with transaction.atomic():
        audit.record(stream=fresh_stream, act="received", at=AT, actor=OFFICER, public={})
        transaction.set_rollback(True)
    assert audit.entries(fresh_stream) == ()


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry CASCADE"])
def test_the_owner_is_refused(statement: str) -> None:
    write()
    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"):
        run(statement)
    assert audit.verify(stream="case:X").holds


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry"])
def test_a_session_in_replica_mode_is_refused_too(statement: str) -> None:
    write()
    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"):
        run("SET LOCAL session_replication_role = replica", statement)


@pytest.mark.parametrize(
    ("change", "seq", "what"),
    [
        ("UPDATE audit_entry SET public = '{\"n\": 2}' WHERE seq = 2", 2, "Nội dung mục đã bị sửa"),
        ("UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE seq = 3", 3, "Nội dung mục đã bị sửa"),
        ("UPDATE audit_entry SET actor_post = 'ai đó' WHERE seq = 1", 1, "Nội dung mục đã bị sửa"),
        ("UPDATE audit_entry SET public = '{\"n\": 1.5}' WHERE seq = 2", 2, "không thuộc dạng nhật ký"),
        ("UPDATE audit_entry SET previous = repeat('a', 64) WHERE seq = 2", 2, "không nối tiếp"),
        ("DELETE FROM audit_privatepart; DELETE FROM audit_entry WHERE seq = 2", 2, "Thiếu mục số 2"),
        ("DELETE FROM audit_privatepart; DELETE FROM audit_entry WHERE seq = 3", 3, "Đầu sổ không khớp"),
        ('UPDATE audit_privatepart SET data = \'{"note": "khác"}\'', 2, "Phần riêng của mục đã bị sửa"),
    ],
)
def test_a_change_behind_its_back_is_found_and_named(change: str, seq: int, what: str) -> None:
    write(), write(act="forwarded", note="gấp"), write(act="assigned")
    tamper(change)
    report = audit.verify(stream="case:X")
    assert any(fault.stream == "case:X" and fault.seq == seq and what in fault.what for fault in report.faults), report.faults


def test_a_lock_taken_off_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_rows_stay")
    assert any("audit_entry" in fault.stream for fault in audit.verify().faults)


def test_people_are_forgotten_and_the_chain_still_holds() -> None:
    write(owner="Đỗ Thị Bích Ngọc"), write(stream="case:Y", owner="Trần Thị Hòa")
    erased = audit.erase_private(actor=Actor.system("thử"), at=AT, stream="case:X", reason="Yêu cầu của chủ dữ liệu")
    assert erased == 1
    entries = audit.entries("case:X")
    assert entries[0].private is None
    assert entries[0].erased
    assert entries[1].act == "private_erased"
    assert audit.entries("case:Y")[0].private == {"owner": "Trần Thị Hòa"}
    assert audit.verify().holds


def test_forgetting_needs_the_right() -> None:
    with pytest.raises(NotAllowed):
        audit.erase_private(actor=OFFICER, at=AT, stream="case:X", reason="")


def test_many_first_entries_at_once() -> None:
    with transaction.atomic():
        audit.record_first(
            [audit.Draft(f"case:cu/{n}", "imported", AT, OFFICER, {"n": n}, {"owner": str(n)} if n % 2 else None) for n in range(5)]
        )
    report = audit.verify()
    assert report.holds
    assert audit.entries("case:cu/3")[0].private == {"owner": "3"}
    write(stream="case:cu/3", act="forwarded")
    assert audit.verify(stream="case:cu/3").entries == 2


def test_the_fingerprint_is_computed_from_what_is_kept() -> None:
    entry = write()
    assert audit.recomputed("case:X", 1) == entry.fingerprint
    tamper("UPDATE audit_entry SET public = '{\"n\": 2}'")
    assert audit.recomputed("case:X", 1) != entry.fingerprint


@pytest.fixture
def fresh_stream() -> str:
    return f"case:{uuid4()}"
