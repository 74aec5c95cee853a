"""Published points beside ours: kept, compared, explained."""

import json
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotAllowed
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring
from cchc.scoring.models import PublishedScore
from cchc.scoring.terms import Why
from tests.cases.office import Office

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[1] / "data" / "scoring"
TODAY = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
SYSTEM = Actor.system("thử")
SET = scoring.reference_set("qd766")
NOVEMBER = scoring.IndexPeriod.named("2026-11")
HEAD = "unit,period,item,value"


@pytest.fixture
def office(crowded_office: Office) -> Office:
    """Return the office with its files, and the portal's payments of the commune."""
    rows = "key,unit,from,to,numerator,denominator\nqd766.PAID_ONLINE_DOSSIER,18313,2026-11-01,2026-11-30,10,40\n"
    figures.import_values(actor=SYSTEM, at=TODAY, content=rows.encode(), source="Cổng")
    scoring.compute_running(at=TODAY)
    return crowded_office


def keep(*rows: str, actor: Actor = SYSTEM) -> scoring.PublishedFile:
    return scoring.import_published(actor=actor, at=TODAY, content="\n".join([HEAD, *rows]).encode(), source="Cổng, 20/11/2026")


def compared(office: Office) -> dict[str, scoring.Compared]:
    kept = scoring.published_scores(SET, period=NOVEMBER, under=office.world.commune, day=TODAY.date())
    assert kept is not None
    found = scoring.compared(SET, period=NOVEMBER, published=kept.values, today=TODAY.date())
    return {each.item: each for each in found}


def test_each_difference_says_why_and_the_largest_is_first(office: Office):
    # Ours: 5 of 10 in time are 10.00, 10 of 40 payments 1.50, nothing else.
    keep(
        "18313,2026-11,PROGRESS_ON_TIME,18.42",
        "18313,2026-11,PAID_ONLINE_DOSSIER,1.49",
        "18313,2026-11,DOSSIER_SYNC,6",
        "18313,2026-11,ONLINE_DOSSIER,",
        "18313,2026-11,progress,18.42",
        "18313,2026-11,PUBLISH_ON_TIME,",
        "18313,2026-11,total,11.5",
    )
    found = compared(office)
    assert {item: each.why for item, each in found.items()} == {
        "PROGRESS_ON_TIME": Why.COUNTED,
        "PAID_ONLINE_DOSSIER": Why.ROUNDING,
        "DOSSIER_SYNC": Why.MISSING,
        "ONLINE_DOSSIER": Why.LEFT_OUT,
        "progress": Why.PARTS,
        "PUBLISH_ON_TIME": Why.SAME,
        "total": Why.SAME,
    }
    assert str(found["PROGRESS_ON_TIME"].difference) == "-8.42"
    assert list(found)[:3] == ["PROGRESS_ON_TIME", "progress", "DOSSIER_SYNC"]


def test_a_wrong_imported_figure_is_named(office: Office):
    keep("18313,2026-11,PAID_ONLINE_DOSSIER,3")
    assert compared(office)["PAID_ONLINE_DOSSIER"].why is Why.IMPORTED


def test_a_later_import_takes_the_place_of_the_former(office: Office):
    keep("18313,2026-11,total,50", "18313,2026-11,progress,9")
    keep("18313,2026-11,total,60")
    assert {row.item: int(row.value or 0) for row in PublishedScore.objects.all()} == {"total": 60, "progress": 9}


def test_all_rows_or_none_and_each_problem_is_told(office: Office):
    with pytest.raises(Invalid) as refused:
        keep(
            "18313,2026-11,total,50", "77777,2026-11,total,5", "18313,2026-99,total,5", "18313,2027-01,total,5", "18313,2026-11,progress,21"
        )
    assert len(refused.value.problems) == 4
    assert not PublishedScore.objects.exists()


def test_only_with_the_right_and_for_the_own_agency(office: Office):
    for who, unit in (("nhan", "18313"), ("thu", "18322")):
        with pytest.raises(NotAllowed):
            keep(f"{unit},2026-11,total,50", actor=office.actor(who))
    assert keep("18313,2026-11,total,50", actor=office.actor("thu")).latest == NOVEMBER


def test_the_command_answers_and_keeps_only_when_a_source_is_named(office: Office, tmp_path: Path):
    path = tmp_path / "cong-bo.csv"
    path.write_text(f"{HEAD}\n18313,2026-11,PROGRESS_ON_TIME,18.42\n18313,2026-11,PAID_ONLINE_DOSSIER,1.5\n", encoding="utf-8")
    out = StringIO()
    call_command("index766", "compare", str(path), "--period", "2026-11", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["agreeing"], len(answer["differences"])) == (1, 1)
    assert answer["differences"][0] | {"explanation": ""} == {
        "unit": "18313",
        "item": "PROGRESS_ON_TIME",
        "ours": 10.0,
        "published": 18.42,
        "difference": -8.42,
        "why": "counted",
        "explanation": "",
    }
    assert not PublishedScore.objects.exists()
    call_command("index766", "compare", str(path), "--period", "2026-11", "--source", "Cổng", stdout=StringIO())
    assert PublishedScore.objects.count() == 2


def test_the_portals_points_of_phu_tho_are_found_again_from_imported_figures(world):
    """The province's own line: every criterion that is not counted here agrees to the hundredth."""
    facts = [line.split(",") for line in (DATA / "phu_tho_2026-08.csv").read_text(encoding="utf-8").splitlines() if line.startswith("H44,")]
    imported = [row for row in facts if not (SET.find(row[1]) or SET.criteria[0]).figure]
    rows = [f"qd766.{metric},H44,2026-08-01,2026-08-31,{number},{of}" for _unit, metric, number, of in imported]
    content = "\n".join(["key,unit,from,to,numerator,denominator", *rows]).encode()
    figures.import_values(actor=SYSTEM, at=TODAY, content=content, source="Cổng, 26/09/2026")
    published = (DATA / "phu_tho_2026-08_published.csv").read_text(encoding="utf-8").splitlines()
    lines = [line for line in published if line.startswith("H44,")]
    keep(*lines)
    august = scoring.IndexPeriod.named("2026-08")
    province = organisations.unit("H44", on=TODAY.date())
    kept = scoring.published_scores(SET, period=august, under=province, day=TODAY.date())
    assert kept is not None
    found = {each.item: each for each in scoring.compared(SET, period=august, published=kept.values, today=TODAY.date())}
    for criterion in SET.criteria:
        if criterion.code in found and not criterion.figure:
            assert found[criterion.code].why is Why.SAME, criterion.code
    assert found["payment"].why is found["digitisation"].why is found["satisfaction"].why is Why.SAME
