"""A worker that is killed again and again leaves the register as an undisturbed one does."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scratch_address(django_db_blocker) -> Iterator[str]:
    """Give the address of a database of our own on the server under test, or "" for SQLite."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name = f"chaos_{os.getpid()}"
    facts = settings.DATABASES["default"]
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    place = f"{facts['HOST']}:{facts['PORT']}" if facts["HOST"] else ""
    yield f"postgres://{facts['USER'] or ''}{'@' if facts['USER'] else ''}{place}/{name}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
