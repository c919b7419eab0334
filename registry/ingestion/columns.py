"""What a column is, and those of a registration file: which headings mean which field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from registry.ingestion import amounts, codes, dates
from registry.ingestion.cells import HALF_WIDTH, Cell, Reader, as_text, label_text, text


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row.

    `identity` columns may not hold formulas. `fill_down` columns take a vertically merged value.
    `repeats` says that few different values are to be expected, so reading may be remembered.
    `needed` columns may not be blank. `how` and `checks` (codes of reasons) are what the help page
    says about it, `heading` what the blank template calls it where the label would not do.
    """

    field: str
    label: str
    headings: tuple[str, ...]
    read: Reader
    required: bool = False
    identity: bool = False
    fill_down: bool = False
    repeats: bool = False
    needed: bool = False
    how: str = ""
    checks: tuple[str, ...] = ()
    heading: str = ""


COLUMNS: Final = (
    Column(
        "uscc",
        "统一社会信用代码",
        (
            "统一社会信用代码",
            "社会统一信用代码",
            "统一信用代码",
            "社会信用代码",
            "信用代码",
            "统一社会信用代码/注册号",
            "注册号/统一社会信用代码",
            "信用代码/注册号",
            "注册号/信用代码",
        ),
        codes.credit_code,
        required=True,
        identity=True,
    ),
    Column(
        "registration_no",
        "注册号",
        ("注册号", "企业注册号", "工商注册号", "原注册号", "登记注册号"),
        codes.registration_no,
        identity=True,
    ),
    Column(
        "name",
        "企业名称",
        (
            "企业名称",
            "名称",
            "名称字号",
            "合作社名称",
            "农业合作社名称",
            "农民专业合作社名称",
            "专业合作社名称",
            "企业机构名称",
            "市场主体名称",
            "主体名称",
            "单位名称",
        ),
        text(200, "企业名称"),
        required=True,
        identity=True,
    ),
    Column(
        "entity_type",
        "企业类型",
        ("企业类型", "类型", "企业类型经济性质", "主体类型", "市场主体类型", "登记类型"),
        label_text(60),
        fill_down=True,
        repeats=True,
    ),
    Column(
        "legal_representative",
        "法定代表人",
        (
            "法定代表人",
            "法人代表",
            "法定代表人姓名",
            "法人代表姓名",
            "法人",
            "法定代表人负责人",
            "负责人",
            "理事长",
            "理事长姓名",
            "法定代表人/负责人",
            "法定代表人理事长",
        ),
        text(60, "法定代表人"),
        repeats=True,
    ),
    Column(
        "total_contribution",
        "成员出资总额",
        (
            "成员出资总额",
            "出资总额",
            "出资额",
            "注册资本",
            "注册资金",
            "成员出资额",
            "认缴出资总额",
            "认缴出资额",
        ),
        amounts.money,
        repeats=True,
    ),
    Column(
        "member_count",
        "成员总数",
        (
            "成员总数",
            "成员人数",
            "成员数",
            "成员数量",
            "成员/总数",
            "成员/合计",
            "成员/小计",
            "成员/人数",
            "成员/成员总数",
            "成员总数/合计",
            "社员总数",
            "社员人数",
        ),
        amounts.whole_number,
        repeats=True,
    ),
    Column(
        "farmer_member_count",
        "农民成员",
        (
            "农民成员",
            "其中农民成员",
            "农民成员数",
            "农民成员人数",
            "成员人数中农民人数",
            "成员/农民成员",
            "成员/农民",
            "成员/其中农民",
            "成员/其中农民成员",
            "成员总数/农民成员",
            "成员总数/其中农民成员",
        ),
        amounts.whole_number,
        repeats=True,
    ),
    Column(
        "unit_member_count",
        "企业等单位成员",
        (
            "企业等单位成员",
            "其中企业等单位成员",
            "单位成员",
            "单位成员数",
            "企业成员",
            "企业成员数",
            "成员/企业",
            "成员/企业成员",
            "成员/单位成员",
            "成员/企业等单位成员",
            "成员总数/企业成员",
            "成员总数/企业等单位成员",
            "成员总数/其中企业等单位成员",
        ),
        amounts.whole_number,
        repeats=True,
    ),
    Column(
        "established_on",
        "成立日期",
        ("成立日期", "注册日期", "登记注册日期", "设立日期", "成立时间", "注册时间"),
        dates.date,
        repeats=True,
    ),
    Column("approved_on", "核准日期", ("核准日期", "核准时间"), dates.date, repeats=True),
    Column(
        "registration_authority",
        "登记机关",
        ("登记机关", "注册机关", "登记注册机关"),
        label_text(100),
        fill_down=True,
        repeats=True,
    ),
    Column(
        "status",
        "登记状态",
        ("登记状态", "经营状态", "企业状态", "状态"),
        codes.status,
        identity=True,
        repeats=True,
    ),
    Column(
        "domicile",
        "住所",
        (
            "住所",
            "注册地址",
            "经营场所",
            "登记住所",
            "住所经营场所",
            "地址",
            "企业住所",
            "住所/经营场所",
            "经营场所/住所",
            "住所地址",
        ),
        text(300, "住所"),
    ),
    Column(
        "business_scope",
        "业务范围",
        ("业务范围", "经营范围", "许可经营范围", "经营业务范围", "业务经营范围"),
        text(4_000, "业务范围", many_lines=True),
    ),
    Column(
        "contact_person",
        "联络员",
        ("联络员", "联系人", "登记联络员", "联络员姓名", "联系人姓名"),
        text(60, "联络员"),
        repeats=True,
    ),
    Column(
        "contact_phone",
        "联系电话",
        (
            "联系电话",
            "联络员电话",
            "联系人电话",
            "电话",
            "联系方式",
            "手机号码",
            "手机",
            "联络员联系电话",
            "联络员手机",
            "联系人手机",
            "联系人联系电话",
        ),
        codes.phone,
    ),
    Column(
        "township",
        "所属乡镇",
        (
            "所属乡镇",
            "乡镇",
            "乡镇街道",
            "乡镇/街道",
            "所在乡镇",
            "所属乡镇街道",
            "所在乡镇街道",
            "所在街道乡镇",
            "镇乡街道",
        ),
        label_text(60),
        fill_down=True,
        repeats=True,
    ),
)
BY_FIELD: Final = {column.field: column for column in COLUMNS}
# Read to find the township of an address; not a registered fact.
AUXILIARY: Final = frozenset({"township"})
FACT_FIELDS: Final = tuple(c.field for c in COLUMNS if c.field not in AUXILIARY)

