"""Look at every page, for every role and size, and take pictures of them into one folder.

    python -m tests.tour OUT [--axe] [--role bureau] [--size phone] [--route registry:] [--empty]

Each page is loaded once and then drawn at every size and at 200 % zoom.

The portal is started for the walk, on the demo district (about two minutes to build), on an empty
one, or on a copy of a folder that `manage.py demo` has filled; `--strained` stretches its texts and
numbers to what people may ever write. OUT holds ROLE/ROUTE-WIDTH.jpg and
`sights.csv`; printed are the pages about which there is something to say. Exit 1 when there are any.
"""

import argparse
import copy
import csv
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings.testing")
django.setup()

from django.conf import settings  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser.conftest import CHROMIUM  # noqa: E402
from tests.browser.desk import Desk  # noqa: E402
from tests.browser.portal import Portal  # noqa: E402
from tests.tour.walk import WINDOWS, Shapes, Sight, Walk  # noqa: E402
from tongchuan_coop.demo.people import KNOWN  # noqa: E402

LARGE_LETTERS = "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"
EVERYONE = ("public", *(username for username, *_ in KNOWN))


def read_arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.tour", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--role", action="append", choices=EVERYONE, help="an account of the demo")
    parser.add_argument("--size", action="append", choices=WINDOWS)
    parser.add_argument("--route", action="append", default=[], help="part of a route's name")
    parser.add_argument("--axe", action="store_true", help="ask axe about every shape of page too")
    parser.add_argument("--no-pictures", action="store_true", help="measure only, which is quicker")
    parser.add_argument("--letters", action="store_true", help="with letters twice as large")
    parser.add_argument("--strained", action="store_true", help="texts and numbers stretched")
    parser.add_argument("--workers", type=int, default=2)
    district = parser.add_mutually_exclusive_group()
    district.add_argument("--empty", action="store_true", help="people and no society")
    district.add_argument("--societies", type=int, help="a district of so many societies")
    district.add_argument("--data", type=Path, help="a copy of this folder of data")
    return parser.parse_args()


def prepare(portal: Portal, asked: argparse.Namespace) -> None:
    """Fill the portal's folder as asked."""
    if asked.data:
        shutil.copytree(asked.data, portal.folder)
        portal.manage("migrate", "--verbosity", "0")
        portal.manage("collectstatic", "--no-input", "--verbosity", "0")
        return
    portal.set_up()
    number = 0 if asked.empty else asked.societies
    portal.manage("demo", *([] if number is None else ["--societies", str(number)]))


def walk(portal: Portal, account: str, asked: argparse.Namespace) -> tuple[list[Sight], list[str]]:
    """Walk as one account in a browser of its own; return what was seen and the routes that were not."""
    arguments = ["--no-sandbox", *([LARGE_LETTERS] if asked.letters else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        desk = Desk(browser, portal)
        name = "" if account == "public" else account
        shapes = Shapes(portal.folder / "shapes") if asked.axe else None
        sizes = asked.size or list(WINDOWS)
        tour = Walk(desk, name, asked.out, sizes, shapes, tuple(asked.route), not asked.no_pictures)
        sights = list(tour.sights())
        browser.close()
    return sights, tour.unseen


def report(sights: list[Sight]) -> int:
    """Print the pages that are not as they should be, and the count of each kind; return how many."""
    faulty = [(sight, found) for sight in sights if (found := sight.complaints())]
    for sight, found in faulty:
        print(f"{sight.account:12}{sight.size:14}{sight.route:36}{'; '.join(found)}")
    kinds = Counter(each.split()[0] for _, found in faulty for each in found)
    judged = sum(sight.judged for sight in sights)
    pages = len({(sight.account, sight.route) for sight in sights})
    print(
        f"{pages} pages of {len({sight.account for sight in sights})} people, {len(sights)} sights"
    )
    print(f"axe asked about {judged} of different shape; found: {dict(kinds) or 'nothing'}")
    return len(faulty)


def main() -> int:
    """Walk as everyone asked for; return the exit code."""
    asked = read_arguments()
    began = time.monotonic()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        portal = Portal(Path(folder) / "data")
        portal.env["DEMO_PASSWORD"] = settings.DEMO_PASSWORD
        prepare(portal, asked)
        if asked.strained:
            portal.manage("shell", "--command", "from tests.tour.strain import strain; strain()")
        portal.serve()
        try:
            accounts = asked.role or EVERYONE
            reached = copy.copy(portal)
            reached.processes = []  # they cannot be handed on, and are this process's to stop
            with ProcessPoolExecutor(asked.workers) as pool:
                asking = [pool.submit(walk, reached, account, asked) for account in accounts]
                walks = [each.result() for each in asking]
        finally:
            portal.stop()
    sights = [sight for seen, _ in walks for sight in seen]
    with (asked.out / "sights.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(asdict(sights[0]) if sights else ())
        writer.writerows(asdict(sight).values() for sight in sights)
    faulty = report(sights)
    for account, (_, unseen) in zip(accounts, walks, strict=True):
        print(f"{account}: not seen, no such row in reach: {', '.join(unseen) or 'none'}")
    print(f"{time.monotonic() - began:.0f} s; {faulty} to look at")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
