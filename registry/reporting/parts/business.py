"""Whether the society was active, and its money in yuan."""

from registry.reporting.fields import (
    ACTIVE,
    AREA,
    AT_WORK,
    CHOICE,
    IDLE,
    ReportField,
    Section,
    money,
)

BUSINESS = Section(
    "business",
    "生产经营",
    "金额一律以元为单位，可以写“12万”，旁边会写出大写金额供核对。没有发生的填 0。",
    (
        ReportField(
            "activity",
            "本年度经营情况",
            CHOICE,
            choices=(
                (ACTIVE, "有经营活动"),
                (IDLE, "本年度无经营"),
            ),
            open=True,
        ),
        money(
            "operating_income",
            "销售额或营业收入",
            "不含财政补助、捐赠和成员自己的收入。",
            when=AT_WORK,
            public=True,
            statutory=20,
        ),
        money("purchased_for_members", "统一购买农业投入品金额", when=AT_WORK, spared=True),
        money("sold_for_members", "统一销售农产品金额", when=AT_WORK, spared=True),
        ReportField(
            "base_area",
            "生产基地面积",
            AREA,
            unit="亩",
            figure="base_area",
            when=AT_WORK,
            spared=True,
            last=True,
        ),
        money("tax_paid", "纳税金额", "没有填 0。", public=True, statutory=22),
        money("subsidies", "获得政府扶持资金、补助", "没有填 0。", public=True, statutory=23),
        money("loans", "年末金融贷款余额", "没有填 0。", public=True, statutory=24),
        money("total_assets", "年末资产总额"),
        money("fixed_assets", "其中：固定资产净值", "原值减去折旧。"),
        money("equity", "年末所有者权益", "资不抵债的填负数。", signed=True),
    ),
)
