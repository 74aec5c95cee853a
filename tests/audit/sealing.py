"""Helpers of the tests of seals, which need transactions that really end: they run on a database of the test's own."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from cchc.audit import api as audit
from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM

AT = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
EVENING = datetime(2026, 11, 20, 17, 5, tzinfo=VIETNAM)
DAY = timedelta(days=1)
OFFICER = Actor(post="Công chức tiếp nhận @ H27.112.01", name="Lê Thị Thanh Nhàn")
SYSTEM = Actor.system("kiểm thử niêm phong")


def write(stream: str = "case:X", act: str = "received", *, at: datetime = AT, **public: object) -> audit.EntryView:
    """Add an entry in a transaction of its own."""
    with transaction.atomic():
        return audit.record(stream=stream, act=act, at=at, actor=OFFICER, public=public, private={"owner": "Đỗ Thị Bích Ngọc"})


def settled() -> None:
    """Wait until every transaction that has ended here is older than all running ones: those of other tests' databases count too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (mine,) = cursor.fetchone()
        for _turn in range(6000):
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [mine])
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("some transaction in this cluster never ends")


def seal(at: datetime = EVENING) -> audit.SealView:
    """Seal once everything that ended before can be sealed."""
    settled()
    return audit.seal(actor=SYSTEM, at=at)


def tamper(*statements: str) -> None:
    """Change tables of the journal behind its back, as their owner could."""
    tables = ("audit_entry", "audit_seal", "audit_sealblock")
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows_stay")
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_table_stays")
