"""R6: listed because it could not be reached at its registered domicile."""

import datetime as dt
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, Value

from registry.choices import FeedSource, FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.days import in_words
from registry.flags.records import RecordRule, cells_of, day_of, never_sent, of_society
from registry.flags.rule import Evidence, Expressions, Limits
from registry.flags.rules.on_abnormal_list import listed_on
from registry.flags.sources import SourceCell
from registry.models import AbnormalListing, Cooperative
from registry.statement_choices import AbnormalReason


def unreachable_on(as_of: dt.date) -> "QuerySet[Any, Any]":
    """Return the listings of a day whose reason is that nobody could be reached."""
    return listed_on(as_of).filter(reason=AbnormalReason.UNREACHABLE)


class CannotBeContacted(RecordRule):
    """Any listing in force with the reason of Order 70, article 12."""

    code = "R6"
    title = "登记住所无法联系"
    points_to = (FlagLabel.SHELL,)
    severity = Severity.HIGH
    basis = (legal.UNREACHABLE,)
    authority = RuleAuthority.PROPOSAL
    thresholds = ()
    period = "计算基准日尚未移出的列入记录"
    data = "市场监管局报送的经营异常名录"
    look_at = (
        "登记住所现在是什么地方、有没有牌子",
        "村干部、邻居是否知道这家合作社",
        "实际经营地点在哪里，是否应变更登记住所",
    )
    question = "市场监管部门通过登记住所没有联系上本社。请说明实际办公和经营地点及联系电话。"

    def measured(self, limits: Limits) -> str:
        return "计算基准日有尚未移出、原因为“通过登记的住所无法联系”的经营异常名录记录。"

    def clears_when(self, limits: Limits) -> str:
        return "变更登记住所或重新取得联系、并移出名录后，名录入库时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        return Q(pk__in=unreachable_on(as_of).values("cooperative"))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        return never_sent(AbnormalListing.objects.known(), FeedSource.ABNORMAL)

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        own = unreachable_on(as_of).filter(cooperative=OuterRef("pk"))
        return {"since": day_of(own, Min("listed_on"))}

    def cured(self, limits: Limits) -> Combinable:
        return Value("“无法联系”的列入记录已移出")

    def explain(self, evidence: Evidence) -> list[str]:
        since = in_words(evidence["since"])
        return [f"自{since}起因“{AbnormalReason.UNREACHABLE.label}”列入经营异常名录，尚未移出。"]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        stated = of_society(AbnormalListing, society).filter(
            pk__in=unreachable_on(as_of).values("pk")
        )
        return cells_of("列入经营异常名录", stated, "reason", "listed_on", "decision_no")
