"""How the society is reached, and what it does."""

from registry.reporting.fields import (
    CHOICE,
    LONG,
    TEXT,
    YES_NO,
    ReportField,
    Section,
)

BASIC = Section(
    "basic",
    "基本情况",
    "名称、代码、住所、理事长取自登记信息，有误请先向登记机关办理变更。",
    (
        ReportField(
            "phone", "联系电话", TEXT, "便于联系的固定电话或手机。", most=30, statutory=1, last=True
        ),
        ReportField(
            "email", "电子邮箱", TEXT, needed=False, spared=True, most=80, statutory=2, last=True
        ),
        ReportField("address", "通信地址", TEXT, "与住所相同的不必改。", statutory=3),
        ReportField("contact_person", "填报联系人", TEXT, "不公示。", most=40, last=True),
        ReportField(
            "main_business",
            "主营业务活动",
            LONG,
            "实际在做的业务，不必照抄营业执照。",
            most=300,
            statutory=9,
        ),
        ReportField(
            "product_type",
            "合作社类型",
            CHOICE,
            choices=(
                ("planting", "种植类"),
                ("breeding", "养殖类"),
                ("service", "服务类"),
                ("marketing", "营销类"),
            ),
            last=True,
            open=True,
        ),
        ReportField(
            "main_product",
            "主导产品",
            TEXT,
            "产量或收入最大的一种。",
            most=60,
            last=True,
            open=True,
        ),
        ReportField("credit_cooperation", "开展内部信用合作", CHOICE, choices=YES_NO, last=True),
    ),
)
