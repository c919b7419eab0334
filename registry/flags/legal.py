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
REPORTING_RULES = "农民专业合作社年度报告公示暂行办法"
REPORTING_RULES_IN_FORCE = dt.date(2014, 10, 1)
CLEAN_UP = "开展农民专业合作社“空壳社”专项清理工作方案"
CLEAN_UP_IN_FORCE = dt.date(2019, 2, 19)
TWO_YEARS_IDLE = Citation(
    COOPERATIVES_LAW,
    "第七十一条",
    "连续两年未从事经营活动的，吊销其营业执照（由登记机关依法作出，须先查实）。",
)
YEAR_WITHOUT_BUSINESS = Citation(
    PILOT, "", "最近一个年度没有营业收入和购销的，须核实是暂停还是停业。", statute=False
)
YEARLY_REPORT = Citation(
    COOPERATIVES_LAW,
    "第十七条",
    "农民专业合作社应当按照国家有关规定，向登记机关报送年度报告，并向社会公示。",
)
REPORT_BY_JUNE = Citation(
    REPORTING_RULES,
    "第四条",
    "应当于每年1月1日至6月30日报送上一年度报告，并向社会公示。",
    since=REPORTING_RULES_IN_FORCE,
)
REPORTS_MISSED_TWICE = Citation(
    PILOT, "", "连续两个年度未公示年度报告的，优先核实是否已停止经营。", statute=False
)
CLEAN_UP_FOCUS = Citation(
    CLEAN_UP,
    "（中农发〔2019〕3号）",
    "以列入经营异常名录、抽查检查结果异常以及群众反映、举报的合作社为重点开展排查。",
    since=CLEAN_UP_IN_FORCE,
)
UNREACHABLE = Citation(
    REPORTING_RULES,
    "第十二条",
    "通过登记的住所无法取得联系的，列入经营异常名录。",
    since=REPORTING_RULES_IN_FORCE,
)
CHECKED_WITHIN = Citation(
    PILOT, "", "抽查结果的回看月数由区里约定；较早的结果不再作为线索。", statute=False
)
MEMBERS_MONEY = Citation(
    PILOT, "", "一名成员的出资占全社绝大部分的，须核实其他成员是否只是挂名。", statute=False
)
MEMBERS_TRADE = Citation(
    PILOT, "", "交易几乎全部发生在一名成员与本社之间的，须核实其他成员是否参与经营。", statute=False
)
ONE_HOUSEHOLD = Citation(
    PILOT, "", "成员大多同属一户的，须核实是否有本户以外的农民参加。", statute=False
)
ONE_SURNAME = Citation(
    PILOT,
    "",
    "成员大多同姓同村的小社，只作为提示：不少村本就以一姓为主，必须由人核实。",
    statute=False,
)
TAX_SILENCE = Citation(
    PILOT, "", "没有税务登记、被列为非正常户或长期零申报的，须核实是否仍在经营。", statute=False
)
NOTHING_FOUND = Citation(
    PILOT, "", "多次实地走访都没有在登记住所找到该社的，须核实是否只有执照。", statute=False
)
