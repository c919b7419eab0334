"""What other registers state about the demo's societies, quarter by quarter, as their files say it.

What befalls a society follows from its code alone, so that all files tell one story: those that do
nothing declare nil, do not publish their reports, stand on the abnormal list, and are found idle.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from openpyxl import Workbook

from common.quarter import Quarter
from registry.choices import FeedSource
from tongchuan_coop.demo.quarters import AUTHORITY, QuarterFile, dated
from tongchuan_coop.demo.societies import Society, make_code

WHO = ("统一社会信用代码", "企业名称")
_SHEETS = {
    "变更登记": ("变更事项", "变更前内容", "变更后内容", "变更日期"),
    "注销吊销": ("登记状态", "注销/吊销日期", "注销/吊销原因", "办理方式"),
    "经营异常名录": (
        "列入原因", "列入日期", "列入决定机关", "列入决定文号", "移出原因", "移出日期", "移出决定机关",
    ),
    "抽查检查": ("检查机关", "检查日期", "检查类型", "抽查结果"),
    "年报公示": ("报送年度", "年报状态", "公示日期"),
}  # fmt: skip
_TAX = (
    "是否办理税务登记", "税务登记日期", "纳税人状态", "纳税人类型", "是否零申报", "申报销售额(元)",
    "开票份数", "最近申报日期",
)  # fmt: skip
_FIRST_LISTING, _LISTING = dt.date(2019, 7, 9), dt.date(2020, 7, 10)
Line = tuple[str | int, ...]


@dataclass(frozen=True)
class StatementFile:
    """One file of another source as it was sent, and who sends it."""

    source: FeedSource
    sender: str
    file: QuarterFile


@dataclass(frozen=True)
class Fate:
    """What can be told of a society for good; drawn from its code."""

    idle: bool
    revoked: bool
    draw: Random

    @classmethod
    def of(cls, society: Society) -> "Fate":
        draw = Random(society.uscc)
        idle = draw.random() < 0.14 or society.members < 5
        return cls(idle, society.status.startswith("吊销"), draw)


def write_statements(
    quarter: Quarter, before: list[Society], societies: list[Society], *, last: bool
) -> Iterator[StatementFile]:
    """Write the regulator's workbook beside its register, and the file of the tax bureau."""
    sheets = {
        "变更登记": list(_changes(before, societies)),
        "注销吊销": list(_exits(quarter, societies)),
        "经营异常名录": list(_listings(quarter, societies)),
        "抽查检查": list(_checks(quarter, societies)),
        "年报公示": list(_reports(quarter, societies)),
    }
    tax = list(_tax(quarter, societies))
    if last:
        _leave_questions(sheets, tax, societies)
    sent_on = quarter.last_day + dt.timedelta(days=11)
    name = f"通川区市场监管局季度通报（{quarter.label}）.xlsx"
    book = QuarterFile(quarter, sent_on, name, _workbook(sheets, sent_on))
    yield StatementFile(FeedSource.WORKBOOK, "regulator", book)
    sent_on = quarter.last_day + dt.timedelta(days=15)
    name = f"合作社税务登记情况（{quarter.label}）.csv"
    content = _csv([(*WHO, *_TAX), *tax])
    yield StatementFile(FeedSource.TAX, "tax", QuarterFile(quarter, sent_on, name, content))


def _line(society: Society, *cells: str | int) -> Line:
    return (society.uscc, society.name, *cells)


def _changes(before: list[Society], societies: list[Society]) -> Iterator[Line]:
    former = {society.uscc: society for society in before}
    for now in societies:
        was = former.get(now.uscc)
        if was is None or was == now or now.status == "注销":
            continue
        day = now.approved.isoformat()
        for item, old, new in (
            ("名称变更", was.name, now.name),
            ("法定代表人变更", was.chair, now.chair),
            ("成员出资总额变更", f"{was.capital}万元", f"{now.capital}万元"),
            ("成员变更", f"{was.members}名成员", f"{now.members}名成员"),
        ):
            if old != new:
                yield _line(now, item, old, new, day)


def _exits(quarter: Quarter, societies: list[Society]) -> Iterator[Line]:
    for society in societies:
        ended = quarter.first_day <= society.approved <= quarter.last_day
        if society.status == "注销" and ended:
            simple = Random(society.uscc).random() < 0.6
            day = society.approved.isoformat()
            yield _line(society, "注销", day, "成员大会决议解散", "简易" if simple else "一般")
        elif society.status.startswith("吊销"):
            day = society.approved.isoformat()
            yield _line(society, "吊销，未注销", day, "连续两年未报送年度报告", "")


