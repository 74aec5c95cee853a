"""Run the tests on a PostgreSQL of their own: ``test.py [pytest's arguments]``.

The cluster lies in ``build/test/home``, is started before pytest and stopped after it, and the template database is built
before pytest too, so that no worker has to.
"""

import fcntl
import os
import subprocess
import sys

from cchc.cli import cluster
from config.env import ROOT

HOME = ROOT / "build" / "test" / "home"
# Somebody else's database must never be taken for a playground.
NOT_FOR_TESTS = ("DATABASE_URL", "CCHC_SECRET_KEY", "CCHC_HOSTS", "CCHC_BASE_URL", "CCHC_BEHIND_PROXY", "PYTEST_ADDOPTS")


def main() -> int:
    """Run the tests with a clean environment; return pytest's exit code."""
    environment = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings_test", "CCHC_HOME": str(HOME)}
    arguments = sys.argv[1:]
    if not any(word.startswith("-n") for word in arguments):
        arguments = ["-n", "2", "--dist", "worksteal", *arguments]
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "run.lock").open("w") as lock:
        # One run at a time: the first to end would stop the server under the others.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return run(arguments, environment)


def run(arguments: list[str], environment: dict[str, str]) -> int:
    """Start the cluster, build the template, run pytest, stop the cluster."""
    place = cluster.Place.of(HOME)
    if cluster.is_of_other_version(place):
        cluster.remove(place)
    started = cluster.start(place, options=cluster.QUICK, progress=lambda line: print(line, file=sys.stderr))
    try:
        for command in (["-m", "tests.databases"], ["-m", "pytest", *arguments]):
            code = subprocess.run([sys.executable, *command], check=False, cwd=ROOT, env=environment).returncode
            if code:
                return code
    finally:
        if started:
            cluster.stop(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
