"""From the editor's rows to the draft that is published, each thing that cannot be read told at its field."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from cchc.kernel.errors import Refused
from cchc.kernel.text import fold
from cchc.procedures import api as procedures
from cchc.web.office.procedures.edition_rows import Rows
from cchc.web.ui.forms import Entry
from cchc.worktime import api as worktime

_NOTATION = re.compile(r"\d{1,5}(?:wd|wh|d|m)", re.IGNORECASE)
_MOST_PAGES = 9999
# The rules' words for rows and fields → the form's.
_WORDS = {
    "case_types": "case",
    "papers": "paper",
    "terms": "term",
    "fees": "fee",
    "tiers": "tier",
    "results": "result",
    "legal_bases": "basis",
    "steps": "step",
    "outcomes": "outcome",
    "unit_text": "unit",
    "role_text": "role",
}
# A problem of a whole section stands at the section.
_WHOLE = {"case_types": "cases", "steps": "steps_total"}


def field_of(place: str) -> str:
    """Return the form's name for a place of the rules: ``terms.2.limit`` → ``term-2-limit``."""
    return _WHOLE.get(place) or "-".join(_WORDS.get(part, part) for part in place.split("."))


def draft_from(rows: Rows, entry: Entry) -> procedures.VersionDraft:
    """Return what the screen amounts to; what cannot be read is noted in the entry at its field."""
    level = tuple(word for word in procedures.Level if entry.flag(f"level-{word}"))
    subjects = tuple(word for word in procedures.SubjectKind if entry.flag(f"subject-{word}"))
    return procedures.VersionDraft(
        code=entry.text("code"),
        title=entry.text("title"),
        field_name=entry.text("field_name"),
        origin=entry.text("origin"),
        levels=level,
        legal_kind=entry.chosen("legal_kind", procedures.LegalKind) or procedures.LegalKind.DETAILED,
        agency=entry.text("agency"),
        authority=entry.text("authority"),
        service_level=entry.chosen("service_level", procedures.ServiceLevel) or procedures.ServiceLevel.UNKNOWN,
        partial_reason=entry.chosen("partial_reason", procedures.PartialReason),
        subjects=subjects,
        register=entry.chosen("register", procedures.Register) or procedures.Register.NONE,
        decision=entry.text("decision"),
        conditions=entry.lines("conditions"),
        confidence=entry.chosen("confidence", procedures.Confidence) or procedures.Confidence.MEDIUM,
        is_listed=entry.flag("is_listed"),
        keywords=entry.text("keywords"),
        case_types=tuple(_case(rows, entry, place) for place in _places(rows, "case")),
        terms=tuple(_term(entry, place) for place in _places(rows, "term")),
        fees=tuple(_fee(rows, entry, place) for place in _places(rows, "fee")),
        results=tuple(
            procedures.ResultDraft(name=entry.text(f"result-{place}-name"), code=entry.text(f"result-{place}-code"))
            for place in _places(rows, "result")
        ),
        legal_bases=tuple(
            procedures.BasisDraft(number=entry.text(f"basis-{place}-number"), title=entry.text(f"basis-{place}-title"))
            for place in _places(rows, "basis")
        ),
        steps=tuple(_step(rows, entry, place) for place in _places(rows, "step")),
    )


def with_field_of(draft: procedures.VersionDraft, base: procedures.VersionView | None) -> procedures.VersionDraft:
    """Keep the field's codes while the field is the same."""
    if base is None or fold(base.field.name) != fold(draft.field_name):
        return draft
    return replace(draft, field_code=base.field.code, field_official_code=base.field.official_code)


def _places(rows: Rows, section: str) -> range:
    return range(1, len(rows.sections[section]) + 1)


def _children(rows: Rows, section: str, place: int, child: str) -> range:
    return range(1, len(rows.sections[section][place - 1].get(child, [])) + 1)


def _case(rows: Rows, entry: Entry, place: int) -> procedures.CaseTypeDraft:
    papers = tuple(_paper(entry, f"case-{place}-paper-{number}") for number in _children(rows, "case", place, "paper"))
    return procedures.CaseTypeDraft(name=entry.text(f"case-{place}-name"), note=entry.text(f"case-{place}-note"), papers=papers)


