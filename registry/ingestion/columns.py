"""The columns of a registration file: which headings mean which field, and who reads them."""

import difflib
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final

from registry.ingestion import amounts, codes, dates
from registry.ingestion.cells import HALF_WIDTH, Reader, label_text, text


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row.

    `identity` columns may not hold formulas. `fill_down` columns take a vertically merged value.
    `repeats` says that few different values are to be expected, so reading may be remembered.
    """

    field: str
    label: str
    headings: tuple[str, ...]
    read: Reader
    required: bool = False
    identity: bool = False
    fill_down: bool = False
    repeats: bool = False


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
        ),
        text(60, "法定代表人"),
    ),
    Column(
        "total_contribution",
        "成员出资总额",
        ("成员出资总额", "出资总额", "出资额", "注册资本", "注册资金", "成员出资额"),
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
        ("住所", "注册地址", "经营场所", "登记住所", "住所经营场所", "地址", "企业住所"),
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
        ),
        codes.phone,
    ),
    Column(
        "township",
        "所属乡镇",
        ("所属乡镇", "乡镇", "乡镇街道", "所在乡镇", "所属乡镇街道", "镇乡街道"),
        label_text(60),
        fill_down=True,
        repeats=True,
    ),
)
BY_FIELD: Final = {column.field: column for column in COLUMNS}
REQUIRED: Final = tuple(column.field for column in COLUMNS if column.required)
# Read to find the township of an address; not a registered fact.
AUXILIARY: Final = frozenset({"township"})
FACT_FIELDS: Final = tuple(c.field for c in COLUMNS if c.field not in AUXILIARY)

# Kept without a word: running numbers, and what our own error workbook adds.
SILENT_HEADINGS: Final = frozenset({"序号", "编号", "行号", "级别", "问题", "怎么改"})
SUMMARY_SHEET: Final = "汇总"

# A heading that no registration sheet has, and the table it comes from.
FOREIGN_HEADINGS: Final = {
    "变更事项": "变更登记",
    "变更前内容": "变更登记",
    "变更后内容": "变更登记",
    "变更日期": "变更登记",
    "列入原因": "经营异常名录",
    "列入日期": "经营异常名录",
    "列入决定机关": "经营异常名录",
    "抽查结果": "抽查检查",
    "检查结果": "抽查检查",
    "检查机关": "抽查检查",
    "检查日期": "抽查检查",
    "报送年度": "年报公示",
    "年报状态": "年报公示",
    "年报年份": "年报公示",
    "公示日期": "年报公示",
    "注销/吊销日期": "注销吊销",
    "注销吊销日期": "注销吊销",
    "注销/吊销原因": "注销吊销",
    "办理方式": "注销吊销",
    "纳税状态": "税务登记",
    "纳税人识别号": "税务登记",
}

_LONGEST_HEADING: Final = 400
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_UNIT_TAIL: Final = re.compile(r"(?:人民币)?(?:万元|元|人|户|个)$")
_DROPPED: Final = re.compile(r"[\s\ufeff\u200b()\[\]【】:：*＊、,，.。_\-]+")


def plain(heading: str) -> str:
    """Return a heading without spaces, line breaks, width, brackets and stars."""
    return _DROPPED.sub("", heading.translate(HALF_WIDTH))


def _without_brackets(heading: str) -> str:
    return plain(_BRACKETED.sub("", heading.translate(HALF_WIDTH)))


_FIELD_OF: Final = {plain(h): column.field for column in COLUMNS for h in column.headings}
_ALL_HEADINGS: Final = tuple(_FIELD_OF)


def field_of(heading: str) -> str | None:
    """Return the field that a heading means: with its brackets first, then without (units)."""
    if not heading.strip() or len(heading) > _LONGEST_HEADING:
        return None
    tight = _without_brackets(heading)
    return (
        _FIELD_OF.get(plain(heading))
        or _FIELD_OF.get(tight)
        or _FIELD_OF.get(_UNIT_TAIL.sub("", tight))
    )


def is_silent(heading: str) -> bool:
    """Tell headings that need no remark from unknown ones."""
    return plain(heading) in SILENT_HEADINGS


def foreign_table(headings: Iterable[str]) -> str:
    """Return the table that the headings belong to, when it is not the registration table."""
    for heading in headings:
        found = FOREIGN_HEADINGS.get(plain(heading)) or FOREIGN_HEADINGS.get(
            _without_brackets(heading)
        )
        if found:
            return found
    return ""


def suggestion(heading: str, present: Container[str] = ()) -> str:
    """Return the label of the field that this heading may mean, unless the field is present."""
    close = difflib.get_close_matches(plain(heading), _ALL_HEADINGS, n=1, cutoff=0.7)
    if not close or _FIELD_OF[close[0]] in present:
        return ""
    return BY_FIELD[_FIELD_OF[close[0]]].label


def letter_of(index: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
