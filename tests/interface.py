"""Let schemathesis try the programming interface, with the token of each person of the demo district.

    python -m tests.interface                           # every person, 25 examples an operation
    python -m tests.interface clerk tax --examples 1000
    python -m tests.interface --planted                 # it must find what is planted

schemathesis (4) is no part of the portal: install it where you like and say where in SCHEMATHESIS,
or have it on the PATH; without it this says so and ends with 2. Every person gets a portal of its
own on a fresh copy of the demo district, for writes are tried too, and a token with the right to
write, issued on the page. All checks run. Prints a line for each person; ends with 1 when a fault
was found, or a planted one was not.
"""

import argparse
import datetime as dt
import http.cookiejar
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.district import DEMO_DAY, PASSWORD, PEOPLE, demo_district, portal
from tests.planting import ROOT, Change, copied_tree, plant

_CONFIG: Final = Path(__file__).with_suffix(".toml")
_UNHURRIED: Final = "100000000"


@dataclass(frozen=True)
class Plant:
    """A fault of the interface: where it can be met, and how schemathesis names its kind."""

    changes: tuple[Change, ...]
    path: str
    kind: str


PLANTS: Final = (
    Plant(
        (
            Change(
                "registry/api/cooperatives.py",
                "return order_of(sort_asked(self.query, self.sorts))",
                'return order_of(self.query["sort"])',
            ),
        ),
        "/api/v1/cooperatives/",
        "Server error",
    ),
    Plant(
        (
            Change(
                "registry/api/flags.py",
                "return words.labels_of(flag)",
                'return " ".join(words.labels_of(flag))  # type: ignore[return-value]',
            ),
        ),
        "/api/v1/flags/",
        "Response violates schema",
    ),
)


class Browser:
    """A person at the portal's pages."""

    def __init__(self, url: str, username: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self._post("/accounts/login/", username=username, password=PASSWORD)

    def token(self) -> str:
        """Have a token issued that may write, good until tomorrow of the demo district."""
        last_day = dt.date.fromisoformat(DEMO_DAY) + dt.timedelta(days=1)
        slip = self._post(
            "/accounts/tokens/new/",
            name="schemathesis",
            scope="write",
            expires_on=last_day.isoformat(),
        )
        found = re.search(r"Bearer (tck_[\w-]+)", slip)
        if not found:
            raise ValueError("no token was issued")
        return found[1]

    def _post(self, path: str, **typed: str) -> str:
        shown = self.opener.open(self.url + path).read().decode()
        forgery = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
        typed["csrfmiddlewaretoken"] = forgery[1] if forgery else ""
        data = urllib.parse.urlencode(typed).encode()
        request = urllib.request.Request(  # noqa: S310
            self.url + path, data, {"Referer": self.url + path}
        )
        answer: bytes = self.opener.open(request).read()
        return answer.decode()


def prover() -> str:
    """Return the command of schemathesis."""
    return os.environ.get("SCHEMATHESIS", "schemathesis")


def tried(url: str, person: str, *, examples: int, path: str = "") -> tuple[bool, str]:
    """Try every operation, or those of one path, as one person: (nothing found, what was said)."""
    secret = Browser(url, person).token()
    only = ["--include-path", path] if path else []
    with tempfile.TemporaryDirectory() as folder:  # it leaves what it remembers where it runs
        done = subprocess.run(
            [prover(), "--config-file", str(_CONFIG), "run", f"{url}/api/schema/?format=json",
             *only, "--header", f"Authorization: Bearer {secret}", "--checks", "all",
             "--max-examples", str(examples), "--phases", "examples,coverage,fuzzing",
             "--seed", "1", "--no-color",
             "--generation-database", "none"],  # ranking examples for a next run took half the time
            cwd=folder, check=False, capture_output=True, text=True,
        )  # fmt: skip
    return done.returncode == 0, done.stdout + done.stderr


def planted(demo: Path, examples: int) -> bool:
    """Tell whether each planted fault is found, and by its own kind."""
    all_found = True
    for planned in PLANTS:
        with copied_tree() as copy:
            plant(copy, planned.changes)
            with portal(copy, demo, API_REQUESTS_A_MINUTE=_UNHURRIED) as url:
                clean, told = tried(url, "bureau", examples=examples, path=planned.path)
        noticed = not clean and planned.kind in told
        said = "noticed " if noticed else "UNNOTICED"
        print(f"{said}  {planned.kind} in {planned.changes[0].path}", flush=True)
        all_found &= noticed
    return all_found


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("people", nargs="*", default=PEOPLE)
    arguments.add_argument("--examples", type=int, default=25, help="for each operation")
    arguments.add_argument("--planted", action="store_true", help="try portals with known faults")
    arguments.add_argument("--demo", type=Path, help="a data folder that holds the demo district")
    chosen = arguments.parse_args()
    if not shutil.which(prover()):
        print("schemathesis is not installed; nothing was tried.", file=sys.stderr)
        return 2
    with demo_district(chosen.demo) as demo:
        if chosen.planted:
            return 0 if planted(demo, chosen.examples) else 1
        faulty = []
        for person in chosen.people:
            began = time.monotonic()
            with portal(ROOT, demo, API_REQUESTS_A_MINUTE=_UNHURRIED) as url:
                clean, told = tried(url, person, examples=chosen.examples)
            counted = re.search(r"(\d[\d,]*) generated", told)
            print(
                f"{person}: {counted[1] if counted else '?'} cases in"
                f" {time.monotonic() - began:.0f} s, {'no fault' if clean else 'faults:'}",
                flush=True,
            )
            if not clean:
                faulty.append(person)
                print(told, flush=True)
        return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
