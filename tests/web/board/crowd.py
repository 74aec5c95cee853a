"""Enough files that numbers are shown, and few enough in one field that they are hidden: counted on one's fingers."""

from datetime import datetime, timedelta

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.kernel.local import VIETNAM
from tests.cases.office import Office
from tests.world import BIRTH, intake

FIRST = datetime(2026, 11, 5, 8, 30, tzinfo=VIETNAM)
# Of the trial procedures (one field), of births (another), and at the other commune.
TRIAL, BIRTHS, ELSEWHERE = 7, 3, 6


def crowd(office: Office) -> Office:
    """Receive the files, one minute apart; the first five of the trial procedures are finished, on time. Return the office."""
    made = [office.receive("9.500002" if number % 2 else "9.500005", at=FIRST + timedelta(minutes=number)) for number in range(TRIAL)]
    for code in made[:5]:
        at = FIRST + timedelta(hours=1)
        cases.forward(actor=office.actor("nhan"), at=at, code=code, unit_id=office.world.office.id)
        cases.assign(actor=office.actor("lan"), at=at, code=code, post_id=office.post("phuc"))
        cases.submit(actor=office.actor("phuc"), at=at, code=code, post_id=office.post("khai"))
        cases.approve(actor=office.actor("khai"), at=at, code=code, number="")
    for number in range(BIRTHS):
        office.receive(BIRTH, at=FIRST + timedelta(minutes=30 + number))
    for number in range(ELSEWHERE):
        cases.receive(actor=office.actor("tan"), at=FIRST + timedelta(minutes=number), intake=intake("9.500005"))
    while figures.refresh():
        pass
    return office
