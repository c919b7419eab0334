"""R15: no tax registration, 非正常户, or nothing but nil declarations."""

import datetime as dt
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable, Value
from django.db.models.functions import Coalesce

from registry.choices import FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.days import in_words, months_later
from registry.flags.records import RecordRule, cells_of, day_of, number_of, of_society
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sources import SourceCell
from registry.models import Cooperative, TaxStanding
from registry.statement_choices import TaxpayerState

BAD = Q(registered=False) | Q(state__in=(TaxpayerState.NOT_REGISTERED, TaxpayerState.ABNORMAL))
NIL, SOME = Q(zero_declared=True), Q(zero_declared=False)
MONTHS_OF_A_STANDING = 3


def standings(limits: Limits, as_of: dt.date, *, months: str = "months") -> "QuerySet[Any, Any]":
    """Return the standings of the quarters that ended within some months up to a day."""
    since = months_later(as_of, -limits[months])
    rows: QuerySet[Any, Any] = TaxStanding.objects.known().filter(as_of__gt=since, as_of__lte=as_of)
    return rows.order_by()


def summed(limits: Limits, as_of: dt.date) -> "QuerySet[Any, Any]":
    """Return one line for each society: its last standing, whether that is bad, nil and other quarters."""
    lines: QuerySet[Any, Any] = (
        standings(limits, as_of)
        .values("cooperative")
        .annotate(
            last=Max("as_of"),
            last_bad=Max("as_of", filter=BAD),
            nil=Count("pk", filter=NIL),
            some=Count("pk", filter=SOME),
        )
    )
    return lines


def suspicious(limits: Limits) -> Q:
    """Return the condition, over such a line, that the last is bad or the quarters are all nil."""
    enough = limits["months"] // MONTHS_OF_A_STANDING
    return Q(last_bad=F("last")) | Q(nil__gte=enough, some=0)


class TaxSilent(RecordRule):
    """Not registered or 非正常户 at last, or nil in each quarter of 12 months; 24 point to a zombie."""

    code = "R15"
    title = "税务无登记、非正常或长期零申报"
    points_to = (FlagLabel.DORMANT, FlagLabel.ZOMBIE)
    severity = Severity.MEDIUM
    basis = (legal.TAX_SILENCE,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (
        Threshold("months", "连续零申报的月数", 12, "个月"),
        Threshold("long_months", "指向僵尸社的月数", 24, "个月"),
    )
    period = "计算基准日之前已结束的各季度"
    data = "税务局报送的税务登记与申报情况"
    look_at = (
        "没有税务登记的原因，是否按规定无需办理",
        "零申报是免税、季节性，还是确实没有经营",
        "销售是否走了个人账户而没有开票",
    )
    question = "税务部门的资料显示本社没有税务登记或长期零申报。请说明实际经营和申报情况。"

    def measured(self, limits: Limits) -> str:
        return (
            "最近一个季度没有税务登记或为非正常户，"
            f"或者最近{limits['months']}个月的各季度全部零申报。"
        )

    def clears_when(self, limits: Limits) -> str:
        return "办理税务登记、解除非正常户或恢复有销售额的申报后，税务局下一次报送入库时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        found = summed(limits, as_of).filter(suspicious(limits))
        return Q(pk__in=found.values("cooperative"))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        # Grouped lines are found once for all, not again for every society.
        told = summed(limits, as_of).filter(suspicious(limits) | Q(some__gt=0))
        return ~Q(pk__in=told.filter(cooperative__isnull=False).values("cooperative"))

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        own = standings(limits, as_of).filter(cooperative=OuterRef("pk"))
        newest = own.order_by("-as_of").values("state")[:1]
        long = standings(limits, as_of, months="long_months").filter(cooperative=OuterRef("pk"))
        return {
            "last": day_of(own, Max("as_of")),
            "state": Coalesce(Subquery(newest), Value("")),
            "bad": number_of(own.filter(BAD), Count("pk")),
            "nil": number_of(own.filter(NIL), Count("pk")),
            "long_nil": number_of(long.filter(NIL), Count("pk")),
        }

    def cured(self, limits: Limits) -> Combinable:
        return Value("税务资料显示已有税务登记且恢复申报")

    def explain(self, evidence: Evidence) -> list[str]:
        last, label = in_words(evidence["last"]), TaxpayerState(evidence["state"]).label
        said = [f"截至{last}，税务局报送的纳税人状态为“{label}”。"]
        if evidence["nil"]:
            said.append(f"最近{evidence['months']}个月有{evidence['nil']}个季度零申报。")
        need = evidence["long_months"] // MONTHS_OF_A_STANDING
        if evidence["long_nil"] >= need:
            said.append(
                f"最近{evidence['long_months']}个月的{evidence['long_nil']}个季度全部零申报。"
            )
        return said

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        found = standings(self.version_on(as_of).limits, as_of).values("pk")
        stated = of_society(TaxStanding, society).filter(pk__in=found).order_by("-as_of")
        return cells_of("税务情况", stated, "as_of", "registered", "state", "zero_declared")
