"""``cchc import procedures|register …``: each subcommand is a module of cchc.cli.imports."""  # noqa: N999 (the file's name is the command's)

from argparse import SUPPRESS
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.core.management.base import CommandParser

from cchc.cli import base, imports


class Command(base.Command):
    """Bring in files of others."""

    help = "Nhập dữ liệu từ tệp: procedures (danh mục thủ tục), register (sổ theo dõi hồ sơ), people (người dùng)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Make a subcommand of every module in cchc.cli.imports."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="LOẠI")
        for found in iter_modules(imports.__path__):
            module = import_module(f"{imports.__name__}.{found.name}")
            child = kinds.add_parser(found.name, help=module.HELP)
            # After the subcommand too: «cchc import procedures FILE --json». Absent there, the parent's value stands.
            child.add_argument("--json", action="store_true", default=SUPPRESS, help="in kết quả thành đúng một tài liệu JSON")
            module.add_arguments(child)

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Hand over to the subcommand."""
        module = import_module(f"{imports.__name__}.{options['kind']}")
        return module.run(progress=progress, **options)
