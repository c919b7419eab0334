"""Measure the running portal under many readers: answers a second, waiting, memory, first load.

    python -m benchmarks.load --people 50 200
    DATABASE_URL=postgres:///bench_load REDIS_URL=redis://127.0.0.1:6379/3 python -m benchmarks.load

Each number of people gets a portal of its own, as `tests.chaos.whole_portal` starts it (web, two
workers, two beats), which takes a registration file in and is then read from. Memory is the
highest that each kind of process held meanwhile, added up over its processes. The embedded default
runs in a temporary folder; `DATABASE_URL` names a scratch database. The first load is what a phone
without a cache fetches for the sign-in page, compressed, and the seconds that takes on 400 kbit/s
with 400 ms there and back: counted bytes, computed time.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

KINDS = {
    "web": "gunicorn",
    "worker": "celery worker",
    "beat": "celery beat",
    "child": "registry.ingestion.child",
}
SLOW_BITS, SLOW_TRIP = 400_000, 0.4


def family(root: int) -> dict[int, str]:
    """Return the processes that a process has started, and what each runs."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(
                    (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                )
            except OSError:
                continue
    found, front = {}, {root}
    while front:
        front = {pid for pid, parent in parents.items() if parent in front}
        for pid in front:
            try:
                line = (
                    Path(f"/proc/{pid}/cmdline")
                    .read_bytes()
                    .replace(b"\0", b" ")
                    .decode("utf-8", "replace")
                )
            except OSError:
                continue
            found[pid] = re.sub(r"celery (-A \S+ )?", "celery ", line)
    return found


def megabytes(root: int) -> dict[str, float]:
    """Return what each kind of process under a process holds now; shared pages are counted once each."""
    held = dict.fromkeys(KINDS, 0.0)
    for pid, line in family(root).items():
        kind = next((kind for kind, mark in KINDS.items() if mark in line), None)
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        if kind and (found := re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)):
            held[kind] += int(found[1]) / 1024
    return held


def crowd(people: int, seconds: float, rows: int, pause: float) -> dict[str, Any]:
    """Let so many people read; return their figures and the memory of the portal."""
    command = [
        sys.executable, "-m", "tests.chaos.whole_portal", "--readers", str(people),
        "--seconds", str(seconds), "--rows", str(rows), "--pause", str(pause),
    ]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    most = dict.fromkeys(KINDS, 0.0)
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.5):
            for kind, held in megabytes(running.pid).items():
                most[kind] = max(most[kind], held)

    looking = threading.Thread(target=look)
    looking.start()
    printed = running.communicate()[0]
    ended.set()
    looking.join()
    if not printed.strip():
        raise SystemExit(f"{people} people: the portal did not run to the end")
    found = json.loads(printed.splitlines()[-1])
    return {
        **found["readers"],
        "ready_seconds": found["ready_seconds"],
        "taken_in_once": found["taken_in_once"],
        "megabytes": {kind: round(held) for kind, held in most.items()},
    }


def start_up() -> float:
    """Return the seconds in which a command of the portal stands ready, of three the middle one."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        ready = "import django; django.setup(); from django.urls import reverse; reverse('find')"
        subprocess.run(
            [sys.executable, "-c", ready],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tongchuan_coop.settings"},
            check=True,
        )
        times.append(time.perf_counter() - began)
    return round(sorted(times)[1], 2)


def first_load() -> dict[str, Any]:
    """Return the bytes of the sign-in page with all that it names, compressed, and their seconds."""
    import gzip

    import django
    from django.conf import settings

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    page = Client(HTTP_HOST="localhost").get("/accounts/login/").content
    named = re.findall(rb'(?:src|href)="(/static/[^"#?]+)"', page)
    sizes = {"page": len(gzip.compress(page))}
    for name in sorted({each.decode() for each in named}):
        file = Path(settings.STATIC_ROOT) / name.removeprefix("/static/")
        packed = [found for end in (".br", ".gz") if (found := Path(f"{file}{end}")).exists()]
        sizes[name.rsplit("/", 1)[1]] = (packed or [file])[0].stat().st_size
    total = sum(sizes.values())
    # The page, then what it names side by side: the name looked up, connected, asked twice.
    seconds = 4 * SLOW_TRIP + total * 8 / SLOW_BITS
    return {"bytes": total, "files": len(sizes), "seconds_on_a_slow_phone": round(seconds, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rows", type=int, default=3_000)
    parser.add_argument("--pause", type=float, default=0.0, help="mean seconds between two pages")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings")
    found: dict[str, Any] = {"load": os.getloadavg(), "start_up_seconds": start_up()}
    for people in asked.people:
        found[str(people)] = crowd(people, asked.seconds, asked.rows, asked.pause)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        os.environ["DATA_DIR"] = folder
        found["first_load"] = first_load()
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
