"""The columns of a roster file and the words that they may be headed with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from registry.ingestion.columns import unnumbered

SEARCHED_ROWS: Final = 15
_BRACKETS: Final = re.compile(r"[(【\[].*?[】\])]|[\s*:]")


@dataclass(frozen=True)
class RosterColumn:
    """One column: the field it fills, its heading in our own file, other headings, its width."""

    field: str
    heading: str
    others: tuple[str, ...] = ()
    width: int = 14
    required: bool = False


COLUMNS: Final = (
    RosterColumn("name", "姓名或名称", ("姓名", "成员姓名", "成员名称", "名称", "成员"), 18, True),
    RosterColumn("kind", "成员类型", ("成员类别", "类型", "类别", "成员性质"), 14, True),
    RosterColumn(
        "identity_number",
        "证件号码",
        ("身份证号", "身份证号码", "公民身份号码", "证照号码", "统一社会信用代码", "身份证"),
        24,
    ),
    RosterColumn("household", "户主或户号", ("户主", "户号", "户主姓名", "所属户"), 14),
    RosterColumn(
        "village", "所在村（社区）", ("所在村", "村（社区）", "村社区", "村名", "所属村"), 16
    ),
    RosterColumn("contribution", "出资额（元）", ("出资金额", "认缴出资额", "出资"), 16),
    RosterColumn("contribution_form", "出资方式", ("出资形式",), 14),
    RosterColumn("post", "职务", ("任职", "职务情况"), 10),
    RosterColumn("additional_votes", "附加表决权", ("附加表决权数", "附加票"), 12),
    RosterColumn("joined_on", "入社日期", ("入社时间", "加入日期", "加入时间"), 16),
    RosterColumn("left_on", "退社日期", ("退社时间", "退出日期"), 16),
    RosterColumn("reserve_share", "量化公积金份额（元）", ("公积金份额", "量化公积金"), 20),
    RosterColumn("transactions", "与本社交易额（元）", ("交易额", "交易量额", "本年度交易额"), 20),
    RosterColumn("returned", "盈余返还额（元）", ("盈余返还", "返还额"), 18),
)
ACCOUNT_FIELDS: Final = ("reserve_share", "transactions", "returned")
MONEY_FIELDS: Final = ("contribution", *ACCOUNT_FIELDS)


def plain(heading: str) -> str:
    """Return a heading without its number, brackets, blanks and marks."""
    return _BRACKETS.sub("", unnumbered(heading))


_FIELDS: Final = {
    plain(word): column.field for column in COLUMNS for word in (column.heading, *column.others)
}


@dataclass(frozen=True)
class RosterLayout:
    """Where the table begins and which column is which; `wan` holds the fields given in 万元."""

    header_row: int
    places: dict[str, int]
    unknown: tuple[str, ...]
    wan: frozenset[str]


def find_layout(rows: Sequence[tuple[int, Sequence[str]]]) -> RosterLayout | None:
    """Find the header among the first rows: the one that names the member and its kind."""
    for number, cells in rows[:SEARCHED_ROWS]:
        places: dict[str, int] = {}
        unknown, wan = [], set()
        for place, cell in enumerate(cells):
            field = _FIELDS.get(plain(cell))
            if field and field not in places:
                places[field] = place
                if "万元" in cell:
                    wan.add(field)
            elif cell and plain(cell) not in {"序号", "编号"}:
                unknown.append(cell)
        if {"name", "kind"} <= places.keys():
            return RosterLayout(number, places, tuple(unknown), frozenset(wan))
    return None


def looks_like_header(rows: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """Return which required columns are missing where a name column at least was found."""
    best: set[str] = set()
    for _, cells in rows[:SEARCHED_ROWS]:
        found = {field for cell in cells if (field := _FIELDS.get(plain(cell)))}
        best = max(best, found, key=len)
    return [column.heading for column in COLUMNS if column.required and column.field not in best]
