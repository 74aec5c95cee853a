"""Real logs of others, where they are at hand: the publisher's own numbers must come out."""

import csv
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cchc.cases import api as cases
from cchc.cases.models import Case, PastStep
from cchc.kernel.actor import Actor
from cchc.kernel.period import Period

LOGS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "here-only" / "logs"
MAPPINGS = Path(__file__).resolve().parent.parent / "data" / "register"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not LOGS.is_dir(), reason=f"the logs that are kept beside the repository are not here: {LOGS}"),
]


def take(log: str, mapping: str, as_of: date | None = None) -> cases.RegisterReport:
    now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    return cases.import_register(actor=Actor.system("nhập sổ cũ"), at=now, file=LOGS / log, mapping=MAPPINGS / mapping, as_of=as_of)


def test_the_requests_of_a_city_keep_the_numbers_of_their_publisher():
    # The last open promise of the file is of 20 May 2022, so its publisher counted after that day.
    report = take("boston311-100.csv", "boston311.toml", as_of=date(2022, 6, 1))
    assert (report.cases, report.finished, report.on_time, report.late) == (100, 85, 80, 5)
    assert (report.open, report.open_overdue) == (15, 12)
    assert (report.on_time + report.open - report.open_overdue, report.late + report.open_overdue) == (83, 17)
    assert (report.refused, report.flagged) == ([], [])
    assert sum(report.by_channel.values()) == sum(report.by_field.values()) == 100


def test_before_the_last_promises_were_broken_fewer_are_overdue():
    assert take("boston311-100.csv", "boston311.toml", as_of=date(2022, 5, 20)).open_overdue == 11


def test_running_it_again_adds_nothing():
    take("boston311-100.csv", "boston311.toml")
    again = take("boston311-100.csv", "boston311.toml")
    assert (again.added, again.known, again.on_time, again.late) == (0, 100, 80, 5)


@pytest.mark.parametrize(
    ("log", "number", "steps"),
    [("running-example.csv", 6, 42), ("roadtraffic100traces.csv", 100, 390)],
)
def test_event_logs_become_cases_with_their_steps(log, number, steps):
    report = take(log, "event-log.toml")
    assert (report.cases, report.rows, report.refused) == (number, steps, [])
    assert Case.objects.filter(imported=True).count() == number
    assert PastStep.objects.count() == steps
    assert PastStep.objects.exclude(at=None).count() == steps


def test_overdue_by_the_logs_own_rule_by_department_and_in_total():
    """The log says of each row whether it is overdue; our figures count the promises, and agree in every department."""
    take("boston311-100.csv", "boston311.toml", as_of=date(2022, 6, 1))
    with (LOGS / "boston311-100.csv").open(encoding="utf-8", newline="") as file:
        said = Counter(row["department"] for row in csv.DictReader(file) if row["ontime"] == "OVERDUE")
    assert said.total() == 17
    register = Case.objects.filter(imported=True).values_list("register__code", flat=True).first()
    period = Period(date(2021, 1, 1), date(2022, 6, 1))
    late, overdue = (cases.of_register(key=f"cases.ii06.{name}", register=register, period=period) for name in ("late", "overdue"))
    assert (sum(late.values()), sum(overdue.values())) == (5, 12)
    assert Counter(late) + Counter(overdue) == said
