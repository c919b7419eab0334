"""The regulator's files of the demo, quarter by quarter, with the faults that such files have."""

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass, replace
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from common.quarter import Quarter
from tongchuan_coop.demo.societies import Society, make_code

HEADINGS = (
    "序号", "企业名称", "统一社会信用代码", "企业类型", "法定代表人", "成员出资总额(万元)", "成员总数",
    "其中:农民成员", "其中:企业等单位成员", "成立日期", "核准日期", "登记机关", "登记状态", "住所",
    "业务范围", "联络员", "联系电话",
)  # fmt: skip
AUTHORITY = "达州市通川区市场监督管理局"
TIME_OF_WRITING = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class QuarterFile:
    """One file as it was sent."""

    quarter: Quarter
    sent_on: dt.date
    filename: str
    content: bytes


def write_quarter(
    quarter: Quarter, sent_on: dt.date, societies: list[Society], random: Random
) -> QuarterFile:
    """Write the full list of a quarter, as csv in some quarters and as a workbook in others."""
    rows = [_row(place, society) for place, society in enumerate(societies, start=1)]
    rows += _faulty_rows(len(rows) + 1, societies, random)
    stem = f"通川区农民专业合作社登记信息（{quarter.label}）"
    if quarter.number % 2 == 0:
        return QuarterFile(quarter, sent_on, f"{stem}.csv", _csv(rows))
    return QuarterFile(quarter, sent_on, f"{stem}.xlsx", _workbook(stem, rows, sent_on))


def _row(place: int, society: Society) -> list[str]:
    return [
        str(place),
        society.name,
        society.uscc,
        "农民专业合作社",
        society.chair,
        str(society.capital),
        str(society.members),
        str(society.farmers),
        str(society.units),
        f"{society.founded:%Y-%m-%d}",
        f"{society.approved.year}年{society.approved.month}月{society.approved.day}日",
        AUTHORITY,
        society.status,
        society.domicile,
        society.scope,
        society.contact,
        society.phone,
    ]


def _faulty_rows(place: int, societies: list[Society], random: Random) -> list[list[str]]:
    """A code with a wrong check digit, a company, a society of another district, a bad date."""
    spoilt, company, stranger, undated = (
        _row(place + i, replace(random.choice(societies), name=name))
        for i, name in enumerate(
            (
                "达州市通川区春晖花椒种植专业合作社",
                "达州市通川区民生农产品专业合作社有限公司",
                "达州市达川区百节金土地粮油专业合作社",
                "达州市通川区石岭大雁养殖专业合作社",
            )
        )
    )
    number = random.randrange(20_000, 90_000)
    good = make_code(number)
    spoilt[2] = good[:-1] + ("1" if good[-1] != "1" else "2")
    company[2] = make_code(number + 1, prefix="91511702")
    stranger[2] = make_code(number + 2, prefix="93511703")
    stranger[13] = "四川省达州市达川区百节镇金土村3组"
    undated[2], undated[9] = make_code(number + 3), "2019年13月45日"
    return [spoilt, company, stranger, undated]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return text.getvalue().encode("gb18030")


def _workbook(title: str, rows: list[list[str]], sent_on: dt.date) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("登记信息")
    sheet.append([title])
    sheet.append(list(HEADINGS))
    for row in rows:
        sheet.append(
            [int(cell) if place in {0, 5, 6, 7, 8} else cell for place, cell in enumerate(row)]
        )
    sheet.append(["填表人：市场监管局登记注册股"])
    content = io.BytesIO()
    book.save(content)
    return dated(content, sent_on)


def dated(content: io.BytesIO, day: dt.date) -> bytes:
    """Give a workbook the date of a day in place of the hour it was written, so that its bytes repeat."""
    repeated = io.BytesIO()
    with ZipFile(content) as written, ZipFile(repeated, "w", ZIP_DEFLATED) as dated:
        for entry in written.infolist():
            inside = written.read(entry)
            if entry.filename == "docProps/core.xml":
                inside = TIME_OF_WRITING.sub(f"{day}T01:00:00Z".encode(), inside)
            dated.writestr(
                ZipInfo(entry.filename, (day.year, day.month, day.day, 9, 0, 0)),
                inside,
                ZIP_DEFLATED,
            )
    return repeated.getvalue()
