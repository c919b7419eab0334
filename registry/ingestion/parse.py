"""Reading one file from its bytes to the files that staging loads."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from registry.ingestion.cells import Cell, Setting
from registry.ingestion.checks import Surroundings
from registry.ingestion.columns import SUMMARY_SHEET, letter_of, plain
from registry.ingestion.container import identify
from registry.ingestion.display import raw_texts
from registry.ingestion.evidence import at_most, kept_texts
from registry.ingestion.layout import SEARCHED_ROWS, Layout, settle_layout
from registry.ingestion.marks import say_nothing
from registry.ingestion.output import Output, statement_of
from registry.ingestion.plainxml import NotPlain
from registry.ingestion.quarters import stated_quarter
from registry.ingestion.readers import Opened, Sheet, open_file
from registry.ingestion.reasons import Finding, Refused, finding
from registry.ingestion.report import (
    PARSED,
    ColumnReport,
    HeldReport,
    ParseReport,
    ParseSpec,
    SheetReport,
)
from registry.ingestion.rows import RowChecker
from registry.ingestion.sources import is_known_heading, tables_of
from registry.ingestion.totals import Totals
from registry.ingestion.townships import Resolver

Progress = Callable[[str, int, int], None]
_PROGRESS_EVERY: Final = 500
_EXAMPLES: Final = 3
_EMPTY: Final = "空表"
# What to say when no sheet can be read: the most telling finding first.
_TELLING: Final = ("MISSING_COLUMN", "WRONG_SOURCE", "TRANSPOSED", "MOJIBAKE", "HEADER_NOT_FOUND")


def parse_file(spec: ParseSpec, progress: Progress) -> ParseReport:
    """Read a file, write its rows to `spec.out_dir`, return the report. Never raises Refused."""
    output = Output(Path(spec.out_dir))
    try:
        try:
            return _Reading(spec, progress, output).run(straight=True)
        except NotPlain:
            output.start_again()
            return _Reading(spec, progress, output).run(straight=False)
    except Refused as refusal:
        return ParseReport.refused(refusal.finding)
    finally:
        output.close()


@dataclass(frozen=True, slots=True)
class _SheetReading:
    """One sheet being read, and what reads it."""

    sheet: Sheet
    layout: Layout
    checker: RowChecker
    totals: Totals
    amount: int | None


class _Reading:
    """One file being read."""

    def __init__(self, spec: ParseSpec, progress: Progress, output: Output) -> None:
        self._spec = spec
        self._progress = progress
        self._output = output
        self._report = ParseReport(PARSED)
        self._resolver = Resolver(spec.townships, spec.district, spec.jurisdiction)
        self._tables = tables_of(spec.source)
        # A workbook may hold a full table on each of its sheets.
        self._most_rows = spec.limits.rows * len(self._tables)
        self._title = ""
        self._used: list[str] = []
        self._present: list[frozenset[str]] = []
        self._why_not: list[Finding] = []
        self._amounts = 0
        self._bare: list[str] = []

    def run(self, *, straight: bool) -> ParseReport:
        spec, report = self._spec, self._report
        self._progress("opening", 0, 0)
        container = identify(Path(spec.path), spec.filename, spec.limits)
        opened = open_file(container, spec.limits, Path(spec.out_dir), straight=straight)
        known = sum(sheet.known_rows for sheet in opened.sheets)
        for sheet in opened.sheets:
            self._read_sheet(sheet, opened, known)
        self._refuse_nothing()
        report.notes[:0] = opened.notes
        self._settle_columns()
        self._hold_for_unit()
        self._hold_for_quarter()
        report.chunks = self._output.chunks
        report.content_fingerprint = self._output.finish(report.columns_present)
        return report

    # --- sheets ---

    def _read_sheet(self, sheet: Sheet, opened: Opened, known: int) -> None:
        about = SheetReport(sheet.name, hidden=sheet.hidden, why_ignored=sheet.why_ignored)
        self._report.sheets.append(about)
        if sheet.why_ignored:
            return
        rows = iter(sheet.rows())
        head = list(itertools.islice(rows, SEARCHED_ROWS + 1))
        layout = settle_layout(sheet.name, head, self._tables)
        if not isinstance(layout, Layout):
            about.why_ignored = self._why_ignored(sheet, head, layout)
            return
        if layout.width > self._spec.limits.columns:
            limit = self._spec.limits.columns
            raise Refused("TOO_MANY_COLUMNS", sheet=sheet.name, limit=limit)
        self._describe(about, sheet, layout)
        about.source = layout.table.source
        self._used.append(about.source)
        if layout.table.is_register:
            self._present.append(frozenset(layout.fields) - layout.table.auxiliary)
        setting = Setting(
            self._spec.today,
            layout.capital_unit or self._spec.capital_unit,
            self._spec.limits.cell_chars,
            opened.date1904,
            self._spec.words,
        )
        around = Surroundings(self._spec.today, self._spec.jurisdiction, self._spec.quarter)
        checker = RowChecker(layout, setting, self._resolver, around)
        amount = layout.table.slots.get(layout.table.money)
        reading = _SheetReading(sheet, layout, checker, Totals(layout, setting), amount)
        self._read_rows(reading, itertools.chain(head, rows), known)
        self._report.notes += sheet.remarks
        self._title = f"{self._title} {sheet.name} {layout.title}"
        self._report.capital_unit = self._report.capital_unit or setting.capital_unit

    def _why_ignored(
        self, sheet: Sheet, head: Sequence[tuple[int, Sequence[Cell]]], why: Finding
    ) -> str:
        if not any(cell != "" for _, cells in head for cell in cells):
            return _EMPTY
        if plain(sheet.name) == SUMMARY_SHEET:
            return "问题汇总表"
        self._why_not.append(why)
        return why.message

    def _describe(self, about: SheetReport, sheet: Sheet, layout: Layout) -> None:
        about.used = True
        about.header_rows = layout.header_rows
        about.columns = layout.columns + [
            ColumnReport(column - 1, letter_of(column - 1), "", None) for column in sheet.strays
        ]
        about.unknown = layout.unknown + [f"{letter_of(c - 1)} 列" for c in sheet.strays]
        where = f"工作表“{sheet.name}”" if sheet.name else "文件"
        about.hidden_rows = len([n for n in sheet.hidden_rows if n > layout.header_rows[-1]])
        notes = self._report.notes
        if about.hidden_rows:
            notes.append(f"{where}含隐藏行 {about.hidden_rows} 行，已一并读取。")
        if sheet.hidden_columns:
            notes.append(f"{where}含隐藏列，已一并读取。")
        if about.unknown:
            notes.append(f"{where}有不认识的列，原样保留但不入库：{'、'.join(about.unknown)}。")
        notes += [
            f"“{heading}”是不是“{meant}”？如果是，请改列名后重新上传。"
            for heading in layout.unknown
            if not is_known_heading(heading)  # the dates of other lists are not dates of this one
            and (meant := layout.table.suggestion(heading, present=layout.fields))
        ]

    # --- rows ---

    def _read_rows(
        self, reading: _SheetReading, rows: Iterable[tuple[int, Sequence[Cell]]], known: int
    ) -> None:
        counts, output = self._report.counts, self._output
        sheet, layout = reading.sheet, reading.layout
        headers, below = set(layout.header_rows), layout.header_rows[-1]
        width = self._spec.limits.columns
        number = last = 0
        for number, cells in rows:
            counts.blank += number - last - 1
            last = number
            marked = sheet.marks.get(number)
            if say_nothing(marked) and _is_blank(cells):
                counts.blank += 1
                continue
            raw = raw_texts(cells, self._spec.limits.cell_chars)
            if number in headers:
                counts.header += 1
                output.plain_row(sheet.name, number, "header", at_most(raw, width))
            elif number <= below or reading.checker.is_note(cells, marked):
                counts.note += 1
                output.plain_row(sheet.name, number, "note", at_most(raw, width))
                self._report.notes += reading.totals.differences(cells)
            else:
                self._read_data(reading, number, cells, marked, raw)
                if counts.data % _PROGRESS_EVERY == 0:
                    self._progress("reading", counts.data, known)
        self._report.notes += reading.totals.late_differences()
        end = max(sheet.last_row, number)
        counts.blank += end - last
        counts.physical += end

    def _read_data(
        self,
        reading: _SheetReading,
        number: int,
        cells: Sequence[Cell],
        marked: dict[int, str] | None,
        raw: list[str],
    ) -> None:
        counts, layout = self._report.counts, reading.layout
        counts.data += 1
        if counts.data > self._most_rows:
            raise Refused("TOO_MANY_ROWS", limit=self._most_rows)
        ragged = reading.sheet.ragged and not len(raw) <= layout.width <= len(cells)
        row = reading.checker.check(cells, marked, layout.width if ragged else 0)
        if reading.amount is not None and row.values[reading.amount]:
            self._amounts += 1
        for issue in row.issues:
            if issue.finding.code == "AMOUNT_WITHOUT_UNIT":
                self._bare.append(issue.value)
        reading.totals.add(row)
        kept = kept_texts(raw, marked, row, layout, self._spec.limits.columns)
        if layout.table.is_register:
            self._output.data_row(reading.sheet.name, number, kept, row)
        else:
            read = statement_of(row, layout, self._spec.quarter)
            self._output.statement_row(reading.sheet.name, number, kept, row, read)

    # --- conclusions ---

    def _refuse_nothing(self) -> None:
        if self._used:
            if not self._report.counts.data:
                raise Refused("NO_DATA_ROWS")
            return
        for code in _TELLING:
            for why in self._why_not:
                if why.code == code:
                    refusal = Refused("NO_SHEETS")
                    refusal.finding = why
                    raise refusal
        visible = any(sheet.why_ignored == _EMPTY for sheet in self._report.sheets)
        wanted = "、".join(table.label for table in self._tables)
        raise Refused(
            "HEADER_NOT_FOUND" if visible else "NO_SHEETS", rows=SEARCHED_ROWS, wanted=wanted
        )

    def _settle_columns(self) -> None:
        """A column that one sheet lacks must not blank what is known: only common ones count."""
        self._report.sources = list(dict.fromkeys(self._used))
        if not self._present:
            return
        common = frozenset.intersection(*self._present)
        dropped = frozenset.union(*self._present) - common
        self._report.columns_present = sorted(common)
        if dropped:
            labels = [
                column.label
                for table in self._tables
                for column in table.columns
                if column.field in dropped
            ]
            left = "、".join(dict.fromkeys(labels))
            self._report.notes.append(
                f"各工作表的列不一致，只有共有的列入库；没有入库的是：{left}。"
                "要入库的，请在每个工作表里都加上这些列。"
            )

    def _hold_for_unit(self) -> None:
        bare = len(self._bare)
        amounts = self._amounts + bare
        if bare * 2 > amounts:
            held = finding("UNIT_MISSING", count=amounts, bare=bare)
            self._report.held.append(HeldReport(held.code, held.sentence, self._bare[:_EXAMPLES]))

    def _hold_for_quarter(self) -> None:
        chosen = self._spec.quarter
        in_title, in_name = stated_quarter(self._title), stated_quarter(self._spec.filename)
        self._report.stated_quarter = in_title or in_name
        for where, stated in (("标题", in_title), ("文件名", in_name)):
            if stated and chosen and stated != chosen:
                held = finding("QUARTER_MISMATCH", where=where, stated=stated, chosen=chosen)
                self._report.held.append(HeldReport(held.code, held.sentence))
                return


def _is_blank(cells: Sequence[Cell]) -> bool:
    if cells and cells[0] != "" and cells[0].__class__ is not str:
        return False
    return all(cell.__class__ is str and not cell.strip() for cell in cells)
