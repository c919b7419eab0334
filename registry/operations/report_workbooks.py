"""The report as a workbook for societies that work on paper: written, filled in, taken in again."""

from collections.abc import Iterator
from typing import IO, Any, BinaryIO
from urllib.parse import quote

from django.db import transaction

from accounts.models import User
from common import clock, spreadsheet
from common.template_tags import moment
from common.workflow import TransitionRefused
from registry.models import AnnualReport
from registry.operations.reports import save_section
from registry.operations.tables import TableSheet, read_workbook
from registry.reporting.fields import CHOICE, MONEY, ReportField
from registry.reporting.lines import lines_of
from registry.reporting.reading import read_report
from registry.reporting.sections import SECTIONS
from registry.reporting.values import SPARED

SHEET = "年度报告"
HEADINGS = ("编号", "部分", "项目", "填写内容", "单位或可填的词", "上年", "说明")
_CODE, _YEAR = "信用代码", "年度"
_WORD = "不适用"
NO_TABLE = "没有找到填报表：表头应有“编号”和“填写内容”。请下载本页的填报表，填好后再上传。"
OTHERS = "这份表是“{code}”{year}年度的，不是这家合作社{wanted}年度的，没有写入。请核对后上传。"


def write_form(report: AnnualReport, stream: IO[bytes], *, by: User) -> str:
    """Write the form of a report as filled so far; return the quoted file name."""
    society = report.cooperative
    rows = [
        (_CODE, "", "统一社会信用代码（请勿改动）", society.code, "", "", ""),
        (_YEAR, "", "报告年度（请勿改动）", str(report.year), "", "", ""),
        *_rows(report),
    ]
    widths = (22, 18, 34, 30, 40, 20, 24)
    columns = [
        spreadsheet.Column(heading, spreadsheet.CODE, width)
        for heading, width in zip(HEADINGS, widths, strict=True)
    ]
    now = clock.now()
    notes = (
        ("名称", f"{society}{report.year}年度报告填报表"),
        (
            "填法",
            "只填“填写内容”和“说明”两列。没有发生的填 0；确实不适用的写“不适用”；金额单位是元。",
        ),
        ("上传", "填好后交乡镇街道经办人上传，检查与网上填报相同，仍须理事长确认才算提交。"),
        ("生成时间", moment(now)),
        ("生成人", f"{by}"),
    )
    table = spreadsheet.Table(SHEET, columns, rows)
    spreadsheet.write_xlsx(stream, table, notes, total="行数")
    return quote(f"{report.year}年度报告填报表_{society.name}.xlsx")


def _rows(report: AnnualReport) -> Iterator[tuple[str, ...]]:
    reading = read_report(report)
    for section in SECTIONS:
        for line in lines_of(reading, section.key):
            yield (
                line.field.key,
                section.title,
                line.field.label,
                _shown(line.field, line.read.text, spared=line.read.spared),
                _hint(line.field),
                line.last,
                line.remark,
            )


def take_in_form(report: AnnualReport, stream: BinaryIO, *, filename: str, by: User) -> int:
    """Save what a filled-in form says; return how many fields hold something.

    Blank cells leave what is there. Raises TransitionRefused for a file of another society or year.
    """
    cells = _cells(read_workbook(stream, filename=filename))
    code, year = cells.get(_CODE, ("", ""))[0], cells.get(_YEAR, ("", ""))[0]
    if code != report.cooperative.code or year.split(".")[0] != str(report.year):
        raise TransitionRefused(
            OTHERS.format(code=code or "未写明", year=year or "未写明", wanted=report.year)
        )
    filled = 0
    with transaction.atomic():
        for section in SECTIONS:
            typed = {
                each.key: _typed(report, each, *cells[each.key])
                for each in section.fields
                if each.key in cells and any(cells[each.key])
            }
            filled += len(typed)
            if typed:
                fresh = AnnualReport.objects.get(pk=report.pk)
                seen = fresh.section_versions.get(section.key, 0)
                save_section(fresh, section.key, typed, seen=seen, by=by)
    return filled


def _cells(sheets: list[TableSheet]) -> dict[str, tuple[str, str]]:
    for sheet in sheets:
        for at, (_, head) in enumerate(sheet.rows[:10]):
            if "编号" in head and "填写内容" in head:
                key, value = head.index("编号"), head.index("填写内容")
                remark = head.index("说明") if "说明" in head else -1
                return {
                    _at(row, key): (_at(row, value), _at(row, remark))
                    for _, row in sheet.rows[at + 1 :]
                    if _at(row, key)
                }
    raise TransitionRefused(NO_TABLE)


def _at(row: list[str], place: int) -> str:
    return row[place].strip() if 0 <= place < len(row) else ""


def _typed(report: AnnualReport, each: ReportField, value: str, remark: str) -> dict[str, Any]:
    spared = value == _WORD and each.spared
    if each.kind == CHOICE:
        words = {word: code for code, word in each.choices}
        value = words.get(value, value)
    return {
        "value": "" if spared else value or report.draft.get(each.key, ""),
        "spared": SPARED if spared else "",
        "remark": remark or report.remarks.get(each.key, ""),
        "shown": "yes" if each.key in report.shown else "",
    }


def _shown(each: ReportField, text: str, *, spared: bool) -> str:
    if spared:
        return _WORD
    return each.word(text) if each.kind == CHOICE else text


def _hint(each: ReportField) -> str:
    if each.kind == CHOICE:
        return "、".join(word for _, word in each.choices)
    words = "元（可写 12万）" if each.kind == MONEY else each.unit
    return (
        f"{words}；可填不适用" if each.spared and words else "可填不适用" if each.spared else words
    )
