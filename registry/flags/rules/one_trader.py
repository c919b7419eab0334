"""R12: nearly all trade with the society is that of one member."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable

from registry.choices import FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.days import latest_due_year
from registry.flags.records import RecordRule, number_of
from registry.flags.roster import cents, members_on
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sources import SourceCell
from registry.models import Cooperative, MemberAccount


def accounts(year: int) -> "QuerySet[Any, Any]":
    """Return the member accounts of a year, with the society beside each."""
    return MemberAccount.objects.filter(year=year).annotate(cooperative=F("member__cooperative"))


class OneTrader(RecordRule):
    """The largest trade × 100 is at least all trade × 95, and every member has an account."""

    code = "R12"
    title = "交易集中于一名成员"
    points_to = (FlagLabel.ONE_PERSON,)
    severity = Severity.MEDIUM
    basis = (legal.MEMBERS_TRADE,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (Threshold("percent", "一名成员的交易额占比起点", 95, "%"),)
    period = "已到报送期限的最近一个年度"
    data = "成员账户中与本社的交易额"
    exempt_in_founding_year = True
    look_at = (
        "其他成员的产品卖给谁、农资从哪里买",
        "交易凭据是否只有一名成员的",
        "成员账户是否漏记",
    )
    question = "请核对成员账户中各成员与本社的交易额，并说明其他成员与本社交易的情况。"

    def measured(self, limits: Limits) -> str:
        return (
            f"最近一个到期年度，交易额最多的一名成员的交易额 × 100 不小于 全部成员交易额 × "
            f"{limits['percent']}。"
        )

    def clears_when(self, limits: Limits) -> str:
        return f"成员账户显示每名成员的交易额占比都低于{limits['percent']}%，下次计算时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        year = latest_due_year(as_of)
        held = (
            accounts(year)
            .order_by()
            .values("cooperative")
            .annotate(whole=cents(Sum("transactions")), most=cents(Max("transactions")))
            .annotate(hundredfold=F("most") * Value(100))
            .filter(whole__gt=0, hundredfold__gte=F("whole") * Value(limits["percent"]))
        )
        return Q(pk__in=held.values("cooperative")) & ~Q(Exists(self._without_account(year)))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        year = latest_due_year(as_of)
        stated = MemberAccount.objects.filter(
            member__cooperative=OuterRef("pk"), year=year, transactions__isnull=False
        )
        return ~Q(Exists(stated)) | Q(Exists(self._without_account(year)))

    def _without_account(self, year: int) -> "QuerySet[Any, Any]":
        """Return the members at the end of a year for whom no trade is stated."""
        stated = MemberAccount.objects.filter(
            member=OuterRef("pk"), year=year, transactions__isnull=False
        )
        members = members_on(dt.date(year, 12, 31)).filter(cooperative=OuterRef("pk"))
        return members.filter(~Exists(stated))

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        year = latest_due_year(as_of)
        own = accounts(year).filter(member__cooperative=OuterRef("pk"))
        return {
            "year": Value(year),
            "most_cents": number_of(own, cents(Max("transactions"))),
            "all_cents": number_of(own, cents(Sum("transactions"))),
            "accounts": number_of(own, Count("pk")),
        }

    def cured(self, limits: Limits) -> Combinable:
        return Value(f"成员账户中没有成员的交易额占比达到{limits['percent']}%")

    def explain(self, evidence: Evidence) -> list[str]:
        most, whole = evidence["most_cents"], evidence["all_cents"]
        return [
            (
                f"{evidence['year']}年{evidence['accounts']}个成员账户的交易额合计"
                f"{whole / 100:,.2f}元，最多的一名{most / 100:,.2f}元。"
            ),
            f"占{most * 100 / whole:.1f}%，起点为{evidence['percent']}%。",
        ]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        year = latest_due_year(as_of)
        own = accounts(year).filter(member__cooperative=society).select_related("member")
        return [
            SourceCell(
                f"成员{each.member.name[:1]}**",
                f"交易额{each.transactions:,.2f}元",
                f"{year}年成员账户",
            )
            for each in own.order_by("-transactions", "pk")[:3]
            if each.transactions is not None
        ]
