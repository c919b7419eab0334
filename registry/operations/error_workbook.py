"""The list of problems that goes back to the sender: their own table, with what to put right.

A new workbook is written from the kept raw values; the sender's file is never saved again. Rows
stand where they stood, so "row 813" is row 813. It can be mended and sent back as it is: the
intake passes over the first sheet and over the three columns at the right.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from accounts.models import User
from common import clock
from common.spreadsheet import literal
from registry.choices import RowKind
from registry.ingestion.columns import SUMMARY_SHEET, plain
from registry.ingestion.reasons import Level
from registry.layouts import SheetMap
from registry.models import FeedDelivery, FeedRow
from registry.remarks import LEVEL_WORDS, Remark, remarks_of

ADDED_HEADINGS = ("级别", "问题", "怎么改")
_BATCH = 500
_LONGEST_TITLE = 31
_LONGEST_GAP = 500  # blank rows between two rows are kept up to here
_FILLS = {
    Level.MUST: PatternFill("solid", fgColor="F8CBCB"),
    Level.CHECK: PatternFill("solid", fgColor="FBE3B0"),
    Level.HINT: PatternFill("solid", fgColor="DCE9F7"),
}
_GROUND = PatternFill("solid", fgColor="E3F0EB")
_BOLD = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_error_workbook(delivery: FeedDelivery, stream: BinaryIO, *, by: User) -> None:
    """Write the workbook of a delivery's problems into a stream."""
    book = Workbook(write_only=True)
    summary = book.create_sheet(SUMMARY_SHEET)
    tally, widths = _Tally(), _widths(delivery)
    for name, lines in _sheets(delivery):
        _Sheet(book, delivery, name, widths[name], tally).write(lines)
    _write_summary(summary, delivery, tally, by)
    book.save(stream)


class _Tally:
    """How often each fault was met, and where first."""

    def __init__(self) -> None:
        self.times: Counter[tuple[Level, str]] = Counter()
        self.first: dict[tuple[Level, str], tuple[str, Remark]] = {}
        self.rows: Counter[Level] = Counter()

    def add(self, row: FeedRow, remarks: Sequence[Remark]) -> None:
        for remark in remarks:
            key = (remark.level, remark.code)
            self.times[key] += 1
            self.first.setdefault(key, (f"{row.sheet} 第{row.number}行".strip(), remark))
        if remarks:
            self.rows[remarks[0].level] += 1

    def most_frequent(self) -> list[tuple[Remark, int, str]]:
        return [
            (self.first[key][1], times, self.first[key][0])
            for key, times in self.times.most_common()
        ]


def _sheets(delivery: FeedDelivery) -> Iterator[tuple[str, Iterator[tuple[FeedRow, list[Remark]]]]]:
    """Return the sheets in their order, each with its rows and what there is to say about them."""
    rows = delivery.rows.select_related("registration", "statement", "cooperative").order_by(
        "ordinal"
    )
    found = _with_remarks(delivery, rows.iterator(chunk_size=_BATCH))
    return ((name, lines) for name, lines in groupby(found, key=lambda line: line[0].sheet))


def _widths(delivery: FeedDelivery) -> dict[str, int]:
    """Return how many columns each sheet uses, cells without a heading included."""
    sheets, widths = SheetMap(delivery), dict[str, int]()
    for name, raw in delivery.rows.values_list("sheet", "raw").iterator(chunk_size=2_000):
        widths[name] = max(len(raw), widths.get(name) or len(sheets.columns(name)))
    return widths


def _with_remarks(
    delivery: FeedDelivery, rows: Iterator[FeedRow]
) -> Iterator[tuple[FeedRow, list[Remark]]]:
    while batch := list(islice(rows, _BATCH)):
        remarks = remarks_of(delivery, batch)
        for row in batch:
            yield row, remarks[row.pk]


