"""Sixteen counters receiving at once: codes without gaps or doubles, and every chain of the journal holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, SECONDS = 16, 30


@pytest.mark.long
def test_sixteen_processes_receiving_for_half_a_minute_leave_no_gap_no_double_and_no_broken_chain(fresh_database, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": fresh_database.url,
        "CCHC_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, str(ROOT / "benchmarks" / "intake_storm.py"), "--processes", str(PROCESSES), "--seconds", str(SECONDS)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    print(
        f"{report['receipts']} receipts in {SECONDS} s by {PROCESSES} processes: {report['receipts_per_second']} a second, {report['milliseconds']} ms"
    )
    assert report["errors"] == []
    assert report["unique"]
    assert report["gapless"]
    assert report["chains_hold"]
    assert report["chains"] >= report["receipts"] >= PROCESSES
    assert len(report["series"]) >= 2
