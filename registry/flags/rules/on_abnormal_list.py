"""R5: on the list of abnormal operations now, by reason."""

import datetime as dt
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, Value

from registry.choices import FeedSource, FlagLabel, Severity
from registry.flags import legal
from registry.flags.days import in_words
from registry.flags.records import (
    RecordRule,
    cells_of,
    day_of,
    never_sent,
    number_of,
    of_society,
)
from registry.flags.rule import Evidence, Expressions, Limits
from registry.flags.sources import SourceCell
from registry.models import AbnormalListing, Cooperative
from registry.statement_choices import AbnormalReason


def listed_on(as_of: dt.date) -> "QuerySet[Any, Any]":
    """Return the listings that stood on a day, as far as is known now."""
    found: QuerySet[Any, Any] = AbnormalListing.objects.known().listed_on_day(as_of)
    return found


class OnAbnormalList(RecordRule):
    """Any listing that has not been lifted; the 2019 campaign looks there first."""

    code = "R5"
    title = "列在经营异常名录"
    points_to = (FlagLabel.SURVEY,)
    severity = Severity.MEDIUM
    basis = (legal.CLEAN_UP_FOCUS,)
    thresholds = ()
    period = "计算基准日尚未移出的列入记录"
    data = "市场监管局报送的经营异常名录"
    look_at = (
        "列入的原因是否仍然存在",
        "怎样办理移出：补报年报、更正年报、变更住所或恢复联系",
        "拟注销的，须先移出名录才能走简易注销",
    )
    question = "本社列在市场监管部门的经营异常名录中。请说明原因是否已经消除、是否准备申请移出。"

    def measured(self, limits: Limits) -> str:
        return "计算基准日有一条及以上尚未移出的经营异常名录记录。"

    def clears_when(self, limits: Limits) -> str:
        return "市场监管局报送的名录显示全部移出后，入库时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        return Q(pk__in=listed_on(as_of).values("cooperative"))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        return never_sent(AbnormalListing.objects.known(), FeedSource.ABNORMAL)

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        own = listed_on(as_of).filter(cooperative=OuterRef("pk"))
        by_reason = {
            reason.value: number_of(own.filter(reason=reason), Count("pk"))
            for reason in AbnormalReason
        }
        return {"since": day_of(own, Min("listed_on")), **by_reason}

    def cured(self, limits: Limits) -> Combinable:
        return Value("已全部移出经营异常名录")

    def explain(self, evidence: Evidence) -> list[str]:
        reasons = "、".join(
            f"“{reason.label}”{evidence[reason.value]}条"
            for reason in AbnormalReason
            if evidence[reason.value]
        )
        return [f"尚未移出的列入记录：{reasons}，最早一条自{in_words(evidence['since'])}起。"]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        stated = of_society(AbnormalListing, society).listed_on_day(as_of)  # type: ignore[attr-defined]
        names = ("reason", "listed_on", "decision_no")
        return cells_of("列入经营异常名录", stated.order_by("listed_on"), *names)
