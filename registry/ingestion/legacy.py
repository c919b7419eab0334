"""An independent look at an .xls workbook (BIFF8) before the reader opens it.

The counterpart of `sheetxml`: counts rows, finds hidden rows, formulas and errors, refuses
encrypted, older and macro-laden workbooks and sheets that would exhaust the memory.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from registry.ingestion.compound import CompoundFile
from registry.ingestion.display import sheet_name
from registry.ingestion.marks import FORMULA, FORMULA_EMPTY, FORMULA_NO_VALUE, UNNAMED_ERROR
from registry.ingestion.reasons import Refused
from registry.ingestion.report import Limits
from registry.ingestion.sheetxml import SheetScan

_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _DATEMODE = 0x809, 0x0A, 0x85, 0x2F, 0x22
_ROW, _COLINFO, _FORMULA, _BOOLERR, _MULRK = 0x208, 0x7D, 0x06, 0x205, 0xBD
_VALUED: Final = frozenset({0x203, 0x27E, 0xFD, 0x204, 0xD6, _BOOLERR, _FORMULA, _MULRK})
_STRING: Final = 0x207
_TEXT_RESULT, _ERROR_RESULT, _EMPTY_RESULT = 0, 2, 3
_COLUMNS: Final = 256
_BIFF8: Final = 0x600
_WORKSHEET: Final = 0
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_MACROS: Final = frozenset({"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"})


@dataclass(slots=True)
class LegacySheet:
    """One sheet as the workbook lists it."""

    hidden: bool
    is_data: bool
    scan: SheetScan


@dataclass(slots=True)
class LegacyBook:
    """What the scan of an .xls workbook found, sheet by sheet in the order of the file."""

    date1904: bool = False
    sheets: list[LegacySheet] = field(default_factory=list)


def scan_legacy(path: Path, limits: Limits) -> LegacyBook:
    """Scan an OLE file that should be an .xls workbook. Raises Refused for everything else."""
    compound = CompoundFile(path)
    names = compound.names
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise Refused("FILE_ENCRYPTED")
    if names & _MACROS:
        raise Refused("MACRO_WORKBOOK", found=".xls 里的宏")
    if "Workbook" not in names:
        _name_the_kind(names)
    data = compound.stream("Workbook")
    try:
        return _scan_book(data, limits)
    except struct.error as error:
        raise Refused("FILE_DAMAGED", part="Workbook") from error


def _name_the_kind(names: frozenset[str]) -> None:
    if "Book" in names:
        raise Refused("UNSUPPORTED_FORMAT", found="Excel 5.0/95 工作簿")
    if any(name.upper().startswith("ET") for name in names):
        raise Refused("UNSUPPORTED_FORMAT", found="WPS 表格（.et）")
    for stream, found in (("WordDocument", "Word 文档"), ("PowerPoint Document", "演示文稿")):
        if stream in names:
            raise Refused("NOT_A_SPREADSHEET", found=found)
    raise Refused("NOT_A_SPREADSHEET", found="其他办公文件")


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, without those of charts embedded in it."""
    depth = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<2H", data, at)
        body = data[at + 4 : at + 4 + length]
        if len(body) < length:
            break
        at += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth <= 1:
            yield kind, body
    raise Refused("FILE_DAMAGED", part="Workbook")


def _scan_book(data: bytes, limits: Limits) -> LegacyBook:
    book = LegacyBook()
    places = []
    for number, (kind, body) in enumerate(_records(data, 0)):
        if number == 0 and (kind != _BOF or struct.unpack_from("<H", body)[0] != _BIFF8):
            raise Refused("UNSUPPORTED_FORMAT", found="很旧的 Excel 格式")
        if kind == _FILEPASS:
            raise Refused("FILE_ENCRYPTED")
        if kind == _DATEMODE:
            book.date1904 = struct.unpack_from("<H", body)[0] == 1
        elif kind == _BOUNDSHEET:
            at, state, sort = struct.unpack_from("<LBB", body)
            scan = SheetScan(_sheet_name(body), limits)
            book.sheets.append(LegacySheet(bool(state & 3), sort == _WORKSHEET, scan))
            places.append(at)
    _scan_sheets(data, places, book)
    return book