class _Sheet:
    """One sheet of the sender's, written again with the three columns."""

    def __init__(
        self, book: Workbook, delivery: FeedDelivery, name: str, width: int, tally: _Tally
    ) -> None:
        self._sheet = book.create_sheet(_title(name) or delivery.get_source_display())
        self._tally = tally
        columns = SheetMap(delivery).columns(name)
        # A workbook that came back already has the three columns; they are written anew.
        self._dropped = {c["index"] for c in columns if plain(c["heading"]) in ADDED_HEADINGS}
        self._width = width - len(self._dropped)
        self._headed = self._row_written = 0
        self._styles: dict[str, Any] = {}
        self._sheet.freeze_panes = "A2"
        for index in range(1, self._width + 1):
            self._sheet.column_dimensions[get_column_letter(index)].width = 16
        for index, size in enumerate((10, 48, 48), start=self._width + 1):
            self._sheet.column_dimensions[get_column_letter(index)].width = size

    def write(self, lines: Iterator[tuple[FeedRow, list[Remark]]]) -> None:
        for row, remarks in lines:
            gap = row.number - self._row_written - 1
            for _ in range(max(0, min(gap, _LONGEST_GAP))):
                self._sheet.append([])
            if row.kind == RowKind.HEADER:
                self._write_header(row)
            else:
                self._tally.add(row, remarks)
                self._write_row(row, remarks)
            self._row_written = max(row.number, self._row_written + 1)
        if self._headed:
            last = get_column_letter(self._width + len(ADDED_HEADINGS))
            self._sheet.auto_filter.ref = f"A{self._headed}:{last}{self._row_written}"

    def _write_header(self, row: FeedRow) -> None:
        cells = [self._cell(text, fill=_GROUND, bold=True) for text in self._kept(row.raw)]
        if not self._headed:
            cells += [self._cell(text, fill=_GROUND, bold=True) for text in ADDED_HEADINGS]
            self._headed = row.number
        self._sheet.append(cells)

    def _write_row(self, row: FeedRow, remarks: Sequence[Remark]) -> None:
        fills: dict[int, PatternFill] = {}
        for remark in reversed(remarks):  # the gravest is first and so is painted last
            if remark.column:
                fills[_index(remark.column)] = _FILLS[remark.level]
        raw = row.raw
        if remarks:
            raw = [*raw, *[""] * (self._width + len(self._dropped) - len(raw))]
        cells = [
            self._cell(text, fill=fills.get(index))
            for index, text in enumerate(raw)
            if index not in self._dropped
        ]
        if remarks:
            fill = _FILLS[remarks[0].level]
            cells.append(self._cell(LEVEL_WORDS[remarks[0].level], fill=fill))
            cells.append(self._cell(_numbered(r.message for r in remarks), wrap=True))
            cells.append(self._cell(_numbered(r.remedy for r in remarks), wrap=True))
        self._sheet.append(cells)

    def _kept(self, raw: Sequence[str]) -> list[str]:
        texts = [text for index, text in enumerate(raw) if index not in self._dropped]
        return texts + [""] * (self._width - len(texts))

    def _cell(
        self,
        text: str,
        *,
        fill: PatternFill | None = None,
        bold: bool = False,
        wrap: bool = False,
    ) -> Cell:
        """Make a cell of text: codes keep their digits, and what looks like a formula is none."""
        cell = WriteOnlyCell(self._sheet, literal(text))
        cell.data_type = "s"
        key = f"{fill.fgColor.rgb if fill else ''}{bold}{wrap}"
        style = self._styles.get(key)
        if style is None:
            _dress(cell, fill=fill, bold=bold, wrap=wrap)
            self._styles[key] = cell._style  # type: ignore[attr-defined]  # noqa: SLF001
        else:
            # Dressing each cell anew costs most of the time.
            cell._style = style  # type: ignore[attr-defined]  # noqa: SLF001
        return cell


def _title(name: str) -> str:
    """Return a sheet's name as Excel allows it: a file made by hand may have used any."""
    return INVALID_TITLE_REGEX.sub("_", name)[:_LONGEST_TITLE].strip("'").strip()


def _index(letters: str) -> int:
    """Return the place of a column, counted from 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _numbered(texts: Iterator[str]) -> str:
    """Write several sentences under each other, each once."""
    kept = list(dict.fromkeys(text for text in texts if text))
    if len(kept) < 2:
        return "".join(kept)
    return "\n".join(f"{place}. {text}" for place, text in enumerate(kept, start=1))


def _write_summary(sheet: Any, delivery: FeedDelivery, tally: _Tally, by: User) -> None:
    lines = (
        f"共 {delivery.job.counts.get('physical', 0)} 行；必须改 {tally.rows[Level.MUST]} 行，"
        f"请核实 {tally.rows[Level.CHECK]} 行，提示 {tally.rows[Level.HINT]} 行。"
    )
    for letter, width in zip("ABCDEF", (10, 12, 60, 60, 28, 28), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in (
        [f"{delivery}：问题清单"],
        [f"原文件：{delivery.filename}"],
        [f"生成：{clock.local_day(clock.now())}，{by}"],
        [lines],
        ["改好后可以把本文件原样送回：系统会跳过本页和各表右侧的“级别、问题、怎么改”三列。"],
        [],
    ):
        sheet.append([_plain(sheet, text) for text in line])
    sheet.append(
        [
            _plain(sheet, text, bold=True)
            for text in ("级别", "次数", "问题", "怎么改", "第一处", "单元格内容")
        ]
    )
    for remark, times, where in tally.most_frequent():
        level = _plain(sheet, LEVEL_WORDS[remark.level])
        level.fill = _FILLS[remark.level]
        texts = (remark.message, remark.remedy, f"{where} {remark.column}".strip(), remark.value)
        sheet.append([level, times, *(_plain(sheet, text, wrap=True) for text in texts)])


def _plain(sheet: Any, text: str, *, bold: bool = False, wrap: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, literal(text))
    cell.data_type = "s"
    _dress(cell, bold=bold, wrap=wrap)
    return cell


def _dress(
    cell: Cell, *, fill: PatternFill | None = None, bold: bool = False, wrap: bool = False
) -> None:
    cell.number_format = "@"
    if fill:
        cell.fill = fill
    if bold:
        cell.font = _BOLD
    if wrap:
        cell.alignment = _WRAP
