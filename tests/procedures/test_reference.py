"""The reference catalogue: real procedures as structured data, loaded once and again without a trace."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from cchc.kernel.errors import Refused
from cchc.procedures import api
from cchc.procedures.models import Version

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
MUST = ["2.000815", "2.000884", "1.001193", "1.000894", "1.000656", "1.004873", "1.004884", "1.004746", "2.000635", "1.004859"]


def views(level: api.Level) -> list[api.VersionView]:
    return [api.version(hit.version_id) for hit in api.search("", on=DAY, level=level, limit=500)]


def test_loading_again_adds_nothing() -> None:
    before = Version.objects.count()
    report = api.seed(folder=Path(settings.SEEDS) / "reference", progress=lambda _line: None)
    assert (report["published"], Version.objects.count()) == (0, before)


def test_there_are_forty_whole_procedures_of_communes_and_five_of_the_province() -> None:
    communes = views(api.Level.COMMUNE)
    assert len(communes) >= 40
    assert [view.code for view in communes if view.missing] == []
    assert all(len(view.steps) >= 3 and view.legal_bases and view.origin for view in communes)
    assert {"Sở Tư pháp", "Sở Nội vụ"} <= {view.agency for view in views(api.Level.PROVINCE)}
    assert set(MUST) <= {view.code for view in communes}


def test_every_outcome_leads_somewhere_and_every_process_ends() -> None:
    for view in views(api.Level.COMMUNE):
        assert any(outcome.next is None for step in view.steps for outcome in step.outcomes), view.code


def test_certified_copies_cost_by_page_and_are_made_the_same_day() -> None:
    view = api.version_for("2.000815", DAY)
    assert (view.immediate, view.register) == (True, api.Register.CERTIFICATION)
    quote = api.fee(view.id, api.Channel.COUNTER, {"copies": 12, "pages": 4})
    assert (quote.total, quote.text, quote.unknown) == (72_000, "72.000 đ", ())
    assert str(api.limit_for(view, api.Channel.COUNTER, view.case_types[1].id)) == "2wd"
    with pytest.raises(Refused, match="số trang"):
        api.fee(view.id, api.Channel.COUNTER, {"copies": 12})


def test_channels_and_case_types_have_their_own_terms_and_fees() -> None:
    residence = api.version_for("1.004194", DAY)
    family, roll = residence.case_types
    assert api.fee(residence.id, api.Channel.ONLINE, case_type=family.id).total == 7_000
    assert api.fee(residence.id, api.Channel.COUNTER, {"people": 4}, case_type=roll.id).total == 40_000
    land = api.version_for("1.012817", DAY)
    assert [str(api.limit_for(land, channel)) for channel in land.channels] == ["30wd", "20wd", "20wd"]


def test_partly_online_services_give_their_reason() -> None:
    assert {view.partial_reason is not None for view in views(api.Level.COMMUNE) if view.service_level is api.ServiceLevel.PARTIAL} == {
        True
    }
