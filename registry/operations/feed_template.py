"""The blank workbook of a registration file, made from the table of columns."""

from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from registry import feed_guide
from registry.layouts import ONLY_SHEET

NOTES_SHEET = "填写说明"
_TEXT = "@"
_BOLD = Font(bold=True)
_REQUIRED = PatternFill("solid", fgColor="FDF0D3")
_GROUND = PatternFill("solid", fgColor="E3F0EB")
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_template(stream: BinaryIO) -> None:
    """Write a sheet with nothing but headings, and a sheet of notes that the intake ignores."""
    book = Workbook()
    table = book.create_sheet(ONLY_SHEET, 0)
    del book["Sheet"]
    for index, guide in enumerate(feed_guide.columns(), start=1):
        cell = table.cell(1, index, guide.heading)
        cell.font = _BOLD
        cell.fill = _REQUIRED if guide.column.required else _GROUND
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        dimension = table.column_dimensions[get_column_letter(index)]
        dimension.width = max(12, 2.2 * len(guide.heading))
        dimension.number_format = _TEXT  # what is typed in stays as typed: codes keep their digits
    table.freeze_panes = "A2"
    _write_notes(book.create_sheet(NOTES_SHEET))
    book.save(stream)


def _write_notes(notes: Worksheet) -> None:
    notes.append(["序号", "列名", "是否必填", "怎么填", "也接受这些列名", "检查什么"])
    for place, guide in enumerate(feed_guide.columns(), start=1):
        notes.append(
            [
                place,
                guide.heading,
                "必填" if guide.column.required else "选填",
                guide.how,
                "、".join(guide.aliases),
                "\n".join(reason.message for reason in guide.checks),
            ]
        )
    for letter, width in zip("ABCDEF", (6, 22, 10, 36, 50, 60), strict=True):
        notes.column_dimensions[letter].width = width
    for row in notes.iter_rows():
        for cell in row:
            cell.alignment = _WRAP
    for cell in notes[1]:
        cell.font, cell.fill = _BOLD, _GROUND
    notes.freeze_panes = "A2"
