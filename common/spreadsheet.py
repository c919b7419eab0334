"""Tables that leave the house: the one writer of xlsx and csv.

Codes stay text, so that no office program rounds them. A value that an office program would take
for a formula is text in a workbook and gets an apostrophe in csv; the intake takes it off again.
"""

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

TEXT, CODE, NUMBER, MONEY, DAY = "text", "code", "number", "money", "day"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_FORMATS = {MONEY: "#,##0.00", DAY: 'yyyy"年"m"月"d"日"'}
_FORMULA_STARTS = frozenset("=+-@＝＋－＠\t\r\n")
_ROUNDED_BEYOND = 11  # digits; from here on office programs show a number of their own
_HEAD = PatternFill("solid", fgColor="E3F0EB")
_BOLD = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")
_CSV_BATCH = 500
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Column:
    """One column: its heading, the kind of its values, its width in characters."""

    heading: str
    kind: str = TEXT
    width: int = 14


@dataclass(frozen=True)
class Table:
    """A named table whose rows may come from a running query."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


Note = tuple[str, str]


def is_risky(value: str) -> bool:
    """Tell whether an office program might take a text for a formula."""
    return value[:1] in _FORMULA_STARTS if value else False


def write_xlsx(stream: IO[bytes], table: Table, notes: Sequence[Note], *, total: str) -> int:
    """Write a workbook: a first sheet that says what it is, then the table; return the row count.

    `total` names the number of rows on the first sheet.
    """
    book = Workbook(write_only=True)
    cover = book.create_sheet("说明")
    sheet = book.create_sheet(table.title)
    count = _write_table(sheet, table)
    _write_cover(cover, [*notes, (total, str(count))])
    book.save(stream)
    return count


def _write_table(sheet: Any, table: Table) -> int:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.append([_heading(sheet, column.heading) for column in table.columns])
    kinds = [column.kind for column in table.columns]
    count = 0
    for row in table.rows:
        sheet.append([_cell(sheet, kind, value) for kind, value in zip(kinds, row, strict=True)])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(kinds))}{count + 1}"
    return count


def _write_cover(sheet: Any, notes: Sequence[Note]) -> None:
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 80
    for label, text in notes:
        value = _text_cell(sheet, text)
        value.alignment = _WRAP
        sheet.append([_heading(sheet, label), value])


def literal(value: str) -> str:
    """Return the text as a workbook must hold it: no control characters, and "_x0041_" as itself.

    Office programs read such a sequence as a character unless its first underscore is escaped.
    """
    return _ESCAPE_LOOKALIKE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", value))


def _heading(sheet: Any, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = _BOLD, _HEAD
    return cell


def _cell(sheet: Any, kind: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = literal(value)
        return _text_cell(sheet, value) if kind == CODE or is_risky(value) else value
    if kind not in _FORMATS:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = _FORMATS[kind]
    return cell


def _text_cell(sheet: Any, value: str) -> Cell:
    """A cell that stays text, also after somebody has typed Enter in it."""
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = is_risky(value)
    return cell


def stream_csv(table: Table, notes: Sequence[Note], *, total: str) -> Iterator[bytes]:
    """Yield a csv file in UTF-8 with a mark that office programs know it by.

    The last line holds the notes and the row count in one cell, so that a file that broke off is
    known by its lack.
    """
    yield codecs.BOM_UTF8
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.heading for column in table.columns])
    kinds = [column.kind for column in table.columns]
    number = 0
    for number, row in enumerate(table.rows, start=1):
        writer.writerow([_field(kind, value) for kind, value in zip(kinds, row, strict=True)])
        if number % _CSV_BATCH == 0:
            yield _taken(text)
    said = "；".join(f"{label}：{words}" for label, words in [*notes, (total, str(number))])
    writer.writerow([f"说明：{said}"])
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    content = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return content


def _field(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        value = literal(value)
        if is_risky(value):
            return f"'{value}"
        # A trailing tab is what keeps an office program from rounding a long number.
        long_number = kind == CODE and value.isdigit() and len(value) > _ROUNDED_BEYOND
        return f"{value}\t" if long_number else value
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return str(value)
