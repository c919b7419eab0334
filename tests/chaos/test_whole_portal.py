"""The processes of production together: many hands at once, and a database that is cut off."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.chaos.stage import with_portal

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def whole_portal(scratch_address, *arguments, **more):
    """Run the process set in a process of its own; return what it saw."""
    environment = {**os.environ, "DATABASE_URL": scratch_address, **more}
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.whole_portal", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_sixteen_write_while_a_file_is_taken_in(scratch_address):
    found = whole_portal(scratch_address, "--writers", "16", "--seconds", "8", "--rows", "1500")
    assert found["writers"]["server_errors"] == found["writers"]["refused"] == 0
    assert found["writers"]["answers"] > 100
    assert found["taken_in_once"]


def test_pages_answer_while_a_workbook_of_six_sheets_is_taken_in(scratch_address):
    asked = ("--workbook", "--readers", "2", "--seconds", "8", "--rows", "300", "--pause", "0.5")
    found = whole_portal(scratch_address, *asked)
    assert found["readers"]["server_errors"] == found["readers"]["refused"] == 0
    assert found["taken_in_once"]
    assert found["taken_in"]["rows"] == 300 * 6


CUT_OFF = """
before = visitor.get("/registry/").status
import psycopg2
cutting = json.loads(os.environ["CUT"])
with psycopg2.connect(cutting) as other, other.cursor() as cursor:
    cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity "
                   "where datname = current_database() and pid <> pg_backend_pid()")
after = [visitor.get("/registry/").status for _ in range(8)]
print(json.dumps([before, after]))
"""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections to cut")
def test_a_database_that_was_cut_off_is_found_again(scratch_address):
    before, after = with_portal(scratch_address, CUT_OFF, CUT=json.dumps(scratch_address))
    assert before == 200
    assert set(after) <= {200, 503}
    assert after[-1] == 200
