"""Reports and governance: publication (S-014), accounts, disclosure, distribution (S-015 to S-017)."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.policy import Action
from pilot.indicators.frame import REPORTS_DUE, AsOf, Line, Share
from pilot.indicators.populations import (
    WIDE_RULE,
    existing,
    societies,
    societies_of_the_programme,
    society_line,
)
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
        "最近一个到期年度的年度报告按期（次年6月30日前）在国家企业信用信息公示系统公示的占比。"
        "到6月30日，上一年度才算到期；这天以前，看再上一年度。"
    )
    denominator_rule = "该年度12月31日前成立、次年6月30日仍存续的合作社，不含分支机构。"
    left_out = "逾期公示的不计入分子，在报送清单里单独列出。该年度的公示名单没有入库的，不作统计。"
    wide_rule = (
        "分母含该年度末存续、之后注销的合作社。清理空壳社会使分母变小、比率变大，两个都列出。"
    )
    definition_version = 2
    knows_when = True

    @staticmethod
    def _deadline(when: AsOf) -> dt.date:
        return dt.date(when.report_year + 1, *REPORTS_DUE)

    @staticmethod
    def _year_end(when: AsOf) -> dt.date:
        return dt.date(when.report_year, 12, 31)

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        return existing(self._founded(user, when), when, self._deadline(when))

    def wide_rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        return existing(self._founded(user, when), when, self._year_end(when))

    def _founded(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        reach = Cooperative.objects.permitted(user, Action.VIEW_INDICATOR)
        # Before the regulator's list of a year has come in, nothing is known of it: that is not 0 %.
        return reach.filter(Exists(self._told(when)), established_on__lte=self._year_end(when))

    def hit(self, when: AsOf) -> Q:
        published = self._told(when).filter(
            cooperative=OuterRef("pk"),
            state=PublicationState.PUBLISHED,
            published_on__lte=self._deadline(when),
        )
        return Q(Exists(published))

    @staticmethod
    def _told(when: AsOf) -> Any:
        return ReportPublication.objects.known(when.known_at).filter(report_year=when.report_year)


class Governance(OfSocieties):
    """Societies of which a fact of good order holds: verified, or declared and not refuted."""

    kinds: tuple[GovernanceKind, ...]
    definition = (
        "统计日前最近一份已接收的年度报告中自报成立、未被核实否定，或经核实成立的占比。"
        "报告按提交日期、核实按核实日期计，之后的不看。"
    )
    definition_version = 2
    knows_when = True
    denominator_rule = "统计日存续的合作社，不含分支机构。"
    wide_rule = WIDE_RULE

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        return societies(user, when)

    def wide_rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative] | None:
        return societies_of_the_programme(user, when)

    def hit(self, when: AsOf) -> Q:
        found = Q()
        for kind in self.kinds:
            found &= Q(Exists(self._facts(when, kind).holding_by(when.known_by)))
        return found

    @staticmethod
    def _facts(when: AsOf, kind: GovernanceKind) -> Any:
        latest = GovernanceFact.objects.latest_by(when.known_by)
        return latest.filter(cooperative=OuterRef("pk"), kind=kind)


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
    definition = (
        "统计日前最近一份已接收的年度报告中有可分配盈余的合作社里，"
        "按交易量返还不低于60%的占比（自报或经核实）。报告按提交日期、核实按核实日期计。"
    )
    denominator_rule = "统计日存续、最近一份已接收的年度报告中有可分配盈余的合作社。"
    left_out = "没有可分配盈余的合作社不适用，不计入分母。"
    wide_rule = ""

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        due = self._facts(when, GovernanceKind.DISTRIBUTION).filter(applies=True)
        return societies(user, when).filter(Exists(due))

    def wide_rows(self, user: Any, when: AsOf) -> None:
        """The denominator is of those with a surplus: clean-up does not shrink it."""
        del user, when


class GoodOrder(Governance):
    """The three in one sentence of the plan: all at once."""

    key, code, title, source = "good_order", "K6", "账户、公开、分配三项均达到", "S-015至S-017"
    kinds = (GovernanceKind.ACCOUNTS, GovernanceKind.DISCLOSURE)
    definition = "成员账户、社务公开两项成立，且有可分配盈余的也依法分配的占比。"

    def hit(self, when: AsOf) -> Q:
        due = self._facts(when, GovernanceKind.DISTRIBUTION).filter(applies=True)
        lawful = due.holding_by(when.known_by)
        return super().hit(when) & (~Q(Exists(due)) | Q(Exists(lawful)))
