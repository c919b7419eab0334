"""What goes into the reading child and what comes out of it; both travel as JSON."""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from registry.ingestion.display import storable
from registry.ingestion.reasons import Finding
from registry.ingestion.townships import TownshipTable

PARSED = "parsed"
REFUSED = "refused"
RESOURCE = "resource"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be. `ratio` counts for parts over 1 MB; `rows` are rows with content."""

    upload_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024
    ratio: int = 100
    entries: int = 1_000
    rows: int = 20_000
    columns: int = 200
    cell_chars: int = 4_000


@dataclass(frozen=True, slots=True)
class ParseSpec:
    """One file to read, and what is known around it.

    `jurisdiction` is a division-code prefix, possibly empty; `district` the name by which
    addresses call the district. `capital_unit` is a person's answer ("元" or "万元") to an
    amount column that names no unit. `words` are meanings that people have decided: key of a
    list → plain word → code. `source` may be "workbook": then each sheet is of the source that
    its headings tell.
    """

    path: str
    filename: str
    out_dir: str
    today: str
    quarter: str = ""
    source: str = "registration"
    jurisdiction: str = ""
    district: str = "通川区"
    townships: TownshipTable = field(default_factory=TownshipTable)
    limits: Limits = field(default_factory=Limits)
    capital_unit: str = ""
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def to_json(self) -> str:
        """Write the JSON that `from_json` reads."""
        document = {
            each.name: getattr(self, each.name)
            for each in dataclasses.fields(self)
            if each.name not in {"townships", "limits"}
        }
        document["townships"] = self.townships.to_json()
        document["limits"] = dataclasses.asdict(self.limits)
        return json.dumps(document, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        document = json.loads(text)
        townships = TownshipTable.from_json(document.pop("townships", []))
        limits = Limits(**document.pop("limits", {}))
        return cls(townships=townships, limits=limits, **document)


@dataclass(slots=True)
class Counts:
    """Physical rows = header + blank + note + data, over the sheets that were read."""

    physical: int = 0
    header: int = 0
    blank: int = 0
    note: int = 0
    data: int = 0


@dataclass(slots=True)
class ColumnReport:
    """One heading as found; `field` is None for a column that is kept but not read."""

    index: int
    letter: str
    heading: str
    field: str | None


@dataclass(slots=True)
class SheetReport:
    """One sheet of the file, read or ignored."""

    name: str
    used: bool = False
    why_ignored: str = ""
    header_rows: list[int] = field(default_factory=list)
    columns: list[ColumnReport] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    hidden: bool = False
    source: str = ""


@dataclass(slots=True)
class HeldReport:
    """A reason for which a person must decide before the file goes on."""

    code: str
    message: str
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ParseReport:
    """The outcome of reading one file."""

    outcome: str
    reason: str = ""
    message: str = ""
    counts: Counts = field(default_factory=Counts)
    sheets: list[SheetReport] = field(default_factory=list)
    columns_present: list[str] = field(default_factory=list)
    held: list[HeldReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    content_fingerprint: str = ""
    capital_unit: str = ""
    stated_quarter: str = ""
    chunks: int = 0
    sources: list[str] = field(default_factory=list)

    @classmethod
    def refused(cls, found: Finding, outcome: str = REFUSED) -> Self:
        """Say why nothing of the file was taken."""
        return cls(outcome, found.code, found.sentence)

    def to_json(self) -> str:
        """Write the JSON that `from_json` reads."""
        return json.dumps(storable(dataclasses.asdict(self)), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote. Raises ValueError, TypeError or KeyError for anything else."""
        document: dict[str, Any] = json.loads(text)
        sheets = [_sheet(each) for each in document.pop("sheets", [])]
        held = [HeldReport(**each) for each in document.pop("held", [])]
        counts = Counts(**document.pop("counts", {}))
        return cls(sheets=sheets, held=held, counts=counts, **document)

    def write(self, path: Path) -> None:
        """Write the report so that a reader sees the whole of it or nothing."""
        half = path.with_suffix(".tmp")
        half.write_text(self.to_json(), encoding="utf-8")
        half.replace(path)


def _sheet(document: dict[str, Any]) -> SheetReport:
    columns = [ColumnReport(**each) for each in document.pop("columns", [])]
    return SheetReport(columns=columns, **document)
