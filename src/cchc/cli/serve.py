"""``cchc serve``: the web server and the worker, as children that live and die together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn, Self

from cchc.cli.arguments import Parser
from cchc.kernel.errors import Refused
from config import env

GRACE = 10.0


def main(argv: list[str]) -> int:
    """Serve until Ctrl-C or SIGTERM; return the exit code."""
    parser = Parser(prog="cchc serve", description="Bật máy chủ web và trình chạy việc nền.")
    parser.add_argument("--host", default=env.text("CCHC_BIND", "127.0.0.1"), help="địa chỉ nghe (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, default=env.port(), help="cổng nghe (mặc định PORT, hoặc 8000)")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình web (mặc định 2)")
    options = parser.parse_args(argv)
    try:
        must_be_free(options.host, options.port)
    except Refused as refusal:
        print(refusal.message, file=sys.stderr)
        return 2
    with Children() as children:
        children.start(web(options.host, options.port, options.workers))
        children.start(worker())
        print(f"cchc: http://{options.host}:{options.port}/", file=sys.stderr, flush=True)
        return children.wait()


def must_be_free(host: str, port: int) -> None:
    """Raise ``Refused`` when another program listens on this port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise Refused(f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác, ví dụ: PORT={port + 1} make run") from None


def web(host: str, port: int, workers: int) -> list[str]:
    """Return the command of the web server."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    # One blocking thread a worker: measured fastest, and a worker that dies is replaced.
    return [*command, "--blocking-threads", "1", "--respawn-failed-workers", "--no-ws", "--log-level", "warning", "config.wsgi:application"]


def worker() -> list[str]:
    """Return the command of the worker that runs the jobs."""
    return [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]


class Children:
    """Processes that end together: when one ends, or when this process is told to, all are stopped."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        # SIGINT too: a shell that starts us in the background makes us ignore it.
        signal.signal(signal.SIGINT, _interrupt)
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGHUP, _interrupt)
        return self

    def __exit__(self, *_exc: object) -> None:
        """Ask all to end, wait a little, and make the rest."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in self._running:
            child.terminate()
        end = time.monotonic() + GRACE
        for child in self._running:
            try:
                child.wait(timeout=max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def start(self, command: Sequence[str], **variables: str) -> None:
        """Start one child, in a session of its own, so that Ctrl-C reaches it through us only."""
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **variables}
        self._running.append(subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True, cwd=env.ROOT))

    @property
    def pids(self) -> list[int]:
        """The processes, in the order they were started."""
        return [child.pid for child in self._running]

    def wait(self) -> int:
        """Wait until one child ends by itself (an accident: 1) or somebody stops us (0)."""
        try:
            while all(child.poll() is None for child in self._running):
                time.sleep(0.2)
        except KeyboardInterrupt:
            return 0
        print("Một tiến trình đã dừng đột ngột; tắt những tiến trình còn lại.", file=sys.stderr, flush=True)
        return 1


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
