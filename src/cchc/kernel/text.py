"""Vietnamese text: one normal form, one folding for search, one key for sorting.

Search and order never use the database's ``lower`` or ``unaccent``: PostgreSQL builds differ in them. Modules store what
these functions return in ``search_key`` and ``vi_key`` columns.
"""

import re
import unicodedata
from functools import lru_cache

_ETH = str.maketrans({"Ð": "Đ", "ð": "đ"})  # U+00D0/U+00F0 typed for U+0110/U+0111
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")

# The tone may stand on either vowel of these pairs (Hòa, Hoà); the school spelling puts it on the first when the pair ends the word.
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: their order in the dictionary
_OLD_STYLE = re.compile(rf"(?i)\b([^\W\d_]*?)(o)(a|e)([{_TONES}])(?!\w)|\b([^\W\d_]*?)(?<!q)(u)(y)([{_TONES}])(?!\w)")

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: index + 20 for index, letter in enumerate(_LETTERS)}
_TONE_RANK = {tone: index + 1 for index, tone in enumerate(_TONES)}
_SHAPES = {"a\u0306": "ă", "a\u0302": "â", "e\u0302": "ê", "o\u0302": "ô", "o\u031b": "ơ", "u\u031b": "ư"}


def gettext_noop(message: str) -> str:
    """Mark a Vietnamese message for translation and return it unchanged."""
    return message


def clean(text: str) -> str:
    """Return the text in normal form C, Ð mended to Đ, spaces single, ends trimmed. What is typed is stored through this."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_ETH)).strip()


def one_spelling(text: str) -> str:
    """Return cleaned text with the tone of oa, oe, uy moved to the first vowel (Hoà → Hòa), so that twins compare equal."""
    decomposed = unicodedata.normalize("NFD", clean(text))
    moved = _OLD_STYLE.sub(
        lambda m: f"{m[1]}{m[2]}{m[4]}{m[3]}" if m[2] else f"{m[5]}{m[6]}{m[8]}{m[7]}",
        decomposed,
    )
    return unicodedata.normalize("NFC", moved)


def fold(text: str) -> str:
    """Return lower-case ASCII words joined by single spaces: ``Hoà  Bình – Đường`` becomes ``hoa binh duong``."""
    lowered = clean(text).lower().replace("đ", "d")
    bare = "".join(ch for ch in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(ch))
    return _NOT_WORD.sub(" ", bare).strip()


@lru_cache(maxsize=4096)
def vi_key(text: str) -> str:
    """Return a key whose code-point order is the Vietnamese dictionary order: letters first, then tones, then case."""
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for character in one_spelling(text):
        decomposed = unicodedata.normalize("NFD", character.lower())
        tone = next((mark for mark in decomposed if mark in _TONE_RANK), "")
        base = decomposed.replace(tone, "") if tone else decomposed
        letter = _SHAPES.get(base, base)
        letters.append(chr(0x100 + _RANK[letter]) if letter in _RANK else letter if letter.isdigit() else " ")
        tones.append(str(_TONE_RANK.get(tone, 0)))
        cases.append("1" if character != character.lower() else "0")
    return "".join(letters) + "\x01" + "".join(tones) + "\x01" + "".join(cases)


def money(amount: int) -> str:
    """Return dong as officials write it: ``72.000 đ``."""
    return f"{amount:,}".replace(",", ".") + " đ"


def number(value: int) -> str:
    """Return a whole number with dots between thousands: ``1.234``."""
    return f"{value:,}".replace(",", ".")
