"""Ways to read a file in a test, and to look at what was read."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.ingestion.parse import parse_file
from registry.ingestion.report import ParseReport, ParseSpec
from registry.ingestion.sandbox import ChildLimits, run_parse
from registry.ingestion.townships import TownshipTable

TODAY = "2021-07-20"
QUARTER = "2021Q2"
_ESCAPED = re.compile(r"\\(.)")
CHILD = ChildLimits(memory_mb=512, cpu_seconds=30, wall_seconds=60)


@dataclass(frozen=True)
class Reading:
    """A report and the files beside it."""

    report: ParseReport
    rows: list[dict[str, str]]
    registrations: dict[str, dict[str, str]]

    @property
    def data(self) -> list[dict[str, str]]:
        """Return the data rows in order."""
        return [row for row in self.rows if row["kind"] == "data"]

    def codes(self, row: dict[str, str]) -> set[str]:
        """Return the codes of what was said about a row."""
        return {issue["code"] for issue in json.loads(row["issues"])}

    @property
    def outcomes(self) -> list[str]:
        """Return the outcome of each data row."""
        return [row["outcome"] for row in self.data]


def spec_for(
    content: bytes, folder: Path, filename: str = "登记信息.xlsx", **more: Any
) -> ParseSpec:
    """Store a file and describe it."""
    path = folder / "delivered"
    path.write_bytes(content)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    known = {"today": TODAY, "quarter": QUARTER, "jurisdiction": "511702", **more}
    if "townships" in known:
        known["townships"] = TownshipTable.from_json(known["townships"])
    return ParseSpec(path=str(path), filename=filename, out_dir=str(out), **known)


def read_here(
    content: bytes, folder: Path, filename: str = "登记信息.xlsx", **more: Any
) -> Reading:
    """Read a file in this process."""
    spec = spec_for(content, folder, filename, **more)
    return look_at(parse_file(spec, lambda *_: None), Path(spec.out_dir))


def read_in_child(
    content: bytes,
    folder: Path,
    filename: str = "登记信息.xlsx",
    limits: ChildLimits = CHILD,
    **more: Any,
) -> Reading:
    """Read a file as the worker does."""
    spec = spec_for(content, folder, filename, **more)
    report = run_parse(spec, limits=limits, on_progress=lambda *_: None)
    return look_at(report, Path(spec.out_dir))


def look_at(report: ParseReport, folder: Path) -> Reading:
    """Load the files that a reading left."""
    rows = list(_lines(sorted(folder.glob("rows-*.tsv"))))
    registrations = _lines(sorted(folder.glob("registration-*.tsv")))
    return Reading(report, rows, {line["ordinal"]: line for line in registrations})


def _lines(paths: Sequence[Path]) -> Iterator[dict[str, str]]:
    for path in paths:
        with path.open(encoding="utf-8", newline="\n") as file:
            heading = file.readline()[:-1].split("\t")
            for line in file:
                fields = [_ESCAPED.sub(_plain, field) for field in line[:-1].split("\t")]
                yield dict(zip(heading, fields, strict=True))


def _plain(found: re.Match[str]) -> str:
    return {"t": "\t", "n": "\n", "r": "\r"}.get(found[1], found[1])


def statements_of(folder: Path) -> list[dict[str, str]]:
    """Return what the rows of a file read in a folder state about societies."""
    return list(_lines(sorted((folder / "out").glob("statement-*.tsv"))))
