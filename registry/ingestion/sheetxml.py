"""An independent look at a sheet's XML before any reader opens it.

One pass over the bytes counts rows, proves that every row and cell has one place, finds hidden
rows, formulas and error cells (which the reader would show as values or as nothing), and leaves
out stray cells far to the right that would make the reader ask for gigabytes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from registry.ingestion.columns import letter_of
from registry.ingestion.marks import FORMULA, FORMULA_NO_VALUE, UNNAMED_ERROR
from registry.ingestion.plainxml import NotPlain
from registry.ingestion.reasons import Refused
from registry.ingestion.report import Limits

_ROW: Final = re.compile(rb"\s*<row\b([^>]*?)(/?)>")
_NUMBER: Final = re.compile(rb'(?<![\w:])r="(\d{1,8})"')
_HIDDEN: Final = re.compile(rb'(?<![\w:])hidden="(?:1|true)"')
_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"')
_CELL_TAG: Final = re.compile(rb"<c[\s/>]")
_WHOLE_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA: Final = re.compile(rb"<f[\s>/]")
_VALUE: Final = re.compile(rb"<v[^>/]*>([^<]*)</v>")
_BAD_INDEX: Final = re.compile(rb't="s"[^>]*>\s*<v[^>/]*>(?!\d{0,9}</v>)')
_TWO_VALUES: Final = re.compile(rb"</is>\s*<is\b|</v>\s*<v\b")
_KNOWN_ERRORS: Final = frozenset(
    b"#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #GETTING_DATA".split()
)
_NEWER_ERRORS: Final = frozenset({b"#SPILL!", b"#CALC!"})
COLUMN_HIDDEN: Final = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"')
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_NOT_DATA: Final = 50
_STRAY_ROWS: Final = 1_000
_MOST_STRAYS: Final = 20
# The reader keeps a full rectangle of cells; this many always fit, more only if well filled.
_FREE_AREA: Final = 8_000_000
_WORST_FILL: Final = 4
_REMEMBERED_SHAPES: Final = 20_000


@dataclass(slots=True)
class SheetScan:
    """What one pass over a sheet found. Row and column numbers count from 1."""

    name: str
    limits: Limits
    last_row: int = 0
    rows_with_values: int = 0
    values: int = 0
    last_valued: int = 0
    width: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: int = 0
    marks: dict[int, dict[int, str]] = field(default_factory=dict)
    strays: set[int] = field(default_factory=set)
    stray_cells: int = 0
    last_stray: tuple[int, int] = (0, 0)

    def refuse_too_many_rows(self) -> None:
        """Stop early; titles and notes do not count, so the exact limit is kept later."""
        if self.rows_with_values > self.limits.rows + _NOT_DATA:
            raise Refused("TOO_MANY_ROWS", limit=self.limits.rows)

    def place(self, number: int) -> None:
        """Take the next row's number. Refuses one that does not come after the one before."""
        if number <= self.last_row:
            where = f"第 {number} 行"
            if number == self.last_row:
                raise Refused("AMBIGUOUS_CELLS", sheet=self.name, what="行号", where=where)
            raise Refused("ROWS_OUT_OF_ORDER", sheet=self.name, where=where)
        if number > _LAST_ROW:
            raise Refused("SHEET_TOO_LARGE", sheet=self.name, cell=f"A{number}")
        self.last_row = number

    def count(self, number: int, values: int, width: int) -> None:
        """Take a row with `values` cells in its first `width` columns."""
        self.rows_with_values += 1
        self.values += values
        if values:
            self.last_valued = number
            self.width = max(self.width, width)
        self.refuse_too_many_rows()

    def finish(self) -> None:
        """Refuse what the reader could only take with more memory than it is worth."""
        row, column = self.last_stray
        if row > self.last_valued + _STRAY_ROWS or (self.stray_cells and not self.rows_with_values):
            raise Refused("SHEET_TOO_LARGE", sheet=self.name, cell=f"{letter_of(column - 1)}{row}")
        if self.stray_cells > max(_MOST_STRAYS, self.values // 1000):
            raise Refused("TOO_MANY_COLUMNS", sheet=self.name, limit=self.limits.columns)
        area = self.last_valued * self.width
        if area > max(_FREE_AREA, _WORST_FILL * self.values):
            cell = f"{letter_of(self.width - 1)}{self.last_valued}"
            raise Refused("SHEET_TOO_LARGE", sheet=self.name, cell=cell)


class SheetScanner:
    """Feeds a sheet's bytes through the scan and hands on the bytes that the reader may see."""

    def __init__(self, scan: SheetScan) -> None:
        self._scan = scan
        self._shapes: dict[tuple[bytes, ...], int] = {}
        self._patterns: dict[tuple[tuple[int, str], ...], dict[int, str]] = {}
        self._column_of: dict[bytes, int] = {}

    def pass_through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the sheet's bytes, without stray cells, while scanning them."""
        waiting: list[bytes] = []
        tail = b""
        in_data = after_data = False
        for piece in pieces:
            waiting.append(piece)
            window = tail + piece
            tail = piece[-16:]
            if after_data:
                self._refuse_second_table(window)
                yield piece
                waiting.clear()
                continue
            if b"</row>" not in window and b"sheetData" not in window:
                continue
            data = b"".join(waiting)
            if not in_data:
                in_data, head, data = self._head(data)
                yield head
            if in_data:
                done, data, after_data = self._rows(data)
                yield done
            if after_data:
                self._refuse_second_table(data)
                yield data
                data = b""
            waiting = [data]
        yield b"".join(waiting)
        self._scan.finish()

    def _head(self, data: bytes) -> tuple[bool, bytes, bytes]:
        at = data.find(b"<sheetData")
        end = data.find(b">", at)
        if at < 0 or end < 0:
            return False, b"", data
        head = data[: end + 1]
        self._scan.hidden_columns = len(COLUMN_HIDDEN.findall(head))
        if head.endswith(b"/>"):
            return False, head, data[end + 1 :]
        return True, head, data[end + 1 :]

    def _rows(self, data: bytes) -> tuple[bytes, bytes, bool]:
        """Scan the whole rows in `data`; return what to hand on, what is left, whether it is over."""
        end = data.find(b"</sheetData")
        cut = end if end >= 0 else data.rfind(b"</row>") + len(b"</row>")
        if end < 0 and cut < len(b"</row>"):
            return b"", data, False
        self._refuse_odd_values(data, cut)
        *rows, remainder = data[:cut].split(b"</row>")
        out = []
        for row in rows:
            kept = self._row(row)
            out.append(kept)
            out.append(b"</row>")
        if remainder.strip():
            self._blank_rows(remainder)
            out.append(remainder)
        return b"".join(out), data[cut:], end >= 0

    def _refuse_second_table(self, data: bytes) -> None:
        """The reader would stop after the first and lose the rows of the second."""
        if b"<sheetData" in data:
            raise Refused("AMBIGUOUS_CELLS", sheet=self._scan.name, what="数据区", where="整张表")

    def _refuse_odd_values(self, data: bytes, end: int) -> None:
        """An index that is no number reads as the first text of all; of two values one is lost."""
        if _BAD_INDEX.search(data, 0, end):
            raise Refused("FILE_DAMAGED", part=f"工作表“{self._scan.name}”引用的共享文字")
        if twice := _TWO_VALUES.search(data, 0, end):
            place = data[data.rfind(b"<c ", 0, twice.start()) : twice.start()]
            found = _CELL.match(place)
            where = "".join(each.decode() for each in found.groups()) if found else "?"
            raise Refused("AMBIGUOUS_CELLS", sheet=self._scan.name, what="单元格的值", where=where)

    def _blank_rows(self, data: bytes) -> None:
        at = 0
        while match := _ROW.match(data, at):
            if not match[2]:
                break
            self._place(match[1])
            at = match.end()
        if data[at:].strip():
            raise NotPlain

    def _row(self, data: bytes) -> bytes:
        match = _ROW.match(data)
        while match is not None and match[2]:
            self._place(match[1])
            match = _ROW.match(data, match.end())
        if match is None:
            raise NotPlain
        number = self._place(match[1])
        start = match.end()
        found = _CELL.findall(data, start)
        tags = data.count(b"<c", start)
        if tags != len(found) and len(_CELL_TAG.findall(data, start)) != len(found):
            raise NotPlain
        if not found:
            return data
        columns, numbers = zip(*found, strict=True)
        if set(numbers) != {b"%d" % number}:
            raise Refused(
                "AMBIGUOUS_CELLS", sheet=self._scan.name, what="单元格位置", where=f"第 {number} 行"
            )
        width = self._shapes.get(columns) or self._learn(columns, number)
        values = data.count(b"<v>", start) - data.count(b"<v></v>", start)
        values += data.count(b"<is", start)
        odd = b"<f" in data or b't="e"' in data or b"<v " in data or b"<v/" in data
        if width > self._scan.limits.columns or odd:
            return self._read_slowly(data, start, number, match[1])
        if values:
            self._count(number, values, width, match[1])
        return data

    def _place(self, attributes: bytes) -> int:
        """Check a row's number against the one before. Raises NotPlain for a row without number."""
        match = _NUMBER.search(attributes)
        if match is None:
            raise NotPlain
        number = int(match[1])
        self._scan.place(number)
        return number

    def _learn(self, columns: tuple[bytes, ...], number: int) -> int:
        """Return the last column of a row's pattern, after checking that none comes twice."""
        if len(set(columns)) < len(columns):
            twice = next(c for c in columns if columns.count(c) > 1).decode()
            raise Refused(
                "AMBIGUOUS_CELLS", sheet=self._scan.name, what="单元格", where=f"{twice}{number}"
            )
        width = max(map(self._index, columns))
        if width > _LAST_COLUMN:
            where = f"{columns[-1].decode()}{number}"
            raise Refused("SHEET_TOO_LARGE", sheet=self._scan.name, cell=where)
        if len(self._shapes) < _REMEMBERED_SHAPES:
            self._shapes[columns] = width
        return width

    def _index(self, letters: bytes) -> int:
        known = self._column_of.get(letters)
        if known is None:
            known = 0
            for letter in letters:
                known = known * 26 + letter - 64
            self._column_of[letters] = known
        return known

    def _count(self, number: int, values: int, width: int, attributes: bytes) -> None:
        self._scan.count(number, values, width)
        if b"hidden" in attributes and _HIDDEN.search(attributes):
            self._scan.hidden_rows.add(number)

    def _read_slowly(self, data: bytes, start: int, number: int, attributes: bytes) -> bytes:
        """Look at every cell of a row with formulas, errors or cells far to the right."""
        marks: list[tuple[int, str]] = []
        values = width = 0
        kept = [data[:start]]
        limit = self._scan.limits.columns
        for match in _WHOLE_CELL.finditer(data, start):
            column = self._index(match[1])
            mark, valued = _look(match[2], match[3] or b"")
            if column > limit:
                if valued:
                    self._stray(number, column)
                continue
            kept.append(_plain_cell(match))
            if mark:
                marks.append((column - 1, mark))
            if valued:
                values += 1
                width = max(width, column)
        if marks:
            self._mark(number, tuple(marks))
        if values or marks:
            self._count(number, values, width, attributes)
        return b"".join(kept)

    def _stray(self, number: int, column: int) -> None:
        scan = self._scan
        scan.stray_cells += 1
        scan.last_stray = max(scan.last_stray, (number, column))
        if len(scan.strays) < _MOST_STRAYS:
            scan.strays.add(column)

    def _mark(self, number: int, marks: tuple[tuple[int, str], ...]) -> None:
        pattern = self._patterns.get(marks)
        if pattern is None:
            pattern = dict(marks)
            if len(self._patterns) < _REMEMBERED_SHAPES:
                self._patterns[marks] = pattern
        self._scan.marks[number] = pattern


def _plain_cell(match: re.Match[bytes]) -> bytes:
    """Write a cell so that the reader takes it: one error word it does not know stops it."""
    value = _VALUE.search(match[3] or b"") if b't="e"' in match[2] else None
    if value is None or not value[1] or value[1] in _KNOWN_ERRORS:
        return match[0]
    return match[0].replace(value[0], b"<v>#VALUE!</v>")


def _look(attributes: bytes, inner: bytes) -> tuple[str, bool]:
    """Return a cell's mark ("" for none) and whether the cell has a value."""
    value = _VALUE.search(inner)
    text = value[1] if value is not None else b""
    valued = bool(text) or b"<is" in inner
    if b't="e"' in attributes:
        named = text in _KNOWN_ERRORS or text in _NEWER_ERRORS
        return text.decode() if named else UNNAMED_ERROR, valued
    if _FORMULA.search(inner) is None:
        return "", valued
    if valued or b't="str"' in attributes:
        # A formula may well yield an empty text; that is a value.
        return (FORMULA if valued else ""), valued
    return FORMULA_NO_VALUE, False
