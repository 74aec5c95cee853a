"""What the text of a layout may not do: read files, reach the network, run text as code.

typst keeps a layout inside the files it is given, but for packages, which it would fetch, and for the folder it is rooted in. Only a
literal name of a file of the same layout may be imported; ``eval`` and the ways to it are not needed for a paper, nor are plugins.
"""

import re

_BARRED = re.compile(r"(?<![\w-])(eval|std|plugin|read)(?![\w-])")
_BRINGS_IN = re.compile(r"(?<![\w-])(import|include)(?![\w-])\s*(\"([^\"]*)\")?")


def forbidden(source: str, *, known: frozenset[str]) -> str:
    """Return a sentence about the first thing in the source that no layout may do, or nothing. ``known`` are the files it may import."""
    for number, line in enumerate(source.splitlines(), start=1):
        barred = _BARRED.search(line)
        if barred:
            return f"Dòng {number}: không dùng được «{barred[1]}» trong mẫu giấy. Mẫu giấy không đọc tệp và không chạy mã từ chữ."
        for brought in _BRINGS_IN.finditer(line):
            if brought[3] not in known:
                names = ", ".join(f"«{name}»" for name in sorted(known)) or "không tệp nào"
                return f"Dòng {number}: «{brought[1]}» chỉ lấy được tệp của chính mẫu này ({names}), không lấy từ ổ đĩa hay từ mạng."
    return ""
