"""One clean-up case that ends as it should: the regulator's data say that the society is gone."""

import csv
import datetime as dt
import io
from random import Random

from accounts.models import User
from common import clock
from common.quarter import Quarter
from registry.choices import FeedScope, FeedSource
from registry.cleanup.choices import CaseState, Route
from registry.models import CleanupCase
from registry.operations.cleanup_cases import confirm_cleared
from tongchuan_coop.demo.quarters import QuarterFile
from tongchuan_coop.demo.taking import take_in

HEADINGS = (
    "统一社会信用代码", "企业名称", "登记状态", "注销/吊销日期", "注销/吊销原因", "办理方式",
)  # fmt: skip
SENT, GONE = dt.date(2021, 7, 16), "2021-07-14"


def clear_one(known: dict[str, User], random: Random) -> None:
    """Let the regulator report the society of the oldest simplified case as deregistered."""
    del random
    under_way = CleanupCase.objects.filter(route=Route.SIMPLIFIED, state=CaseState.UNDER_WAY)
    case = under_way.select_related("cooperative").order_by("opened_on", "pk").first()
    if case is None:
        return
    society = case.cooperative
    text = io.StringIO()
    line = (society.uscc, society.name, "注销", GONE, "成员大会决议解散", "简易")
    csv.writer(text).writerows([HEADINGS, line])
    take_in(
        QuarterFile(
            Quarter.of(SENT),
            SENT,
            "合作社注销名单（7月上半月）.csv",
            text.getvalue().encode("gb18030"),
        ),
        known,
        source=FeedSource.DEREGISTRATION,
        scope=FeedScope.CHANGES,
    )
    with clock.on_day(SENT):
        confirm_cleared(by=User.objects.machine())
