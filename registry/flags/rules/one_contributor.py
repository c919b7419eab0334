"""R11: one member holds nearly all contributions."""

import datetime as dt

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum, Value
from django.db.models.expressions import Combinable

from registry.choices import FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.records import RecordRule, number_of
from registry.flags.roster import cents, members_on
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sources import SourceCell
from registry.models import Cooperative


class OneContributor(RecordRule):
    """The largest contribution × 100 is at least all contributions × 90; exactly 90 % is a hit."""

    code = "R11"
    title = "出资集中于一名成员"
    points_to = (FlagLabel.ONE_PERSON,)
    severity = Severity.MEDIUM
    basis = (legal.MEMBERS_MONEY,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (Threshold("percent", "一名成员的出资占比起点", 90, "%"),)
    period = "计算基准日的成员名册"
    data = "成员名册中的出资额"
    look_at = (
        "其他成员是否实际出资，出资证明和账簿怎样记载",
        "成员大会、盈余分配有没有其他成员参加",
        "是否由一户实际经营，有没有转为家庭农场的意愿",
    )
    question = "请核对成员名册中各成员的出资额，并说明其他成员出资和参与经营的情况。"

    def measured(self, limits: Limits) -> str:
        return f"名册中出资最多的一名成员的出资额 × 100 不小于 出资总额 × {limits['percent']}。"

    def clears_when(self, limits: Limits) -> str:
        return f"名册中每名成员的出资占比都低于{limits['percent']}%，下次计算时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        held = (
            members_on(as_of)
            .values("cooperative")
            .annotate(
                whole=cents(Sum("contribution")),
                most=cents(Max("contribution")),
                stated=Count("contribution"),
            )
            .annotate(everybody=Count("pk"), hundredfold=F("most") * Value(100))
            .filter(
                whole__gt=0,
                stated=F("everybody"),
                hundredfold__gte=F("whole") * Value(limits["percent"]),
            )
        )
        return Q(pk__in=held.values("cooperative"))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        own = members_on(as_of).filter(cooperative=OuterRef("pk"))
        return ~Q(Exists(own.filter(contribution__gt=0))) | Q(
            Exists(own.filter(contribution__isnull=True))
        )

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        own = members_on(as_of).filter(cooperative=OuterRef("pk"))
        return {
            "most_cents": number_of(own, cents(Max("contribution"))),
            "all_cents": number_of(own, cents(Sum("contribution"))),
            "members": number_of(own, Count("pk")),
        }

    def cured(self, limits: Limits) -> Combinable:
        return Value(f"名册中没有成员的出资占比达到{limits['percent']}%")

    def explain(self, evidence: Evidence) -> list[str]:
        most, whole = evidence["most_cents"], evidence["all_cents"]
        return [
            (
                f"名册共{evidence['members']}名成员，出资总额{whole / 100:,.2f}元，"
                f"出资最多的一名{most / 100:,.2f}元。"
            ),
            f"占{most * 100 / whole:.1f}%，起点为{evidence['percent']}%。",
        ]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        own = members_on(as_of).filter(cooperative=society).order_by("-contribution", "pk")[:3]
        return [
            SourceCell(f"成员{each.name[:1]}**", f"出资{each.contribution:,.2f}元", "成员名册")
            for each in own
            if each.contribution is not None
        ]
