"""The tree stays readable: no attics, each module says what it is, faces hold no body, settings are documented."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SOURCE = ROOT / "src" / "cchc"
MODULES = [name.rpartition(".")[2] for name in settings.MODULES]
ATTICS = {"utils", "util", "common", "helpers", "helper", "misc", "shared", "tools"}
READS = re.compile(r"""(?:env\.|\b)(?:text|flag|names)\(\s*["']([A-Z][A-Z0-9_]+)["']|environ(?:\.get)?[\[(]\s*["']([A-Z][A-Z0-9_]+)["']""")
FEEL = {"file": 400, "function": 40, "template": 120}


def attics(root: Path) -> list[str]:
    """Return files and folders that are named for nothing in particular."""
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.stem in ATTICS and "__pycache__" not in path.parts]


def bodies(code: str) -> list[str]:
    """Return what a face defines itself, which should be nothing."""
    allowed = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.AnnAssign)
    return [ast.unparse(node).partition("\n")[0] for node in ast.parse(code).body if not isinstance(node, allowed)]


def test_has_no_attic():
    assert attics(SOURCE) == []


@pytest.mark.parametrize("module", MODULES)
def test_each_module_says_what_it_is(module):
    assert (SOURCE / module / "README.md").exists()
    assert (SOURCE / module / "api.py").exists()


@pytest.mark.parametrize("module", MODULES)
def test_faces_only_reexport(module):
    code = (SOURCE / module / "api.py").read_text(encoding="utf-8")
    assert bodies(code) == []
    assert "__all__" in code
    assert ast.get_docstring(ast.parse(code))


def test_every_variable_of_the_environment_is_documented():
    documented = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", (ROOT / "docs" / "reference" / "environment.md").read_text(encoding="utf-8")))
    files = [path for folder in ("src", "config", "tools", "tests") for path in (ROOT / folder).rglob("*.py")]
    read = {name for path in files for pair in READS.findall(path.read_text(encoding="utf-8")) for name in pair if name}
    # Django's own switches, set for our processes and read by nobody of ours.
    assert read - {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"} <= documented
    assert {"PORT", "CCHC_HOME", "DATABASE_URL", "PGBIN", "CHROMIUM"} <= documented


def test_no_address_of_this_machine_or_of_a_registry():
    forbidden = re.compile(r"/(?:root|home/\w+)/|pypi\.org/simple|registry\.npmjs|cdn\.jsdelivr|unpkg\.com|googleapis\.com")
    text = (".py", ".html", ".css", ".js", ".toml", ".md", ".lock", ".json", ".typ")
    files = [path for folder in ("src", "config", "tools", "docs") for path in (ROOT / folder).rglob("*") if path.suffix in text]
    files += [ROOT / "package-lock.json", ROOT / "requirements.lock", ROOT / "requirements-dev.lock", ROOT / "Makefile"]
    assert [str(path) for path in files if forbidden.search(path.read_text(encoding="utf-8"))] == []


def test_sizes_are_reported():
    """Print what is larger than feels right; nothing fails."""
    for path in sorted(SOURCE.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        if "migrations" in path.parts:
            continue
        if code.count("\n") > FEEL["file"]:
            print(f"{path.relative_to(ROOT)}: {code.count(chr(10))} lines")
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > FEEL["function"]:
                print(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {(node.end_lineno or 0) - node.lineno} lines")


def test_trespasses_would_be_found(tmp_path):
    (tmp_path / "utils.py").touch()
    assert attics(tmp_path) == ["utils.py"]
    assert bodies("from x import y\ndef helper():\n    pass") == ["def helper():"]
    assert READS.findall('env.text("PORT", "")') == [("PORT", "")]
