"""The embedded PostgreSQL: starts, stops, and survives what happens to machines."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cchc.cli import cluster
from cchc.kernel.errors import Refused

START = "import sys; from pathlib import Path; from cchc.cli import cluster; print(cluster.start(cluster.Place.of(Path(sys.argv[1]))))"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[cluster.Place]:
    place = cluster.Place.of(tmp_path / "nhà có dấu cách")
    yield place
    cluster.stop(place)
    shutil.rmtree(place.base, ignore_errors=True)
    shutil.rmtree(place.socket, ignore_errors=True)


def connect(place: cluster.Place) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(place.socket), port=place.port, user=cluster.SUPERUSER, dbname="postgres", autocommit=True)


def postmaster(place: cluster.Place) -> int:
    return int((place.data / "postmaster.pid").read_text().splitlines()[0])


def kill(place: cluster.Place) -> None:
    os.kill(postmaster(place), signal.SIGKILL)
    while cluster.status(place).running:
        pass


def test_starts_once_and_stops_once(place):
    assert not cluster.status(place).initialised
    assert cluster.start(place)
    assert not cluster.start(place)
    assert cluster.status(place).running
    assert cluster.stop(place)
    assert not cluster.stop(place)
    assert not cluster.status(place).running


def test_listens_on_no_network_port_and_keeps_checksums(place):
    cluster.start(place)
    with connect(place) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
        assert connection.execute("SELECT upper('đường'), lower('ỶỄ')").fetchone() == ("ĐƯỜNG", "ỷễ")


def test_socket_path_is_short_however_deep_the_home(tmp_path):
    deep = tmp_path.joinpath(*["thư mục rất dài"] * 12)
    assert len(os.fsencode(cluster.Place.of(deep).socket)) < 100 - len("/.s.PGSQL.39999")


def test_two_homes_share_neither_socket_nor_port(tmp_path):
    one, other = cluster.Place.of(tmp_path / "a"), cluster.Place.of(tmp_path / "b")
    assert one.socket != other.socket
    assert one.port != other.port


def test_survives_kill_nine(place):
    cluster.start(place)
    with connect(place) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    kill(place)
    assert cluster.start(place)
    with connect(place) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_neither_trusts_nor_harms_a_stranger_with_the_old_pid(place):
    cluster.start(place)
    kill(place)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        pid_file = place.data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert not cluster.stop(place)
        assert cluster.start(place)
        assert stranger.poll() is None
        stranger.communicate(b"\n")


def test_several_starters_at_once_get_one_server(place):
    command = [sys.executable, "-c", START, str(place.home)]
    starters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = sorted(starter.communicate()[0].strip() for starter in starters)
    assert said == ["False", "False", "False", "True"]
    with connect(place) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_server_holds_no_descriptor_of_its_starter(place):
    read, write = os.pipe()
    os.set_inheritable(write, True)
    subprocess.run([sys.executable, "-c", START, str(place.home)], check=True, pass_fds=[write], stdout=subprocess.PIPE)
    os.close(write)
    # The pipe ends only when nobody holds its other end any more.
    assert os.read(read, 1) == b""
    os.close(read)
    assert cluster.status(place).running


def test_data_of_another_version_are_refused_with_a_sentence(place):
    cluster.start(place)
    cluster.stop(place)
    (place.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Refused, match="là của PostgreSQL 14"):
        cluster.start(place)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")
def test_root_runs_the_server_as_somebody_else(place):
    cluster.start(place)
    assert Path(f"/proc/{postmaster(place)}").stat().st_uid != 0
    assert (place.home / "postgres").resolve() == place.base
