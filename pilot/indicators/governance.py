"""Reports and governance: publication (S-014), accounts, disclosure, distribution (S-015 to S-017)."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.policy import Action
from pilot.indicators.frame import AsOf, Line, Share
from pilot.indicators.populations import existing, societies, society_line
from registry.choices import GovernanceKind
from registry.models import Cooperative, GovernanceFact, ReportPublication
from registry.statement_choices import PublicationState


class OfSocieties(Share):
    """A share of societies."""

    township, related = "township__code", ("township",)

    def line(self, row: Cooperative) -> Line:
        return society_line(row)


class ReportsPublished(OfSocieties):
    """Statutory reports published in time."""

    key, code, title, source = "reports_published", "K5", "年报公示率", "S-014"
    definition = (
        "上一年度的年度报告在当年6月30日前（统计日更早的，到统计日止）"
        "已在国家企业信用信息公示系统公示的占比。"
    )
    denominator_rule = "上一年12月31日前成立、当年6月30日（或统计日）仍存续的合作社，不含分支机构。"
    left_out = "逾期公示的不计入分子，在报送清单里单独列出。"
    wide_rule = (
        "分母含上一年末存续、之后注销的合作社。清理空壳社会使分母变小、比率变大，两个都列出。"
    )
    knows_when = True

    @staticmethod
    def _deadline(when: AsOf) -> dt.date:
        return min(when.on, dt.date(when.report_year + 1, 6, 30))

    @staticmethod
    def _year_end(when: AsOf) -> dt.date:
        return dt.date(when.report_year, 12, 31)

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        return existing(self._founded(user, when), when, self._deadline(when))

    def wide_rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        return existing(self._founded(user, when), when, self._year_end(when))

    def _founded(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        reach = Cooperative.objects.permitted(user, Action.VIEW_INDICATOR)
        return reach.filter(established_on__lte=self._year_end(when))

    def hit(self, when: AsOf) -> Q:
        published = ReportPublication.objects.known(when.known_at).filter(
            cooperative=OuterRef("pk"),
            report_year=when.report_year,
            state=PublicationState.PUBLISHED,
            published_on__lte=self._deadline(when),
        )
        return Q(Exists(published))


class Governance(OfSocieties):
    """Societies of which a fact of good order holds: verified, or declared and not refuted."""

    kinds: tuple[GovernanceKind, ...]
    definition = "上一年度该事项经核实成立，或合作社在已接收的年度报告中自报、未被核实否定的占比。"
    denominator_rule = "统计日存续的合作社，不含分支机构。"

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        return societies(user, when)

    def hit(self, when: AsOf) -> Q:
        found = Q()
        for kind in self.kinds:
            found &= Q(Exists(self._facts(when, kind).filter(_HOLDS)))
        return found

    @staticmethod
    def _facts(when: AsOf, kind: GovernanceKind) -> Any:
        return GovernanceFact.objects.filter(
            cooperative=OuterRef("pk"), year=when.report_year, kind=kind
        )


_HOLDS = Q(verified=True) | Q(verified__isnull=True, declared=True)


class AccountsComplete(Governance):
    key, code, title, source = "accounts_complete", "K6a", "成员账户完备率", "S-015"
    kinds = (GovernanceKind.ACCOUNTS,)


class AffairsDisclosed(Governance):
    key, code, title, source = "affairs_disclosed", "K6b", "社务公开率", "S-016"
    kinds = (GovernanceKind.DISCLOSURE,)


class SurplusDistributed(Governance):
    """Only societies with a surplus to distribute can distribute it lawfully."""

    key, code, title, source = "surplus_distributed", "K6c", "依法盈余分配率", "S-017"
    kinds = (GovernanceKind.DISTRIBUTION,)
    definition = "上一年度有可分配盈余的合作社中，按交易量返还不低于60%的占比（自报或经核实）。"
    denominator_rule = "统计日存续、上一年度有可分配盈余的合作社。"
    left_out = "没有可分配盈余的合作社不适用，不计入分母。"

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        due = self._facts(when, GovernanceKind.DISTRIBUTION).filter(applies=True)
        return societies(user, when).filter(Exists(due))


class GoodOrder(Governance):
    """The three in one sentence of the plan: all at once."""

    key, code, title, source = "good_order", "K6", "账户、公开、分配三项均达到", "S-015至S-017"
    kinds = (GovernanceKind.ACCOUNTS, GovernanceKind.DISCLOSURE)
    definition = "成员账户、社务公开两项成立，且有可分配盈余的也依法分配的占比。"

    def hit(self, when: AsOf) -> Q:
        wrong = self._facts(when, GovernanceKind.DISTRIBUTION).filter(applies=True).exclude(_HOLDS)
        return super().hit(when) & ~Q(Exists(wrong))
