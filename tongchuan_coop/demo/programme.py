"""The pilot of the document: 通区府发〔2020〕6号, March 2020 to December 2021."""

import datetime as dt
from random import Random

from accounts.models import User
from pilot.models import Phase, Programme
from pilot.programme_choices import ProgrammeLevel

NAME = "通川区农民合作社质量提升整县推进试点"
# The steps of the document's three phases (S-082 to S-086): name, first day, last day, content.
PHASES = (
    ("前期准备", (2020, 3, 1), (2020, 4, 30), "制定工作方案，宣传发动，建立联席会议制度。"),
    ("清查摸底", (2020, 5, 1), (2020, 5, 31), "清查摸底，制定倒排工作表，挂图作战、压茬推进。"),
    (
        "集中推进",
        (2020, 6, 1),
        (2020, 10, 31),
        "培训、准入退出、清理、辅导员机制和示范创建。",
    ),
    (
        "深化提升",
        (2020, 11, 1),
        (2021, 10, 31),
        "规范化建设、示范创建、产业振兴、联合与合作，自行预验收。",
    ),
    ("总结", (2021, 11, 1), (2021, 12, 31), "核查档案资料和完成情况，形成模式和典型经验。"),
)


def add_programme(known: dict[str, User], random: Random) -> None:
    """Set the pilot up with its phases."""
    del known, random
    programme, new = Programme.objects.get_or_create(
        name=NAME,
        defaults={
            "level": ProgrammeLevel.PROVINCIAL,
            "batch": "第二批",
            "document": "通区府发〔2020〕6号",
            "starts_on": dt.date(2020, 3, 1),
            "ends_on": dt.date(2021, 12, 31),
        },
    )
    if new:
        Phase.objects.bulk_create(
            Phase(
                programme=programme,
                name=name,
                starts_on=dt.date(*first),
                ends_on=dt.date(*last),
                content=content,
            )
            for name, first, last, content in PHASES
        )


PARTS = (add_programme,)
