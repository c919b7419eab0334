"""The tables that the market regulator sends beside the registration (workbook of the quarter).

Source of headings and words: the field lists and status texts seen in regulators' systems.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from registry.ingestion import dates, statement_checks
from registry.ingestion.cells import label_text, text
from registry.ingestion.checks import Values, other_division
from registry.ingestion.columns import COLUMNS, Column
from registry.ingestion.regulator_words import (
    CHANGE_ITEMS,
    CHECK_KINDS,
    EXIT_PROCEDURES,
    EXIT_WORDS,
    FILING_WAYS,
    LISTING_REASONS,
    PUBLICATION_WORDS,
    REMOVAL_REASONS,
    RESULT_WORDS,
)
from registry.ingestion.tables import Table
from registry.ingestion.words import choice, choices

_BY_FIELD: Final = {column.field: column for column in COLUMNS}
DATE_CHECKS: Final = ("DATE_FORMAT", "DATE_INCOMPLETE", "DATE_IMPOSSIBLE", "DATE_IN_FUTURE")
_AS_DATE: Final = "写成 2020-03-01 或 2020年3月1日。"
_CODE_CHECKS: Final = ("CODE_MISSING", "USCC_LENGTH", "USCC_CHECK", "NOT_A_COOP", "OTHER_DIVISION")


def identity(code: tuple[str, ...] = (), name: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns that say which society a row is about, with further headings of a source."""
    by_code = _BY_FIELD["uscc"]
    by_name = _BY_FIELD["name"]
    return (
        replace(
            by_code,
            headings=(*by_code.headings, *code),
            how="18 位，按“文本”格式填写；只有旧注册号的填在“注册号”一列。",
            checks=_CODE_CHECKS,
        ),
        replace(
            by_name,
            headings=(*by_name.headings, *name),
            how="营业执照上的全称，用来核对代码。",
            checks=("NAME_CONFLICT", "TEXT_TOO_LONG", "WRONG_TYPE"),
        ),
        replace(
            _BY_FIELD["registration_no"],
            how="13 至 15 位旧注册号，没有可不填。",
            checks=("REGISTRATION_NO_FORMAT",),
        ),
    )


def a_day(name: str, label: str, headings: tuple[str, ...], *, needed: bool = False) -> Column:
    """Return a column of days; a needed one must be there and filled."""
    return Column(
        name,
        label,
        headings,
        dates.date,
        required=needed,
        needed=needed,
        repeats=True,
        how=_AS_DATE,
        checks=(*(("VALUE_MISSING",) if needed else ()), *DATE_CHECKS),
    )


def an_office(name: str, label: str, headings: tuple[str, ...]) -> Column:
    """Return a column of authorities."""
    return Column(
        name,
        label,
        headings,
        label_text(100),
        fill_down=True,
        repeats=True,
        how="机关全称。",
        checks=("TEXT_TOO_LONG", "MERGED_FILLED"),
    )


def a_word(
    key: str,
    label: str,
    headings: tuple[str, ...],
    words: Mapping[str, str],
    how: str,
    *,
    needed: bool = False,
    several: bool = False,
) -> Column:
    """Return a column of words from a closed list; `key` is "source.field"."""
    make = choices if several else choice
    return Column(
        key.partition(".")[2],
        label,
        headings,
        make(key, label, words),
        required=needed,
        needed=needed,
        repeats=True,
        how=how,
        checks=(*(("VALUE_MISSING",) if needed else ()), "UNKNOWN_WORD"),
    )


# --- list of abnormal operations ---

