"""The command line: every command is one call into a face, with words around it.

``main`` is the program ``cchc``. It finds three kinds of commands: those that must work before Django does (``db``,
``init``, ``run``, ``serve``), those in ``management/commands``, and Django's own.
"""

import ast
import os
import sys
from collections.abc import Callable
from pathlib import Path

HEAD = """\
cchc: theo dõi, điều hành cải cách hành chính của tỉnh và xã.

Cách dùng: cchc <lệnh> [tham số]      (cchc <lệnh> --help: cách dùng từng lệnh)
"""
COMMANDS = Path(__file__).parent / "management" / "commands"


def main() -> None:
    """Run ``cchc <command>``; the exit code is 0 when done, 2 when refused, 1 when something broke."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    name, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("help", [])
    if name in {"help", "-h", "--help"} and not arguments:
        print(usage())
        return
    early = _early_commands()
    try:
        if name in early:
            sys.exit(early[name](arguments))
        _django(["cchc", *([*arguments, "--help"] if name == "help" else [name, *arguments])])
    except KeyboardInterrupt:
        sys.exit(130)


def usage() -> str:
    """Return the list of commands with what each is for; nothing is imported, so it works when nothing else does."""
    lines = {
        "db": "Cơ sở dữ liệu kèm theo: start | stop | status",
        "init": "Lập một cơ quan thật ở nơi còn trống, không có dữ liệu mẫu",
        "run": "Bật mọi thứ: cơ sở dữ liệu, dữ liệu tham chiếu, cảnh mẫu, trang web",
        "serve": "Bật máy chủ web và trình chạy việc nền",
    }
    for path in COMMANDS.glob("[a-z]*.py"):
        lines[path.stem] = _help_of(path)
    width = max(map(len, lines))
    return "\n".join([HEAD, *(f"  {name:<{width}}  {text}" for name, text in sorted(lines.items()))])


def _early_commands() -> dict[str, Callable[[list[str]], int]]:
    """Return the commands that start what Django needs."""
    from cchc.cli import db, init, run, serve  # noqa: PLC0415 (``cchc help`` must not depend on them)

    return {"db": db.main, "init": init.main, "run": run.main, "serve": serve.main}


def _django(argv: list[str]) -> None:
    """Hand over to Django's commands; a name that is not known is answered with the list."""
    import django  # noqa: PLC0415 (slow to import)
    from django.core.management import execute_from_command_line, get_commands  # noqa: PLC0415

    django.setup()
    if argv[1] not in get_commands():
        print(f"Không có lệnh «{argv[1]}».\n\n{usage()}", file=sys.stderr)
        sys.exit(2)
    execute_from_command_line(argv)


def _help_of(path: Path) -> str:
    """Return the text given to ``help`` in the class of a command, read without running the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and getattr(node.targets[0], "id", "") == "help":
            return str(node.value.value)
    return ""
