"""Assemblies, councils and disclosure: what was held, and what honestly was not."""

from registry.reporting.fields import (
    CHOICE,
    DAY,
    HELD,
    MET,
    NOT_HELD,
    TEXT,
    YES_NO,
    ReportField,
    Section,
    count,
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
        count("assemblies_held", "召开次数", "次", when=MET),
        ReportField(
            "assembly_on",
            "审议本年度报告的大会日期",
            DAY,
            "可以在次年召开；还没有审议的选“不适用”。",
            when=MET,
            spared=True,
        ),
        count(
            "attendance",
            "到会成员",
            "名",
            "最近一次大会；应有成员总数三分之二以上。",
            when=MET,
            figure="",
            spared=True,
        ),
        count("council_meetings", "理事会会议次数", "次", spared=True),
        count("supervisor_meetings", "监事会（执行监事）会议次数", "次", spared=True),
        count("additional_votes", "附加表决权总票数", "票", "章程没有规定的填 0。", figure=""),
        count(
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
        count(
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