# Kept without a word: running numbers, and what our own error workbook adds.
SILENT_HEADINGS: Final = frozenset({"序号", "编号", "行号", "级别", "问题", "怎么改"})
SUMMARY_SHEET: Final = "汇总"

_BRACKETED: Final = re.compile(r"\([^()]*\)")
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_FEWEST_COUNTED: Final = 3
_COUNTED: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_NUMBERED: Final = re.compile(rf"\s*(?:\(?{_COUNTED}\)|{_COUNTED}、|\d{{1,2}}\.(?!\d))")
_DROPPED: Final = re.compile(r"[\s\ufeff\u200b()\[\]【】:：*＊、,，.。_\-]+")


def unnumbered(heading: str) -> str:
    """Return a heading in half width without its number: "1.企业名称", "（一）企业名称"."""
    half = heading.translate(HALF_WIDTH)
    numbered = _NUMBERED.match(half)
    return half[numbered.end() :] if numbered else half


def plain(heading: str) -> str:
    """Return a heading without its number, spaces, line breaks, width, brackets and stars."""
    return _DROPPED.sub("", unnumbered(heading))


def without_brackets(heading: str) -> str:
    """Return a plain heading without what stands in brackets: a unit, as a rule."""
    return plain(_BRACKETED.sub("", heading.translate(HALF_WIDTH)))


def is_silent(heading: str) -> bool:
    """Tell headings that need no remark from unknown ones."""
    return plain(heading) in SILENT_HEADINGS


def letter_of(index: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def numbers_columns(cells: Sequence[Cell]) -> bool:
    """Tell the row of a printed form that only counts its columns: 1, 2, 3; 甲, 乙, 1, 2; A, B."""
    shown = [as_text(cell).strip(" ()（）") for cell in cells if cell != ""]
    if len(shown) < _FEWEST_COUNTED:
        return False
    pairs = zip(shown, _STEMS, strict=False)
    stems = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    counted = shown[stems:]
    numbers = [str(number) for number in range(1, len(counted) + 1)]
    return counted in (numbers, [letter_of(index) for index in range(len(counted))])
