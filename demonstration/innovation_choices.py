"""Words that people see for codes of the innovation record (S-074 to S-081)."""

from django.db import models


class InnovationKind(models.TextChoices):
    """The eight things that the plan asks of societies in its sixth task."""

    CONTRIBUTION = "contribution", "出资方式"
    COLLECTIVE = "collective", "对接村集体股份合作社"
    POVERTY_SHARE = "poverty_share", "扶贫资金入股"
    JOBS = "jobs", "吸纳就业"
    FOUNDER = "founder", "领办创办人"
    THREE_IN_ONE = "three_in_one", "三位一体"
    CREDIT = "credit", "信用合作"
    INSURANCE = "insurance", "互助保险"


class Innovation(models.TextChoices):
    """The entries of each kind; contributions as in art. 13 of the law and S-075."""

    MONEY = "money", "货币出资"
    MACHINERY = "machinery", "农机具等实物作价"
    LAND_RIGHT = "land_right", "土地经营权作价"
    FOREST_RIGHT = "forest_right", "林权作价"
    HOMESTEAD_RIGHT = "homestead_right", "宅基地使用权作价"
    TECHNOLOGY = "technology", "知识产权和技术作价"
    BY_CHARTER = "by_charter", "章程规定的其他方式"
    SHARES = "shares", "集体股份合作社入股"
    ORDERS = "orders", "订单合作"
    ENTRUSTED = "entrusted", "委托经营"
    FISCAL_FUND = "fiscal_fund", "财政扶贫资金量化入股"
    AID_FUND = "aid_fund", "帮扶资金量化入股"
    JOBS_ALL = "jobs_all", "用工总数"
    JOBS_SMALL = "jobs_small", "小农户用工"
    JOBS_LOW = "jobs_low", "低收入农户用工"
    GRADUATE = "graduate", "高校毕业生"
    RETURNEE = "returnee", "返乡创业人员"
    NEW_FARMER = "new_farmer", "新型职业农民"
    PRODUCTION = "production", "生产合作"
    SUPPLY = "supply", "供销合作"
    CREDIT_SIDE = "credit_side", "信用合作（三位一体）"
    MUTUAL_FUND = "mutual_fund", "内部资金互助"
    MUTUAL_INSURANCE = "mutual_insurance", "互助保险试点"


_I, _K = Innovation, InnovationKind
INNOVATIONS_OF: dict[InnovationKind, tuple[Innovation, ...]] = {
    _K.CONTRIBUTION: (
        _I.MONEY,
        _I.MACHINERY,
        _I.LAND_RIGHT,
        _I.FOREST_RIGHT,
        _I.HOMESTEAD_RIGHT,
        _I.TECHNOLOGY,
        _I.BY_CHARTER,
    ),
    _K.COLLECTIVE: (_I.SHARES, _I.ORDERS, _I.ENTRUSTED),
    _K.POVERTY_SHARE: (_I.FISCAL_FUND, _I.AID_FUND),
    _K.JOBS: (_I.JOBS_ALL, _I.JOBS_SMALL, _I.JOBS_LOW),
    _K.FOUNDER: (_I.GRADUATE, _I.RETURNEE, _I.NEW_FARMER),
    _K.THREE_IN_ONE: (_I.PRODUCTION, _I.SUPPLY, _I.CREDIT_SIDE),
    _K.CREDIT: (_I.MUTUAL_FUND,),
    _K.INSURANCE: (_I.MUTUAL_INSURANCE,),
}
KIND_OF = {what: kind for kind, entries in INNOVATIONS_OF.items() for what in entries}

# What is asked of each kind beside year, document and note, in the words of that kind.
ASKED_OF: dict[InnovationKind, dict[str, str]] = {
    _K.CONTRIBUTION: {"households": "出资户数", "amount": "作价金额（元）"},
    _K.COLLECTIVE: {
        "name": "村集体股份经济合作社名称",
        "partner_code": "村集体股份经济合作社代码",
        "households": "带动户数",
        "amount": "入股或合作金额（元）",
    },
    _K.POVERTY_SHARE: {"households": "入股户数", "amount": "入股金额（元）"},
    _K.JOBS: {"people": "用工人数", "households": "涉及户数"},
    _K.FOUNDER: {"name": "领办创办人姓名"},
    _K.THREE_IN_ONE: {"name": "合作内容或合作单位", "households": "服务户数"},
    _K.CREDIT: {
        "households": "参加成员户数",
        "amount": "互助资金余额（元）",
        "outsiders": "参加的非成员人数",
        "fixed_return": "承诺的固定回报（%/年）",
    },
    _K.INSURANCE: {
        "name": "互助保险名称",
        "households": "参保户数",
        "amount": "互助保险资金（元）",
    },
}
NEEDED: dict[InnovationKind, tuple[str, ...]] = {
    _K.CONTRIBUTION: ("households", "amount"),
    _K.COLLECTIVE: ("name",),
    _K.POVERTY_SHARE: ("households", "amount"),
    _K.JOBS: ("people",),
    _K.FOUNDER: ("name",),
    _K.THREE_IN_ONE: ("name",),
    _K.CREDIT: ("households", "amount"),
    _K.INSURANCE: ("name",),
}
