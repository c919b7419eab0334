"""The one table of the annual report: sections and fields (domain §4.2, §4.3).

Form, checks, readable page, print, workbook, and the sheet in the order of the national publicity
system are all made from it. A field's key is stored in drafts and versions for ever.
"""

from registry.reporting.fields import (
    ACTIVE,
    AREA,
    AT_WORK,
    CHOICE,
    COUNT,
    DAY,
    HAVE,
    HELD,
    IDLE,
    INSURED,
    LINES,
    LONG,
    MET,
    MONEY,
    NOT_HELD,
    TEXT,
    YES_NO,
    ReportField,
    Section,
)


def _money(key: str, label: str, help_text: str = "", **more: object) -> ReportField:
    facts = {"figure": key, "unit": "元", **more}
    return ReportField(key, label, MONEY, help_text, **facts)  # type: ignore[arg-type]


def _count(key: str, label: str, unit: str, help_text: str = "", **more: object) -> ReportField:
    facts = {"figure": key, "unit": unit, **more}
    return ReportField(key, label, COUNT, help_text, **facts)  # type: ignore[arg-type]


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

MEMBERS = Section(
    "members",
    "成员与从业人员",
    "按报告年度 12 月 31 日填。成员包括已入社但尚未到登记机关备案的，可以多于登记数。",
    (
        _count("members_total", "成员总数", "名", "等于下面几类之和。", statutory=4, open=True),
        _count(
            "farmers",
            "其中：农民成员",
            "名",
            "至少占成员总数的百分之八十。",
            statutory=5,
            open=True,
        ),
        _count("other_persons", "其中：非农民自然人成员", "名"),
        _count("units", "其中：企业、事业单位、社会组织成员", "个", "联合社填成员社个数。"),
        _count("joined", "本年度新增成员", "名", statutory=6),
        _count("left", "本年度退出成员", "名", statutory=7),
        _count(
            "employees",
            "从业人数",
            "人",
            "领取报酬的人员，含季节性用工折算；没有填 0。",
            public=True,
            statutory=8,
        ),
        ReportField("women", "其中：女性从业人数", COUNT, unit="人", public=True, statutory=10),
        _count(
            "driven_households",
            "带动非成员农户",
            "户",
            "不是成员、但与本社有交易的农户；没有填 0。",
        ),
    ),
)

GOVERNANCE = Section(
    "governance",
    "民主管理与社务公开",
    "填报告年度内的实际情况。没有召开、没有公开的如实选择，不影响提交。",
    (
        ReportField(
            "assembly",
            "成员（代表）大会",
            CHOICE,
            "每年至少应召开一次。",
            choices=(
                (HELD, "已召开"),
                (NOT_HELD, "未召开成员大会"),
            ),
        ),
        _count("assemblies_held", "召开次数", "次", when=MET),
        ReportField(
            "assembly_on",
            "审议本年度报告的大会日期",
            DAY,
            "可以在次年召开；还没有审议的选“不适用”。",
            when=MET,
            spared=True,
        ),
        _count(
            "attendance",
            "到会成员",
            "名",
            "最近一次大会；应有成员总数三分之二以上。",
            when=MET,
            figure="",
            spared=True,
        ),
        _count("council_meetings", "理事会会议次数", "次", spared=True),
        _count("supervisor_meetings", "监事会（执行监事）会议次数", "次", spared=True),
        _count("additional_votes", "附加表决权总票数", "票", "章程没有规定的填 0。", figure=""),
        _count(
            "disclosures", "社务公开次数", "次", "向成员公开财务和社务的次数；没有填 0。", open=True
        ),
        ReportField(
            "disclosed_items",
            "公开的内容",
            TEXT,
            "例如：财务收支、盈余分配、财政补助使用。",
            needed=False,
            most=200,
        ),
        _count(
            "accounts_kept", "已建成员账户", "个", "出资额、公积金份额、交易量（额）三项齐全的。"
        ),
        ReportField(
            "accounts_opened",
            "盈余分配方案等提前十五日供成员查阅",
            CHOICE,
            choices=(*YES_NO, ("none", "本年度没有分配方案")),
        ),
    ),
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
        _money(
            "operating_income",
            "销售额或营业收入",
            "不含财政补助、捐赠和成员自己的收入。",
            when=AT_WORK,
            public=True,
            statutory=20,
        ),
        _money("purchased_for_members", "统一购买农业投入品金额", when=AT_WORK, spared=True),
        _money("sold_for_members", "统一销售农产品金额", when=AT_WORK, spared=True),
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
        _money("tax_paid", "纳税金额", "没有填 0。", public=True, statutory=22),
        _money("subsidies", "获得政府扶持资金、补助", "没有填 0。", public=True, statutory=23),
        _money("loans", "年末金融贷款余额", "没有填 0。", public=True, statutory=24),
        _money("total_assets", "年末资产总额"),
        _money("fixed_assets", "其中：固定资产净值", "原值减去折旧。"),
        _money("equity", "年末所有者权益", "资不抵债的填负数。", signed=True),
    ),
)

