"""R7: a spot check found no activity, a closed door, nobody to reach or nobody willing."""

import datetime as dt
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, Value

from registry.choices import FeedSource, FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.days import in_words, months_later
from registry.flags.records import (
    RecordRule,
    cells_of,
    day_of,
    never_sent,
    number_of,
    of_society,
)
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sources import SourceCell
from registry.models import Cooperative, SpotCheck
from registry.statement_choices import SpotCheckResult

SIGNS = (
    SpotCheckResult.NO_ACTIVITY,
    SpotCheckResult.CLOSED,
    SpotCheckResult.UNREACHABLE,
    SpotCheckResult.UNCOOPERATIVE,
)


def checks(limits: Limits, as_of: dt.date, *signs: SpotCheckResult) -> "QuerySet[Any, Any]":
    """Return the checks of the months up to a day with one of these results."""
    since = months_later(as_of, -limits["months"])
    found = Q()
    for sign in signs:
        found |= Q(results__contains=f",{sign},")
    rows: QuerySet[Any, Any] = SpotCheck.objects.known().filter(
        found, checked_on__gte=since, checked_on__lte=as_of
    )
    return rows


class SpotCheckInactive(RecordRule):
    """Any such result within 24 months. Never having been drawn for a check says nothing."""

    code = "R7"
    title = "抽查发现无经营或无法联系"
    points_to = (FlagLabel.SHELL, FlagLabel.ZOMBIE)
    severity = Severity.HIGH
    basis = (legal.CLEAN_UP_FOCUS, legal.CHECKED_WITHIN)
    authority = RuleAuthority.PROPOSAL
    thresholds = (Threshold("months", "回看的月数", 24, "个月"),)
    period = "计算基准日之前24个月内的抽查检查"
    data = "市场监管局报送的抽查检查结果"
    look_at = (
        "抽查时的情况现在有没有变化",
        "有没有恢复生产经营的凭据",
        "负责人是否仍在当地、能否联系上",
    )
    question = "市场监管部门抽查时没有见到本社正常经营。请说明抽查之后的经营情况，并附现场照片。"

    def measured(self, limits: Limits) -> str:
        words = "、".join(f"“{sign.label}”" for sign in SIGNS)
        return f"{limits['months']}个月内的抽查检查结果含有{words}之一。"

    def clears_when(self, limits: Limits) -> str:
        return f"最近{limits['months']}个月内不再有这类结果（结果更正，或期满）后，下次计算时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        return Q(pk__in=checks(limits, as_of, *SIGNS).values("cooperative"))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        return never_sent(SpotCheck.objects.known(), FeedSource.SPOT_CHECK)

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        own = checks(limits, as_of, *SIGNS).filter(cooperative=OuterRef("pk"))
        each = {
            sign.value: number_of(
                checks(limits, as_of, sign).filter(cooperative=OuterRef("pk")), Count("pk")
            )
            for sign in SIGNS
        }
        return {"last": day_of(own, Max("checked_on")), **each}

    def cured(self, limits: Limits) -> Combinable:
        return Value(f"最近{limits['months']}个月内已没有这类抽查结果")

    def explain(self, evidence: Evidence) -> list[str]:
        found = "、".join(
            f"“{sign.label}”{evidence[sign.value]}次" for sign in SIGNS if evidence[sign.value]
        )
        return [
            f"{evidence['months']}个月内的抽查检查：{found}，最近一次在{in_words(evidence['last'])}。"
        ]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        found = checks(self.version_on(as_of).limits, as_of, *SIGNS)
        stated = of_society(SpotCheck, society).filter(pk__in=found.values("pk"))
        names = ("checked_on", "result", "authority")
        return cells_of("抽查检查", stated.order_by("-checked_on"), *names)
