"""Seals: every entry in exactly one, by transactions and never by time; one chain that nobody rewrites unseen."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from cchc.audit import api as audit
from cchc.audit.models import Entry, Seal, SealBlock
from cchc.audit.rules.chain import FIRST
from cchc.audit.rules.merkle import EMPTY, Tree, leaf
from cchc.audit.rules.seals import Header
from cchc.audit.tasks import seal_daily
from cchc.kernel.errors import NotAllowed
from tests import databases
from tests.audit.sealing import AT, DAY, EVENING, OFFICER, SYSTEM, seal, settled, tamper, write

pytestmark = pytest.mark.usefixtures("fresh_database")


def root_of(hashes: list[str]) -> str:
    """Return the root over entries' hashes in order."""
    tree = Tree()
    for digest in hashes:
        tree.add(leaf(digest))
    return tree.root.hex()


def sealed_streams() -> dict[int, list[str]]:
    """Return which streams' entries each seal covers, by the rule of the README, computed here in another way."""
    bounds = list(Seal.objects.order_by("number").values_list("number", "bound"))
    found: dict[int, list[str]] = {number: [] for number, _bound in bounds}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.name, e.written_by::text::bigint FROM audit_entry e JOIN audit_stream t ON t.id = e.stream_id ORDER BY e.id"
        )
        for name, written_by in cursor.fetchall():
            number = next((number for number, bound in bounds if written_by < bound), None)
            if number is not None:
                found[number].append(name)
    return found


def test_the_vector_of_a_header() -> None:
    root = "4e23fb40d8876f1299cca9b3c28432a01b11d1a20126606914612892ff2e09a7"
    header = Header(2, datetime(2026, 11, 20, 10, 5, tzinfo=UTC), 4711, 5, root, "a" * 64)
    assert header.hash() == "e96e5a03c4da1b64bef36e02dfff9669a2e1efcfae9a9a2acb8001176e8a259f"


def test_what_is_not_sealed_is_sealed_and_chained() -> None:
    before = list(Entry.objects.order_by("id").values_list("hash", flat=True))
    entries = [write(), write("case:Y"), write(act="forwarded")]
    first = seal()
    assert (first.number, first.previous, first.count) == (1, FIRST, len(before) + 3)
    assert first.root == root_of([*before, *(entry.hash for entry in entries)])
    later = write("case:Z")
    second = seal(EVENING + DAY)
    assert (second.number, second.previous, second.count, second.root) == (2, first.hash, 1, root_of([later.hash]))
    assert audit.seals() == ((second, first), None)
    assert audit.seals(size=1) == ((second,), 2)
    assert audit.seals(before=2) == ((first,), None)
    assert audit.unsealed() == 0
    report = audit.verify()
    assert (report.holds, report.seals, report.sealed, report.unsealed) == (True, 2, len(before) + 4, 0)


def test_nothing_new_makes_no_second_seal_of_a_day() -> None:
    write()
    first = seal()
    assert seal(EVENING.replace(hour=23)) == first
    assert Seal.objects.count() == 1


def test_a_day_without_acts_gets_its_empty_seal() -> None:
    write()
    first, empty = seal(), seal(EVENING + DAY)
    assert (empty.number, empty.count, empty.root, empty.previous) == (2, 0, EMPTY.hex(), first.hash)
    assert audit.verify().holds


def test_an_entry_committed_across_midnight_is_in_exactly_one_seal(fresh_database: Any) -> None:
    """Written before, committed after: by a second real connection whose transaction stays open while the first seal is made."""
    write("case:before")
    settled()
    with databases.server(fresh_database.name) as slow:
        with slow.transaction():
            slow.execute("INSERT INTO audit_stream (name, head_seq, head_hash) VALUES ('case:slow', 1, repeat('b', 64))")
            slow.execute(
                "INSERT INTO audit_entry (stream_id, seq, at, recorded_at, act, actor_post, actor_person, public, private_digest, previous, hash)"
                " SELECT id, 1, now(), now(), 'received', '', '', '{}', '', repeat('0', 64), repeat('b', 64) FROM audit_stream WHERE name = 'case:slow'"
            )
            (running,) = slow.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
            # Younger than the slow one, and ended: it has to wait for the slow one too.
            write("case:younger")
            evening = audit.seal(actor=SYSTEM, at=EVENING)
            assert evening.bound <= running
            assert audit.unsealed() == 1
            assert audit.coverage("case:younger") == audit.Coverage(seal=None, last=0, unsealed=1)
        night = seal(EVENING + DAY)
    found = sealed_streams()
    assert sorted(found[night.number])[-2:] == ["case:slow", "case:younger"]
    assert not {"case:slow", "case:younger"} & set(found[evening.number])
    assert sum(map(len, found.values())) == Entry.objects.count() == evening.count + night.count
    assert audit.unsealed() == 0


def test_an_early_time_does_not_bring_an_entry_into_an_early_seal() -> None:
    seal()
    write(at=AT - 30 * DAY)
    late = seal(EVENING + DAY)
    assert late.count == 1


def test_a_killed_seal_leaves_nothing_and_the_next_run_seals_the_same(fresh_database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [write(f"case:{number}") for number in range(3)]
    settled()
    seen = 0

    def killed(digest: str) -> bytes:
        nonlocal seen
        seen += 1
        if seen == 2:
            with databases.server() as other:
                other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [fresh_database.name])
        return leaf(digest)

    with monkeypatch.context() as change:
        change.setattr("cchc.audit.queries.seals.leaf", killed)
        with pytest.raises(OperationalError):
            audit.seal(actor=SYSTEM, at=EVENING)
    connection.close()
    assert Seal.objects.count() == SealBlock.objects.count() == 0
    done = seal()
    assert done.number == 1
    assert done.root == root_of(list(Entry.objects.order_by("id").values_list("hash", flat=True)))
    assert done.count >= len(entries)