ABNORMAL: Final = Table(
    "abnormal",
    "经营异常名录",
    (
        *identity(),
        a_word(
            "abnormal.reason", "列入原因",
            ("列入原因", "列入经营异常名录原因", "列入事由", "异常原因", "列入异常名录原因"),
            LISTING_REASONS,
            "合作社只有三种：未按期公示年度报告、年度报告弄虚作假、通过登记的住所无法联系。",
            needed=True,
        ),
        a_day("listed_on", "列入日期", ("列入日期", "列入时间", "列入名录日期"), needed=True),
        an_office("authority", "列入决定机关", ("列入决定机关", "列入机关", "作出列入决定机关")),
        Column(
            "decision_no", "列入决定文号", ("列入决定文号", "列入文号", "决定文号", "列入决定书文号"),
            label_text(80), how="没有可不填。", checks=("TEXT_TOO_LONG",),
        ),
        a_word(
            "abnormal.removal_reason", "移出原因",
            ("移出原因", "移出经营异常名录原因", "移出事由"),
            REMOVAL_REASONS,
            "已补报年度报告、已更正年度报告、已变更登记住所、已重新取得联系、已注（吊）销之一；尚未移出的不填。",
        ),
        a_day("removed_on", "移出日期", ("移出日期", "移出时间")),
        an_office("removal_authority", "移出决定机关", ("移出决定机关", "移出机关", "作出移出决定机关")),
    ),
    checks=(
        other_division,
        statement_checks.not_ahead(("listed_on", "列入日期"), ("removed_on", "移出日期")),
        statement_checks.in_order(("listed_on", "列入日期"), ("removed_on", "移出日期")),
        statement_checks.removal_is_dated,
    ),
    telling=frozenset({"reason", "listed_on", "authority", "removal_reason", "removed_on"}),
    record=("reason", "listed_on"),
)  # fmt: skip

# --- spot checks ---


def _gravest_result(value: Values, _quarter: str) -> Mapping[str, str]:
    main = statement_checks.first_of(tuple(RESULT_WORDS), value("results"))
    return {"result": main} if main else {}


SPOT_CHECK: Final = Table(
    "spot-check",
    "抽查检查",
    (
        *identity(),
        an_office("authority", "检查机关", ("检查机关", "抽查机关", "检查实施机关", "检查部门")),
        a_day(
            "checked_on", "检查日期",
            ("检查日期", "检查时间", "抽查日期", "抽查时间", "抽查检查日期"), needed=True,
        ),
        a_word(
            "spot-check.kind", "检查类型", ("检查类型", "抽查类型", "类型"), CHECK_KINDS,
            "不定向抽查、定向抽查、专项检查之一，没有可不填。",
        ),
        a_word(
            "spot-check.results", "抽查结果",
            ("抽查结果", "检查结果", "抽查检查结果", "抽查（检查）结果"), RESULT_WORDS,
            "写结果的文字，不写代号：各地代号不同。多项结果用顿号隔开。",
            needed=True, several=True,
        ),
        a_day("published_on", "结果公示日期", ("结果公示日期", "结果公示时间", "公示日期", "公示时间")),
    ),
    checks=(
        other_division,
        statement_checks.not_ahead(("checked_on", "检查日期"), ("published_on", "结果公示日期")),
        statement_checks.in_order(("checked_on", "检查日期"), ("published_on", "结果公示日期")),
    ),
    telling=frozenset({"authority", "checked_on", "results"}),
    record=("checked_on", "authority"),
    derive=_gravest_result,
)  # fmt: skip

# --- deregistration and revocation ---

