"""Tables that leave the house: codes as text, no formulas, nothing cut off."""

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from common import spreadsheet
from common.spreadsheet import Column, Table, stream_csv, write_xlsx

COLUMNS = (
    Column("名称"),
    Column("代码", spreadsheet.CODE),
    Column("人数", spreadsheet.NUMBER),
    Column("出资", spreadsheet.MONEY),
    Column("成立", spreadsheet.DAY),
)
NOTES = (("导出人", "李四"), ("筛选条件", "=全部"))
RISKY = ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠A1", "\r=1"]


def table(rows):
    return Table("名录", COLUMNS, iter(rows))


def row(name: str = "甲社", code: str = "511702000012345"):
    return [name, code, 7, Decimal("1234567.50"), dt.date(2015, 3, 2)]


def workbook(rows):
    stream = io.BytesIO()
    write_xlsx(stream, table(rows), NOTES, total="家数")
    stream.seek(0)
    return load_workbook(stream)


def csv_lines(rows):
    content = b"".join(stream_csv(table(rows), NOTES, total="家数"))
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_codes_are_text_and_numbers_are_numbers_in_a_workbook():
    name, code, number, money, day = next(workbook([row()])["名录"].iter_rows(min_row=2))
    assert (code.value, code.data_type, code.number_format) == ("511702000012345", "s", "@")
    assert (number.value, money.value) == (7, 1234567.5)
    assert day.value.date() == dt.date(2015, 3, 2)
    assert name.value == "甲社"


@pytest.mark.parametrize("value", RISKY)
def test_a_value_that_looks_like_a_formula_is_text_in_a_workbook(value):
    cell = workbook([row(value)])["名录"]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.strip() == value.strip()


def test_no_formula_stands_in_the_file_itself():
    stream = io.BytesIO()
    write_xlsx(stream, table(row(value) for value in RISKY), NOTES, total="家数")
    with zipfile.ZipFile(stream) as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/" in name]
    assert len(sheets) == 2
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


@pytest.mark.parametrize("value", RISKY)
def test_a_value_that_looks_like_a_formula_gets_an_apostrophe_in_csv(value):
    shown = csv_lines([row(value)])[1][0]
    assert shown == f"'{value}"


def test_a_long_number_keeps_its_digits_in_office_programs_by_a_tab():
    assert csv_lines([row()])[1][1] == "511702000012345\t"
    assert csv_lines([row(code="93511702MA6200001X")])[1][1] == "93511702MA6200001X"


def test_the_first_sheet_says_what_the_file_is_and_how_many_rows_it_has():
    book = workbook([row(), row()])
    assert book.sheetnames == ["说明", "名录"]
    said = {label.value: text.value for label, text in book["说明"].iter_rows()}
    assert said == {"导出人": "李四", "筛选条件": "=全部", "家数": "2"}


def test_the_last_line_of_a_csv_file_proves_that_it_is_whole():
    last = csv_lines([row(), row()])[-1]
    assert last == ["说明：导出人：李四；筛选条件：=全部；家数：2"]


def test_characters_that_no_workbook_takes_are_left_out():
    assert workbook([row("甲\x0b社\x00")])["名录"]["A2"].value == "甲社"


def test_a_text_that_looks_like_an_escape_is_read_back_as_it_was():
    stream = io.BytesIO()
    write_xlsx(stream, table([row("甲_x0041_社_x12_")]), NOTES, total="家数")
    stream.seek(0)
    sheet = CalamineWorkbook.from_filelike(stream).get_sheet_by_name("名录")
    assert sheet.to_python()[1][0] == "甲_x0041_社_x12_"


def test_blank_and_zero_stay_apart():
    cells = next(workbook([["甲", "", 0, None, None]])["名录"].iter_rows(min_row=2))
    assert [cell.value for cell in cells] == ["甲", None, 0, None, None]
    assert csv_lines([["甲", "", 0, None, None]])[1] == ["甲", "", "0", "", ""]
