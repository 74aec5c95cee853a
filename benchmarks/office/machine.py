"""What every benchmark of the database needs: an installation of its own, the server that is measured, what the machine is."""

import os
import platform
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def installation(prefix: str, *, keep: Path | None = None, options: Sequence[str] = ()) -> Iterator[Path]:
    """Bring up an installation with the structure and the reference data in a folder that is removed afterwards.

    ``keep`` names a folder that stays, with its server stopped; ``options`` are settings of the server.
    """
    for name in ("DATABASE_URL", "CCHC_SMTP_HOST", "CCHC_BASE_URL", "CCHC_HOSTS", "CCHC_BEHIND_PROXY"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix=prefix) as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ |= {"CCHC_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings", "PORT": str(free_port())}
        from cchc.cli import cluster, db, reference  # noqa: PLC0415 (the folder must be known first)

        # The server's own user must be able to pass through to its data.
        folder.chmod(0o711)
        place = cluster.Place.of(folder)
        try:
            cluster.start(place, options=options, progress=say)
            db.start()
            reference.seed_if_changed(progress=say)
            yield folder
        finally:
            from django.db import connections  # noqa: PLC0415 (Django is set up by ``db.start``)

            connections.close_all()
            if keep is None:
                cluster.remove(place)
            else:
                cluster.stop(place)


@contextmanager
def served(workers: int) -> Iterator[tuple[int, list[int]]]:
    """Start the web server and the worker of the jobs as ``cchc serve`` does; give the port and the processes."""
    from django.db import connections  # noqa: PLC0415 (it needs Django)

    from cchc.cli import run, serve  # noqa: PLC0415

    connections.close_all()
    port = free_port()
    with serve.Children() as children:
        children.start(serve.web("127.0.0.1", port, workers))
        run.await_first_page("127.0.0.1", port)
        children.start(serve.worker())
        # The first seconds of the job worker would be measured with the pages.
        time.sleep(4)
        yield port, children.pids


def memory(pids: list[int]) -> dict[str, Any]:
    """Return resident megabytes now and at most of the web server's processes and of the worker's."""
    found: dict[str, Any] = {}
    for name, pid in zip(("web", "worker"), pids, strict=True):
        family = [pid, *_below(pid)]
        found[name] = [{"now": megabytes(one, "VmRSS"), "peak": megabytes(one, "VmHWM")} for one in family]
        found[f"{name}_peak_of_all"] = round(sum(one["peak"] for one in found[name]), 1)
    return found


def megabytes(pid: int | str, field: str) -> float:
    """Return a field of a process's status in megabytes: ``VmRSS`` now, ``VmHWM`` at most, ``RssAnon`` without what it shares."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return round(int(lines[field].split()[0]) / 1024, 1)


def described() -> dict[str, Any]:
    """Return what this machine and its software are."""
    from django.db import connection  # noqa: PLC0415 (it needs Django)

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    models = [line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    memory_mb = int(Path("/proc/meminfo").read_text().split()[1]) // 1024
    facts = {"processor": models[0] if models else platform.machine(), "cores": len(os.sched_getaffinity(0)), "memory_mb": memory_mb}
    return {**facts, "python": platform.python_version(), "postgresql": version, "load_before": os.getloadavg()[0]}


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def at(ordered: list[float], share: float) -> float:
    """Return a quantile of ordered values."""
    return round(ordered[int(share * (len(ordered) - 1))], 1)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def say(line: str) -> None:
    """Tell on stderr how far it is."""
    print(line, file=sys.stderr, flush=True)


def _below(pid: int) -> list[int]:
    children = [int(word) for task in Path(f"/proc/{pid}/task").iterdir() for word in (task / "children").read_text().split()]
    return [one for child in children for one in (child, *_below(child))]
