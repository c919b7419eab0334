"""From a file to its sheets, and from a sheet to rows of cells with their row numbers."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from registry.ingestion.ahead import read_ahead
from registry.ingestion.archive import Archive
from registry.ingestion.cells import Cell, as_text
from registry.ingestion.container import TEXT, XLSX, Container
from registry.ingestion.delimited import open_text
from registry.ingestion.display import sheet_name
from registry.ingestion.legacy import scan_legacy
from registry.ingestion.marks import MERGED
from registry.ingestion.package import SheetPart, open_package, refuse_same_names
from registry.ingestion.reasons import Refused
from registry.ingestion.report import Limits
from registry.ingestion.sharedparts import PlainBook, plain_book
from registry.ingestion.sheetxml import SheetScan
from registry.ingestion.straight import StraightReader
from registry.ingestion.workbook import write_clean_copy

Rows = Iterator[tuple[int, Sequence[Cell]]]
LONG_SHEET: Final = 5_000  # rows from which a process of its own pays
_MOST_MERGED: Final = 200_000
_NOT_DATA: Final = "不是数据工作表（图表或宏表）"
_HIDDEN: Final = "隐藏的工作表"


@dataclass(slots=True)
class Sheet:
    """One sheet of a file, not yet read.

    `rows` yields (number, cells); numbers count from 1 as in the sheet. `marks` say what the
    reader cannot: formulas, errors, cells under a vertical merge. `last_row` is 0 where only
    reading tells. `ragged` sheets may have rows with too few or too many cells. `remarks` are
    complete once all rows have been read.
    """

    name: str
    rows: Callable[[], Rows]
    marks: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: int = 0
    strays: list[int] = field(default_factory=list)
    last_row: int = 0
    known_rows: int = 0
    ragged: bool = False
    why_ignored: str = ""
    hidden: bool = False
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Opened:
    """A file ready to be read."""

    sheets: list[Sheet]
    date1904: bool = False
    notes: list[str] = field(default_factory=list)


def open_file(
    container: Container, limits: Limits, workdir: Path, *, straight: bool = True
) -> Opened:
    """Check the file's inner structure and list its sheets.

    With `straight` the rows of a plain sheet come straight from its bytes; reading them raises
    NotPlain where it turns out not to be plain, and then the file is to be opened without.
    """
    if container.kind == TEXT:
        return _open_text(container)
    if container.kind == XLSX:
        return _open_workbook(container, limits, workdir, straight=straight)
    return _open_legacy(container, limits)


def _open_text(container: Container) -> Opened:
    table = open_text(container.path)
    remarks: list[str] = []
    return Opened([Sheet("", lambda: table.rows(remarks), ragged=True, remarks=remarks)])


def _open_workbook(
    container: Container, limits: Limits, workdir: Path, *, straight: bool
) -> Opened:
    with Archive(container.path, limits) as archive:
        package = open_package(archive)
        visible = [sheet for sheet in package.sheets if sheet.path and not sheet.hidden]
        plain = plain_book(archive, package, visible) if straight else None
        odd = [sheet for sheet in visible if plain is None or sheet.path not in plain.frames]
        copy = write_clean_copy(archive, package, odd, workdir / "clean.xlsx", limits)
    workbook = _calamine(copy.path) if odd else None
    scans = {
        id(part): (at, scan)
        for at, (part, scan) in enumerate(zip(copy.sheets, copy.scans, strict=True))
    }
    sheets = []
    for part in package.sheets:
        if not part.path:
            sheets.append(_ignored(part.name, _NOT_DATA, hidden=part.hidden))
        elif part.hidden:
            sheets.append(_ignored(part.name, _HIDDEN, hidden=True))
        elif workbook is not None and id(part) in scans:
            at, scan = scans[id(part)]
            sheets.append(_scanned(workbook, at, part.name, scan))
        elif plain is not None:
            sheets.append(_straight(container.path, limits, part, plain))
    return Opened(sheets, date1904=package.date1904, notes=list(package.notes))


def _straight(path: Path, limits: Limits, part: SheetPart, plain: PlainBook) -> Sheet:
    frame = plain.frames[part.path]
    scan = SheetScan(part.name, limits)
    sheet = Sheet(
        part.name,
        lambda: iter(()),
        hidden_columns=frame.hidden_columns,
        known_rows=frame.rows,
    )

    def read() -> Rows:
        with Archive(path, limits) as archive:
            yield from StraightReader(scan, plain.strings, plain.styles).rows(
                archive, part.path, frame
            )

    def tell(last_row: int) -> None:
        sheet.last_row = last_row

    def rows() -> Rows:
        if frame.rows >= LONG_SHEET:
            yield from read_ahead(read, lambda: scan.last_row, tell)
        else:
            yield from read()
            tell(scan.last_row)

    sheet.rows = rows
    return sheet


def _ignored(name: str, why: str, *, hidden: bool) -> Sheet:
    return Sheet(name, lambda: iter(()), why_ignored=why, hidden=hidden)


@contextlib.contextmanager
def _library(part: str) -> Iterator[None]:
    """Turn whatever the reading library throws, panics included, into a refusal."""
    try:
        yield
    except PasswordError as error:
        raise Refused("FILE_ENCRYPTED") from error
    except (XmlError, ZipError, WorksheetNotFound) as error:
        raise Refused("FILE_DAMAGED", part=part) from error
    except CalamineError as error:
        if "shared strings" in str(error):
            raise Refused("FILE_DAMAGED", part="共享文字表") from error
        raise Refused("FILE_UNREADABLE") from error
    except BaseException as error:
        # A panic of the library derives from BaseException and has no importable name.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("FILE_UNREADABLE") from error


def _calamine(path: Path) -> CalamineWorkbook:
    with _library("工作簿"):
        return CalamineWorkbook.from_path(path)


def _scanned(workbook: CalamineWorkbook, at: int, name: str, scan: SheetScan) -> Sheet:
    def rows() -> Rows:
        sheet = _sheet(workbook, at)
        _mark_merged(sheet, scan.marks)
        end = 0 if sheet.end is None else sheet.end[0] + 1
        # Empty texts are cells to the reader and nothing to the scan; both ends bound the truth.
        if not scan.last_valued <= end <= max(scan.last_row, scan.last_valued):
            counts = f"末行 {scan.last_valued} 与 {end}"
            raise Refused("ROW_COUNT_MISMATCH", sheet=name, counts=counts)
        filled = 0
        for number, cells in enumerate(_rows_of(sheet), 1):
            if cells.count("") < len(cells):
                filled += 1
            yield number, cells
        if filled > scan.rows_with_values:
            counts = f"{scan.rows_with_values} 行与 {filled} 行"
            raise Refused("ROW_COUNT_MISMATCH", sheet=name, counts=counts)
        # Rows whose formulas hold no value are nothing to the reader, but not to us.
        yield from ((number, []) for number in sorted(scan.marks) if number > end)

    return Sheet(
        name,
        rows,
        marks=scan.marks,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        strays=sorted(scan.strays),
        last_row=scan.last_row,
        known_rows=scan.rows_with_values,
    )


def _sheet(workbook: CalamineWorkbook, at: int) -> CalamineSheet:
    with _library("工作表"):
        return workbook.get_sheet_by_index(at)


def _rows_of(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    """Yield all rows from column A on; the library leaves out the empty columns before the first."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    rows: Iterator[list[Cell]] = sheet.iter_rows()
    return ([*left, *cells] for cells in rows) if left else rows


