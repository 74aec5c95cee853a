"""The lines over a signature, by who signs for whom."""

from typing import Any

import pytest

from cchc.documents import api as documents
from cchc.documents.terms import SigningKind
from cchc.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"kind": SigningKind.OWN, "title": "Giám đốc"}, ("GIÁM ĐỐC",)),
        ({"kind": SigningKind.OWN, "title": "Chủ tịch", "body": "Ủy ban nhân dân"}, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (
            {"kind": SigningKind.FOR_HEAD, "title": "Phó Chủ tịch", "head_title": "Chủ tịch", "body": "Ủy ban nhân dân"},
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        ({"kind": SigningKind.FOR_HEAD, "title": "Phó Giám đốc", "head_title": "Giám đốc"}, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ({"kind": SigningKind.BY_ORDER, "title": "Chánh Văn phòng", "head_title": "Chủ tịch"}, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (
            {"kind": SigningKind.BY_ORDER, "title": "Phó Chánh Văn phòng", "head_title": "Chủ tịch", "unit_head": "Chánh Văn phòng"},
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        ),
        (
            {"kind": SigningKind.AUTHORISED, "title": "Giám đốc Trung tâm", "head_title": "Chủ tịch"},
            ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC TRUNG TÂM"),
        ),
        ({"kind": SigningKind.ACTING, "title": "Giám đốc"}, ("Q. GIÁM ĐỐC",)),
        ({"kind": SigningKind.ACTING, "title": "Chủ tịch", "body": "Ủy ban nhân dân"}, ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
    ],
)
def test_each_way_of_signing_has_its_lines(given: dict[str, Any], lines: tuple[str, ...]) -> None:
    assert documents.signature(**given, name="Trần  Quốc Bảo") == documents.Signature(lines=lines, name="Trần Quốc Bảo")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": SigningKind.OWN, "title": " "}, "title"),
        ({"kind": SigningKind.FOR_HEAD, "title": "Phó Chủ tịch"}, "head_title"),
        ({"kind": SigningKind.OWN, "title": "Chủ tịch", "head_title": "Chủ tịch"}, "head_title"),
        ({"kind": SigningKind.BY_ORDER, "title": "Chánh Văn phòng", "head_title": "Chủ tịch", "body": "Ủy ban nhân dân"}, "body"),
        ({"kind": SigningKind.AUTHORISED, "title": "Phó Giám đốc", "head_title": "Chủ tịch", "unit_head": "Giám đốc"}, "unit_head"),
    ],
)
def test_ways_that_no_one_may_sign_in_are_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        documents.signature(**given)
    assert refusal.value.field == field
