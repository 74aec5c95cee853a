"""Sign-in names made from names, and passwords that are read out once."""

import re
from collections.abc import Callable, Container, Sequence

from cchc.kernel.text import clean, fold

LOGIN = re.compile(r"[a-z0-9._-]{1,60}")
_CONSONANTS, _VOWELS, _DIGITS = "bcdghklmnprstvx", "aeiou", "23456789"
_WORDS, _SYLLABLES = 4, 2


def proposed_login(full_name: str, taken: Container[str]) -> str:
    """Return a sign-in name as offices write it: given name, dot, initials (``Lê Thị Thanh Nhàn`` → ``nhan.ltt``); a number makes it unique."""
    words = fold(full_name).split() or ["nguoi"]
    stem = words[-1] + ("." + "".join(word[0] for word in words[:-1]) if len(words) > 1 else "")
    login, number = stem, 1
    while login in taken:
        number += 1
        login = f"{stem}{number}"
    return login


def one_time_password(choose: Callable[[Sequence[str]], str]) -> str:
    """Return a password that can be read over the telephone: ``lamu-beto-saki-rono-37``, about 55 bits when ``choose`` is ``secrets.choice``.

    No letter that is taken for a digit, no capital, no mark of Vietnamese.
    """
    words = ["".join(choose(_CONSONANTS) + choose(_VOWELS) for _ in range(_SYLLABLES)) for _ in range(_WORDS)]
    return "-".join([*words, choose(_DIGITS) + choose(_DIGITS)])


def name_problem(full_name: str) -> str:
    """Return what is wrong with a person's name, or nothing."""
    name = clean(full_name)
    if not name:
        return "Nhập họ và tên."
    if len(name) > 120:  # noqa: PLR2004 (the column's length)
        return "Họ và tên dài quá 120 ký tự. Viết gọn lại."
    if any(not (character.isalpha() or character in " .'’-") for character in name):
        return "Họ và tên chỉ gồm chữ, dấu cách, dấu chấm, gạch nối và dấu nháy."
    return ""


def login_problem(login: str) -> str:
    """Return what is wrong with a sign-in name, or nothing."""
    if LOGIN.fullmatch(login.lower()):
        return ""
    return "Tên đăng nhập chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch nối và gạch dưới, dài không quá 60."