DEREGISTRATION: Final = Table(
    "deregistration",
    "注销吊销",
    (
        *identity(),
        a_word(
            "deregistration.kind", "登记状态",
            ("登记状态", "注销/吊销", "注吊销状态", "类别", "企业状态", "状态", "经营状态"), EXIT_WORDS,
            "注销、吊销、吊销已注销、撤销、拟注销之一。吊销不是注销，请分别填写。",
            needed=True,
        ),
        a_day(
            "happened_on", "注销/吊销日期",
            (
                "注销/吊销日期", "注销吊销日期", "注吊销日期", "注销日期", "吊销日期",
                "注销/吊销时间", "核准注销日期", "注（吊）销日期", "公告日期",
            ),
            needed=True,
        ),
        Column(
            "reason", "注销/吊销原因",
            ("注销/吊销原因", "注销吊销原因", "注吊销原因", "注销原因", "吊销原因", "注（吊）销原因"),
            text(300, "注销/吊销原因"), how="照决定书或申请书填写。", checks=("TEXT_TOO_LONG",),
        ),
        a_word(
            "deregistration.procedure", "办理方式",
            ("办理方式", "办理方式(一般/简易)", "注销方式", "注销类型"), EXIT_PROCEDURES,
            "注销的填一般或简易；吊销的不填。",
        ),
        an_office("authority", "登记机关", ("登记机关", "决定机关", "办理机关", "注销机关", "吊销机关")),
    ),
    checks=(other_division, statement_checks.not_ahead(("happened_on", "注销/吊销日期"))),
    telling=frozenset({"happened_on", "reason", "procedure"}),
    record=("kind", "happened_on"),
)  # fmt: skip

# --- statutory annual reports ---

_LAST_DAY_TO_REPORT: Final = "06-30"


def _punctuality(value: Values, _quarter: str) -> Mapping[str, str]:
    """A report is on time by 30 June of the next year (Order 70 of 2014, article 4)."""
    year, published = value("report_year"), value("published_on")
    if not (year and published and value("state") == "published"):
        return {}
    return {"on_time": "1" if published <= f"{int(year) + 1}-{_LAST_DAY_TO_REPORT}" else "0"}


REPORT_PUBLICATION: Final = Table(
    "report-publication",
    "年报公示",
    (
        *identity(),
        Column(
            "report_year", "报送年度",
            ("报送年度", "年报年度", "年报年份", "报告年度", "年度", "年报时间"), dates.year,
            required=True, needed=True, repeats=True,
            how="四位年份：2020 年的情况填 2020。",
            checks=("VALUE_MISSING", "YEAR_FORMAT", "YEAR_AHEAD"),
        ),
        a_word(
            "report-publication.state", "年报状态", ("年报状态", "公示状态", "报送状态", "年报情况"),
            PUBLICATION_WORDS, "已公示、已报送未公示、未报送、无需报送之一。", needed=True,
        ),
        a_day("published_on", "公示日期", ("公示日期", "公示时间", "年报公示日期", "报送日期")),
        a_word(
            "report-publication.filing_way", "报送方式", ("报送方式", "年报方式", "填报方式"),
            FILING_WAYS, "网上或纸质，没有可不填。",
        ),
    ),
    checks=(
        other_division,
        statement_checks.not_ahead(("published_on", "公示日期")),
        statement_checks.report_is_possible,
    ),
    telling=frozenset({"report_year", "state", "filing_way"}),
    record=("report_year",),
    derive=_punctuality,
)  # fmt: skip

# --- changes of registration ---

CHANGES: Final = Table(
    "registration-changes",
    "变更登记",
    (
        *identity(),
        a_word(
            "registration-changes.item", "变更事项", ("变更事项", "变更项目", "变更内容"),
            CHANGE_ITEMS, "一行写一项：名称、法定代表人、住所、出资总额、业务范围、成员等。",
            needed=True,
        ),
        Column(
            "before", "变更前内容", ("变更前内容", "变更前", "原内容"),
            text(4_000, "变更前内容", many_lines=True), how="照登记档案填写。", checks=("TEXT_TOO_LONG",),
        ),
        Column(
            "after", "变更后内容", ("变更后内容", "变更后", "新内容"),
            text(4_000, "变更后内容", many_lines=True), how="照登记档案填写。", checks=("TEXT_TOO_LONG",),
        ),
        a_day("changed_on", "变更日期", ("变更日期", "变更时间", "核准变更日期"), needed=True),
    ),
    checks=(other_division, statement_checks.not_ahead(("changed_on", "变更日期"))),
    telling=frozenset({"item", "before", "after", "changed_on"}),
    record=("item", "changed_on"),
)  # fmt: skip
