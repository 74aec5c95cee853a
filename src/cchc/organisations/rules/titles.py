"""Titles: the type word before a name, and the full name made of both."""

from cchc.kernel.text import clean, one_spelling

TYPE_WORDS = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Xã", "Phường", "Đặc khu")


def full_name(*, type_word: str, name: str) -> str:
    """Return the full name: ``Xã`` and ``Vũ Quang`` make ``Xã Vũ Quang``."""
    return clean(f"{type_word} {name}")


def parts(*, title: str) -> tuple[str, str]:
    """Return (type word, name) of a full name; the type word is empty when the name begins with none that is known."""
    whole = clean(title)
    for word in TYPE_WORDS:
        if whole.casefold().startswith(f"{word} ".casefold()):
            return word, whole[len(word) + 1 :]
    return "", whole


def same_name(*, one: str, other: str) -> bool:
    """Say whether two full names are one name, written in whichever place of the tone and whichever case."""
    return one_spelling(one).casefold() == one_spelling(other).casefold()
