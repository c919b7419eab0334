"""The whole portal as in production, from Debian's own packages: web, two workers, two beats.

    python -m tests.chaos.whole_portal --writers 16 --seconds 60 --rows 5000
    python -m tests.chaos.whole_portal --readers 200 --pause 10 --seconds 60 --p95 1
    python -m tests.chaos.whole_portal --workbook --readers 2 --seconds 60 --rows 3500

With `--workbook` the file is the quarter's workbook, `rows` on each of its six sheets, and people
read while it is checked and committed.
Uses the database and broker of the environment (a scratch database: it is filled) or the embedded
default in a temporary folder. Prints one JSON object: how many answers, how many of 5xx, the
middle and the 95th percentile in seconds, and whether the file was taken in exactly once. Ends with
1 when an answer was of 5xx, a connection broke, the file was not taken in once, or with `--p95` when
one answer in twenty took longer than that.
"""

import argparse
import csv
import io
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.chaos.visitor import Answer, Visitor

PASSWORD = "Tongchuan-2021-whole"
READY_WITHIN = 60.0
CELERY = (sys.executable, "-m", "celery", "-A", "tongchuan_coop")
TAKEN_WITHIN = 120.0
PAGES = (
    "/",
    "/registry/",
    "/registry/?q=专业",
    "/registry/flags/",
    "/registry/feeds/",
    "/accounts/profile/",
)


class WholePortal:
    """Web, two workers and two beats on one port; everything is stopped by `stop`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.processes: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(self) -> None:
        """Start all five and wait until the web answers that it is ready."""
        self.start_web()
        for number in (1, 2):
            self.start_worker(number)
            schedule = str(self.folder / f"beat{number}")
            self._launch(f"beat{number}", [*CELERY, "beat", "--pidfile=", "--schedule", schedule])
        self.await_ready()

    def start_web(self) -> None:
        """Start a web server with its processes."""
        self._launch(
            "web",
            [sys.executable, "-m", "gunicorn", "tongchuan_coop.wsgi:application",
             "--config", "python:tongchuan_coop.gunicorn", "--bind", f"127.0.0.1:{self.port}"],
        )  # fmt: skip

    def start_worker(self, number: int) -> None:
        """Start a worker."""
        self._launch(
            f"worker{number}",
            [*CELERY, "worker", "--concurrency", "1", "--loglevel", "INFO",
             "--hostname", f"worker{number}@portal", "--without-gossip", "--without-mingle"],
        )  # fmt: skip

    def dismiss_workers(self) -> None:
        """Ask every worker to end, as at the arrival of a new release, and wait until it has."""
        for name, process in self.processes:
            if name.startswith("worker") and process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(timeout=180)

    def await_ready(self) -> None:
        """Wait until the web answers that it is ready."""
        began = time.monotonic()
        while time.monotonic() - began < READY_WITHIN:
            try:
                if Visitor(self.address).get("/readyz").status == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError((self.folder / "web.log").read_text()[-3000:])

    def stop(self) -> None:
        """Kill every process with what it started."""
        for _, process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()
        self.processes.clear()

    def _launch(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as sink:
            started = subprocess.Popen(command, stdout=sink, stderr=sink, start_new_session=True)
        self.processes.append((name, started))


def open_accounts(number: int) -> list[str]:
    """Open accounts of the bureau, of people who read and write; return their names."""
    from accounts.models import OrganisationUnit, User
    from accounts.policy import Action, roles_with

    role = next(role for role in roles_with(Action.DECIDE_DELIVERY))
    unit = OrganisationUnit.objects.get(code="nyncj")
    names = [f"person{place}" for place in range(number)]
    first = User(username=names[0], role=role, unit=unit, full_name="张三")
    first.set_password(PASSWORD)
    # One hashing for all: two hundred would take longer than the measurement.
    User.objects.bulk_create(
        User(username=name, role=role, unit=unit, full_name="张三", password=first.password)
        for name in names
    )
    return names


def take_in(
    visitor: Visitor,
    content: bytes,
    *,
    source: str = "registration",
    filename: str = "登记信息.csv",
) -> dict[str, Any]:
    """Upload a file through the page, commit it when checked; return what became of the job."""
    from accounts.models import OrganisationUnit
    from registry.models import Cooperative, IngestJob

    sender, began = OrganisationUnit.objects.get(code="scjgj"), time.monotonic()
    sent = visitor.upload(
        "/registry/feeds/new/", "file", filename, content,
        source=source, quarter="2021Q2", scope="full", sender=str(sender.pk),
    )  # fmt: skip
    assert sent.status == 302, sent.text[:2000]
    page = sent.headers["Location"]
    checked = _until(lambda job: job.state in {"staged", "held"}, IngestJob)
    checked_at = time.monotonic()
    accepted = visitor.submit(f"{page}commit/", version=str(checked.version), reason="全量核对无误")
    assert accepted.status == 302, accepted.text[:2000]
    job = _until(lambda job: job.state == "committed", IngestJob)
    return {
        "failures": job.attempt,
        "societies": Cooperative.objects.count(),
        "rows": job.counts["physical"] - job.counts["header"],
        "check_seconds": round(checked_at - began, 1),
        "commit_seconds": round(time.monotonic() - checked_at, 1),
    }


def _until(done: Callable[[Any], bool], jobs: Any) -> Any:
    began = time.monotonic()
    while time.monotonic() - began < TAKEN_WITHIN:
        job = jobs.objects.order_by("-pk").first()
        if job and done(job):
            return job
        time.sleep(0.2)
    raise TimeoutError(f"job is {job and job.state}: {job and job.message}")


def crowd(
    address: str, names: list[str], seconds: float, act: Callable[[Visitor, Random], Answer],
    pause: float,
) -> dict[str, Any]:  # fmt: skip
    """Let many people act at once for some seconds; return counts and percentiles."""
    answers: list[Answer] = []
    faults: list[str] = []
    signed_in = threading.Barrier(len(names) + 1)

    def live(name: str) -> None:
        visitor, random = Visitor(address), Random(name)
        try:
            visitor.sign_in(name, PASSWORD)
        finally:
            signed_in.wait()
        end = time.monotonic() + seconds
        time.sleep(random.uniform(0, 2 * pause))  # people do not all begin at one stroke
        while time.monotonic() < end:
            try:
                answers.append(act(visitor, random))
            except OSError as fault:
                faults.append(repr(fault))
            time.sleep(random.uniform(0, 2 * pause))

    threads = [threading.Thread(target=live, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    signed_in.wait()
    for thread in threads:
        thread.join()
    times = sorted(answer.seconds for answer in answers)
    statuses = [answer.status for answer in answers]
    return {
        "people": len(names),
        "answers": len(answers),
        "broken_connections": len(faults),
        "server_errors": sum(status >= 500 for status in statuses),
        "refused": sum(400 <= status < 500 for status in statuses),
        "median_seconds": round(statistics.median(times), 3),
        "longest_seconds": round(times[-1], 3),
        "p95_seconds": round(times[int(len(times) * 0.95)], 3),
        "answers_a_second": round(len(answers) / seconds, 1),
    }


def write(visitor: Visitor, random: Random) -> Answer:
    """Change one's own telephone number: one transaction with one event of the audit trail."""
    return visitor.submit("/accounts/profile/phone/", phone=f"139{random.randrange(10**8):08d}")


