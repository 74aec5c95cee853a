"""Everything that is judged without running it, as a list of named steps: ``check.py [step …]``."""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
STEPS: dict[str, list[str]] = {
    "format": [f"{BIN}/ruff", "format", "--check", "--output-format=concise", "."],
    "lint": [f"{BIN}/ruff", "check", "--quiet", "--output-format=concise", "."],
    "types": [f"{BIN}/mypy", "--no-error-summary"],
    "contracts": [f"{BIN}/lint-imports", "--cache-dir", "build/importlinter"],
    # The database is not asked: what is in the models and in the migrations must agree by themselves.
    "migrations": [sys.executable, "-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"],
    "templates": [f"{BIN}/djlint", "--lint", "--quiet", "src/cchc/web/templates"],
    "translations": [sys.executable, "tools/messages.py", "check"],
    "locks": [sys.executable, "tools/check.py", "--locks"],
}


def main() -> int:
    """Run the named steps, or all; print what a step says only when it fails; return 1 when one did."""
    wanted = sys.argv[1:] or list(STEPS)
    if wanted == ["--locks"]:
        problems = lock_problems()
        print("\n".join(problems))
        return bool(problems)
    failed = []
    for name in wanted:
        began = time.monotonic()
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "DJANGO_SETTINGS_MODULE": "config.settings_test"}
        done = subprocess.run(
            STEPS[name], check=False, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        print(f"{'FAIL' if done.returncode else 'ok':<5}{name:<14}{time.monotonic() - began:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout, flush=True)
    print(f"check: {'all kept' if not failed else 'failed: ' + ', '.join(failed)}")
    return bool(failed)


def lock_problems() -> list[str]:
    """Return where the lock files do not fit what the project asks for, or each other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime, development = _pins("requirements.lock"), _pins("requirements-dev.lock")
    problems = _unmet(project["dependencies"], runtime, "requirements.lock")
    problems += _unmet(project["optional-dependencies"]["dev"], development, "requirements-dev.lock")
    problems += [f"{name}: the two Python locks differ" for name, version in runtime.items() if development.get(name) != version]
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in (package["dependencies"] | package["devDependencies"]).items():
        if locked.get(f"node_modules/{name}", {}).get("version") != version:
            problems.append(f"{name}: package-lock.json does not hold {version}")
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        if re.search(r"https?://(?!github\.com/sponsors|opencollective\.com)", (ROOT / name).read_text(encoding="utf-8")):
            problems.append(f"{name} holds the address of a registry")
    return [f"{problem} (make lock)" for problem in problems]


def _pins(name: str) -> dict[str, str]:
    """Return the version of every package in a requirements file."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


def _unmet(wanted: list[str], pins: dict[str, str], name: str) -> list[str]:
    requirements = [Requirement(line) for line in wanted]
    return [
        f"{requirement}: not met by {name}"
        for requirement in requirements
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"), prereleases=True)
    ]


if __name__ == "__main__":
    sys.exit(main())
