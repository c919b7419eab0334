"""How a web process begins."""

import subprocess
import sys

from tongchuan_coop.routes import all_routes


def test_it_has_read_every_view_before_its_first_request():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, tongchuan_coop.wsgi; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert {route.view.__module__ for route in all_routes()} <= set(loaded.stdout.split())
