"""Lines that are run against a running portal, in a process of its own with a place of its own."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
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


def with_portal(scratch_address: str, body: str, **more: str) -> Any:
    """Run lines against a running portal; return the JSON that they print last."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", PORTAL],
            input=body,
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": scratch_address, "DATA_DIR": folder, **more},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
