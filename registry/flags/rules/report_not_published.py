"""R3: the annual report of the latest due year was not published."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable

from registry.choices import FlagLabel, Severity
from registry.flags import legal
from registry.flags.days import latest_due_year
from registry.flags.records import RecordRule, cells_of, of_society
from registry.flags.rule import Evidence, Expressions, Limits
from registry.flags.sources import SourceCell
from registry.models import Cooperative, ReportPublication
from registry.statement_choices import PublicationState

UNPUBLISHED = (PublicationState.NOT_FILED, PublicationState.FILED)


def unpublished(year: int, as_of: dt.date) -> "QuerySet[Any, Any]":
    """Return the statements that a year's report had not been published by a day."""
    later = Q(state=PublicationState.PUBLISHED, published_on__gt=as_of)
    return of_year(year).filter(Q(state__in=UNPUBLISHED) | later)


def owed(year: int) -> Q:
    """Return the condition that a society was there in a year, as far as is known, and owes a report."""
    return Q(established_on__isnull=True) | Q(established_on__lte=dt.date(year, 12, 31))


def of_year(year: int) -> "QuerySet[Any, Any]":
    """Return what is held for true of one year's reports."""
    found: QuerySet[Any, Any] = ReportPublication.objects.known().filter(report_year=year)
    return found


class ReportNotPublished(RecordRule):
    """The regulator states that the latest due annual report does not stand in the public system."""

    code = "R3"
    title = "年度报告未公示"
    points_to = (FlagLabel.SHELL, FlagLabel.DORMANT)
    severity = Severity.MEDIUM
    basis = (legal.YEARLY_REPORT, legal.REPORT_BY_JUNE)
    thresholds = ()
    period = "已到报送期限（次年6月30日）的最近一个报告年度"
    data = "市场监管局报送的年报公示情况"
    exempt_in_founding_year = True
    look_at = (
        "没有报送的原因：不会报、忘了报，还是已不经营",
        "能否当场协助在国家企业信用信息公示系统补报",
    )
    question = (
        "上一年度的年度报告尚未在国家企业信用信息公示系统公示。请说明原因，已补报的请拍照上传。"
    )

    def measured(self, limits: Limits) -> str:
        return "最近一个已到期的报告年度，市场监管局的年报公示情况为未报送或已报送未公示。"

    def clears_when(self, limits: Limits) -> str:
        return "补报并公示后，市场监管局下一次报送的年报公示情况入库时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        year = latest_due_year(as_of)
        return Q(pk__in=unpublished(year, as_of).values("cooperative"))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        year = latest_due_year(as_of)
        stated = of_year(year).filter(cooperative=OuterRef("pk"))
        return owed(year) & ~Q(Exists(stated))

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        year = latest_due_year(as_of)
        stated = of_year(year).filter(cooperative=OuterRef("pk")).values("state")
        return {"year": Value(year), "state": Subquery(stated[:1])}

    def cured(self, limits: Limits) -> Combinable:
        return Value("最近一个到期年度的年度报告已公示，或无需报送")

    def explain(self, evidence: Evidence) -> list[str]:
        label = PublicationState(evidence["state"]).label
        said = f"市场监管局的年报公示情况：{evidence['year']}年度“{label}”。"
        return [said, f"{evidence['year']}年度报告的期限是{evidence['year'] + 1}年6月30日。"]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        stated = of_society(ReportPublication, society).filter(report_year=latest_due_year(as_of))
        return cells_of("年报公示", stated, "report_year", "state", "published_on")
