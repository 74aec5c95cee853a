"""A substitute does the work of somebody who is away, in both names, and not a day longer."""

from datetime import date

import pytest

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.api import Act
from cchc.identity import api as identity
from cchc.kernel.errors import Refused
from tests.cases.office import Office, signed_in
from tests.world import NOW


def test_a_stand_in_acts_and_the_journal_names_both(office: Office) -> None:
    code = office.processing()
    with pytest.raises(Refused, match="người khác giữ"):
        cases.consult(actor=office.actor("mai"), at=NOW, code=code, unit_id=office.economy.id, question="Ý kiến?")
    made = identity.delegate(
        actor=office.actor("phuc"),
        at=NOW,
        post_id=office.post("phuc"),
        to_post_id=office.post("mai"),
        since=NOW.date(),
        until=date(2026, 11, 26),
        reason="Nghỉ phép",
    )
    mai = signed_in("mai")
    cases.consult(actor=mai, at=NOW, code=code, unit_id=office.economy.id, question="Ý kiến?")
    cases.submit(actor=mai, at=NOW, code=code, post_id=office.post("khai"))
    acts = {entry.act: entry.public.get("on_behalf_of") for entry in audit.entries(f"case:{code}")}
    assert (acts[Act.CONSULT], acts[Act.SUBMIT]) == (office.post("phuc"), office.post("phuc"))
    other = office.processing()
    identity.end_delegation(actor=office.actor("phuc"), at=NOW, delegation_id=made.id)
    with pytest.raises(Refused, match="người khác giữ"):
        cases.submit(actor=signed_in("mai"), at=NOW, code=other, post_id=office.post("khai"))
