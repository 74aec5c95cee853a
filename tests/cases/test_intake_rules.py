"""What is typed at the counter, checked by arithmetic alone."""

from datetime import date

import pytest

from cchc.cases.queries.detail import masked
from cchc.cases.rules.intake import PaperForm, PartyForm, digits, missing, party_problems
from cchc.cases.terms import PartyKind

TODAY = date(2026, 11, 20)
GOOD = PartyForm(full_name="Đỗ Thị Bích Ngọc", identity_number="042198000317", birth_date=date(1998, 2, 14), phone="0912000342")


def wrong(**changes: object) -> set[str]:
    party = PartyForm(**{**GOOD.__dict__, **changes})  # type: ignore[arg-type]
    return set(party_problems(party=party, today=TODAY, prefix="owner"))


def test_a_sound_person_has_no_problem() -> None:
    assert wrong() == set()
    assert wrong(birth_date=None, phone="", email="ngoc@vidu.vn") == set()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": "  "}, "owner_full_name"),
        ({"identity_number": ""}, "owner_identity_number"),
        ({"identity_number": "04219800031"}, "owner_identity_number"),
        ({"identity_number": "04219800031A"}, "owner_identity_number"),
        ({"identity_number": "123456789"}, "owner_identity_number"),
        ({"identity_number": "042398000317"}, "owner_identity_number"),
        ({"birth_date": date(1989, 2, 14)}, "owner_identity_number"),
        ({"birth_date": date(2027, 1, 1), "identity_number": "042327000317"}, "owner_birth_date"),
        ({"birth_date": date(1850, 1, 1)}, "owner_birth_date"),
        ({"phone": "12345"}, "owner_phone"),
        ({"email": "khong phai thu"}, "owner_email"),
    ],
)
def test_a_mistake_is_told_at_its_place(changes: dict[str, object], field: str) -> None:
    assert field in wrong(**changes)


def test_an_enterprise_has_a_tax_code() -> None:
    assert wrong(kind=PartyKind.ENTERPRISE, identity_number="3000123456", birth_date=None) == set()
    assert wrong(kind=PartyKind.ENTERPRISE, identity_number="30001", birth_date=None) == {"owner_identity_number"}


def test_numbers_lose_what_people_put_between() -> None:
    assert digits("042 198.000-317") == "042198000317"


def test_only_required_papers_can_be_missing() -> None:
    papers = [PaperForm("Tờ khai", given=False), PaperForm("Ảnh", given=True), PaperForm("Ủy quyền", required=False, given=False)]
    assert missing(papers) == ("Tờ khai",)


@pytest.mark.parametrize(
    ("number", "shown"), [("042198000317", "042 198 ••• 317"), ("184000317", "••• 317"), ("3000123456", "••• 456"), ("", "")]
)
def test_the_middle_of_a_number_is_hidden_whatever_its_length(number: str, shown: str) -> None:
    assert masked(number) == shown
