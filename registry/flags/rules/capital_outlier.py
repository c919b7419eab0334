"""R17: a contribution so large that yuan and ten thousand yuan were probably mixed up."""

import datetime as dt
from decimal import Decimal

from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Round

from registry.choices import CooperativeKind, FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.rule import Evidence, Expressions, FlagRule, Limits, Threshold

WAN = 10_000


class CapitalOutlier(FlagRule):
    """Total contribution of 100,000 万元 or more."""

    code = "R17"
    title = "出资总额异常偏大"
    points_to = (FlagLabel.DATA_ERROR,)
    severity = Severity.MEDIUM
    basis = (legal.UNIT_OF_MONEY,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (Threshold("contribution_wan", "出资总额起点", 100_000, "万元"),)
    kinds = (CooperativeKind.COOPERATIVE, CooperativeKind.UNION)
    fields = ("total_contribution",)
    needs = ("total_contribution",)
    look_at = ("登记档案或营业执照上的出资总额及单位", "章程与成员出资清单的合计")
    question = "请核对营业执照和章程上的成员出资总额，并拍照上传。"

    def measured(self, limits: Limits) -> str:
        return f"成员出资总额达到{limits['contribution_wan']:,}万元及以上。"

    def clears_when(self, limits: Limits) -> str:
        return (
            f"登记的成员出资总额更正为低于{limits['contribution_wan']:,}万元，下次计算时自动解除。"
        )

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        return Q(total_contribution__gte=Decimal(limits["contribution_wan"] * WAN))

    def figures(self, limits: Limits) -> Expressions:
        cents = Cast(Round(F("total_contribution") * 100), BigIntegerField())
        return {
            "contribution_cents": cents,
            "contribution_wan": Value(limits["contribution_wan"]),
        }

    def cured(self, limits: Limits) -> Combinable:
        return Value(f"登记的成员出资总额已低于{limits['contribution_wan']:,}万元")

    def explain(self, evidence: Evidence) -> list[str]:
        yuan = Decimal(evidence["contribution_cents"]) / 100
        limit = evidence["contribution_wan"]
        wan = f"{yuan / WAN:,.6f}".rstrip("0").rstrip(".")
        return [
            f"登记的成员出资总额为{wan}万元（{yuan:,.2f}元），不低于{limit:,}万元。",
            f"如果原数的单位是“元”而被当作“万元”，实际应为{wan}元。",
        ]
