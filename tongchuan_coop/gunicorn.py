"""How the web server runs, on a developer's machine and in a container alike."""

import shutil
import tempfile
from typing import Any

from prometheus_client import multiprocess

from tongchuan_coop.settings import env

worker_class = "gthread"
workers = env.number("WEB_CONCURRENCY", 2)
threads = 4
timeout = 60
graceful_timeout = 20
# Its default sits in the home folder, which a container does not have.
control_socket_disable = True

_counts = tempfile.mkdtemp(prefix="portal-metrics-")
# Read by the counting library when it is first loaded, so it stands before any worker begins.
raw_env = [f"PROMETHEUS_MULTIPROC_DIR={_counts}"]


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a web process counted of its own state; its sums stay."""
    del server
    multiprocess.mark_process_dead(worker.pid, path=_counts)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    del server
    shutil.rmtree(_counts, ignore_errors=True)
