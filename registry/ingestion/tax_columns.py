"""The table that the tax bureau sends: registration and declarations, quarter by quarter."""

from collections.abc import Mapping
from typing import Final

from registry.ingestion import amounts, quarters, statement_checks
from registry.ingestion.checks import Values, other_division
from registry.ingestion.columns import Column
from registry.ingestion.regulator_columns import a_day, a_word, identity
from registry.ingestion.tables import Table

_YES_NO: Final = {
    "1": "是 有 已办理 已登记 已办 y yes √",
    "0": "否 没有 未办理 未登记 未办 n no ×",
}
_STATES: Final = {
    "normal": "正常 开业 正常户 正常经营 在业",
    "suspended": "停业 停业登记 暂停",
    "abnormal": "非正常 非正常户 非正常户认定",
    "abnormal_closed": "非正常户注销 非正常注销",
    "clearing": "清算 清算中",
    "deregistered": "注销 已注销 注销税务登记",
    "not_registered": "未办理税务登记 未登记 未办理 未办税务登记 未报到",
}
_KINDS: Final = {
    "general": "一般纳税人 增值税一般纳税人 一般",
    "small": "小规模纳税人 增值税小规模纳税人 小规模",
}


def _follows(value: Values, quarter: str) -> Mapping[str, str]:
    """What a row says without writing it: its quarter, that a state means a registration."""
    found = {"as_of": value("as_of") or quarters.last_day(quarter)}
    state = value("state")
    if state and not value("registered"):
        found["registered"] = "0" if state == "not_registered" else "1"
    if value("declared_sales") == "0.00" and not value("zero_declared"):
        found["zero_declared"] = "1"
    return found


TAX: Final = Table(
    "tax",
    "税务登记",
    (
        *identity(("纳税人识别号", "税号", "社会信用代码（纳税人识别号）"), ("纳税人名称",)),
        Column(
            "as_of", "所属季度", ("所属季度", "所属期", "税款所属期", "数据所属期"),
            quarters.quarter_end, repeats=True,
            how="写成 2021年一季度 或 2021Q1；不填就是报送时所选的季度。",
            checks=("DATE_FORMAT",),
        ),
        a_word(
            "tax.registered", "是否办理税务登记",
            ("是否办理税务登记", "是否税务登记", "税务登记", "是否办理"), _YES_NO, "是或否。",
        ),
        a_day("registered_on", "税务登记日期", ("税务登记日期", "登记日期", "税务登记时间", "办证日期")),
        a_word(
            "tax.state", "纳税人状态", ("纳税人状态", "纳税状态", "税务状态", "登记状态", "状态"),
            _STATES, "正常、停业、非正常户、非正常户注销、清算、注销、未办理税务登记之一。", needed=True,
        ),
        a_word(
            "tax.taxpayer_kind", "纳税人类型", ("纳税人类型", "纳税人资格", "增值税纳税人类型"),
            _KINDS, "一般纳税人或小规模纳税人。",
        ),
        a_word(
            "tax.zero_declared", "是否零申报", ("是否零申报", "零申报", "本季是否零申报"), _YES_NO,
            "本季度各期申报的销售额都是零填“是”。不掌握的不填，不要填“否”。",
        ),
        Column(
            "declared_sales", "申报销售额",
            ("申报销售额", "销售额", "应税销售额", "本季销售额", "销售收入", "申报收入"),
            amounts.money, heading="申报销售额(元)",
            how="数字，单位写在表头：元或万元。零填 0；不掌握的不填。",
            checks=("AMOUNT_FORMAT", "AMOUNT_WITHOUT_UNIT", "NEGATIVE"),
        ),
        Column(
            "invoice_count", "开票份数",
            ("开票份数", "发票份数", "开具发票份数", "开票数量", "领用发票份数"),
            amounts.whole_number, repeats=True, how="整数。零填 0。",
            checks=("NUMBER_FORMAT", "NUMBER_NOT_WHOLE", "NEGATIVE"),
        ),
        a_day("last_declared_on", "最近申报日期", ("最近申报日期", "最后申报日期", "最近一次申报日期")),
    ),
    checks=(
        other_division,
        statement_checks.not_ahead(
            ("registered_on", "税务登记日期"), ("last_declared_on", "最近申报日期")
        ),
    ),
    telling=frozenset({"registered", "state", "taxpayer_kind", "zero_declared", "declared_sales"}),
    money="declared_sales",
    record=("as_of",),
    derive=_follows,
)  # fmt: skip
