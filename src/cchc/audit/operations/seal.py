"""Seal what nobody can change any more.

A transaction may run for hours: its entries carry an early time and appear late. So nothing is decided by time. The database tells
the oldest transaction that is still running; whatever older ones wrote is final and seen. Those entries are sealed, all others are
left to a later seal: each entry is in exactly one.
"""

from datetime import datetime, time, timedelta

from django.db import connection, transaction

from cchc.audit.models import Seal, SealBlock
from cchc.audit.queries.seals import SealView, grown, latest_seal
from cchc.audit.rules.seals import FIRST, Header
from cchc.kernel.actor import Actor
from cchc.kernel.bulk import copy_rows
from cchc.kernel.errors import NotAllowed, Refused
from cchc.kernel.local import at as local_at
from cchc.kernel.local import local_date

# After the counters have closed: the acts of a working day stand in the seal of that day.
HOUR = time(17, 5)
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('cchc.audit.seal', 0))"
_OLDEST_RUNNING = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


@transaction.atomic
def seal(*, actor: Actor, at: datetime) -> SealView:
    """Seal every entry not yet sealed whose transaction is older than every running one; return the newest seal.

    With nothing new the newest seal is returned as it is, except on a day that has none yet: its empty seal says that nothing
    happened. One at a time, in one transaction: whoever is interrupted leaves nothing behind. Only the system seals.
    """
    if not actor.is_system:
        raise NotAllowed("", "Niêm phong do hệ thống lập hằng ngày, không ai tự lập. Xem danh sách niêm phong ở trang Quản trị.")
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(_OLDEST_RUNNING)
        (bound,) = cursor.fetchone()
    last = latest_seal()
    if last and bound < last.bound:
        raise Refused(
            "Số giao dịch của cụm cơ sở dữ liệu này thấp hơn mốc của niêm phong cuối: dữ liệu được khôi phục từ cụm khác."
            f" Tắt máy chủ, chạy «pg_resetwal --epoch={(last.bound >> 32) + 1} THƯ_MỤC_DỮ_LIỆU», rồi bật lại.",
        )
    found = grown(since=last.bound if last else 0, bound=bound)
    if last and not found.count and local_date(last.sealed_at) == local_date(at):
        return last
    header = Header(
        number=last.number + 1 if last else 1,
        sealed_at=at,
        bound=bound,
        count=found.count,
        root=found.root.hex(),
        previous=last.hash if last else FIRST,
    )
    row = Seal.objects.create(**header.__dict__, hash=header.hash())
    with connection.cursor() as cursor:
        blocks = [
            SealBlock(seal_id=row.number, place=place, first_entry=block.first_entry, root=block.root)
            for place, block in enumerate(found.blocks)
        ]
        copy_rows(cursor, blocks)
    return SealView.of(row)


def seal_if_due(*, actor: Actor, at: datetime) -> SealView | None:
    """Seal unless it was done since the last ``HOUR``; return the seal made, or None. Asked every hour, so that a day is not missed."""
    due = local_at(local_date(at), HOUR)
    if due > at:
        due -= timedelta(days=1)
    last = latest_seal()
    return seal(actor=actor, at=at) if last is None or last.sealed_at < due else None
