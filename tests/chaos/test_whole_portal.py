"""The processes of production together: many hands at once, a frozen queue, a database cut off."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.db import connection

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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def own_redis():
    """A Redis that may be frozen without harm to others."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--dir", folder, "--save", ""],
            stdout=subprocess.DEVNULL,
        )
        yield server, f"redis://127.0.0.1:{port}/0"
        server.send_signal(signal.SIGCONT)
        server.kill()
        server.wait()


PORTAL = """
import json, os, signal, sys, time
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "tongchuan_coop.settings"
os.environ.setdefault("PORTAL_DATE", "2021-07-20")
import django
django.setup()
from django.core.management import call_command
from tests.chaos.visitor import Visitor
from tests.chaos.whole_portal import PASSWORD, WholePortal, open_accounts
from tests.registry.feeds import society, write_csv
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
names = open_accounts(2)
portal = WholePortal(Path(os.environ["DATA_DIR"]))
portal.start()
try:
    visitor = Visitor(portal.address)
    visitor.sign_in(names[0], PASSWORD)
    exec(sys.stdin.read())
finally:
    portal.stop()
"""


def with_portal(scratch_address, body, **more):
    """Run lines against a running portal; return the JSON that they print last."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", PORTAL],
            input=body,
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": scratch_address, "DATA_DIR": folder, **more},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


FROZEN = """
from accounts.models import OrganisationUnit
from registry.models import IngestJob
content = write_csv([society(number) for number in range(1, 301)])
os.kill(int(os.environ["REDIS_PROCESS"]), signal.SIGSTOP)
sender = OrganisationUnit.objects.get(code="scjgj")
sent = visitor.upload("/registry/feeds/new/", "file", "登记信息.csv", content,
    source="registration", quarter="2021Q2", scope="full", sender=str(sender.pk))
stood = IngestJob.objects.get().state
os.kill(int(os.environ["REDIS_PROCESS"]), signal.SIGCONT)
began = time.monotonic()
while IngestJob.objects.get().state != "staged" and time.monotonic() - began < 90:
    time.sleep(0.3)
print(json.dumps([sent.status, sent.seconds, stood, IngestJob.objects.get().state]))
"""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the embedded default has no Redis")
def test_a_frozen_queue_loses_no_file_and_keeps_nobody_waiting(scratch_address, own_redis):
    server, address = own_redis
    status, seconds, stood, ended = with_portal(
        scratch_address, FROZEN, REDIS_URL=address, REDIS_PROCESS=str(server.pid)
    )
    assert (status, stood, ended) == (302, "received", "staged")
    assert seconds < 8


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
