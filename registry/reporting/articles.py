"""Provisions that the report's fields and checks rest on, beside those that the rules cite."""

from registry.flags.legal import (
    COOPERATIVES_LAW,
    FARMERS_FOUR_FIFTHS,
    FEW_UNITS,
    FIVE_MEMBERS,
    Citation,
)

ANNUAL_REPORT = Citation(
    COOPERATIVES_LAW,
    "第十七条",
    "农民专业合作社应当按照国家有关规定，向登记机关报送年度报告，并向社会公示。",
)
ASSEMBLY = Citation(COOPERATIVES_LAW, "第三十一条", "成员大会每年至少召开一次。")
ACCOUNTS_OPEN = Citation(
    COOPERATIVES_LAW,
    "第四十条",
    "年度业务报告、盈余分配方案等，应于成员大会召开的十五日前置备于办公地点，供成员查阅。",
)
RESERVE = Citation(
    COOPERATIVES_LAW,
    "第四十二条",
    "可以从当年盈余中提取公积金，每年提取的公积金按章程量化为每个成员的份额。",
)
MEMBER_ACCOUNTS = Citation(
    COOPERATIVES_LAW,
    "第四十三条",
    "应当为每个成员设立成员账户，记载出资额、量化的公积金份额、与本社的交易量（额）。",
)
SURPLUS = Citation(
    COOPERATIVES_LAW,
    "第四十四条",
    "可分配盈余按成员与本社的交易量（额）比例返还的总额不得低于可分配盈余的百分之六十。",
)
VOTES = Citation(
    COOPERATIVES_LAW,
    "第二十二条",
    "附加表决权总票数，不得超过本社成员基本表决权总票数的百分之二十。",
)
ROSTER = Citation(COOPERATIVES_LAW, "第十九条", "应当置备成员名册，并报登记机关。")
TRUTH = Citation(
    COOPERATIVES_LAW,
    "第七十二条",
    "在依法向有关主管部门提供的报告中作虚假记载的，依法追究法律责任。",
)

__all__ = [
    "ACCOUNTS_OPEN",
    "ANNUAL_REPORT",
    "ASSEMBLY",
    "FARMERS_FOUR_FIFTHS",
    "FEW_UNITS",
    "FIVE_MEMBERS",
    "MEMBER_ACCOUNTS",
    "RESERVE",
    "ROSTER",
    "SURPLUS",
    "TRUTH",
    "VOTES",
]
