"""From the typed screen to the ``Intake`` that the counter's operations take."""

from dataclasses import replace

from cchc.cases import api as cases
from cchc.web.desk.intake_papers import papers_given
from cchc.web.desk.intake_sheet import Sheet
from cchc.web.ui.forms import Entry

PARTY_FIELDS = ("full_name", "identity_number", "birth_date", "address", "phone")


def intake_of(sheet: Sheet) -> cases.Intake:
    """Return what the screen amounts to. What cannot be read (a date that does not exist) is noted at its field."""
    entry = sheet.entry
    owner = _party(entry, "owner")
    kind = entry.chosen("owner_kind", cases.PartyKind)
    filed_by = entry.chosen("filed_by", cases.FiledBy)
    if has_submitter(entry) and filed_by is cases.FiledBy.SELF:
        # The proposal was left as it stood: whoever types another person has said who brings the file.
        filed_by = cases.FiledBy.AGENT
    return cases.Intake(
        procedure=sheet.version.code if sheet.version else "",
        owner=replace(owner, kind=kind or cases.PartyKind.CITIZEN),
        submitter=_party(entry, "submitter") if has_submitter(entry) else None,
        channel=sheet.channel,
        case_type=sheet.case_type,
        papers=papers_given(sheet.papers, entry),
        result_channel=entry.chosen("result_channel", cases.ResultChannel) or cases.ResultChannel.COUNTER,
        request=entry.text("request"),
        sets=entry.whole("sets", least=1, most=99) or 1,
        quantities=dict(sheet.preview.quantities) if sheet.preview else {},
        payment=entry.chosen("payment", cases.PaymentMethod) or cases.PaymentMethod.CASH,
        notify=entry.flag("notify"),
        filed_by=filed_by,
    )


def has_submitter(entry: Entry) -> bool:
    """Say whether somebody else brings the file: anything typed of them counts."""
    return any(entry.text(f"submitter_{field}") for field in PARTY_FIELDS)


def _party(entry: Entry, prefix: str) -> cases.PartyForm:
    return cases.PartyForm(
        full_name=entry.text(f"{prefix}_full_name"),
        identity_number=cases.digits(entry.text(f"{prefix}_identity_number")),
        birth_date=entry.day(f"{prefix}_birth_date"),
        phone=cases.digits(entry.text(f"{prefix}_phone")),
        address=entry.text(f"{prefix}_address"),
    )
