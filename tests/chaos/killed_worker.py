"""Kill a real worker at random moments and compare the register with an undisturbed run.

    python -m tests.chaos.killed_worker --rounds 20 --rows 5000

Uses the database and broker of the environment (`DATABASE_URL`, `REDIS_URL`; a scratch database:
it is emptied) or the embedded default in a temporary folder. Prints one JSON object; exits 1 when
a fingerprint differs or a job takes longer than 90 seconds to resume and finish.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

RESUMED_WITHIN = 90.0


class Worker:
    """A Celery worker with its beat, in a process group of its own."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the worker; it returns before the worker is ready."""
        command = [sys.executable, "-m", "celery", "-A", "tongchuan_coop", "worker", "-B",
                   "--concurrency", "1", "--loglevel", "INFO", "--schedule",
                   str(self.log.with_suffix(".beat"))]  # fmt: skip
        with self.log.open("ab") as sink:
            self.process = subprocess.Popen(
                command, stdout=sink, stderr=sink, start_new_session=True
            )

    def kill(self) -> None:
        """Send SIGKILL to the worker and everything it has started."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Run:
    """One register taken from empty to committed, perhaps with kills on the way."""

    def __init__(self, worker: Worker, content: bytes, random: Random) -> None:
        self.worker, self.content, self.random = worker, content, random
        self.waits: list[float] = []

    def disturbed(self, most: dict[str, float]) -> tuple[str, dict[str, float]]:
        """Kill once while the file is checked and once while it is published."""
        return self._through(lambda step: self._kill_within(most[step]))

    def undisturbed(self) -> tuple[str, dict[str, float]]:
        """Let everything run; return the fingerprint and how long each step took."""
        return self._through(lambda _step: None)

    def _through(self, disturb: Callable[[str], None]) -> tuple[str, dict[str, float]]:
        import io

        from accounts.models import User
        from registry.operations.deliveries import commit_delivery, receive_delivery
        from registry.tasks import wake
        from tongchuan_coop.fingerprint import fingerprint

        empty_register()
        by, took = User.objects.machine(), {}
        receipt = receive_delivery(
            io.BytesIO(self.content), filename="登记信息.csv", source="registration",
            quarter="2020Q2", scope="full", by=by,
        )  # fmt: skip
        job = receipt.delivery.job
        for step, end in (("check", "staged"), ("publish", "committed")):
            if step == "publish":
                job.refresh_from_db()
                commit_delivery(job, by=by)
            began = time.monotonic()
            wake(job.pk)
            disturb(step)
            self._wait_for(job, end)
            took[step] = time.monotonic() - began
        return fingerprint(), took

    def _kill_within(self, seconds: float) -> None:
        time.sleep(self.random.uniform(0, seconds))
        self.worker.kill()
        self.worker.start()

    def _wait_for(self, job: Any, state: str) -> None:
        began = time.monotonic()
        while job.state != state:
            if time.monotonic() - began > RESUMED_WITHIN:
                message = f"job is {job.state} after {RESUMED_WITHIN} s: {job.message}"
                raise TimeoutError(message)
            time.sleep(0.1)
            job.refresh_from_db()
        self.waits.append(time.monotonic() - began)


def empty_register() -> None:
    """Remove every society and delivery; people and units stay."""
    from django.db import connection

    from registry import models

    known = [getattr(models, name) for name in models.__all__]
    tables = [
        model._meta.db_table
        for model in known
        if hasattr(model, "_meta") and not model._meta.abstract and model.__name__ != "RuleVersion"
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            return
        cursor.execute("PRAGMA foreign_keys=OFF")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("PRAGMA foreign_keys=ON")


def run_rounds(rounds: int, rows: int, folder: Path, seed: int) -> dict[str, Any]:
    """Run once in peace and some rounds with kills; return what was seen."""
    from django.core.management import call_command

    from tests.registry.feeds import society, write_csv

    call_command("migrate", verbosity=0)
    content = write_csv([society(number) for number in range(1, rows + 1)])
    worker, random = Worker(folder / "worker.log"), Random(seed)
    worker.start()
    try:
        run = Run(worker, content, random)
        run.undisturbed()  # the first one also waits for the worker to come up
        expected, took = run.undisturbed()
        run.waits.clear()
        found = [run.disturbed(took)[0] for _ in range(rounds)]
    finally:
        worker.kill()
    return {
        "rounds": rounds,
        "kills": 2 * rounds,
        "rows": rows,
        "equal": sum(fingerprint == expected for fingerprint in found),
        "undisturbed_seconds": {step: round(seconds, 2) for step, seconds in took.items()},
        "longest_wait": round(max(run.waits), 1),
        "waits": [round(wait, 1) for wait in run.waits],
    }


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--rows", type=int, default=5_000)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["PORTAL_DATE"] = "2021-07-20"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tongchuan_coop.settings"
        import django

        django.setup()
        found = run_rounds(chosen.rounds, chosen.rows, Path(folder), chosen.seed)
    print(json.dumps(found))
    return 0 if found["equal"] == found["rounds"] else 1


if __name__ == "__main__":
    sys.exit(main())
