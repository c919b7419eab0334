"""R9: fewer farmers among the members than the law asks."""

import datetime as dt

from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import LessThan

from registry.choices import FlagLabel, Severity
from registry.flags import legal
from registry.flags.counted import FARMERS, TOTAL, WHICH, CountedRule, counted_by, told
from registry.flags.rule import Evidence, Expressions, Limits, Threshold, times


class FarmerShareTooLow(CountedRule):
    """Farmers under 80 % of the members, in whole numbers: exactly 80 % passes.

    Unions have societies for members, branches have none: neither is judged. A society without
    any member is the business of R8.
    """

    code = "R9"
    title = "农民成员比例不足"
    points_to = (FlagLabel.UNLAWFUL_STRUCTURE,)
    severity = Severity.MEDIUM
    basis = (legal.FARMERS_FOUR_FIFTHS, legal.FARMERS_RESTORED)
    thresholds = (Threshold("percent", "农民成员占比下限", 80, "%"),)
    fields = ("member_count", "farmer_member_count")
    needs = ("member_count", "farmer_member_count")
    counts = (TOTAL, FARMERS)
    look_at = (
        "成员名册中农民成员的人数及身份证明",
        "非农民成员何时加入、是否仍在社",
        "是否正在办理成员变更",
    )
    question = "请核对本社成员中农民成员的人数，并提供最新的成员名册。"

    def measured(self, limits: Limits) -> str:
        return f"农民成员数 × 100 小于 成员总数 × {limits['percent']}。{WHICH}"

    def clears_when(self, limits: Limits) -> str:
        return f"农民成员占成员总数的比例达到{limits['percent']}%，下次计算时自动解除。"

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        return Q(LessThan(times(FARMERS, 100), times(TOTAL, limits["percent"])))

    def figures(self, limits: Limits) -> Expressions:
        return {
            "members": F(TOTAL),
            "farmers": F(FARMERS),
            "percent": Value(limits["percent"]),
            "counted_by": F("counted_by"),
        }

    def cured(self, limits: Limits) -> Combinable:
        return told(
            "农民成员现为",
            FARMERS,
            "名、成员总数",
            TOTAL,
            f"名，占比已不低于{limits['percent']}%",
        )

    def explain(self, evidence: Evidence) -> list[str]:
        members, farmers, percent = (evidence[key] for key in ("members", "farmers", "percent"))
        lacking = -(-members * percent // 100) - farmers
        return [
            (
                f"{counted_by(evidence)}成员总数{members}名，其中农民成员{farmers}名，"
                f"占比约{farmers * 100 / members:.1f}%，低于{percent}%。"
            ),
            f"{farmers} × 100 = {farmers * 100}，小于 {members} × {percent} = {members * percent}。",
            f"成员总数不变时，农民成员还差{lacking}名。",
        ]