def _scan_sheets(data: bytes, places: list[int], book: LegacyBook) -> None:
    if not any(sheet.is_data for sheet in book.sheets):
        raise Refused("NO_SHEETS")
    for at, sheet in zip(places, book.sheets, strict=True):
        if at >= len(data):
            raise Refused("SHEET_MISSING", sheet=sheet.scan.name)
        if sheet.is_data and not sheet.hidden:
            _scan_sheet(data, at, sheet.scan)


def _sheet_name(body: bytes) -> str:
    length, wide = struct.unpack_from("<BB", body, 6)
    text = body[8 : 8 + length * (2 if wide & 1 else 1)]
    return sheet_name(text.decode("utf-16-le" if wide & 1 else "latin-1", "replace"))


def _scan_sheet(data: bytes, at: int, scan: SheetScan) -> None:
    look = _SheetLook(scan)
    for kind, body in _records(data, at):
        look.take(kind, body)
    look.finish()


class _SheetLook:
    """Goes through one sheet's records."""

    def __init__(self, scan: SheetScan) -> None:
        self._scan = scan
        self._widths: dict[int, int] = {}
        self._seen: set[int] = set()
        self._hidden: set[int] = set()
        self._awaiting_text: tuple[int, int] | None = None

    def take(self, kind: int, body: bytes) -> None:
        """Look at one record."""
        if kind == _STRING and self._awaiting_text is not None:
            self._mark(*self._awaiting_text, FORMULA)
            self._awaiting_text = None
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            self._hidden.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLINFO and struct.unpack_from("<H", body, 8)[0] & 1:
            self._scan.hidden_columns += 1
        elif kind in _VALUED:
            self._take_cells(kind, body)

    def finish(self) -> None:
        """Sum up; refuse what the reader could only take with too much memory."""
        scan, widths = self._scan, self._widths
        scan.values = len(self._seen)
        scan.last_row = max(widths, default=-1) + 1
        for row, marks in scan.marks.items():
            if set(marks.values()) == {FORMULA_NO_VALUE} and len(marks) == self._cells_in(row):
                widths.pop(row - 1)
        scan.last_valued = max(widths, default=-1) + 1
        scan.width = max(widths.values(), default=0)
        scan.hidden_rows = {row for row in self._hidden if row - 1 in widths}
        scan.finish()

    def _cells_in(self, row: int) -> int:
        return sum((row - 1) << 16 | column in self._seen for column in range(_COLUMNS))

    def _take_cells(self, kind: int, body: bytes) -> None:
        row, first = struct.unpack_from("<2H", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULRK else first
        for column in range(first, last + 1):
            self._take_place(row, column)
        self._widths[row] = max(self._widths.get(row, 0), last + 1)
        self._scan.rows_with_values = len(self._widths)
        self._scan.refuse_too_many_rows()
        mark = _mark_of(kind, body)
        self._awaiting_text = (row, first) if mark == FORMULA_NO_VALUE else None
        if mark:
            self._mark(row, first, mark)

    def _take_place(self, row: int, column: int) -> None:
        place = row << 16 | column
        if place in self._seen:
            where = f"第 {row + 1} 行第 {column + 1} 列"
            raise Refused("AMBIGUOUS_CELLS", sheet=self._scan.name, what="单元格", where=where)
        self._seen.add(place)

    def _mark(self, row: int, column: int, mark: str) -> None:
        self._scan.marks.setdefault(row + 1, {})[column] = mark


def _mark_of(kind: int, body: bytes) -> str:
    """Return a cell's mark. A text result stands in a record of its own: until then it is missing."""
    if kind == _BOOLERR and body[7]:
        return _ERRORS.get(body[6], UNNAMED_ERROR)
    if kind != _FORMULA:
        return ""
    if body[12:14] != b"\xff\xff":
        return FORMULA
    if body[6] == _ERROR_RESULT:
        return _ERRORS.get(body[8], UNNAMED_ERROR)
    return {_TEXT_RESULT: FORMULA_NO_VALUE, _EMPTY_RESULT: FORMULA_EMPTY}.get(body[6], FORMULA)
