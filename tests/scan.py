"""Attack the pages of a running portal with wapiti, signed in as each person of the demo district.

    python -m tests.scan                                # every person, three minutes each
    python -m tests.scan clerk tax --minutes 10
    python -m tests.scan --planted                      # the scanner must find what is planted

wapiti (3.2) is no part of the portal: install it where you like and say where in WAPITI, or have it
on the PATH; without it this says so and ends with 2. Every person gets a portal of its own on a
fresh copy of the demo district, for the scanner sends every form it finds. Only modules that stay
on this machine are used. Prints a table; ends with 1 when something of medium level or worse was
found, or a planted fault was not.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.district import PASSWORD, PEOPLE, demo_district, portal
from tests.planting import ROOT, Change, copied_tree, plant

STARTS: Final = ("/", "/registry/", "/find/", "/pilot/", "/liaison/", "/training/", "/public/")
# Without ssrf and xxe, which ask a host of the scanner's makers what came of them.
MODULES: Final = "exec,file,sql,xss,permanentxss,redirect,crlf,csrf,cookieflags,csp,http_headers"
MEDIUM: Final = 2
FEWEST_PAGES: Final = 20  # who is not signed in sees fewer


@dataclass(frozen=True)
class Plant:
    """A fault of the kind that the scanner looks for, and the category under which it must stand."""

    changes: tuple[Change, ...]
    start: str
    category: str


_VIEW: Final = "tongchuan_coop/views/find.py"
PLANTS: Final = (
    Plant(
        (
            Change("templates/find/page.html", 'value="{{ text }}"', 'value="{{ text|safe }}"'),
            Change(_VIEW, ".strip()[:LONGEST]", ".strip()"),
        ),
        "/find/?q=a",
        "Reflected Cross Site Scripting",
    ),
    Plant(
        (
            Change(
                _VIEW,
                "    partial = wants_partial(request)",
                '    assert not set("\'<;") & set(text)\n    partial = wants_partial(request)',
            ),
        ),
        "/find/?q=a",
        "Internal Server Error",
    ),
)


@dataclass
class Found:
    """What a scan has found: a line for each fault of medium level or worse, and how much was tried."""

    faults: list[str] = field(default_factory=list)
    lesser: int = 0
    pages: int = 0


def judged(report: dict[str, Any]) -> Found:
    """Sort a report of wapiti: an answer of 5xx counts as a fault whatever its level."""
    found = Found(pages=int(report.get("infos", {}).get("crawled_pages_nbr", 0)))
    for kind in ("vulnerabilities", "anomalies"):
        for category, cases in report.get(kind, {}).items():
            for case in cases:
                if kind == "vulnerabilities" and int(case["level"]) < MEDIUM:
                    found.lesser += 1
                    continue
                found.faults.append(
                    f"{category}: {case['method']} {case['path']} {case.get('parameter') or ''}"
                    f" ({case['info']})"
                )
    return found


def scan(
    address: str,
    person: str,
    *,
    starts: tuple[str, ...],
    minutes: float,
    scope: str = "folder",
    modules: str = MODULES,
) -> Found:
    """Let the scanner sign in and loose for some minutes; judge its report."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        begun = [word for start in starts for word in ("-s", f"{address}{start}")]
        module_count = modules.count(",") + 1
        subprocess.run(
            [scanner(), "-u", f"{address}{starts[0]}", *begun, "--scope", scope, "-m", modules,
             "--form-user", person, "--form-password", PASSWORD,
             "--form-url", f"{address}/accounts/login/", "--tasks", "4", "-x", f"{address}/accounts/logout/",
             "-x", f"{address}/accounts/profile/sessions/end/",
             "-d", "4", "--max-links-per-page", "60", "--max-files-per-dir", "12",
             "--max-parameters", "25", "--max-scan-time", f"{minutes * 30:.0f}",
             "--max-attack-time", f"{max(20, minutes * 60 / module_count):.0f}", "-t", "30",
             "--endpoint", f"{address}/livez", "--no-bugreport", "--flush-session",
             "--store-session", folder, "--store-config", folder,
             "-v", "0", "-f", "json", "-o", str(report)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return judged(json.loads(report.read_text(encoding="utf-8")))


def scanner() -> str:
    """Return the command of the scanner."""
    return os.environ.get("WAPITI", "wapiti")


def planted(demo: Path, minutes: float) -> bool:
    """Tell whether the scanner finds each planted fault."""
    all_found = True
    for planned in PLANTS:
        with copied_tree() as copy:
            plant(copy, planned.changes)
            with portal(copy, demo) as address:
                found = scan(
                    address,
                    "bureau",
                    starts=(planned.start,),
                    minutes=minutes,
                    scope="url",
                    modules="xss,sql",
                )
        noticed = any(fault.startswith(planned.category) for fault in found.faults)
        said = "noticed " if noticed else "UNNOTICED"
        print(f"{said}  {planned.category} in {planned.changes[0].path}", flush=True)
        all_found &= noticed
    return all_found


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("people", nargs="*", default=PEOPLE)
    arguments.add_argument("--minutes", type=float, default=3, help="about so long for each")
    arguments.add_argument("--planted", action="store_true", help="scan portals with known faults")
    arguments.add_argument("--demo", type=Path, help="a data folder that holds the demo district")
    chosen = arguments.parse_args()
    if not shutil.which(scanner()):
        print("wapiti is not installed; nothing was scanned.", file=sys.stderr)
        return 2
    with demo_district(chosen.demo) as demo:
        if chosen.planted:
            return 0 if planted(demo, chosen.minutes) else 1
        print("| person | pages | medium or worse | lesser |\n|---|--:|--:|--:|")
        faults: list[str] = []
        for person in chosen.people:
            with portal(ROOT, demo) as address:
                found = scan(address, person, starts=STARTS, minutes=chosen.minutes)
            print(
                f"| {person} | {found.pages} | {len(found.faults)} | {found.lesser} |", flush=True
            )
            if found.pages < FEWEST_PAGES:
                faults.append(f"{person}: only {found.pages} pages seen; did the sign-in fail?")
            faults += [f"{person}: {fault}" for fault in found.faults]
        print("\n".join(dict.fromkeys(faults)))
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
