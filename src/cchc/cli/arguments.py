"""Wrong arguments, said in Vietnamese: argparse speaks English and is asked here what it meant."""

import argparse
import re
import sys
from typing import NoReturn

REFUSED = 2
# What argparse says, and how we say it; the first that fits is taken.
_SENTENCES = (
    (r"the following arguments are required: (.+)", r"thiếu \1"),
    (r"one of the arguments (.+) is required", r"cần một trong: \1"),
    (r"unrecognized arguments: (.+)", r"không có tham số «\1»"),
    (r"ambiguous option: (.+) could match (.+)", r"«\1» có thể là \2; viết đủ tên"),
    (r"argument (.+): expected (?:one|at least one) argument", r"\1 cần một giá trị đi kèm"),
    (r"argument (.+): expected \d+ arguments?", r"\1 thiếu giá trị đi kèm"),
    (r"argument (.+): ignored explicit argument (.+)", r"\1 không nhận giá trị"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 không nhận \2; chọn một trong: \3"),
    (r"argument (.+): invalid (?:int|_?count) value: (.+)", r"\1 phải là số nguyên, không phải \2"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 không dùng cùng \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


def in_vietnamese(message: str) -> str:
    """Return what argparse says of a wrong argument, in Vietnamese; what it was never heard to say stays as it is."""
    for english, vietnamese in _SENTENCES:
        if found := re.fullmatch(english, message, re.DOTALL):
            return found.expand(vietnamese)
    return message


def leave(parser: argparse.ArgumentParser, message: str) -> NoReturn:
    """Say on stderr what is wrong and how the command is used, and leave with the code of a refusal."""
    usage = parser.format_usage().replace("usage:", "Cách dùng:", 1)
    sys.stderr.write(f"Tham số không đúng: {in_vietnamese(message)}.\n{usage}")
    sys.exit(REFUSED)


class Parser(argparse.ArgumentParser):
    """The parser of the commands that work before Django does."""

    def error(self, message: str) -> NoReturn:
        """Refuse in a sentence."""
        leave(self, message)