def test_two_at_once_make_one(fresh_database: Any) -> None:
    write()
    settled()
    environment = {**os.environ, "DATABASE_URL": fresh_database.url, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    command = [sys.executable, "-m", "django", "audit", "seal", "--json"]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err.decode()
    assert Seal.objects.count() == 1
    assert audit.verify().holds


def test_only_the_system_seals() -> None:
    with pytest.raises(NotAllowed, match="hệ thống"):
        audit.seal(actor=OFFICER, at=EVENING)


@pytest.mark.parametrize(
    ("at", "due"), [(EVENING - DAY / 24, False), (EVENING, True), (EVENING + DAY / 24, True), (EVENING + 3 * DAY / 4, True)]
)
def test_a_day_is_sealed_once_after_five_and_a_missed_one_later(at: datetime, due: bool) -> None:  # noqa: FBT001
    first = seal(EVENING - DAY)
    write()
    settled()
    made = audit.seal_if_due(actor=SYSTEM, at=at)
    assert (made is not None) is due
    assert audit.seal_if_due(actor=SYSTEM, at=at) is None
    assert Seal.objects.count() == first.number + due


def test_the_job_seals() -> None:
    settled()
    seal_daily(timestamp=0)
    assert Seal.objects.count() == 1


def test_imported_entries_are_sealed_too_in_blocks() -> None:
    before = Entry.objects.count()
    with transaction.atomic():
        audit.record_first([audit.Draft(f"case:cu/{number}", "imported", AT, OFFICER, {"n": number}) for number in range(2500)])
    made = seal()
    assert made.count == before + 2500
    assert list(SealBlock.objects.filter(seal=made.number).order_by("place").values_list("place", flat=True)) == [0, 1, 2]
    assert audit.verify().holds


@pytest.mark.parametrize("table", ["audit_seal", "audit_sealblock"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET root = root", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_owner_is_refused(table: str, statement: str) -> None:
    write()
    seal()
    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


REWRITTEN = "UPDATE audit_entry SET at = at + interval '1 day', hash = repeat('c', 64) WHERE act = 'forwarded'"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (REWRITTEN, "Gốc tính lại từ các mục không khớp"),
        ("UPDATE audit_entry SET hash = 'không phải mã' WHERE act = 'forwarded'", "Gốc tính lại từ các mục không khớp"),
        ("DELETE FROM audit_privatepart; DELETE FROM audit_entry WHERE act = 'forwarded'", "có mục bị xóa hoặc bị chèn"),
        ("UPDATE audit_entry SET written_by = '999999999' WHERE act = 'forwarded'", "có mục bị xóa hoặc bị chèn"),
        ("UPDATE audit_seal SET sealed_at = sealed_at - interval '1 hour' WHERE number = 1", "Niêm phong đã bị sửa"),
        ("UPDATE audit_seal SET previous = repeat('d', 64) WHERE number = 2", "không nối tiếp niêm phong trước"),
        ("UPDATE audit_sealblock SET root = repeat('x', 32)::bytea WHERE seal_id = 1", "Các khối của niêm phong không khớp"),
        ("DELETE FROM audit_sealblock; DELETE FROM audit_seal WHERE number = 1", "Thiếu niêm phong số 1"),
    ],
)
def test_what_is_changed_after_sealing_is_found_and_named(change: str, what: str) -> None:
    write(), write(act="forwarded"), write(act="assigned")
    seal()
    write(act="approved")
    seal(EVENING + DAY)
    assert audit.verify().holds
    tamper(change)
    faults = audit.verify().faults
    assert any(fault.stream == "niêm phong" and what in fault.what for fault in faults), faults


def test_a_lock_of_the_seals_taken_off_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_rows_stay")
    assert "bảng audit_seal" in {fault.stream for fault in audit.verify().faults}


def test_a_journal_restored_into_a_cluster_that_counts_anew_takes_nothing(fresh_database: Any) -> None:
    """As if the last seal had been made where twenty billion transactions had run."""
    write()
    last = seal()
    header = Header(last.number + 1, EVENING, 20_000_000_000, 0, EMPTY.hex(), last.hash)
    Seal.objects.create(**header.__dict__, hash=header.hash())
    with pytest.raises(DatabaseError, match=r"pg_resetwal --epoch=5 "):
        write()
    with pytest.raises(Exception, match=r"pg_resetwal --epoch=5 "):
        audit.seal(actor=SYSTEM, at=EVENING)


def test_what_is_written_meanwhile_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check of a living office: acts are written between the reading of batches of streams."""
    monkeypatch.setattr("cchc.audit.queries.verification._STREAMS_AT_ONCE", 1)
    for number in range(3):
        write(f"case:{number}")

    def act(_report: audit.Report) -> None:
        if audit.entries("case:0")[-1].seq < 20:
            write("case:0", act="forwarded")
            write("case:2", act="forwarded")

    assert audit.verify(progress=act).holds


def test_which_seal_covers_a_stream_costs_two_queries(django_assert_num_queries: Any) -> None:
    write(), write(act="forwarded")
    first = seal()
    write(act="assigned")
    with django_assert_num_queries(2):
        assert audit.coverage("case:X") == audit.Coverage(seal=first, last=2, unsealed=1)
    with django_assert_num_queries(1):
        assert audit.coverage("case:unknown") == audit.Coverage(seal=None, last=0, unsealed=0)
