"""What must hold of lives: the rows, the ledger and the papers, beside what the model says."""

from datetime import datetime
from itertools import pairwise

from django.db import connection

from cchc.audit import api as audit
from cchc.cases.models import Case, Handover
from cchc.documents.models import Paper
from cchc.worktime import api as worktime
from tests.cases.lives import Life
from tests.cases.lives_acts import Scene
from tests.cases.office import naive

_EVERYTHING = """
    SELECT c::text, k::text,
        (SELECT string_agg(h::text, ';' ORDER BY h.seq) FROM cases_handover h WHERE h.case_id = c.id),
        (SELECT string_agg(r::text, ';' ORDER BY r.id) FROM cases_request r WHERE r.case_id = c.id),
        (SELECT string_agg(a::text, ';' ORDER BY a.seq) FROM cases_apology a WHERE a.case_id = c.id),
        (SELECT string_agg(l::text, ';' ORDER BY l.id) FROM worktime_clockentry l WHERE l.clock_id = c.clock_id),
        (SELECT string_agg(p::text, ';' ORDER BY p.id) FROM documents_paper p WHERE p.stream = %(stream)s),
        (SELECT string_agg(e.id::text, ';' ORDER BY e.id) FROM audit_entry e JOIN audit_stream s ON s.id = e.stream_id WHERE s.name = %(stream)s)
    FROM cases_case c LEFT JOIN worktime_clock k ON k.id = c.clock_id WHERE c.code = %(code)s
"""


def snapshot(life: Life) -> object:
    """Return everything written of a life, in one look."""
    with connection.cursor() as cursor:
        cursor.execute(_EVERYTHING, {"code": life.code, "stream": f"case:{life.code}"})
        return cursor.fetchone()


def check(scene: Scene, life: Life) -> None:
    """Compare the row, the clock and the model."""
    row = Case.objects.select_related("clock").get(code=life.code)

    def there(value: datetime | None) -> datetime | None:
        return naive(value) if value else None

    due = (there(row.due_at), row.due_date) if row.due_at else None
    first = (there(row.first_due_at), row.first_due_date) if row.first_due_at else None
    ordinal = life.here.ordinal
    found = (row.stage, row.step, row.revision, due, there(row.late_from), first, there(row.unextended), row.extensions, row.ordinal)
    told = (life.stage, life.step, life.revision, life.due, life.late_from, life.first, life.unextended, life.extensions, ordinal)
    assert found == told, f"{life.code} {life.procedure} at {scene.now}: {found} != {told}"
    assert there(row.step_due_at) == life.here.due, f"{life.code}: step due {row.step_due_at} != {life.here.due}"
    assert there(row.forward_by) == life.forward_by, f"{life.code}: forward by {row.forward_by} != {life.forward_by}"
    post = scene.office.post(life.here.post) if life.here.post else None
    assert row.holder_post_id == post
    assert there(row.finished_at) == life.finished
    assert there(row.returned_at) == life.returned
    if row.clock is not None:
        assert (row.clock.due_at, row.clock.due_date) == (row.due_at, row.due_date)


def check_all(scene: Scene) -> None:
    """Look at the whole of every life at its end."""
    for life in scene.lives:
        check(scene, life)
        _check_holdings(life)
        report = audit.verify(stream=f"case:{life.code}")
        assert report.holds, life.code
        if life.finished is not None:
            view = scene.office.view(life.code, at=scene.at)
            assert view.row.timeliness == life.timeliness, f"{life.code}: {view.row.timeliness} != {life.timeliness}"
    assert worktime.inconsistencies() == ()
    numbers: dict[tuple[int, str, int], list[int]] = {}
    for unit, series, year, number in Paper.objects.values_list("unit_id", "series", "year", "number"):
        numbers.setdefault((unit, series, year), []).append(number)
    for series, given in numbers.items():
        assert sorted(given) == list(range(1, len(given) + 1)), f"{series}: a gap or a double"
    codes = [life.code for life in scene.lives]
    assert len(set(codes)) == len(codes)


def _check_holdings(life: Life) -> None:
    rows = list(Handover.objects.filter(case__code=life.code).order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [row.step for row in rows] == [item.step for item in life.steps]
    assert [row.received_at is not None for row in rows] == [item.received for item in life.steps], life.code
    for before, after in pairwise(rows):
        assert before.ended_at is not None
        assert before.ended_at == after.at or before.to_unit_id is None
    assert (rows[-1].ended_at is None) == (life.step != "closed")
