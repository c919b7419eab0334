"""R8: fewer members than the law asks of a society, or societies of a union."""

import datetime as dt

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from registry.choices import CooperativeKind, FlagLabel, Severity
from registry.flags import legal
from registry.flags.counted import TOTAL, WHICH, CountedRule, counted_by, told
from registry.flags.rule import Evidence, Expressions, Limits, Threshold


class MembersTooFew(CountedRule):
    """Members under 5; a union: member societies under 3. Exactly the number passes."""

    code = "R8"
    title = "成员人数不足"
    points_to = (FlagLabel.UNLAWFUL_STRUCTURE, FlagLabel.ONE_PERSON)
    severity = Severity.HIGH
    basis = (legal.FIVE_MEMBERS, legal.UNION_OF_THREE)
    thresholds = (
        Threshold("members", "合作社成员数下限", 5, "名"),
        Threshold("union_members", "联合社成员社数下限", 3, "个"),
    )
    kinds = (CooperativeKind.COOPERATIVE, CooperativeKind.UNION)
    fields = ("member_count", "kind")
    needs = ("member_count",)
    counts = (TOTAL,)
    passing = ("minimum",)
    look_at = (
        "成员名册现有多少名成员，与登记人数是否一致",
        "近期有无成员入社、退社尚未办理备案",
        "成员本人是否知情、是否参与经营",
    )
    question = (
        "请核对本社现有成员人数，并提供最新的成员名册；人数有变动的，请说明是否已办理变更备案。"
    )

    def measured(self, limits: Limits) -> str:
        return f"成员总数少于{limits['members']}名（联合社少于{limits['union_members']}个成员社）。{WHICH}"

    def clears_when(self, limits: Limits) -> str:
        return (
            f"成员总数达到{limits['members']}名及以上"
            f"（联合社达到{limits['union_members']}个成员社及以上），下次计算时自动解除。"
        )

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        union = CooperativeKind.UNION
        return Q(~Q(kind=union), counted_total__lt=limits["members"]) | Q(
            kind=union, counted_total__lt=limits["union_members"]
        )

    def figures(self, limits: Limits) -> Expressions:
        minimum = Case(
            When(kind=CooperativeKind.UNION, then=Value(limits["union_members"])),
            default=Value(limits["members"]),
            output_field=IntegerField(),
        )
        return {
            "members": F(TOTAL),
            "kind": F("kind"),
            "minimum": minimum,
            "counted_by": F("counted_by"),
        }

    def cured(self, limits: Limits) -> Combinable:
        return told("成员总数现为", TOTAL, "，已不少于法定下限")

    def explain(self, evidence: Evidence) -> list[str]:
        union = evidence["kind"] == CooperativeKind.UNION
        counted, unit = ("成员社", "个") if union else ("成员总数", "名")
        short = evidence["minimum"] - evidence["members"]
        return [
            (
                f"{counted_by(evidence)}{counted}为{evidence['members']}{unit}，下限为{evidence['minimum']}{unit}，"
                f"相差{short}{unit}。"
            ),
        ]
