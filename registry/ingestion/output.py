"""The files that a reading leaves for staging: every row as found, and every society as read."""

import csv
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

from registry.ingestion.columns import FACT_FIELDS
from registry.ingestion.names import initials_of, key_of
from registry.ingestion.rows import SLOT, CheckedRow

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
_BETWEEN: Final = "\x1f"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_IDENTITY: Final = (SLOT["uscc"], SLOT["registration_no"], SLOT["name"])
_REST: Final = tuple(SLOT[each] for each in FACT_FIELDS if SLOT[each] not in _IDENTITY)
_FACTS: Final = len(FACT_FIELDS)


class Output:
    """Writes rows and registrations in chunks, and the fingerprint of what was read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[IO[str]] = []
        self._rows: Any = None
        self._registrations: Any = None
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
        """Write a data row, and its society when the row is not rejected."""
        if self._in_chunk >= CHUNK_ROWS:
            self._close_chunk()
        self._open_chunk()
        self._in_chunk += 1
        self.ordinal += 1
        outcome = row.outcome if row.issues else ""
        issues = _encode([issue.as_dict() for issue in row.issues]) if row.issues else "[]"
        self._rows.writerow((self.ordinal, sheet, number, "data", outcome, _encode(raw), issues))
        canonical = _BETWEEN.join(row.values[:_FACTS])
        self._take_fingerprint(row, canonical)
        if outcome != "rejected":
            self._registrations.writerow(self._registration(row, canonical))

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