def _listings(quarter: Quarter, societies: list[Society]) -> Iterator[Line]:
    for place, society in enumerate(societies, start=1):
        fate = Fate.of(society)
        if society.status == "注销" or not (fate.idle or fate.revoked):
            continue
        unreachable, lifts = fate.draw.random() < 0.3, fate.draw.random() < 0.25
        listed = _FIRST_LISTING if society.founded.year < 2018 else _LISTING
        if listed > quarter.last_day or society.founded.year > 2019:
            continue
        why = "通过登记的住所无法联系" if unreachable else "未按期公示年度报告"
        removed = listed + dt.timedelta(days=180 + place % 200)
        out: tuple[str, str, str] = ("", "", "")
        if lifts and not fate.revoked and removed <= quarter.last_day:
            reason = "已重新取得联系" if unreachable else "已补报年度报告"
            out = (reason, removed.isoformat(), AUTHORITY)
        number = f"通市监异入〔{listed.year}〕第{place:04}号"
        yield _line(society, why, listed.isoformat(), AUTHORITY, number, *out)


def _checks(quarter: Quarter, societies: list[Society]) -> Iterator[Line]:
    """Every spring and autumn one society in twenty is drawn."""
    if quarter.number not in {1, 3}:
        return
    drawn = Random(str(quarter))
    for society in societies:
        if society.status == "注销" or drawn.random() > 0.05:
            continue
        fate = Fate.of(society)
        found = "未发现问题"
        if fate.idle:
            found = drawn.choice(
                ("未发现开展本次抽查涉及的经营活动", "通过登记的住所（经营场所）无法联系")
            )
        elif drawn.random() < 0.15:
            found = drawn.choice(("未按规定公示应当公示的信息", "发现问题经责令已改正"))
        day = quarter.last_day - dt.timedelta(days=drawn.randrange(5, 40))
        yield _line(society, AUTHORITY, day.isoformat(), "不定向抽查", found)


def _reports(quarter: Quarter, societies: list[Society]) -> Iterator[Line]:
    """The reports of the year before, as they stand at the end of the quarter."""
    year = quarter.year - 1
    for society in societies:
        if society.status != "存续" or society.founded.year > year:
            continue
        fate, draw = Fate.of(society), Random(f"{society.uscc}{year}")
        published = dt.date(quarter.year, 1, 6) + dt.timedelta(days=draw.randrange(173))
        if draw.random() < 0.05:
            published += dt.timedelta(days=150)
        silent = fate.idle or draw.random() < 0.04
        if silent or published > quarter.last_day:
            yield _line(society, year, "未报送", "")
        else:
            yield _line(society, year, "已公示", published.isoformat())


def _tax(quarter: Quarter, societies: list[Society]) -> Iterator[Line]:
    for society in societies:
        if society.status == "注销":
            continue
        fate, draw = Fate.of(society), Random(f"{society.uscc}{quarter}")
        kind = Random(f"{society.uscc}tax")
        if kind.random() < 0.07:
            yield _line(society, "否", "", "未办理税务登记", "", "", "", "", "")
            continue
        since = (society.founded + dt.timedelta(days=20)).isoformat()
        lost = fate.revoked or (fate.idle and kind.random() < 0.25)
        nil = fate.idle or lost or draw.random() < 0.12
        sales = 0 if nil else round(draw.lognormvariate(0, 0.8) * society.capital * 400)
        declared = quarter.last_day + dt.timedelta(days=draw.randrange(1, 14))
        yield _line(
            society,
            "是",
            since,
            "非正常户" if lost else "正常",
            "一般纳税人" if society.capital >= 300 else "小规模纳税人",
            "是" if nil else "否",
            sales,
            0 if nil else 1 + draw.randrange(60),
            "" if lost else declared.isoformat(),
        )


def _leave_questions(sheets: dict[str, list[Line]], tax: list[Line], of: list[Society]) -> None:
    """Leave the bureau something to find out: strange words, unknown societies, a bad date."""
    one, two, three = (society for society in of[300:303])
    unknown = (make_code(88_001), "达州市通川区新禾有机蔬菜种植专业合作社")
    day = "2021-05-18"
    sheets["经营异常名录"] += [
        _line(one, "长期停业未经营", day, AUTHORITY, "", "", "", ""),
        _line(two, "未按期公示年度报告", "2021-02-30", AUTHORITY, "", "", "", ""),
        (*unknown, "通过登记的住所无法联系", day, AUTHORITY, "", "", "", ""),
    ]
    sheets["抽查检查"] += [_line(three, AUTHORITY, "2021-06-10", "不定向抽查", "第七类")]
    tax += [(*unknown, "是", day, "正常", "小规模纳税人", "是", 0, 0, "")]
    tax[40] = (*tax[40][:4], "报验户", *tax[40][5:])
    tax[41] = (*tax[41][:4], "报验户", *tax[41][5:])


def _workbook(sheets: dict[str, list[Line]], sent_on: dt.date) -> bytes:
    book = Workbook(write_only=True)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append([*WHO, *_SHEETS[name]])
        for line in lines:
            sheet.append(list(line))
    content = io.BytesIO()
    book.save(content)
    return dated(content, sent_on)


def _csv(lines: list[Line]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("gb18030")
