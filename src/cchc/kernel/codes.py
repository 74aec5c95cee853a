"""Agency identifiers in both notations (Decision 20/2020/QĐ-TTg; QCVN 102:2016/BTTTT), and their order."""

import re

_NEW = re.compile(r"^[A-Y][0-9]{2}(\.[0-9A-Z]+)*$")
_OLD = re.compile(r"^([0-9A-Z]{3})\.([0-9A-Z]{2})\.([0-9A-Z]{2})\.([A-Y][0-9]{2})$")
_PARTS = re.compile(r"\d+|[^\d.]+")
LONGEST = 35


def is_agency_code(code: str) -> bool:
    """Say whether the code is well formed in the notation of Decision 20/2020 Art. 4: at most 35 characters, groups by dots."""
    return len(code) <= LONGEST and bool(_NEW.match(code))


def modern(code: str) -> str:
    """Return the code in the notation of Decision 20/2020.

    ``000.00.16.H40`` (written right to left) becomes ``H40.16``; groups of zeros at the end are dropped (inferred, dossier
    §5.2). Raises ``ValueError`` with a Vietnamese sentence when the code is in neither notation.
    """
    if is_agency_code(code):
        return code
    old = _OLD.match(code)
    if not old:
        raise ValueError(f"Mã định danh «{code}» không đúng dạng H27.112 (Quyết định 20/2020) hay 000.00.16.H40 (QCVN 102:2016).")
    groups = [old[4], old[3], old[2], old[1]]
    while set(groups[-1]) == {"0"}:
        groups.pop()
    return ".".join(groups)


def legacy(code: str) -> str:
    """Return the code in the notation of QCVN 102:2016, the reverse of ``modern`` for codes of at most four groups."""
    groups = modern(code).split(".")
    widths = (3, 2, 2, 3)
    head, rest = groups[0], groups[1:]
    if len(rest) > len(widths) - 1:
        raise ValueError(f"Mã định danh «{code}» có hơn bốn cấp, không viết được theo QCVN 102:2016.")
    padded = [*rest, *[""] * (3 - len(rest))]
    written = [group.zfill(width) for group, width in zip(reversed(padded), widths, strict=False)]
    if any(len(group) > width for group, width in zip(written, widths, strict=False)):
        raise ValueError(f"Mã định danh «{code}» có nhóm quá dài, không viết được theo QCVN 102:2016.")
    return ".".join([*written, head])


def agency_key(code: str) -> str:
    """Return a key whose text order is numeric order: H44.13 before H44.100."""
    return ".".join("".join(part.zfill(6) if part.isdigit() else part for part in _PARTS.findall(group)) for group in code.split("."))
