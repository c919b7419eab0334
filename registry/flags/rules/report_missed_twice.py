"""R4: annual reports not published in consecutive years."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.expressions import Combinable

from registry.choices import FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.days import due_years
from registry.flags.records import RecordRule, cells_of, of_society
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.rules.report_not_published import of_year, owed, unpublished
from registry.flags.sources import SourceCell
from registry.models import Cooperative, ReportPublication
from registry.statement_choices import PublicationState


class ReportMissedTwice(RecordRule):
    """Not published 2 years running; a society too young for two reports is not judged by it."""

    code = "R4"
    title = "连续两个年度未公示年度报告"
    points_to = (FlagLabel.ZOMBIE,)
    severity = Severity.HIGH
    basis = (legal.YEARLY_REPORT, legal.REPORTS_MISSED_TWICE)
    authority = RuleAuthority.PROPOSAL
    thresholds = (Threshold("years", "连续未公示的年度数", 2, "个年度"),)
    period = "已到报送期限的最近几个报告年度"
    data = "市场监管局报送的年报公示情况"
    exempt_in_founding_year = True
    look_at = (
        "合作社是否还在经营，负责人能否联系上",
        "是否愿意补报，或有意注销",
        "是否因此被列入经营异常名录",
    )
    question = "连续两个年度的年度报告没有公示。请说明目前的经营情况，是否准备补报。"

    def measured(self, limits: Limits) -> str:
        return f"最近{limits['years']}个已到期的报告年度，年度报告都没有公示。"

    def clears_when(self, limits: Limits) -> str:
        return "补报并公示其中任一年度后，市场监管局下一次报送的年报公示情况入库时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        missed = Q()
        for year in due_years(limits["years"], as_of):
            missed &= Q(pk__in=unpublished(year, as_of).values("cooperative"))
        return missed

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        years = due_years(limits["years"], as_of)
        gap, published = Q(), Q()
        for year in years:
            stated = of_year(year).filter(cooperative=OuterRef("pk"))
            gap |= ~Q(Exists(stated))
            done = stated.filter(
                Q(state=PublicationState.PUBLISHED, published_on__isnull=True)
                | Q(state=PublicationState.PUBLISHED, published_on__lte=as_of)
            )
            published |= Q(Exists(done))
        return owed(years[0]) & gap & ~published

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        years = due_years(limits["years"], as_of)
        return {"first_year": Value(years[0]), "last_year": Value(years[-1])}

    def cured(self, limits: Limits) -> Combinable:
        return Value("最近几个到期年度的年度报告已有公示")

    def explain(self, evidence: Evidence) -> list[str]:
        first, last = evidence["first_year"], evidence["last_year"]
        return [f"市场监管局的年报公示情况：{first}至{last}年度的年度报告都没有公示。"]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        years = due_years(self.version_on(as_of).limits["years"], as_of)
        stated = of_society(ReportPublication, society).filter(report_year__in=years)
        return cells_of("年报公示", stated.order_by("-report_year"), "report_year", "state")
