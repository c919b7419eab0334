"""The files that a reading leaves for staging: every row as found, and what was read from it."""

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from registry.ingestion.columns import FACT_FIELDS
from registry.ingestion.layout import Layout
from registry.ingestion.names import initials_of, key_of
from registry.ingestion.rows import CheckedRow
from registry.ingestion.tables import IDENTITY, REGISTRATION, Table

SLOT: Final = REGISTRATION.slots
CHUNK_ROWS: Final = 5_000
ROW_COLUMNS: Final = ("ordinal", "sheet", "number", "kind", "outcome", "raw", "issues")
REGISTRATION_COLUMNS: Final = (
    "ordinal",
    "uscc",
    "registration_no",
    "name",
    "kind",
    *(each for each in FACT_FIELDS if each not in {"uscc", "registration_no", "name"}),
    "name_key",
    "name_initials",
    "division",
    "township_code",
    "township_basis",
    "values_hash",
)
STATEMENT_COLUMNS: Final = (
    "ordinal",
    "source",
    "uscc",
    "registration_no",
    "name",
    "name_key",
    "record",
    "said",
    "values_hash",
)
_BETWEEN: Final = "\x1f"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_IDENTITY: Final = (SLOT["uscc"], SLOT["registration_no"], SLOT["name"])
_REST: Final = tuple(SLOT[each] for each in FACT_FIELDS if SLOT[each] not in _IDENTITY)
_FACTS: Final = len(FACT_FIELDS)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row states: a value or None for each column of its sheet; what was unread is absent."""

    table: Table
    said: dict[str, str | None]


def statement_of(row: CheckedRow, layout: Layout, quarter: str) -> Statement:
    """Return what a row states, with what follows from it."""
    table = layout.table
    said: dict[str, str | None] = {
        name: row.value(name) or None
        for name in table.stated
        if name in layout.fields and table.slots[name] not in row.unread
    }
    if table.derive is not None:
        said |= table.derive(row.value, quarter)
    return Statement(table, said)


def record_of(table: Table, said: Mapping[str, str | None]) -> str:
    """Return what tells a record from the others of its society, "" while a part is unknown."""
    parts = [said.get(name, None if table.by_field[name].needed else "") for name in table.record]
    return "" if None in parts else "|".join(part or "" for part in parts)


class Output:
    """Writes rows and registrations in chunks, and the fingerprint of what was read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[IO[str]] = []
        self._rows: Any = None
        self._registrations: Any = None
        self._statements: Any = None
        self._in_chunk = 0
        self._digest = hashlib.sha256()
        self.chunks = 0
        self.ordinal = 0

    def plain_row(self, sheet: str, number: int, kind: str, raw: Sequence[str]) -> None:
        """Write a header or note row."""
        self._open_chunk()
        self.ordinal += 1
        self._rows.writerow((self.ordinal, sheet, number, kind, "", _encode(list(raw)), "[]"))

    def data_row(self, sheet: str, number: int, raw: list[str], row: CheckedRow) -> None:
        """Write a row of the register, and its society when the row is not rejected."""
        outcome = self._found_row(sheet, number, raw, row)
        canonical = _BETWEEN.join(row.values[:_FACTS])
        self._take_fingerprint(row, canonical)
        if outcome != "rejected":
            self._registrations.writerow(self._registration(row, canonical))

    def statement_row(
        self, sheet: str, number: int, raw: list[str], row: CheckedRow, read: Statement
    ) -> None:
        """Write a row that states something about a society, and what, unless it is rejected."""
        outcome = self._found_row(sheet, number, raw, row)
        canonical = f"{read.table.source}{_BETWEEN}{_BETWEEN.join(row.values)}"
        self._take_fingerprint(row, canonical)
        if outcome != "rejected":
            said = _encode(read.said)
            identity = [row.value(name) for name in IDENTITY]
            told = _BETWEEN.join([*identity, said])
            self._statements.writerow(
                [
                    self.ordinal,
                    read.table.source,
                    *identity,
                    key_of(row.value("name")),
                    record_of(read.table, read.said),
                    said,
                    hashlib.md5(told.encode(), usedforsecurity=False).hexdigest(),
                ]
            )

    def _found_row(self, sheet: str, number: int, raw: list[str], row: CheckedRow) -> str:
        if self._in_chunk >= CHUNK_ROWS:
            self._close_chunk()
        self._open_chunk()
        self._in_chunk += 1
        self.ordinal += 1
        outcome = row.outcome if row.issues else ""
        issues = _encode([issue.as_dict() for issue in row.issues]) if row.issues else "[]"
        self._rows.writerow((self.ordinal, sheet, number, "data", outcome, _encode(raw), issues))
        return outcome

    def finish(self, columns: Sequence[str]) -> str:
        """Close the files; return the fingerprint over columns and values."""
        self._close_chunk()
        self._digest.update(",".join(sorted(columns)).encode())
        return self._digest.hexdigest()

    def close(self) -> None:
        """Close the files of an abandoned reading."""
        self._close_chunk()

    def _registration(self, row: CheckedRow, canonical: str) -> list[str | int]:
        values = row.values
        name = values[SLOT["name"]]
        key = key_of(name)
        return [
            self.ordinal,
            *(values[slot] for slot in _IDENTITY),
            row.kind,
            *(values[slot] for slot in _REST),
            key,
            initials_of(key),
            row.division,
            row.place.code,
            row.place.basis,
            hashlib.md5(canonical.encode(), usedforsecurity=False).hexdigest(),
        ]

    def _take_fingerprint(self, row: CheckedRow, canonical: str) -> None:
        """Values that could not be read count by their text, so that a corrected file differs."""
        self._digest.update(canonical.encode("utf-8", "surrogatepass"))
        if row.unread:
            self._digest.update(_encode(sorted(row.unread.items())).encode("utf-8", "replace"))
        self._digest.update(b"\n")

    def _open_chunk(self) -> None:
        if self._files:
            return
        self.chunks += 1
        self._in_chunk = 0
        self._rows = self._writer("rows", ROW_COLUMNS)
        self._registrations = self._writer("registration", REGISTRATION_COLUMNS)
        self._statements = self._writer("statement", STATEMENT_COLUMNS)

    def _writer(self, stem: str, columns: Sequence[str]) -> Any:
        path = self._folder / f"{stem}-{self.chunks:05d}.csv"
        file = path.open("w", encoding="utf-8", newline="")
        self._files.append(file)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        return writer

    def _close_chunk(self) -> None:
        for file in self._files:
            file.close()
        self._files.clear()
