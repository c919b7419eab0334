"""The drill of an upgrade and of the way back, between an earlier commit and this tree.

    python -m tests.chaos.upgrade                # from before the newest migration
    python -m tests.chaos.upgrade --since REV

The earlier release takes a file in and makes a back-up. This one opens its database, upgrades it,
takes the next quarter in and checks trail and files; it restores the earlier back-up into an empty
place as well. Then the way back: the earlier release refuses a back-up of this one, restores its
own into an empty place, and must read the same. Uses the database of the environment (a scratch
database) or the embedded default; the places restored into are embedded. Prints one JSON object.
"""

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
DAY: Final = "2021-07-20"
SETTINGS: Final = "tongchuan_coop.settings"  # not those of the tests, which keep files apart
SOCIETIES: Final = 60
CHANGED: Final = 5
LOOKED_BACK: Final = 10  # commits before the newest migration that are tried


class Release:
    """A tree of the portal's source, whose commands are run."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree

    def manage(
        self, place: dict[str, str], *words: str, code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run a command on a place to its end; it must end with `code`."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=self.tree, env={**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "PORTAL_DATE": DAY, **place},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, (words, done.returncode, done.stdout + done.stderr)
        return done

    def take_in(self, place: dict[str, str], file: Path, quarter: str) -> dict[str, Any]:
        """Take a whole list in and commit it."""
        done = self.manage(
            place, "import_feed", str(file), "--source", "registration", "--quarter", quarter,
            "--scope", "full", "--commit", "--json",
        )  # fmt: skip
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def fingerprint(self, place: dict[str, str]) -> str:
        """Return the fingerprint of everything that the release knows in a place."""
        return self.manage(place, "fingerprint").stdout.strip()


def before_newest_migration() -> list[str]:
    """Return the commits before the newest one that brought a migration, the nearest first.

    A squashed migration brings nothing that an earlier release does not have. Raises
    CalledProcessError where the history is not at hand or is cut short.
    """
    brought = ("*/migrations/0*.py", ":!*/migrations/0*_squashed_*.py")
    newest = _git("log", "-1", "--diff-filter=A", "--format=%H", "--", *brought)
    before = f"{newest.decode().strip()}^"
    return _git("rev-list", f"--max-count={LOOKED_BACK}", before).decode().split()


def unpack_first_that_starts(commits: list[str], tree: Path) -> str:
    """Lay the source of the first commit whose portal starts into a folder; return that commit.

    A commit between two landings may be half of a change, and no release.
    """
    for since in commits:
        shutil.rmtree(tree, ignore_errors=True)
        with tarfile.open(fileobj=io.BytesIO(_git("archive", since))) as source:
            source.extractall(tree, filter="data")
        try:
            Release(tree).manage(_empty(tree.parent / "tried"), "check")
        except AssertionError:
            continue
        return since
    raise SystemExit(f"none of the {len(commits)} commits before the newest migration starts")


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout


def drill(commits: list[str], folder: Path, address: str) -> dict[str, Any]:
    """Go up from the first of the commits that starts, and back down; return what was seen."""
    from tests.registry.feeds import society, write_csv

    tree = folder / "earlier"
    since = unpack_first_that_starts(commits, tree)
    earlier, present = Release(tree), Release(ROOT)
    place = {"DATABASE_URL": address, "DATA_DIR": str(folder / "live"), "REDIS_URL": ""}
    files = []
    for number in (1, 2):
        files.append(folder / f"{number}.csv")
        lines = [society(each) for each in range(1, SOCIETIES + 1)]
        for line in lines[:CHANGED]:
            line["member_count"] += number
        files[-1].write_bytes(write_csv(lines))

    earlier.manage(place, "migrate", "-v0")
    first = earlier.take_in(place, files[0], "2021Q1")
    known = earlier.fingerprint(place)
    saved, newer = folder / "earlier.zip", folder / "present.zip"
    earlier.manage(place, "backup", str(saved))

    present.manage(place, "migrate", "-v0")
    second = present.take_in(place, files[1], "2021Q2")
    present.manage(place, "audit", "verify")
    present.manage(place, "check_storage")
    present.manage(place, "backup", str(newer))
    restored = json.loads(
        present.manage(_empty(folder / "restored"), "restore", str(saved), "--json").stdout
    )

    same_structure = restored["same_structure"]
    back = _empty(folder / "back")
    if not same_structure:
        earlier.manage(_empty(folder / "refused"), "restore", str(newer), "--json", code=2)
    earlier.manage(back, "restore", str(saved), "--json")
    return {
        "since": since[:9],
        "schema_changed": not same_structure,
        "first": first["rows"]["new"],
        "second": second["rows"]["changed"],
        "same_after_the_way_back": earlier.fingerprint(back) == known,
    }


def _empty(folder: Path) -> dict[str, str]:
    return {"DATABASE_URL": "", "DATA_DIR": str(folder), "REDIS_URL": ""}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--since", help="the earlier commit")
    chosen = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    address = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        import django

        django.setup()
        commits = [chosen.since] if chosen.since else before_newest_migration()
        found = drill(commits, Path(folder), address)
    print(json.dumps(found))
    return 0 if found["same_after_the_way_back"] else 1


if __name__ == "__main__":
    sys.exit(main())
