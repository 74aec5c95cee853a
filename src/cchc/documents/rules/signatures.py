"""The lines over a signature (Decree 30/2020/NĐ-CP Art. 13; marks TM., KT., TL., TUQ., Q. of Annex I, Part I).

The articles were read, the annex was not: how KT. is written under TL. follows common practice.
"""

from cchc.documents.rules.forms import Signature
from cchc.documents.terms import SigningKind
from cchc.kernel.errors import Invalid
from cchc.kernel.text import clean


def signature(*, kind: SigningKind, title: str, name: str = "", head_title: str = "", body: str = "", unit_head: str = "") -> Signature:
    """Return the block of a person whose post is ``title``.

    ``head_title`` is the post signed for (CHỦ TỊCH), needed by KT., TL. and TUQ. ``body`` is the collective in whose name it is signed
    (ỦY BAN NHÂN DÂN), for an agency under the collegial regime; who signs by order or by authorisation signs for the head and not for the
    body. ``unit_head`` is the post a deputy stands in for when signing by order (CHÁNH VĂN PHÒNG). Raises ``Invalid``.
    """
    title, head_title, body, unit_head = (clean(text).upper() for text in (title, head_title, body, unit_head))
    problems = _problems(kind, title, head_title, body, unit_head)
    if problems:
        raise Invalid(problems)
    lines = [f"TM. {body}"] if body else []
    if kind in {SigningKind.OWN, SigningKind.ACTING}:
        lines.append(f"Q. {title}" if kind is SigningKind.ACTING else title)
    else:
        lines.append(f"{_MARKS[kind]} {head_title}")
        if unit_head:
            lines.append(f"KT. {unit_head}")
        lines.append(title)
    return Signature(lines=tuple(lines), name=clean(name))


_MARKS = {SigningKind.FOR_HEAD: "KT.", SigningKind.BY_ORDER: "TL.", SigningKind.AUTHORISED: "TUQ."}


def _problems(kind: SigningKind, title: str, head_title: str, body: str, unit_head: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not title:
        problems["title"] = "Nhập chức vụ của người ký."
    if kind in _MARKS and not head_title:
        problems["head_title"] = f"Ký {_MARKS[kind]} cần chức vụ của người đứng đầu được ký thay hoặc đã giao ký."
    if kind not in _MARKS and head_title:
        problems["head_title"] = "Người đứng đầu tự ký thì không ghi chức vụ được ký thay."
    if body and kind in {SigningKind.BY_ORDER, SigningKind.AUTHORISED}:
        problems["body"] = "Ký thừa lệnh hoặc thừa ủy quyền là ký cho người đứng đầu, không ghi «TM.» tập thể."
    if unit_head and kind is not SigningKind.BY_ORDER:
        problems["unit_head"] = (
            "Chỉ khi ký thừa lệnh, cấp phó của đơn vị mới ký thay cấp trưởng đơn vị; ký thừa ủy quyền không được ủy quyền lại."
        )
    return problems
