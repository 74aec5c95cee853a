"""Codes of units: which list a code belongs to, and what it must look like."""

import re

from cchc.kernel.codes import is_agency_code, modern
from cchc.organisations.terms import Scheme, UnitKind

# The digits of the list of administrative units (Decision 124/2004/QĐ-TTg): two for a province, three, five for a commune.
DIGITS = {UnitKind.PROVINCE: 2, UnitKind.DISTRICT: 3, UnitKind.COMMUNE: 5}
_OWN = re.compile(r"^[0-9A-Za-zĐđ][0-9A-Za-zĐđ._/-]{0,39}$")


def scheme_for(*, kind: UnitKind, code: str) -> Scheme:
    """Return the list the code of a unit of this kind belongs to."""
    if kind in DIGITS:
        return Scheme.TERRITORY
    return Scheme.AGENCY if is_agency_code(code) else Scheme.OWN


def problem_with_code(*, kind: UnitKind, code: str) -> str:
    """Return the Vietnamese sentence that says what is wrong with the code, or an empty text."""
    digits = DIGITS.get(kind)
    if digits is not None:
        if len(code) == digits and code.isascii() and code.isdigit():
            return ""
        return f"Mã đơn vị hành chính {kind.label.lower()} phải gồm đúng {digits} chữ số, không phải «{code}»."
    if _OWN.match(code):
        return ""
    return f"Mã đơn vị «{code}» không hợp lệ: chỉ dùng chữ, số và các dấu chấm, gạch ngang, gạch chéo, tối đa 40 ký tự."


def spellings(code: str) -> tuple[str, ...]:
    """Return the ways a typed code may stand in the tables: as typed, and an agency code in the notation of Decision 20/2020."""
    typed = code.strip()
    try:
        return tuple(dict.fromkeys((typed, modern(typed.upper()))))
    except ValueError:
        return (typed,)
