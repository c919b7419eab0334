"""The blank workbook of each source and of the quarter, made from the tables of columns."""

from collections.abc import Sequence
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from registry import feed_guide
from registry.ingestion.tables import Table

NOTES_SHEET = "填写说明"
_TEXT = "@"
_BOLD = Font(bold=True)
_REQUIRED = PatternFill("solid", fgColor="FDF0D3")
_GROUND = PatternFill("solid", fgColor="E3F0EB")
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_template(source: str, stream: BinaryIO) -> None:
    """Write sheets with nothing but headings, and a sheet of notes that the intake ignores."""
    tables = feed_guide.tables(source)
    book = Workbook()
    del book["Sheet"]
    for table in tables:
        _write_headings(book.create_sheet(table.label), table)
    _write_notes(book.create_sheet(NOTES_SHEET), tables)
    book.save(stream)


def _write_headings(sheet: Worksheet, table: Table) -> None:
    for index, guide in enumerate(feed_guide.columns(table), start=1):
        cell = sheet.cell(1, index, guide.heading)
        cell.font = _BOLD
        cell.fill = _REQUIRED if guide.required else _GROUND
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = max(12, 2.2 * len(guide.heading))
        dimension.number_format = _TEXT  # what is typed in stays as typed: codes keep their digits
    sheet.freeze_panes = "A2"


def _write_notes(notes: Worksheet, tables: Sequence[Table]) -> None:
    notes.append(["工作表", "列", "是否必填", "怎么填", "也接受这些写法", "检查什么"])
    for table in tables:
        for guide in feed_guide.columns(table):
            notes.append(
                [
                    table.label,
                    guide.heading,
                    "必填" if guide.required else "选填",
                    guide.how,
                    "、".join(guide.aliases),
                    "\n".join(reason.message for reason in guide.checks),
                ]
            )
    for letter, width in zip("ABCDEF", (14, 22, 10, 36, 50, 60), strict=True):
        notes.column_dimensions[letter].width = width
    for row in notes.iter_rows():
        for cell in row:
            cell.alignment = _WRAP
    for cell in notes[1]:
        cell.font, cell.fill = _BOLD, _GROUND
    notes.freeze_panes = "A2"
