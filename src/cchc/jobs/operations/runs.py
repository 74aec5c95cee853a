"""Long work says how far it is, in short transactions of its own, so that other processes see it while the work goes on.

    run = jobs.begin(name="cchc.cases.settle", key="57", total=len(codes), at=at)
    for chunk in batched(codes, 200):
        with transaction.atomic():
            …                                  # the work
        jobs.advance(run.id, done=…, at=…)     # outside: seen at once by everybody
    jobs.finish(run.id, at=…, result={"moved": 31})

Called inside a transaction they raise ``RuntimeError``: progress that nobody sees before the end is a mistake. They ask no right and
write no journal: the work itself does both.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from cchc.jobs.models import LongRun
from cchc.jobs.queries.runs import RunView
from cchc.kernel.errors import NotFound

_BEGIN = """
    INSERT INTO jobs_longrun (name, key, started_at, moved_at, done, total, tries, result, error)
    VALUES (%(name)s, %(key)s, %(at)s, %(at)s, 0, %(total)s, 1, '{}', '')
    ON CONFLICT (name, key) DO UPDATE SET started_at = EXCLUDED.started_at, moved_at = EXCLUDED.moved_at, finished_at = NULL,
        done = 0, total = EXCLUDED.total, tries = jobs_longrun.tries + 1, result = '{}', error = ''
    RETURNING id
"""


@transaction.atomic(durable=True)
def begin(*, name: str, key: str, total: int, at: datetime) -> RunView:
    """Say that the work begins, or begins again after it was cut off: the same name and key keep one row and count the tries."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, {"name": name, "key": key, "total": total, "at": at})
        (run_id,) = cursor.fetchone()
    return RunView.of(LongRun.objects.get(pk=run_id))


@transaction.atomic(durable=True)
def advance(run_id: int, *, done: int, at: datetime) -> None:
    """Say how many are done by now. One statement."""
    _update(run_id, done=done, moved_at=at)


@transaction.atomic(durable=True)
def finish(run_id: int, *, at: datetime, result: Mapping[str, Any] | None = None) -> None:
    """Say that all is done; ``result`` is JSON, without anything personal."""
    run = _locked(run_id)
    _update(run_id, done=run.total, moved_at=at, finished_at=at, result=dict(result or {}))


@transaction.atomic(durable=True)
def fail(run_id: int, *, at: datetime, error: str) -> None:
    """Say that the work ended with an error, in words; what was done stays told."""
    _update(run_id, moved_at=at, finished_at=at, error=error or "Không rõ nguyên nhân.")


def _locked(run_id: int) -> LongRun:
    found = LongRun.objects.select_for_update().filter(pk=run_id).first()
    if found is None:
        raise NotFound("Không có lần chạy này.")
    return found


def _update(run_id: int, **values: Any) -> None:
    if not LongRun.objects.filter(pk=run_id).update(**values):
        raise NotFound("Không có lần chạy này.")
