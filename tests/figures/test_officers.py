"""The own work of one officer: who sees it, from how many records on, and that every look is told to the officer."""

from datetime import date, datetime, timedelta

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.models import Case, Handover
from cchc.figures import api as figures
from cchc.figures.models import OfficerLook
from cchc.kernel.errors import Invalid, NotAllowed, NotFound
from cchc.kernel.figures import Audience
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from tests.cases.office import Office
from tests.world import NOW

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
FIELD = "Lĩnh vực thử"


def day(number: int, hour: int = 9) -> datetime:
    """Return an hour of a day of November 2026."""
    return datetime(2026, 11, number, hour, 0, tzinfo=VIETNAM)


@pytest.fixture
def office(large_office: Office) -> Office:
    """Return the larger office."""
    return large_office


def worked(office: Office, steps: int, *, late: int = 0) -> str:
    """Let the officer have a file in hand again and again: each time from the 2nd to the 4th, in time or not."""
    code = office.processing(at=day(2))
    cases.submit(actor=office.actor("phuc"), at=day(4), code=code, post_id=office.post("khai"))
    case = Case.objects.get(code=code)
    last = Handover.objects.get(case=case, to_post_id=office.post("phuc"))
    Handover.objects.filter(pk=last.pk).update(due_at=day(4, 10))
    # Who has it now stays the last.
    Handover.objects.filter(case=case, ended_at__isnull=True).update(seq=1000)
    Handover.objects.bulk_create(
        Handover(
            case=case,
            seq=100 + number,
            act=last.act,
            to_unit_id=last.to_unit_id,
            to_post_id=last.to_post_id,
            held_since=day(2),
            at=day(2),
            step=last.step,
            due_at=day(4, 8 if number < late else 10),
            ended_at=day(4),
        )
        for number in range(steps - 1)
    )
    return code


def numbers(office: Office, who: str = "phuc", period: Period = NOVEMBER) -> dict[str, tuple[float, float]]:
    """Return the own numbers of somebody in the field, with how many records each is of."""
    found = figures.own_numbers(actor=office.actor(who), period=period)
    assert [item.field for item in found] in ([], [FIELD])
    return {figure.key.rpartition(".")[2]: (float(line.value or 0), line.size) for item in found for figure, line in item.numbers}


def test_thirty_steps_of_a_field_are_told_and_twenty_nine_are_not(office: Office) -> None:
    worked(office, 29)
    assert numbers(office) == {}
    Handover.objects.filter(seq=100).update(seq=99)
    first = Handover.objects.get(seq=99)
    first.pk, first.seq = None, 100
    first.save(force_insert=True)
    assert numbers(office) == {"steps_on_time": (100.0, 30), "step_days": (2.0, 30)}


def test_steps_out_of_time_count_against_nobody_else(office: Office) -> None:
    worked(office, 40, late=10)
    assert numbers(office) == {"steps_on_time": (75.0, 40), "step_days": (2.0, 40)}
    assert numbers(office, "lan") == {}
    assert numbers(office, period=Period(date(2026, 11, 5), date(2026, 12, 1))) == {}


def test_what_was_taken_out_of_somebodys_hands_is_not_theirs(office: Office) -> None:
    worked(office, 30)
    last = Handover.objects.filter(to_post_id=office.post("phuc")).order_by("-seq")[0]
    # What came after the last step of the officer takes it away.
    last.pk, last.seq, last.act, last.to_post_id = None, last.seq + 1, cases.Act.REASSIGN, office.post("lan")
    last.save(force_insert=True)
    assert numbers(office) == {}


def test_files_that_got_their_result_are_counted_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc.figures.queries.officers.FEWEST_OF_OFFICER", 1)
    code = worked(office, 5)
    assert "files" not in numbers(office)
    cases.approve(actor=office.actor("khai"), at=day(5), code=code, number="")
    assert numbers(office)["files"] == (1.0, 1)


def test_they_are_in_no_list_of_figures(office: Office) -> None:
    keys = {item.figure.key for item in figures.officer_measures()}
    assert keys == {"cases.officer.files", "cases.officer.steps_on_time", "cases.officer.step_days"}
    assert not keys & {item.figure.key for item in figures.measures()}
    for item in figures.officer_measures():
        assert item.figure.audience is Audience.OFFICER
        with pytest.raises(NotFound):
            figures.figure_table(item.figure.key, unit_id=office.world.commune.id, period=NOVEMBER)
        with pytest.raises(ValueError, match="không vào danh mục"):
            figures.register(figures.Measure(item.figure))


def test_a_head_looks_for_a_purpose_and_the_officer_reads_it(office: Office) -> None:
    worked(office, 30)
    lan, phuc = office.actor("lan"), office.actor("phuc")
    with pytest.raises(Invalid) as refused:
        figures.look_at_officer(actor=lan, at=NOW, post_id=office.post("phuc"), period=NOVEMBER, purpose=" ")
    assert list(refused.value.problems) == ["purpose"]
    code = figures.look_at_officer(actor=lan, at=NOW, post_id=office.post("phuc"), period=NOVEMBER, purpose="Phân công lại việc quý IV")
    shown = figures.looked_at(actor=lan, at=NOW, code=code)
    assert [item.field for item in shown.fields] == [FIELD]
    (look,) = figures.looks_at(phuc)
    assert (look.purpose, look.at, look.start, look.last) == ("Phân công lại việc quý IV", NOW, date(2026, 11, 1), date(2026, 11, 30))
    assert office.world.people["lan"].name in look.by
    (entry,) = audit.entries(f"officer_look:{code}")
    assert (entry.act, entry.public) == ("looked_at_officer", {"from": "2026-11-01", "to": "2026-11-30"})


def test_a_look_is_good_for_its_day_and_for_who_made_it(office: Office) -> None:
    code = figures.look_at_officer(actor=office.actor("lan"), at=NOW, post_id=office.post("phuc"), period=NOVEMBER, purpose="Xem việc")
    for actor, at in ((office.actor("lan"), NOW + timedelta(days=1)), (office.actor("khai"), NOW), (office.actor("phuc"), NOW)):
        with pytest.raises(NotFound):
            figures.looked_at(actor=actor, at=at, code=code)


@pytest.mark.parametrize(("who", "whose"), [("son", "phuc"), ("phuc", "mai"), ("khai", "phuc"), ("lan", "lan"), ("thu", "phuc")])
def test_nobody_but_the_direct_head_looks(office: Office, who: str, whose: str) -> None:
    with pytest.raises(NotAllowed):
        figures.look_at_officer(actor=office.actor(who), at=NOW, post_id=office.post(whose), period=NOVEMBER, purpose="Xem việc")
    assert not OfficerLook.objects.exists()


def test_who_leads_a_unit_is_looked_at_by_who_leads_the_one_above(office: Office) -> None:
    assert figures.look_at_officer(actor=office.actor("khai"), at=NOW, post_id=office.post("lan"), period=NOVEMBER, purpose="Xem việc")


def test_people_are_listed_by_name_and_by_nothing_else(office: Office) -> None:
    names = [post.name for post in figures.officers_under(office.actor("lan"), at=NOW)]
    assert len(names) >= 2
    assert office.world.people["lan"].name not in names
    worked(office, 30)
    assert [post.name for post in figures.officers_under(office.actor("lan"), at=NOW)] == names
    assert figures.officers_under(office.actor("phuc"), at=NOW) == ()
