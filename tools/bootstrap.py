"""Make a fresh clone ready: ``python3 tools/bootstrap.py setup|dev|run``. Needs Python 3.11 and pip, nothing else.

Each step is skipped when nothing that it depends on has changed since it last succeeded. Only the standard library is
used here, because this runs before anything is installed.
"""

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "build" / "stamps"
OLDEST = (3, 11)
PIP = (
    sys.executable,
    "-m",
    "pip",
    "--python",
    str(PYTHON),
    "--disable-pip-version-check",
    "--no-input",
    "install",
    "--quiet",
    "--no-compile",
)


@dataclass(frozen=True)
class Step:
    """One thing to do. It is done again when ``inputs`` changed or one of ``outputs`` is missing."""

    name: str
    says: str
    command: Sequence[str]
    inputs: Sequence[str] = ()
    outputs: Sequence[str] = ()
    # Another step that does this one's work too.
    covered_by: str = ""

    def digest(self) -> str:
        """Return a digest of what the step depends on."""
        found = hashlib.sha256(repr((sys.version_info[:2], str(ROOT), tuple(self.command))).encode())
        for path in sorted({path for pattern in self.inputs for path in ROOT.glob(pattern) if path.is_file()}):
            found.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        return found.hexdigest()

    def is_done(self) -> bool:
        """Say whether the step succeeded with these very inputs."""
        stamp = STAMPS / self.name
        return all((ROOT / path).exists() for path in self.outputs) and stamp.exists() and stamp.read_text() == self.digest()

    def do(self) -> None:
        """Run the command; stop everything when it fails."""
        print(f"· {self.says}", file=sys.stderr, flush=True)
        began = time.monotonic()
        if subprocess.run(self.command, check=False, cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
            sys.exit(f"Bước «{self.says}» không xong: xem lỗi ở trên, sửa rồi chạy lại.")
        STAMPS.mkdir(parents=True, exist_ok=True)
        (STAMPS / self.name).write_text(self.digest())
        print(f"  {time.monotonic() - began:.1f} giây", file=sys.stderr, flush=True)


RUNTIME = Step(
    "packages",
    "Cài các gói Python",
    (*PIP, "--require-hashes", "-r", "requirements.lock"),
    inputs=["requirements.lock"],
    covered_by="packages-dev",
)
DEVELOPMENT = Step(
    "packages-dev",
    "Cài các gói Python, kể cả gói để kiểm thử",
    (*PIP, "--require-hashes", "-r", "requirements-dev.lock"),
    inputs=["requirements-dev.lock", "requirements.lock"],
)
VIRTUAL = Step(
    "venv", "Tạo môi trường ảo .venv", (sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)), outputs=[".venv/bin/python"]
)
REST = (
    Step(
        "project",
        "Cài cchc vào môi trường ảo",
        (*PIP, "--no-deps", "--no-build-isolation", "-e", "."),
        inputs=["pyproject.toml"],
        outputs=[".venv/bin/cchc"],
    ),
    Step(
        "frontend",
        "Lấy phông chữ và gói giao diện",
        (str(PYTHON), "tools/frontend.py"),
        inputs=["package-lock.json", "tools/frontend.py"],
        outputs=["build/vendor/fonts/be-vietnam-pro.css", "build/fonts/Tinos-Regular.ttf", "build/test/axe.min.js"],
    ),
    Step(
        "messages",
        "Dịch bản tiếng Anh",
        (str(PYTHON), "tools/messages.py", "compile"),
        inputs=["src/cchc/locale/**/*.po", "tools/messages.py"],
    ),
    Step(
        "static",
        "Gom tệp tĩnh",
        (str(PYTHON), "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity=0"),
        inputs=["src/cchc/web/static/**/*", "package-lock.json", "tools/frontend.py", "requirements.lock", "config/settings.py"],
        outputs=["build/static/staticfiles.json"],
    ),
)


def setup(*, development: bool) -> None:
    """Do every step that is not done."""
    packages = DEVELOPMENT if development else RUNTIME
    for step in (VIRTUAL, packages, *REST):
        covering = DEVELOPMENT if step.covered_by else step
        if not step.is_done() and not covering.is_done():
            step.do()
            if step is VIRTUAL:  # A new environment is empty, whatever the stamps say.
                for other in (RUNTIME, DEVELOPMENT, REST[0]):
                    (STAMPS / other.name).unlink(missing_ok=True)


def must_have_free_port() -> None:
    """Stop before long work when another program listens on the port that the pages need."""
    port = int(os.environ.get("PORT") or 8000)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("CCHC_BIND") or "127.0.0.1", port))
        except OSError:
            sys.exit(f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác, ví dụ: PORT={port + 1} make run")


def main() -> None:
    """Set up; with ``run`` go on to serve."""
    began = time.time()
    what = sys.argv[1]
    if sys.version_info < OLDEST:
        sys.exit(f"Cần Python 3.11 trở lên; đây là {sys.version.split()[0]}. Thử: PYTHON=python3.12 make {what}")
    if what == "run":
        must_have_free_port()
    setup(development=what == "dev")
    if what == "run":
        os.execv(VENV / "bin" / "cchc", ["cchc", "run", f"--began={began}"])  # noqa: S606 (it takes the place of this process)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
