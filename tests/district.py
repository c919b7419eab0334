"""A portal on a fresh copy of the demo district, for tools that attack it from outside."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from tests.planting import ROOT

PEOPLE: Final = (
    "bureau", "clerk", "counsellor", "cooperative", "regulator", "tax", "leader", "auditor",
    "admin",
)  # fmt: skip
PASSWORD: Final = "tongchuan-demo"
DEMO_DAY: Final = "2021-07-20"
_READY_WITHIN: Final = 60.0


@contextmanager
def portal(tree: Path, demo: Path, **settings: str) -> Iterator[str]:
    """Run the pages of a tree on a copy of a demo folder; yields the address."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(demo, data)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        with (Path(folder) / "web.log").open("wb") as sink:
            web = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "tongchuan_coop.wsgi:application", "--bind",
                 f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4",
                 "--timeout", "120", "--no-control-socket"],
                cwd=tree, env=_environment(data) | settings,
                stdout=sink, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            _await(address)
            yield address
        finally:
            web.terminate()
            web.wait()


@contextmanager
def demo_district(kept: Path | None) -> Iterator[Path]:
    """Yield a data folder with the demo district and static files: the kept one, or a new one."""
    if kept:
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "demo"
        data.mkdir()
        for words in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"], ["demo"]):
            subprocess.run(
                [sys.executable, "manage.py", *words],
                cwd=ROOT, env=_environment(data), check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        yield data


def _environment(data: Path) -> dict[str, str]:
    left_out = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "DEBUG"}
    kept = {key: value for key, value in os.environ.items() if key not in left_out}
    return {**kept, "DATA_DIR": str(data), "PORTAL_DATE": DEMO_DAY}


def _await(address: str) -> None:
    began = time.monotonic()
    while time.monotonic() - began < _READY_WITHIN:
        try:
            urlopen(f"{address}/livez", timeout=1).close()  # noqa: S310
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)
