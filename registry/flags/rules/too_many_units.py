"""R10: more companies and institutions among the members than the law allows."""

import datetime as dt

from django.db.models import CharField, F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import GreaterThan

from registry.choices import FlagLabel, Severity
from registry.flags import legal
from registry.flags.rule import Evidence, Expressions, FlagRule, Limits, Threshold, times


class TooManyUnits(FlagRule):
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
    look_at = (
        "成员名册中的企业、事业单位和社会组织成员是否仍在社",
        "单位成员的登记证照与出资情况",
    )
    question = "请核对本社成员中企业、事业单位和社会组织的个数，并提供最新的成员名册。"

    def measured(self, limits: Limits) -> str:
        return (
            f"成员总数不超过{limits['small']}名的，单位成员多于{limits['small_units']}个；"
            f"超过{limits['small']}名的，单位成员数 × 100 大于 成员总数 × {limits['percent']}。"
        )

    def clears_when(self, limits: Limits) -> str:
        return (
            f"单位成员降到限额以内（成员不超过{limits['small']}名的至多{limits['small_units']}个，"
            f"超过的至多占{limits['percent']}%），下次计算时自动解除。"
        )

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        over = GreaterThan(
            times("unit_member_count", 100), times("member_count", limits["percent"])
        )
        return Q(member_count__lte=limits["small"], unit_member_count__gt=limits["small_units"]) | (
            Q(member_count__gt=limits["small"]) & Q(over)
        )

    def figures(self, limits: Limits) -> Expressions:
        return {
            "members": F("member_count"),
            "units": F("unit_member_count"),
            **{threshold.key: Value(limits[threshold.key]) for threshold in self.thresholds},
        }

    def cured(self, limits: Limits) -> Combinable:
        return Concat(
            Value("登记的单位成员现为"),
            Cast("unit_member_count", CharField()),
            Value("个、成员总数"),
            Cast("member_count", CharField()),
            Value("名，已在限额以内"),
        )

    def explain(self, evidence: Evidence) -> list[str]:
        members, units, percent = (evidence[key] for key in ("members", "units", "percent"))
        small = members <= evidence["small"]
        most = evidence["small_units"] if small else members * percent // 100
        said = f"成员总数{members}名，其中企业、事业单位、社会组织成员{units}个，至多{most}个。"
        if small:
            return [said, f"成员总数不超过{evidence['small']}名的，单位成员至多{most}个。"]
        return [
            said,
            f"{units} × 100 = {units * 100}，大于 {members} × {percent} = {members * percent}。",
        ]
