"""The figures of the demo: targets of the plan, kept figures of each quarter, one edition."""

import datetime as dt
from decimal import Decimal
from random import Random

from accounts.models import User
from common import clock
from common.quarter import Quarter
from pilot.figures import keep_figures
from pilot.models import Programme, Target
from pilot.operations.editions import freeze

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
    ("joint_meetings", 7, "联席会议"),
    ("leading_group_meetings", 7, "组织领导"),
    ("surveyed", 100, "清理整顿"),
    ("feed_quarters", 8, "信息通报"),
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


PARTS = (add_figures,)
