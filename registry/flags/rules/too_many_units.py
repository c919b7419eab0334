"""R10: more companies and institutions among the members than the law allows."""

import datetime as dt

from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThan

from registry.choices import FlagLabel, Severity
from registry.flags import legal
from registry.flags.counted import TOTAL, UNITS, WHICH, CountedRule, counted_by, told
from registry.flags.rule import Evidence, Expressions, Limits, Threshold, times


class TooManyUnits(CountedRule):
    """Up to 20 members: at most 1 unit; above 20: at most 5 %, so exactly 5 % passes."""

    code = "R10"
    title = "单位成员超过限额"
    points_to = (FlagLabel.UNLAWFUL_STRUCTURE,)
    severity = Severity.MEDIUM
    basis = (legal.FEW_UNITS,)
    thresholds = (
        Threshold("small", "小型合作社的成员数上限", 20, "名"),
        Threshold("small_units", "小型合作社的单位成员上限", 1, "个"),
        Threshold("percent", "其余合作社的单位成员占比上限", 5, "%"),
    )
    fields = ("member_count", "unit_member_count")
    needs = ("member_count", "unit_member_count")
    counts = (TOTAL, UNITS)
    look_at = (
        "成员名册中的企业、事业单位和社会组织成员是否仍在社",
        "单位成员的登记证照与出资情况",
    )
    question = "请核对本社成员中企业、事业单位和社会组织的个数，并提供最新的成员名册。"

    def measured(self, limits: Limits) -> str:
        return (
            f"成员总数不超过{limits['small']}名的，单位成员多于{limits['small_units']}个；"
            f"超过{limits['small']}名的，单位成员数 × 100 大于 成员总数 × {limits['percent']}。{WHICH}"
        )

    def clears_when(self, limits: Limits) -> str:
        return (
            f"单位成员降到限额以内（成员不超过{limits['small']}名的至多{limits['small_units']}个，"
            f"超过的至多占{limits['percent']}%），下次计算时自动解除。"
        )

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        over = GreaterThan(times(UNITS, 100), times(TOTAL, limits["percent"]))
        return Q(counted_total__lte=limits["small"], counted_units__gt=limits["small_units"]) | (
            Q(counted_total__gt=limits["small"]) & Q(over)
        )

    def figures(self, limits: Limits) -> Expressions:
        return {
            "members": F(TOTAL),
            "units": F(UNITS),
            **{threshold.key: Value(limits[threshold.key]) for threshold in self.thresholds},
            "counted_by": F("counted_by"),
        }

    def cured(self, limits: Limits) -> Combinable:
        return told("单位成员现为", UNITS, "个、成员总数", TOTAL, "名，已在限额以内")

    def explain(self, evidence: Evidence) -> list[str]:
        members, units, percent = (evidence[key] for key in ("members", "units", "percent"))
        small = members <= evidence["small"]
        most = evidence["small_units"] if small else members * percent // 100
        said = f"{counted_by(evidence)}成员总数{members}名，其中企业、事业单位、社会组织成员{units}个，至多{most}个。"
        if small:
            return [said, f"成员总数不超过{evidence['small']}名的，单位成员至多{most}个。"]
        return [
            said,
            f"{units} × 100 = {units * 100}，大于 {members} × {percent} = {members * percent}。",
        ]
