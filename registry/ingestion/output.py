"""The files that a reading leaves for staging: every row as found, and what was read from it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final

from registry.ingestion.columns import FACT_FIELDS
from registry.ingestion.layout import Layout
from registry.ingestion.names import initials_of, key_of
from registry.ingestion.rows import CheckedRow
from registry.ingestion.tables import IDENTITY, REGISTRATION, Table

SLOT: Final = REGISTRATION.slots
CHUNK_ROWS: Final = 5_000
TAKEN_BACK: Final = "taken-back"  # holds the number of the last chunk that no longer counts
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
_identity, _rest = itemgetter(*_IDENTITY), itemgetter(*_REST)
_FACTS: Final = len(FACT_FIELDS)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class LineWriter:
    """Writes lines of fields in the text form of COPY: tabs between them, a backslash escapes."""

    def __init__(self, file: IO[str]) -> None:
        self._write = file.write

    def writerow(self, fields: Sequence[str | int]) -> None:
        """Write a line; nearly none needs an escape."""
        texts = [*map(str, fields)]
        whole = "".join(texts)
        if "\\" in whole or not whole.isprintable():
            texts = [text.translate(_ESCAPES) for text in texts]
        self._write("\t".join(texts) + "\n")

    def write_plain(self, line: str) -> None:
        """Write a line whose fields are known to need no escape."""
        self._write(line)


def texts_as_json(texts: Sequence[str]) -> str:
    """Write a row's texts as JSON; nearly none needs an escape."""
    joined = '","'.join(texts)
    plain = joined.isprintable() and "\\" not in joined and joined.count('"') == 2 * len(texts) - 2
    return f'["{joined}"]' if plain else _encode(list(texts))


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
    if any(table.by_field[name].needed and not said.get(name) for name in table.record):
        return ""
    return "|".join(said.get(name) or "" for name in table.record)


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
        self._rows.writerow((self.ordinal, sheet, number, kind, "", texts_as_json(raw), "[]"))

    def data_row(self, sheet: str, number: int, raw: list[str], row: CheckedRow) -> None:
        """Write a row of the register, and its society when the row is not rejected."""
        outcome = self._found_row(sheet, number, raw, row)
        canonical = _BETWEEN.join(row.values[:_FACTS]).encode("utf-8", "surrogatepass")
        self._take_fingerprint(row, canonical)
        if outcome != "rejected":
            self._registrations.writerow(self._registration(row, canonical))

    def statement_row(
        self, sheet: str, number: int, raw: list[str], row: CheckedRow, read: Statement
    ) -> None:
        """Write a row that states something about a society, and what, unless it is rejected."""
        outcome = self._found_row(sheet, number, raw, row)
        canonical = f"{read.table.source}{_BETWEEN}{_BETWEEN.join(row.values)}"
        self._take_fingerprint(row, canonical.encode("utf-8", "surrogatepass"))
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
        kept = texts_as_json(raw)
        if row.issues or "\\" in kept or not (kept.isprintable() and sheet.isalnum()):
            self._rows.writerow((self.ordinal, sheet, number, "data", outcome, kept, issues))
        else:
            self._rows.write_plain(f"{self.ordinal}\t{sheet}\t{number}\tdata\t\t{kept}\t[]\n")
        return outcome

    def start_again(self) -> None:
        """Take back all rows. The numbers of chunks go on, for some may have been loaded."""
        self._close_chunk()
        self._digest = hashlib.sha256()
        self.ordinal = 0
        half = self._folder / f"{TAKEN_BACK}.tmp"
        half.write_text(f"{self.chunks}", encoding="ascii")
        half.replace(self._folder / TAKEN_BACK)

    def finish(self, columns: Sequence[str]) -> str:
        """Close the files; return the fingerprint over columns and values."""
        self._close_chunk()
        self._digest.update(",".join(sorted(columns)).encode())
        return self._digest.hexdigest()

    def close(self) -> None:
        """Close the files of an abandoned reading."""
        self._close_chunk()

    def _registration(self, row: CheckedRow, canonical: bytes) -> list[str | int]:
        values = row.values
        name = values[SLOT["name"]]
        key = key_of(name)
        return [
            self.ordinal,
            *_identity(values),
            row.kind,
            *_rest(values),
            key,
            initials_of(key),
            row.division,
            row.place.code,
            row.place.basis,
            hashlib.md5(canonical, usedforsecurity=False).hexdigest(),
        ]

    def _take_fingerprint(self, row: CheckedRow, canonical: bytes) -> None:
        """Values that could not be read count by their text, so that a corrected file differs."""
        self._digest.update(canonical)
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
        path = self._folder / f"{stem}-{self.chunks:05d}.tsv"
        file = path.open("w", encoding="utf-8", newline="\n")
        self._files.append(file)
        writer = LineWriter(file)
        writer.writerow(columns)
        return writer

    def _close_chunk(self) -> None:
        for file in self._files:
            file.close()
        self._files.clear()
