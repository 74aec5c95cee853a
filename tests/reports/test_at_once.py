"""Two people act on one report at the same instant: one goes first, the other is told."""

from cchc.audit import api as audit
from cchc.reports import api as reports
from cchc.reports.models import Version
from tests.cases.test_crowd import together
from tests.reports.acting import OPEN, Tiers, locked


def test_two_people_locking_at_once_make_one_version(fresh_database: object, tiers: Tiers) -> None:
    told = together(lambda: locked(tiers), lambda: locked(tiers), lambda: locked(tiers))
    assert told.count("") == 1
    assert all("Không chốt thêm lần nữa" in sentence for sentence in told if sentence)
    assert Version.objects.count() == 1


def test_signing_and_unlocking_at_once_end_as_one_of_them(fresh_database: object, tiers: Tiers) -> None:
    code = locked(tiers)
    told = together(
        lambda: reports.sign_report(actor=tiers.actor("khai"), at=OPEN, code=code, seq=1),
        lambda: reports.unlock_report(actor=tiers.actor("thu"), at=OPEN, code=code, seq=1, reason="Sửa"),
    )
    assert told.count("") == 1
    assert audit.verify(stream=f"report:{code}").holds
