"""Members on the last day of the year, and who works there."""

from registry.reporting.fields import (
    COUNT,
    ReportField,
    Section,
    count,
)

MEMBERS = Section(
    "members",
    "成员与从业人员",
    "按报告年度 12 月 31 日填。成员包括已入社但尚未到登记机关备案的，可以多于登记数。",
    (
        count("members_total", "成员总数", "名", "等于下面几类之和。", statutory=4, open=True),
        count(
            "farmers",
            "其中：农民成员",
            "名",
            "至少占成员总数的百分之八十。",
            statutory=5,
            open=True,
        ),
        count("other_persons", "其中：非农民自然人成员", "名"),
        count("units", "其中：企业、事业单位、社会组织成员", "个", "联合社填成员社个数。"),
        count("joined", "本年度新增成员", "名", statutory=6),
        count("left", "本年度退出成员", "名", statutory=7),
        count(
            "employees",
            "从业人数",
            "人",
            "领取报酬的人员，含季节性用工折算；没有填 0。",
            public=True,
            statutory=8,
        ),
        ReportField("women", "其中：女性从业人数", COUNT, unit="人", public=True, statutory=10),
        count(
            "driven_households",
            "带动非成员农户",
            "户",
            "不是成员、但与本社有交易的农户；没有填 0。",
        ),
    ),
)
