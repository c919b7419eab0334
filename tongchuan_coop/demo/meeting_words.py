"""What the demo's meetings talked about: topics, decisions, leads, days and what became of them."""

import datetime as dt
from dataclasses import dataclass

DONE, OPEN, REPORTED = "done", "open", "reported"


@dataclass(frozen=True)
class Made:
    """A decision: text, lead and helping units by code, day, and what became of it."""

    text: str
    lead: str
    helpers: tuple[str, ...]
    due: dt.date
    fate: str = DONE


@dataclass(frozen=True)
class Talk:
    """A topic with its paragraph, the units it concerns (none: all) and its decisions."""

    title: str
    text: str
    concerned: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """One meeting: the day it was held, and its topics."""

    held: dt.date
    talks: tuple[Talk, ...]


def _day(month: int, day: int, year: int = 2020) -> dt.date:
    return dt.date(year, month, day)


JOINT: dict[str, Sitting] = {
    "2020Q1": Sitting(
        _day(3, 27),
        (
            Talk(
                "启动质量提升整县推进试点",
                "区农业农村局通报试点方案。会议认为，家底不清是当前最突出的问题，须先摸清全区农民合作社底数。",
                made=(
                    Made("各成员单位确定一名联络员并报联席会议办公室", "nyncj", (), _day(4, 15)),
                    Made(
                        "按季度提供合作社登记信息，首次提供全量名单",
                        "scjgj",
                        ("nyncj",),
                        _day(4, 30),
                    ),
                ),
            ),
            Talk(
                "建立信息共享机制",
                "会议同意经营异常名录、抽查检查结果和税务登记情况在成员单位之间按字段、按期限共享。",
                ("scjgj", "swju"),
                (Made("按季度提供合作社税务登记情况", "swju", ("nyncj", "scjgj"), _day(4, 30)),),
            ),
        ),
    ),
    "2020Q2": Sitting(
        _day(6, 18),
        (
            Talk(
                "摸底排查进展",
                "各乡镇街道已开展入户摸底。会议要求对无场地、无人员、无业务的合作社逐一核实，不得只凭电话下结论。",
                made=(
                    Made(
                        "对连续两年未报送年度报告的合作社提出处理意见",
                        "scjgj",
                        ("nyncj", "swju"),
                        _day(8, 31),
                    ),
                ),
            ),
            Talk(
                "简易注销衔接",
                "会议研究了清税与注销登记衔接不畅的问题。",
                ("scjgj", "swju"),
                (Made("制定合作社清税、简易注销一次告知单", "swju", ("scjgj",), _day(7, 31)),),
            ),
        ),
    ),
    "2020Q3": Sitting(
        _day(9, 24),
        (
            Talk(
                "清理整顿",
                "会议审议了第一批拟注销名单，要求先告知、后注销，程序一步不少。",
                made=(
                    Made(
                        "组织罗江镇、碑庙镇现场批量注销日",
                        "scjgj",
                        ("swju", "nyncj"),
                        _day(11, 30),
                    ),
                    Made(
                        "核对财政补助形成资产的合作社名单，提出处置办法",
                        "czj",
                        ("nyncj", "fpkfj"),
                        _day(12, 31),
                        OPEN,
                    ),
                ),
            ),
            Talk(
                "金融支持",
                "会议听取了合作社贷款需求情况。",
                ("jrb", "nyncj"),
                (Made("编制合作社信贷产品清单并送各乡镇街道", "jrb", ("nyncj",), _day(11, 15)),),
            ),
        ),
    ),
    "2020Q4": Sitting(
        _day(12, 22),
        (
            Talk(
                "示范社评定",
                "会议听取了年度区级示范社评定安排，同意先清理、后评定。",
                made=(
                    Made(
                        "对拟评定合作社集中出具部门意见",
                        "nyncj",
                        ("scjgj", "swju", "zrzyj", "lyj"),
                        _day(3, 15, 2021),
                    ),
                ),
            ),
            Talk(
                "用地和水利设施",
                "会议研究了设施农业用地备案和小型水利设施管护问题。",
                ("zrzyj", "swj", "nyncj"),
                (
                    Made(
                        "办理合作社设施农业用地备案历史遗留问题",
                        "zrzyj",
                        ("nyncj",),
                        _day(5, 31, 2021),
                        OPEN,
                    ),
                    Made(
                        "明确合作社管护小型水利设施的补助办法", "swj", ("czj",), _day(4, 30, 2021)
                    ),
                ),
            ),
        ),
    ),
    "2021Q1": Sitting(
        _day(3, 25, 2021),
        (
            Talk(
                "部门数据不一致",
                "登记状态与税务状态不一致的合作社仍有一批，会议要求两部门逐户核对。",
                ("scjgj", "swju", "nyncj"),
                (
                    Made(
                        "逐户核对登记状态与税务状态不一致的合作社",
                        "scjgj",
                        ("swju",),
                        _day(6, 30, 2021),
                        OPEN,
                    ),
                    Made(
                        "核对税务非正常户名单并反馈联席会议办公室",
                        "swju",
                        ("scjgj",),
                        _day(7, 31, 2021),
                        REPORTED,
                    ),
                ),
            ),
            Talk(
                "供销社领办的合作社",
                "会议要求供销社对领办创办的合作社先行自查。",
                ("gxs", "nyncj"),
                (Made("完成领办合作社自查并报告结果", "gxs", (), _day(5, 31, 2021)),),
            ),
        ),
    ),
    "2021Q2": Sitting(
        _day(6, 24, 2021),
        (
            Talk(
                "清理整顿收尾",
                "会议认为，剩余案件多为人员失联，须公告送达后依法处理。",
                made=(
                    Made(
                        "对失联合作社统一公告，期满后依法办理",
                        "scjgj",
                        ("nyncj",),
                        _day(9, 30, 2021),
                    ),
                ),
            ),
            Talk(
                "信息共享的范围",
                "会议同意把抽查检查结果的共享范围扩大到林业和供销部门。",
                ("scjgj", "lyj", "gxs"),
                (
                    Made(
                        "调整名单共享的字段和接收部门",
                        "nyncj",
                        ("scjgj", "lyj", "gxs"),
                        _day(8, 15, 2021),
                    ),
                ),
            ),
            Talk(
                "迎接试点验收",
                "会议听取了试点指标完成情况，要求对照任务清单逐项自查。",
                made=(
                    Made(
                        "汇总各部门自查情况，形成试点工作总结初稿", "nyncj", (), _day(8, 31, 2021)
                    ),
                ),
            ),
        ),
    ),
}
LEADING: dict[str, Sitting] = {
    quarter: Sitting(
        held,
        (Talk("听取试点进展汇报", text, made=(Made(task, lead, (), due, fate),)),),
    )
    for quarter, held, text, task, lead, due, fate in (
        (
            "2020Q1",
            _day(3, 20),
            "领导小组听取了试点方案汇报，同意成立工作专班。",
            "印发试点工作领导小组成员名单和职责",
            "nyncj",
            _day(4, 10),
            DONE,
        ),
        (
            "2020Q2",
            _day(6, 11),
            "领导小组要求把试点列入年度重点工作督查。",
            "把试点任务列入年度督查事项",
            "fgj",
            _day(7, 15),
            DONE,
        ),
        (
            "2020Q3",
            _day(9, 17),
            "领导小组研究了工作经费问题。",
            "安排辅导员工作经费",
            "czj",
            _day(10, 31),
            DONE,
        ),
        (
            "2020Q4",
            _day(12, 15),
            "领导小组听取了年度工作总结。",
            "提出下一年度试点工作要点",
            "nyncj",
            _day(1, 20, 2021),
            DONE,
        ),
        (
            "2021Q1",
            _day(3, 18, 2021),
            "领导小组要求加快扶持政策落实。",
            "梳理合作社扶持政策并公布清单",
            "fgj",
            _day(6, 15, 2021),
            OPEN,
        ),
    )
}
