"""The drill of an upgrade and of the way back, on the database of production."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.chaos.upgrade import before_newest_migration

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 1500  # seconds; alone on two cores it needs about five minutes
pytestmark = pytest.mark.slow


def has_history():
    """Tell whether the commits before the newest migration are at hand."""
    try:
        return bool(before_newest_migration())
    except (OSError, subprocess.CalledProcessError):
        return False


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the drill needs PostgreSQL")
def test_the_earlier_release_is_upgraded_and_its_back_up_reads_the_same_on_the_way_back(
    scratch_address,
):
    if not has_history():
        pytest.skip("no git history to take the earlier release from")
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.upgrade"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": scratch_address},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["first"], found["second"]) == (60, 5)
    assert found["same_after_the_way_back"]
