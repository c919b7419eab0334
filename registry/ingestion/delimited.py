"""Text tables: which encoding, which separator, and rows whose quotes can be trusted."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from registry.ingestion.reasons import Refused
from registry.ingestion.sources import is_known_heading

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES: Final = ("utf-8", "gb18030")
_SEPARATORS: Final = (",", "\t", ";", "，")
_SAMPLE: Final = 64 * 1024
_SAMPLE_ROWS: Final = 20
_CHUNK: Final = 1024 * 1024
_LONGEST_FIELD: Final = 256 * 1024 * 1024
_END_OF_FILE: Final = "\x1a"  # what programs of DOS write last
_CODE_LIKE: Final = re.compile(r"9[0-9A-Z]{17}")


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file whose encoding and separator are settled."""

    path: Path
    encoding: str
    separator: str

    def rows(self, remarks: list[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield (row number, cells). Raises Refused where quotes do not pair."""
        csv.field_size_limit(_LONGEST_FIELD)
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.separator, strict=True)
            before = broken = 0
            try:
                for number, cells in enumerate(reader, 1):
                    if reader.line_num - before > 1:
                        _refuse_swallowed_lines(cells, self.separator, before + 1)
                        broken += 1
                    before = reader.line_num
                    yield number, [] if cells == [_END_OF_FILE] else cells
            except csv.Error as error:
                raise Refused("CSV_QUOTES", line=before + 1) from error
        if broken:
            remarks.append(
                f"有 {broken} 行的单元格里有换行。行号按表格的行计算，比文本编辑器里的行号小。"
            )


def _refuse_swallowed_lines(cells: list[str], separator: str, line: int) -> None:
    """A quote that opens in one row and closes in another makes a cell out of whole rows."""
    for cell in cells:
        if "\n" not in cell and "\r" not in cell:
            continue
        if cell.count(separator) + 1 >= len(cells) and _CODE_LIKE.search(cell):
            raise Refused("CSV_QUOTES", line=line)


def open_text(path: Path) -> TextTable:
    """Settle encoding and separator. Raises Refused ENCODING with the first bad line."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            bad = _first_bad_line(path, encoding)
            if bad:
                raise Refused("ENCODING", line=bad)
            return TextTable(path, encoding, _sniff(_sample(head, encoding))[0])
    return _guess(path, head)


def _guess(path: Path, head: bytes) -> TextTable:
    """Try strict UTF-8 before GB18030, which takes nearly any bytes; the header decides a doubt."""
    tries = []
    for encoding in _CANDIDATES:
        separator, known = _sniff(_sample(head, encoding))
        bad = _first_bad_line(path, encoding)
        if not bad and (known or encoding == _CANDIDATES[0]):
            return TextTable(path, encoding, separator)
        tries.append((known, bad))
    _, bad = max(tries)
    if not bad:
        return TextTable(path, _CANDIDATES[1], ",")
    raise Refused("ENCODING", line=bad)


def _sample(head: bytes, encoding: str) -> str:
    return head.decode(encoding, errors="replace")


def _sniff(sample: str) -> tuple[str, int]:
    """Return the separator under which most headings are known, and how many are."""
    scores = [(_known_headings(sample, separator), separator) for separator in _SEPARATORS]
    best = max(scores, key=lambda each: each[0])
    return best[1], best[0]


def _known_headings(sample: str, separator: str) -> int:
    csv.field_size_limit(_LONGEST_FIELD)
    best = 0
    lines = io.StringIO(sample, newline="")
    for row, cells in enumerate(csv.reader(lines, delimiter=separator)):
        if row >= _SAMPLE_ROWS:
            break
        best = max(best, len({cell for cell in cells if is_known_heading(cell)}))
    return best


def _first_bad_line(path: Path, encoding: str) -> int:
    """Return the first line that does not decode, or 0."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            piece = file.read(_CHUNK)
            try:
                decoded = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if not piece:
                return 0
            line += decoded.count("\n")