def _paper(entry: Entry, at: str) -> procedures.PaperDraft:
    return procedures.PaperDraft(
        name=entry.text(f"{at}-name"),
        originals=entry.whole(f"{at}-originals", most=_MOST_PAGES) or 0,
        copies=entry.whole(f"{at}-copies", most=_MOST_PAGES) or 0,
        use=entry.chosen(f"{at}-use", procedures.PaperUse) or procedures.PaperUse.SUBMIT,
        is_required=entry.flag(f"{at}-required"),
        form=entry.text(f"{at}-form"),
        replaceable_by=entry.text(f"{at}-replaceable_by"),
        note=entry.text(f"{at}-note"),
    )


def _term(entry: Entry, place: int) -> procedures.TermDraft:
    at = f"term-{place}"
    read = _limit(entry, f"{at}-limit", required=_("Ghi thời hạn, ví dụ «3 ngày làm việc», «trong ngày» hoặc «không quy định»."))
    return procedures.TermDraft(
        channel=entry.chosen(f"{at}-channel", procedures.Channel) or procedures.Channel.COUNTER,
        limit=read.limit,
        absence=read.absence,
        case_type=_case_of(entry, at),
        raw=entry.text(f"{at}-raw"),
        note=entry.text(f"{at}-note"),
    )


def _fee(rows: Rows, entry: Entry, place: int) -> procedures.FeeDraft:
    at = f"fee-{place}"
    tiers = tuple(
        procedures.TierDraft(
            start=entry.whole(f"{at}-tier-{number}-start", least=1, most=_MOST_PAGES, required=_("Ghi trang bắt đầu của bậc.")) or 0,
            amount=entry.whole(f"{at}-tier-{number}-amount", required=_("Ghi số tiền mỗi trang của bậc.")) or 0,
        )
        for number in _children(rows, "fee", place, "tier")
    )
    return procedures.FeeDraft(
        name=entry.text(f"{at}-name"),
        kind=entry.chosen(f"{at}-kind", procedures.FeeKind) or procedures.FeeKind.OPEN,
        amount=entry.whole(f"{at}-amount"),
        absence=entry.chosen(f"{at}-absence", procedures.FeeAbsence),
        channel=entry.chosen(f"{at}-channel", procedures.Channel),
        case_type=_case_of(entry, at),
        per=entry.chosen(f"{at}-per", procedures.FeePer) or procedures.FeePer.CASE,
        per_text=entry.text(f"{at}-per_text"),
        tiers=tiers,
        cap=entry.whole(f"{at}-cap"),
        is_optional=entry.flag(f"{at}-optional"),
        raw=entry.text(f"{at}-raw"),
        note=entry.text(f"{at}-note"),
        clause=entry.text(f"{at}-clause"),
    )


def _step(rows: Rows, entry: Entry, place: int) -> procedures.StepDraft:
    at = f"step-{place}"
    time = _limit(entry, f"{at}-time")
    if time.absence is not None:
        entry.refuse(f"{at}-time", _("Thời gian của bước viết như «2 giờ làm việc», «3wd»; bước không có thời gian riêng thì bỏ trống."))
    ways = tuple(
        procedures.OutcomeDraft(
            name=entry.text(f"{at}-outcome-{number}-name"), next=entry.whole(f"{at}-outcome-{number}-next", least=1, most=99)
        )
        for number in _children(rows, "step", place, "outcome")
    )
    return procedures.StepDraft(
        name=entry.text(f"{at}-name"),
        kind=entry.chosen(f"{at}-kind", procedures.StepKind),
        unit_text=entry.text(f"{at}-unit"),
        role_text=entry.text(f"{at}-role"),
        time=time.limit,
        outcomes=ways,
        note=entry.text(f"{at}-note"),
    )


def _case_of(entry: Entry, at: str) -> int:
    return entry.whole(f"{at}-case", most=99) or 0


def _limit(entry: Entry, name: str, *, required: str = "") -> procedures.ReadTerm:
    """Read a term as people write it or in the notation of worktime; what is not certain is refused with the reason."""
    text = entry.text(name, required=required)
    if not text:
        return procedures.ReadTerm()
    if _NOTATION.fullmatch(text):
        try:
            return procedures.ReadTerm(limit=str(worktime.TimeLimit.parse(text)))
        except Refused as error:
            entry.refuse(name, error.message)
            return procedures.ReadTerm()
    for absence in procedures.TermAbsence:
        if fold(text) == fold(absence.label):
            return procedures.ReadTerm(absence=absence)
    read = procedures.read_term(text)
    if read.why:
        entry.refuse(name, _("%(why)s Viết như «3 ngày làm việc», «5wd», «trong ngày» hoặc «không quy định».") % {"why": read.why})
    return read
