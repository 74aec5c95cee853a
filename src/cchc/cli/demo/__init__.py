"""``cchc seed demo``: three communes and two departments of Hà Tĩnh, made-up people, and some two thousand cases.

Everything is told through the faces, act by act, by a clock that ends on a given day; so the journal of the demo is as sound as
any. The files that say what happens are in ``seeds/demo``.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connection, transaction

from cchc.audit import api as audit
from cchc.cli.demo import cast
from cchc.cli.demo.cast import BUILDER, script
from cchc.cli.demo.hours import Hours
from cchc.cli.demo.stage import Stage
from cchc.cli.demo.story import tell
from cchc.documents import api as documents
from cchc.identity import api as identity
from cchc.kernel import bus
from cchc.kernel.errors import Refused
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local_date
from cchc.kernel.standing import standing
from cchc.kernel.text import number as written
from cchc.worktime import api as worktime

STREAM = "demo"
CASES = 2000
PORTAL_UNIT = "H27.112.01"
_MORNING = time(10, 30)
_TOLD_EVERY = 200


def seed_demo(*, until: date | None = None, cases: int = CASES, progress: Callable[[str], None]) -> dict[str, Any]:
    """Tell the demo up to 10:30 of ``until`` (default: today, and never beyond this moment) and return what there is.

    All of it or nothing. Where the demo is already there nothing is added, and ``there`` is true. Raises ``Refused`` when people
    are already at work here, or for a day before the stage was built.
    """
    if is_there():
        progress("Cảnh mẫu đã có từ trước; không thêm gì.")
        return {"there": True, **audit.entries(STREAM)[-1].public}
    if identity.anybody():
        raise Refused("Hệ thống đã có người dùng thật; cảnh mẫu chỉ dựng ở nơi còn trống.")
    now = datetime.now(UTC)
    day = until or local_date(now)
    if day < script("cast")["first_until"]:
        raise Refused(f"Cảnh mẫu cần ngày cuối từ {script('cast')['first_until']:%d/%m/%Y}.", field="until")
    with transaction.atomic(), documents.drawn_at_first_view():
        report = {"there": False, **_told(day, now, cases, progress)}
    # Readers come before the server looks at its new tables by itself; a page of figures waited twenty seconds once.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return report


def seed_if_empty(*, progress: Callable[[str], None]) -> bool:
    """Tell the demo where nobody works yet; return whether it was told."""
    if is_there() or identity.anybody():
        return False
    seed_demo(progress=progress)
    return True


def is_there() -> bool:
    """Say whether the demo has been told here."""
    return bool(audit.entries(STREAM))


def accounts() -> list[str]:
    """Return the lines that say who can sign in, and with what; none where the demo is not."""
    if not is_there():
        return []
    rows = cast.accounts()
    width = max(len(row["login"]) for row in rows)
    lines = [f"{row['login']:<{width}}  {row['name']}, {row['title']} ({row['place'].split(',')[0]})" for row in rows]
    return [f"Tài khoản thử, mật khẩu chung: {script('cast')['password']}", *lines]


def _told(day: date, now: datetime, number: int, progress: Callable[[str], None]) -> dict[str, Any]:
    progress("Cảnh mẫu: dựng đơn vị và người")
    # In a story of the past nothing is left to the worker: what is news is told at once.
    with bus.handed_to(bus.deliver):
        agencies = cast.build()
    stage = Stage(hours=Hours(worktime.load_calendar(), worktime.schedule(script("cast")["schedule"])))
    last = stage.hours.last(day)
    end = min(at_local(last, _MORNING), now)
    with standing(), _without_savepoints():
        tell(stage, agencies, number=number, last=last, end=end, progress=lambda done: _say(done, progress))
    found = Counter(stage.told.values())
    report = {
        "until": day.isoformat(),
        "cases": len(stage.told),
        "last_acts": dict(sorted(found.items())),
        "fates": dict(sorted(Counter(stage.fates.values()).items())),
        "agencies": len(agencies),
    }
    audit.record(stream=STREAM, act="demo_told", at=end, actor=BUILDER, public=report)
    progress(f"Cảnh mẫu: {written(len(stage.told))} hồ sơ, đến {end.astimezone(at_local(last, _MORNING).tzinfo):%H:%M %d/%m/%Y}")
    return report


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """Let acts be parts of the one transaction without a savepoint each: here the first act that fails ends the whole story."""
    before = connection.features.uses_savepoints
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = before


def _say(done: int, progress: Callable[[str], None]) -> None:
    if done % _TOLD_EVERY == 0:
        progress(f"Cảnh mẫu: đã kể {written(done)} việc")
