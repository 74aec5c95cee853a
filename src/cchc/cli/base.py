"""What the commands share: one JSON document or plain words on stdout, progress on stderr, refusals in a sentence."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, ProgrammingError
from psycopg.errors import UndefinedTable

from cchc.cli.arguments import REFUSED, in_vietnamese, leave
from cchc.kernel.errors import Invalid, Refused

BROKEN = 1


@dataclass(frozen=True)
class Answer:
    """What a command found. ``data`` is printed with ``--json``, ``text`` without; ``code`` is the exit code."""

    data: Any
    text: str = ""
    code: int = field(default=0)


class Progress:
    """A line on stderr that is written over while it moves, and written once where stderr is no terminal."""

    def __init__(self) -> None:
        self._moving = False

    def __call__(self, line: str) -> None:
        """Write a whole line that stays."""
        self._clear()
        print(line, file=sys.stderr, flush=True)

    def step(self, done: int, total: int, text: str = "") -> None:
        """Show how far something is: a bar on a terminal, otherwise a line at each tenth."""
        share = done / total if total else 1.0
        if sys.stderr.isatty():
            bar = "█" * round(share * 30)
            print(f"\r{bar:<30} {done:,}/{total:,} {text}\033[K", end="", file=sys.stderr, flush=True)
            self._moving = True
            if done >= total:
                self._clear(keep=True)
        elif total and (done * 10 // total) != ((done - 1) * 10 // total):
            print(f"{share:4.0%} {text}", file=sys.stderr, flush=True)

    def _clear(self, *, keep: bool = False) -> None:
        if self._moving:
            print("" if keep else "\r\033[K", end="\n" if keep else "", file=sys.stderr)
        self._moving = False


class Command(BaseCommand):
    """The base of our commands: subclasses set ``help``, extend ``add_arguments`` and write ``run``."""

    requires_system_checks: list[str] = []
    stealth_options = ("progress",)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return Django's parser with ``--json``; a wrong argument is answered in Vietnamese."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--json", action="store_true", help="in kết quả thành đúng một tài liệu JSON")
        for each in (parser, *_children(parser)):
            each.error = partial(_wrong_arguments, each)  # type: ignore[method-assign]
        return parser

    def run(self, *, progress: Progress, **options: Any) -> Answer:
        """Do it and return the answer. ``Refused`` is shown to the person; nothing else need be caught."""
        raise NotImplementedError

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run, print the answer, and exit with its code."""
        try:
            answer = self.run(progress=Progress(), **options)
        except Refused as refusal:
            self._refuse(refusal)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, UndefinedTable):
                raise
            sys.stderr.write(f"Cơ sở dữ liệu chưa có đủ bảng. Chạy «cchc db start» để cập nhật cấu trúc rồi thử lại.\n({error})\n")
            sys.exit(BROKEN)
        except OperationalError as error:
            sys.stderr.write(f"Không nối được cơ sở dữ liệu. Chạy «cchc db start», hoặc kiểm tra DATABASE_URL.\n({error})\n")
            sys.exit(BROKEN)
        write_answer(answer, as_json=options["json"], write=self.stdout.write)
        if answer.code:
            sys.exit(answer.code)

    def _refuse(self, refusal: Refused) -> NoReturn:
        lines = list(refusal.problems.values()) if isinstance(refusal, Invalid) else [refusal.message]
        sys.stderr.write("\n".join(lines) + "\n")
        sys.exit(REFUSED)


def content_of(path: str) -> bytes:
    """Return what a file holds. Raises ``Refused`` at the field ``file``."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise Refused(f"Không có tệp «{path}».", field="file") from error
    except OSError as error:
        raise Refused(f"Không đọc được tệp «{path}». Kiểm tra đường dẫn và quyền đọc.", field="file") from error


def _children(parser: CommandParser) -> Iterator[CommandParser]:
    """Return the parsers of subcommands, which have words of their own for what is wrong."""
    for action in parser._actions:  # noqa: SLF001 (argparse has no public way to them)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 (see above)
            yield from action.choices.values()


def _wrong_arguments(parser: CommandParser, message: str) -> NoReturn:
    if parser.called_from_command_line:
        leave(parser, message)
    raise Refused(f"Tham số không đúng: {in_vietnamese(message)}.")


def write_answer(answer: Answer, *, as_json: bool, write: Callable[[str], Any] = print) -> None:
    """Print the JSON document, or the words."""
    if as_json:
        write(json.dumps(answer.data, ensure_ascii=False, indent=2, default=str))
    elif answer.text:
        write(answer.text)
