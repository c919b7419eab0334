"""Each citation once: law, article, gist, and since when it holds."""

import datetime as dt
from dataclasses import dataclass

COOPERATIVES_LAW = "农民专业合作社法（2017年修订）"
IN_FORCE = dt.date(2018, 7, 1)
REGISTRATION_RULES = "市场主体登记管理条例实施细则"
REGISTRATION_RULES_IN_FORCE = dt.date(2022, 3, 1)
PILOT = "质量提升整县推进试点工作约定"


@dataclass(frozen=True)
class Citation:
    """A provision that a rule rests on; `statute` is false for the bureau's own convention."""

    law: str
    article: str
    gist: str
    since: dt.date = IN_FORCE
    statute: bool = True

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}" if self.statute else self.law


FIVE_MEMBERS = Citation(
    COOPERATIVES_LAW, "第十二条第一项", "设立农民专业合作社，应当有五名以上符合规定的成员。"
)
UNION_OF_THREE = Citation(
    COOPERATIVES_LAW, "第五十六条", "三个以上的农民专业合作社可以出资设立联合社。"
)
FARMERS_FOUR_FIFTHS = Citation(
    COOPERATIVES_LAW, "第二十条第一款", "成员中农民至少应当占成员总数的百分之八十。"
)
FARMERS_RESTORED = Citation(
    REGISTRATION_RULES,
    "第三十九条第二款",
    "成员变更使农民成员低于法定比例的，应当自事由发生之日起六个月内恢复。",
    since=REGISTRATION_RULES_IN_FORCE,
)
FEW_UNITS = Citation(
    COOPERATIVES_LAW,
    "第二十条第二款",
    "成员总数二十人以下的，可以有一个企业、事业单位或者社会组织成员；"
    "超过二十人的，这类成员不得超过成员总数的百分之五。",
)
ONE_POST = Citation(
    COOPERATIVES_LAW,
    "第三十七条",
    "理事长、理事、经理不得兼任业务性质相同的其他农民专业合作社的理事长、理事、监事、经理。",
)
LIQUIDATION = Citation(
    COOPERATIVES_LAW,
    "第四十八条",
    "被吊销营业执照的应当解散，并在十五日内成立清算组开始解散清算。",
)
SIX_MONTHS_AFTER_REVOCATION = Citation(
    REGISTRATION_RULES,
    "第六十七条",
    "被吊销营业执照，六个月内未办理清算组公告或者未申请注销登记的，登记机关可以作出特别标注并公示。",
    since=REGISTRATION_RULES_IN_FORCE,
)
UNIT_OF_MONEY = Citation(
    PILOT, "", "出资总额异常偏大，多为“元”与“万元”混填，须核对登记档案。", statute=False
)
SHARED_ADDRESS = Citation(
    PILOT, "", "多家合作社登记在同一住所，须核实是否各自独立运行。", statute=False
)
FOUNDED_TOGETHER = Citation(
    PILOT, "", "同一天成立且法定代表人、电话或住所相同的，须核实是否集中挂名设立。", statute=False
)
