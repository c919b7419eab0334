"""The files of the demo district repeat byte for byte, whenever they are written."""

import datetime as dt
import io
from random import Random
from zipfile import ZipFile

from openpyxl import load_workbook

from common.quarter import Quarter
from tongchuan_coop.demo.quarters import write_quarter
from tongchuan_coop.demo.societies import FIRST_DAY, LAST_DAY, District


def a_quarter():
    found = District(2020).found(20, FIRST_DAY, LAST_DAY)
    return write_quarter(Quarter(2020, 1), dt.date(2020, 4, 9), found, Random(1))


def test_a_workbook_carries_the_day_it_was_sent_and_no_other():
    content = a_quarter().content
    with ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 4, 9, 9, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2020-04-09T01:00:00Z") == 2
    assert content == a_quarter().content


def test_the_workbook_can_still_be_read():
    book = load_workbook(io.BytesIO(a_quarter().content), read_only=True)
    assert book.sheetnames == ["登记信息"]