SURPLUS = Section(
    "surplus",
    "盈余与分配",
    "可分配盈余 = 当年盈余弥补亏损、提取公积金之后的部分，不是盈余总额。",
    (
        _money("surplus", "盈余总额", "亏损填负数。", signed=True, public=True, statutory=21),
        _money("reserve_taken", "提取公积金", "没有提取填 0。"),
        _money("distributable_surplus", "可分配盈余", "没有填 0。"),
        _money(
            "returned_by_volume", "其中：按交易量（额）返还成员", "不得低于可分配盈余的百分之六十。"
        ),
        _money("returned_by_contribution", "其中：按出资等比例分配成员"),
    ),
)

_INSURANCES = (
    ("pension", "职工基本养老保险"),
    ("unemployment", "失业保险"),
    ("medical", "职工基本医疗保险"),
    ("injury", "工伤保险"),
    ("maternity", "生育保险"),
)


def _insurance() -> tuple[ReportField, ...]:
    fields = [
        ReportField("insured", "为从业人员参加社会保险", CHOICE, choices=HAVE, last=True),
    ]
    for place, (key, label) in enumerate(_INSURANCES):
        fields += [
            ReportField(
                f"{key}_people",
                f"{label}：参保人数",
                COUNT,
                unit="人",
                when=INSURED,
                statutory=30 + place,
            ),
            ReportField(
                f"{key}_base",
                f"{label}：单位缴费基数",
                MONEY,
                unit="元",
                when=INSURED,
                spared=True,
                public=True,
                statutory=40 + place,
            ),
            ReportField(
                f"{key}_paid",
                f"{label}：本期实际缴费金额",
                MONEY,
                unit="元",
                when=INSURED,
                spared=True,
                public=True,
                statutory=50 + place,
            ),
            ReportField(
                f"{key}_owed",
                f"{label}：单位累计欠缴金额",
                MONEY,
                unit="元",
                when=INSURED,
                spared=True,
                public=True,
                statutory=60 + place,
            ),
        ]
    return tuple(fields)


INSURANCE = Section("insurance", "社会保险", "没有参保的选“没有”，其余不必填。", _insurance())

OTHERS = Section(
    "others",
    "许可、网站、分支机构与其他",
    "没有的选“不适用”。一行写一项，各项之间用逗号隔开。",
    (
        ReportField(
            "licences",
            "行政许可",
            LINES,
            "例：动物防疫条件合格证，长期有效",
            spared=True,
            statutory=70,
            last=True,
            most=1000,
        ),
        ReportField(
            "sites",
            "网站、网店",
            LINES,
            "例：网店，春风脆李，网址",
            spared=True,
            statutory=71,
            last=True,
            most=1000,
        ),
        ReportField(
            "branches",
            "分支机构",
            LINES,
            "例：春风合作社碑庙分社，注册号",
            spared=True,
            statutory=72,
            last=True,
            most=1000,
        ),
        ReportField(
            "certificates",
            "农产品认证",
            LINES,
            "绿色、有机、地理标志等。例：绿色食品，脆李，至2023年5月",
            spared=True,
            last=True,
            open=True,
            most=1000,
        ),
        ReportField("trademark", "注册商标", TEXT, spared=True, last=True, open=True),
        ReportField(
            "title",
            "示范社等级",
            CHOICE,
            choices=(
                ("none", "不是示范社"),
                ("county", "区级"),
                ("city", "市级"),
                ("province", "省级"),
                ("nation", "国家级"),
            ),
            last=True,
            open=True,
        ),
        ReportField("party_members", "党员人数", COUNT, unit="人"),
        ReportField("notes", "其他需要说明的情况", LONG, needed=False, most=1000),
    ),
)

SECTIONS: tuple[Section, ...] = (
    BASIC,
    MEMBERS,
    GOVERNANCE,
    BUSINESS,
    SURPLUS,
    INSURANCE,
    OTHERS,
)
SECTIONS_BY_KEY = {section.key: section for section in SECTIONS}
FIELDS = {each.key: each for section in SECTIONS for each in section.fields}
SECTION_OF = {each.key: section.key for section in SECTIONS for each in section.fields}
STATUTORY = sorted((f for f in FIELDS.values() if f.statutory), key=lambda f: f.statutory)
OPEN_FIELDS = tuple(f.key for f in FIELDS.values() if f.open)
