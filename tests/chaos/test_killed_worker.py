"""A worker that is killed again and again leaves the register as an undisturbed one does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_register_is_the_same_however_often_the_worker_is_killed(scratch_address):
    environment = {**os.environ, "INTAKE_LEASE_SECONDS": "4", "DATABASE_URL": scratch_address}
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.killed_worker", "--rounds", "3", "--rows", "1200"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["equal"], found["kills"]) == (3, 6)
    assert found["longest_wait"] < 90
