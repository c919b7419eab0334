"""Every measurement in one run, as one table of ratios: `scripts/bench small` or `full`.

    scripts/bench small                                  what the embedded default can show
    DATABASE_URL=postgres://…/any scripts/bench small    all of it, about a minute of work
    DATABASE_URL=postgres://…/any scripts/bench full --out docs/bench.md

On the server that `DATABASE_URL` names, databases of its own are made and dropped; the named one is
only connected to. Each measurement runs in fresh processes, several times where one run is short,
and the middle of the ratios counts: portal and reference are measured in the same run, beside the
same other work. With `--check` the command fails when a ratio is worse than its bound with half as
much again for noise, which is what a change must not do.
"""

import argparse
import datetime as dt
import json
import os
import platform
import secrets
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SLACK = 1.5
PEOPLE = (50, 200)


@dataclass(frozen=True)
class Size:
    """How much each measurement is given."""

    rows: int
    societies: tuple[int, ...]
    flagged: tuple[int, ...]
    rounds: int
    asks: int
    load: bool


SIZES = {
    "small": Size(2_000, (3_000,), (3_000,), 1, 1, load=False),
    "full": Size(100_000, (100_000, 2_200_000), (100_000, 1_000_000), 3, 5, load=True),
}


@dataclass(frozen=True)
class Line:
    """One figure: what the portal took, what the reference took, and what the ratio should be.

    `bound` is the highest ratio that is right, or with `at_least` the lowest; None where the figure
    is only told.
    """

    what: str
    portal: str
    reference: str
    ratio: float | None
    bound: float | None = None
    at_least: bool = False

    @property
    def kept(self) -> bool | None:
        """Whether the bound is kept; None where there is none."""
        return self._within(1)

    @property
    def fell_back(self) -> bool:
        """Whether the ratio is beyond what noise explains."""
        return self._within(SLACK) is False

    def _within(self, slack: float) -> bool | None:
        if self.ratio is None or self.bound is None:
            return None
        if self.at_least:
            return self.ratio >= self.bound / slack
        return self.ratio <= self.bound * slack

    def cells(self) -> list[str]:
        """Return the cells of the table."""
        sign = "≥" if self.at_least else "≤"
        wanted = "" if self.bound is None else f"{sign} {self.bound:g}"
        met = {True: "yes", False: "**no**", None: ""}[self.kept]
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return [self.what, self.portal, self.reference, ratio, wanted, met]


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    head = ["measured", "portal", "beside it", "ratio", "wanted", "met"]
    rows = [head, ["---", "---", "---", "--:", "--:", "---"], *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def machine(address: str) -> str:
    """Say where and on what was measured."""
    import django

    memory = Path("/proc/meminfo").read_text().split()[1]
    database = "SQLite"
    if address:
        import psycopg2

        with psycopg2.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return (
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC; {platform.machine()}, {os.cpu_count()} cores, "
        f"{int(memory) // 2**20} GiB; Python {platform.python_version()}, "
        f"Django {django.get_version()}, {database}; load average at the start {load}"
    )


@contextmanager
def scratch(address: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a database and a folder that are empty and go away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        surroundings = {**kept, "DATA_DIR": folder, "JURISDICTION": "511702"}
        surroundings["PORTAL_DATE"] = "2021-07-20"
        if not address:
            yield surroundings
            return
        name = f"bench_{os.getpid()}_{secrets.token_hex(3)}"
        _on_server(address, f'CREATE DATABASE "{name}"')
        try:
            yield {**surroundings, "DATABASE_URL": address.rsplit("/", 1)[0] + f"/{name}"}
        finally:
            _on_server(address, f'DROP DATABASE "{name}"')


def _on_server(address: str, statement: str) -> None:
    import psycopg2

    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def printed(environment: dict[str, str], module: str, *arguments: object) -> dict[str, Any]:
    """Run one measurement in a process of its own; return the JSON object that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.JSONDecoder().raw_decode(done.stdout[done.stdout.index("{") :])[0]
    return found


def intake(size: Size, address: str) -> Iterator[Line]:
    """One registration workbook, from the upload to the committed register, and the peer."""
    from benchmarks.registrations import write_workbook

    with tempfile.TemporaryDirectory() as folder, scratch(address) as environment:
        book = Path(folder) / "registrations.xlsx"
        write_workbook(book, size.rows)
        took: dict[str, list[float]] = {"portal": [], "peer": []}
        for _ in range(size.rounds):
            for side, times in took.items():
                found = printed(environment, "intake", "--one", side, "--file", book)
                times.append(found["seconds"])
    ratios = [peer / own for own, peer in zip(took["portal"], took["peer"], strict=True)]
    portal, peer = (statistics.median(times) for times in took.values())
    yield Line(
        f"intake of {size.rows:,} rows, with versions, evidence and flags; "
        "django-import-export as it comes",
        f"{portal:.1f} s", f"{peer:.1f} s", statistics.median(ratios),
        40 if size.rows >= 100_000 else None, at_least=True,
    )  # fmt: skip


def flags(size: Size, address: str) -> Iterator[Line]:
    """All rules over the register, and one joined scan of the same tables."""
    for societies in size.flagged:
        with scratch(address) as environment:
            found = printed(environment, "flags", "--societies", societies)
        yield Line(
            f"all rules over {societies:,} societies; one joined scan",
            f"{found['again']} s", f"{found['scan']} s", found["times_the_scan"],
            15 if societies >= 1_000_000 else None,
        )  # fmt: skip


def pages(size: Size, address: str) -> Iterator[Line]:
    """The list, the society's page, the search box and the board, and their own templates."""
    for societies in size.societies:
        with scratch(address) as environment:
            environment["LIVE_FIGURES"] = "100"
            asks = ("--societies", societies, "--asks", size.asks)
            found = printed(environment, "pages", *asks)
            board = printed(environment, "dashboard", "--societies", societies)
        named = {"list": "list, every condition in every order", "society": "page of a society"}
        for part, what in named.items():
            for who, one in found[part].items():
                yield _page(f"{what}, {societies:,} societies, {who}", one, 3)
        for who, one in found["search"].items():
            yield Line(
                f"search box, terms of every kind, {societies:,} societies, {who}: p95 in ms",
                f"{one['p95_ms']:g} ms", "a second", one["p95_ms"] / 1000, 1,
            )  # fmt: skip
        for who in ("bureau", "clerk", "screen"):
            yield _page(f"board, warm, {societies:,} societies, {who}", board[who], 3)


def _page(what: str, one: dict[str, Any], bound: float) -> Line:
    return Line(
        f"{what}: p95; its own template", f"{one['p95_ms']:g} ms", f"{one['template_ms']:g} ms",
        one["ratio_p95"], bound,
    )  # fmt: skip


def load(size: Size, address: str) -> Iterator[Line]:
    """The running portal under many readers, on the embedded default and on the server."""
    for name, where in {"SQLite": "", "PostgreSQL": address}.items():
        if name == "PostgreSQL" and not address:
            continue
        found: dict[str, Any] = {}
        for people in PEOPLE:
            with scratch(where) as environment:
                found = printed(environment, "load", "--people", people)
            one, held = found[str(people)], found[str(people)]["megabytes"]
            memory = ", ".join(f"{kind} {number} MB" for kind, number in held.items())
            told = f"{one['answers_a_second']:g}/s, p95 {one['p95_seconds']:g} s, {memory}"
            yield Line(f"{people} readers without pause on {name}", told, "", None)
        ready = found[str(PEOPLE[-1])]["ready_seconds"]
        told = f"{found['start_up_seconds']:g} s, {ready:g} s"
        yield Line(f"start of a command, of the whole portal, {name}", told, "", None)
    first = found["first_load"]
    yield Line(
        "first load on a slow phone (400 kbit/s, 400 ms; computed)",
        f"{first['bytes'] / 1000:.0f} kB, {first['seconds_on_a_slow_phone']:g} s", "", None,
    )  # fmt: skip


Part = Callable[[Size, str], Iterator[Line]]
ON_ANY: dict[str, Part] = {"intake": intake}
ON_SERVER: dict[str, Part] = {"flags": flags, "pages": pages}


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__.split("\n\n")[0])
    parser.add_argument("size", choices=SIZES, nargs="?", default="small")
    parser.add_argument("--check", action="store_true", help="fail when a ratio has fallen back")
    parser.add_argument("--only", nargs="+", choices=("intake", "flags", "pages", "load"))
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    asked = parser.parse_args()
    size, address = SIZES[asked.size], os.environ.get("DATABASE_URL", "")
    if address and not urlsplit(address).scheme.startswith("postgres"):
        address = ""
    parts = {**ON_ANY, **(ON_SERVER if address else {}), **({"load": load} if size.load else {})}
    wanted = asked.only or list(parts)
    said = [f"`scripts/bench {asked.size}`: {machine(address)}", ""]
    lines: list[Line] = []
    for name in wanted:
        part = {**ON_ANY, **ON_SERVER, "load": load}[name]
        if name in ON_SERVER and not address:
            sys.exit(f"{name}: DATABASE_URL must name a PostgreSQL server.")
        lines += part(size, address)
    said.append(table(lines))
    if not address:
        said += ["", "Without DATABASE_URL the pages and the rules are not measured."]
    text = "\n".join(said) + "\n"
    print(text)
    if asked.out:
        asked.out.write_text(text)
    fallen = [line.what for line in lines if line.fell_back]
    if asked.check and fallen:
        print("Fallen back: " + "; ".join(fallen), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