def read(visitor: Visitor, random: Random) -> Answer:
    """Open a page that people open all day."""
    return visitor.get(random.choice(PAGES))


def content_of(chosen: argparse.Namespace) -> dict[str, Any]:
    """Return the file to take in, its name and its source."""
    from benchmarks.registrations import EXTRA, HEADINGS, rows
    from tests.registry.feeds import write_full_workbook

    if chosen.workbook:
        content = write_full_workbook(range(1, chosen.rows + 1))
        return {"content": content, "source": "workbook", "filename": "季度报送.xlsx"}
    text = io.StringIO()
    csv.writer(text).writerows([[*HEADINGS, *EXTRA], *rows(chosen.rows)])
    return {"content": text.getvalue().encode()}


def run(chosen: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Start everything, take a file in while people write or read, and say what was seen."""
    from urllib.parse import quote

    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    names = open_accounts(1 + max(chosen.writers, chosen.readers))
    sent = content_of(chosen)
    portal, began = WholePortal(folder), time.monotonic()
    portal.start()
    found: dict[str, Any] = {"ready_seconds": round(time.monotonic() - began, 1)}
    globals()["PAGES"] = tuple(quote(page, safe="/?=") for page in PAGES)
    try:
        visitor = Visitor(portal.address)
        visitor.sign_in(names[0], PASSWORD)
        if chosen.readers and not chosen.workbook:
            found["taken_in"] = take_in(visitor, **sent)
            found["readers"] = crowd(portal.address, names[1:], chosen.seconds, read, chosen.pause)
        else:
            taking = threading.Thread(
                target=lambda: found.update(taken_in=take_in(visitor, **sent))
            )
            taking.start()
            kind, act = ("readers", read) if chosen.readers else ("writers", write)
            found[kind] = crowd(portal.address, names[1:], chosen.seconds, act, chosen.pause)
            taking.join()
        taken = found["taken_in"]
        found["taken_in_once"] = (taken["failures"], taken["societies"]) == (0, chosen.rows)
    finally:
        portal.stop()
    return found


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--writers", type=int, default=0)
    arguments.add_argument("--readers", type=int, default=0)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--rows", type=int, default=3_000)
    arguments.add_argument("--workbook", action="store_true", help="send six sheets, not one list")
    arguments.add_argument("--pause", type=float, default=0.0, help="mean seconds between acts")
    arguments.add_argument("--p95", type=float, default=float("inf"), help="seconds for 95 of 100")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tongchuan_coop.settings"
        os.environ.setdefault("PORTAL_DATE", "2021-07-20")
        import django

        django.setup()
        found = run(chosen, Path(folder))
    print(json.dumps(found, ensure_ascii=False))
    crowds = [found[kind] for kind in ("writers", "readers") if kind in found]
    calm = all(not seen["server_errors"] and not seen["broken_connections"] for seen in crowds)
    quick = all(seen["p95_seconds"] <= chosen.p95 for seen in crowds)
    return 0 if calm and quick and found["taken_in_once"] else 1


if __name__ == "__main__":
    sys.exit(main())
