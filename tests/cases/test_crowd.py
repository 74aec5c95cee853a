"""Several people acting on one case at once: one goes first, the slower is told, nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import connections

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.models import Case, Handover
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.worktime import api as worktime
from tests.cases.office import Office, moment
from tests.world import NOW


def together(*acts: Callable[[], object]) -> list[str]:
    """Do all at once and return what each was told; an empty text when it went through."""

    def one(act: Callable[[], object]) -> str:
        try:
            act()
        except Refused as error:
            return error.message
        else:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts, timeout=60))


def test_two_acts_on_what_both_saw_are_one_act_and_one_refusal(fresh_database: object, office: Office) -> None:
    for _ in range(3):
        code = office.processing()
        seen, officer, head = Case.objects.get(code=code).revision, office.actor("phuc"), office.actor("lan")
        signer, until = office.post("khai"), date(2026, 11, 30)
        told = together(
            lambda: cases.submit(actor=officer, at=NOW, code=code, post_id=signer, seen=seen),  # noqa: B023 (done before the next turn)
            lambda: cases.extend(actor=head, at=NOW, code=code, until=until, reason="Chờ", seen=seen),  # noqa: B023
            lambda: cases.return_for_supplement(actor=officer, at=NOW, code=code, items=["Đơn"], reason="Thiếu", seen=seen),  # noqa: B023
        )
        assert told.count("") == 1
        assert all("vừa thay đổi" in sentence for sentence in told if sentence)
        assert audit.verify(stream=f"case:{code}").holds
        assert Handover.objects.filter(case__code=code, ended_at__isnull=True).count() == 1


def test_a_signature_for_a_batch_and_taking_it_back_agree_on_who_has_the_file(fresh_database: object, office: Office) -> None:
    counter, head, unit = office.actor("nhan"), office.actor("lan"), office.world.office.id
    for _ in range(4):
        code = office.receive()
        slip = cases.forward_many(actor=counter, at=NOW, codes=[code], unit_id=unit).slip
        told = together(
            lambda: cases.receive_slip(actor=head, at=NOW, slip=slip),  # noqa: B023 (done before the next turn)
            lambda: cases.recall(actor=counter, at=NOW, code=code),  # noqa: B023
        )
        taken_over = "taken_over" in {entry.act for entry in audit.entries(f"case:{code}")}
        assert taken_over is bool(told[1]), "either it was received, or it was taken back"


def test_a_calendar_that_changes_while_acts_go_on_leaves_everything_in_step(fresh_database: object, office: Office) -> None:
    codes = [office.processing("9.500002", at=moment(18, 9)) for _ in range(8)]
    editor, head, at = Actor.system("thử"), office.actor("lan"), moment(20, 9)

    def close() -> None:
        worktime.set_day(actor=editor, at=at, day=date(2026, 11, 23), kind=worktime.DayKind.HOLIDAY, name="Nghỉ", source="Công điện thử")
        version = worktime.load_calendar().version
        run = cases.open_settlement(calendar_version=version, at=at, actor_post="Quản trị", reason="Công điện thử")
        cases.settle(settlement_id=run, at=at)

    def extend(code: str) -> Callable[[], object]:
        return lambda: cases.extend(actor=head, at=at, code=code, until=date(2026, 11, 27), reason="Chờ")

    told = together(close, *(extend(code) for code in codes[:4]), *(lambda: office.receive("9.500002", at=at) for _ in range(3)))
    assert told[0] == ""
    assert worktime.inconsistencies() == ()
    assert worktime.unsettled() == ()
    for case in Case.objects.select_related("clock").exclude(clock=None):
        assert (case.due_at, case.due_date) == (case.clock.due_at, case.clock.due_date)
        assert case.due_date != date(2026, 11, 23)