def _mark_merged(sheet: CalamineSheet, marks: dict[int, dict[int, str]]) -> None:
    """Mark the cells under a vertical merge with the text that stands at its top."""
    ranges = [each for each in sheet.merged_cell_ranges or () if each[0][0] < each[1][0]]
    if not ranges:
        return
    tops = {first[0] for first, _ in ranges}
    texts: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(_rows_of(sheet)):
        if row in tops:
            texts.update({(row, column): as_text(cell) for column, cell in enumerate(cells)})
    marked = 0
    for (top, left), (bottom, _) in ranges:
        above = texts.get((top, left), "")
        for row in range(top + 1, bottom + 1):
            marks[row + 1] = {**marks.get(row + 1, {}), left: f"{MERGED}{above}"}
            marked += 1
            if marked > _MOST_MERGED:
                return


def _open_legacy(container: Container, limits: Limits) -> Opened:
    book = scan_legacy(container.path, limits)
    workbook = _calamine(container.path)
    names = [sheet_name(name) for name in workbook.sheet_names]
    refuse_same_names(names)
    if len(names) != len(book.sheets):
        raise Refused("SHEET_MISSING", sheet=book.sheets[-1].scan.name)
    sheets = []
    for at, (name, about) in enumerate(zip(names, book.sheets, strict=True)):
        if not about.is_data:
            sheets.append(_ignored(name, _NOT_DATA, hidden=about.hidden))
        elif about.hidden:
            sheets.append(_ignored(name, _HIDDEN, hidden=True))
        else:
            sheets.append(_scanned(workbook, at, name, about.scan))
    return Opened(sheets, date1904=book.date1904)
