"""The figures of the demo: targets of the plan, kept figures of each quarter, one edition."""

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from accounts.models import User
from common import clock
from common.quarter import Quarter
from pilot.figures import keep_figures
from pilot.indicators import BY_KEY
from pilot.models import Programme, Target
from pilot.operations.editions import freeze
from pilot.operations.programmes import create_phase, create_programme
from pilot.operations.targets import create_target
from pilot.programme_choices import ProgrammeLevel

# Indicator, value asked for, basis in the plan (S-010 to S-017, S-049 to S-052, S-066 to S-078).
TARGETS: tuple[tuple[str, int, str], ...] = (
    ("new_national", 1, "总体目标"),
    ("new_provincial", 5, "总体目标"),
    ("new_municipal", 8, "总体目标"),
    ("new_district", 30, "总体目标"),
    ("reports_published", 80, "总体目标"),
    ("accounts_complete", 80, "总体目标"),
    ("affairs_disclosed", 80, "总体目标"),
    ("surplus_distributed", 80, "总体目标"),
    ("family_farm", 3, "示范创建"),
    ("typical", 10, "示范创建"),
    ("covered_townships", 100, "辅导员队伍"),
    ("counsellor_training", 7, "辅导员队伍"),
    ("chair_training", 4, "辅导员队伍"),
    ("township_training", 133, "辅导员队伍"),
    ("three_in_one", 10, "体制机制创新"),
    ("joint_meetings", 8, "联席会议"),
    ("leading_group_meetings", 8, "组织领导"),
    ("surveyed", 100, "清理整顿"),
    # The file of 2021Q4 comes in January 2022, when the pilot is over.
    ("feed_quarters", 7, "信息通报"),
    ("paired_holders", 100, "辅导员队伍"),
    ("planned", 100, "一社一案"),
    ("heard_of_law", 100, "规范化建设"),
)
# Duties of one year, with that year as their time.
YEARLY = (("district_this_year", 15, "示范创建"),)


def add_figures(known: dict[str, User], random: Random) -> None:
    """Set the targets, keep the figures of past quarters, freeze one quarter."""
    del random
    programme = Programme.objects.order_by("pk").first()
    if programme is None:
        return
    first, last = programme.starts_on, programme.ends_on
    year = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    Target.objects.bulk_create(
        Target(
            programme=programme,
            indicator=key,
            definition_version=BY_KEY[key].definition_version,
            value=Decimal(value),
            starts_on=since,
            due_on=until,
            basis=basis,
        )
        for duties, (since, until) in ((TARGETS, (first, last)), (YEARLY, year))
        for key, value, basis in duties
    )
    quarter = Quarter.of(first)
    while quarter.last_day < clock.today():
        keep_figures(programme, quarter.last_day)
        quarter = quarter.next()
    keep_figures(programme, clock.today())
    with clock.on_day(dt.date(2021, 7, 5)):
        freeze(
            programme,
            title="2021年二季度试点工作进展",
            on=dt.date(2021, 6, 30),
            by=known["bureau"],
        )


# A smaller pilot beside the first; it began earlier, so that pages open with the first.
SECOND: dict[str, Any] = {
    "name": "达州市级合作社规范提升试点（通川片区）",
    "level": ProgrammeLevel.MUNICIPAL,
    "batch": "第一批",
    "document": "达市农〔2019〕112号",
    "starts_on": dt.date(2020, 1, 1),
    "ends_on": dt.date(2021, 9, 30),
    "baseline_on": None,
}
SECOND_PHASES = (
    ("准备", dt.date(2020, 1, 1), dt.date(2020, 4, 30), "选定片区，建立台账。"),
    ("实施", dt.date(2020, 5, 1), dt.date(2021, 7, 31), "逐社规范，按季核对。"),
    ("验收", dt.date(2021, 8, 1), dt.date(2021, 9, 30), "核对目标，上报结果。"),
)
SECOND_TARGETS = (("new_municipal", 6), ("reports_published", 85), ("accounts_complete", 60))


def add_second_pilot(known: dict[str, User], random: Random) -> None:
    """Set a municipal pilot up beside the first: its own phases, targets and figures, no plan yet."""
    del random
    bureau = known["bureau"]
    with clock.on_day(dt.date(2020, 1, 6)):
        second = create_programme(SECOND, by=bureau)
        for name, first, last, content in SECOND_PHASES:
            facts = {"name": name, "starts_on": first, "ends_on": last, "content": content}
            create_phase(second, facts, by=bureau)
        days = {"starts_on": second.starts_on, "due_on": second.ends_on}
        for key, value in SECOND_TARGETS:
            asked = {"value": Decimal(value), "baseline": Decimal(0), "basis": "市级任务书", **days}
            create_target(second, key, asked, by=bureau)
    for on in (dt.date(2021, 3, 31), dt.date(2021, 6, 30), clock.today()):
        keep_figures(second, on)


PARTS = (add_figures, add_second_pilot)
