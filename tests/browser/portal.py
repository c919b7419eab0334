"""The portal as processes of its own, on the embedded default in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page


class Portal:
    """The portal as `scripts/run` starts it, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.env = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "DEBUG"}
        } | {"DATA_DIR": str(folder), "PORTAL_DATE": "2021-07-20"}
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []

    def manage(self, *words: str) -> str:
        """Run a command to its end."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, *words: str) -> None:
        """Start a process that stays."""
        log = (self.folder / f"{name}.log").open("wb")
        self.processes.append(
            subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=settings.BASE_DIR,
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        )
        log.close()

    def set_up(self) -> None:
        """Make the folder, the tables and the static files."""
        self.folder.mkdir()
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")

    def serve(self) -> None:
        """Start the web server and wait for its first answer."""
        self.start(
            "web", "gunicorn", "tongchuan_coop.wsgi:application", "--bind", f"127.0.0.1:{self.port}",
            "--worker-class", "gthread", "--threads", "4", "--no-control-socket",
        )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        """Wait until the portal answers."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.address}/livez", timeout=1).close()  # noqa: S310
            except OSError:
                time.sleep(0.2)
            else:
                return
        pytest.fail((self.folder / "web.log").read_text())

    def stop(self) -> None:
        """Stop what was started."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def enter(page: Page, username: str, password: str) -> None:
    """Sign in on the page that asks for it."""
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="登录").click()
