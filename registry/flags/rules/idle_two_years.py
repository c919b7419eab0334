"""R1: no income and no trade with members in consecutive report years."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from common import clock
from common.template_tags import yuan
from registry.choices import FlagLabel, Severity
from registry.flags import legal
from registry.flags.days import due_years
from registry.flags.records import RecordRule, number_of
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.rules.report_not_published import owed
from registry.flags.sources import SourceCell
from registry.models import AnnualReport, Cooperative

INCOMES = ("operating_income", "purchased_for_members", "sold_for_members")
NOTHING = {f"standing__{name}": 0 for name in INCOMES}
IDLE = Q(standing__no_activity=True) | Q(**NOTHING)
BUSY = Q(standing__no_activity=False) & (
    Q(standing__operating_income__gt=0)
    | Q(standing__purchased_for_members__gt=0)
    | Q(standing__sold_for_members__gt=0)
)


def accepted_reports(as_of: dt.date) -> "QuerySet[AnnualReport]":
    """Return the reports whose accepted figures had been handed in by the end of a day."""
    tomorrow = clock.start_of(as_of + dt.timedelta(days=1))
    return AnnualReport.objects.filter(standing__submitted_at__lt=tomorrow)


def reported(as_of: dt.date, years: list[int], figures: Q) -> "QuerySet[AnnualReport]":
    """Return the reports of some years with such figures."""
    return accepted_reports(as_of).filter(figures, year__in=years)


def idle_in_all(as_of: dt.date, years: list[int]) -> Q:
    """Return the condition that a society reported no business in each of some years."""
    condition = Q()
    for year in years:
        idle = reported(as_of, [year], IDLE).values("cooperative")
        condition &= Q(pk__in=idle)
    return condition


def untold(as_of: dt.date, years: list[int]) -> Q:
    """Return the condition that reports neither show business nor the want of it in every year.

    A society that was not there in the first of the years cannot have so many reports yet.
    """
    busy = reported(as_of, years, BUSY).filter(cooperative=OuterRef("pk"))
    gap = Q()
    for year in years:
        idle = reported(as_of, [year], IDLE).filter(cooperative=OuterRef("pk"))
        gap |= ~Q(Exists(idle))
    return owed(years[0]) & ~Q(Exists(busy)) & gap


def report_cells(society: Cooperative, as_of: dt.date, years: list[int]) -> list[SourceCell]:
    """Return what the reports of some years say of business."""
    cells = []
    reports = accepted_reports(as_of).filter(cooperative=society, year__in=years)
    for report in reports.select_related("standing").order_by("-year"):
        held: Any = report.standing
        said = (
            "填报“本年度无经营”"
            if held.no_activity
            else "；".join(
                f"{held._meta.get_field(name).verbose_name}{yuan(getattr(held, name))}"
                for name in INCOMES
            )
        )
        where = f"审核通过的年度报告（第{held.number}次提交）"
        cells.append(SourceCell(f"{report.year}年度", said, where))
    return cells


class IdleTwoYears(RecordRule):
    """No operating income and no trade with members in 2 report years running (law art. 71).

    Zero income in reports is only a proxy for “no business activity”: a visit confirms it.
    """

    code = "R1"
    title = "连续两个年度无经营"
    points_to = (FlagLabel.ZOMBIE,)
    severity = Severity.HIGH
    basis = (legal.TWO_YEARS_IDLE,)
    thresholds = (Threshold("years", "连续无经营的年度数", 2, "个年度"),)
    period = "已到报送期限的最近几个报告年度"
    data = "审核通过的年度报告中的营业收入、统一购买额、统一销售额"
    exempt_in_founding_year = True
    look_at = (
        "近两年有没有收购、销售、服务的凭据",
        "生产基地、加工场所是否在用",
        "年度报告的零收入是否漏填",
        "成员近两年有没有与本社往来",
    )
    question = "年度报告中近两年没有经营收入。请说明这两年的实际经营情况，有收入的请补充凭据。"

    def measured(self, limits: Limits) -> str:
        return (
            f"最近{limits['years']}个已到期的报告年度，年度报告都没有营业收入，"
            "也没有为成员统一购买、统一销售。"
        )

    def clears_when(self, limits: Limits) -> str:
        return "任一年度的年度报告更正为有经营收入，或最近一个年度恢复经营，下次计算时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        return idle_in_all(as_of, due_years(limits["years"], as_of))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        return untold(as_of, due_years(limits["years"], as_of))

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        years = due_years(limits["years"], as_of)
        declared = reported(as_of, years, Q(standing__no_activity=True))
        return {
            "first_year": Value(years[0]),
            "last_year": Value(years[-1]),
            "declared_none": number_of(declared.filter(cooperative=OuterRef("pk")), Count("pk")),
        }

    def cured(self, limits: Limits) -> Combinable:
        return Value("年度报告显示已有经营收入或购销")

    def explain(self, evidence: Evidence) -> list[str]:
        return [
            (
                f"{evidence['first_year']}至{evidence['last_year']}年度的年度报告，"
                "营业收入、统一购买额、统一销售额都是零或填报“本年度无经营”。"
            ),
            f"其中填报“本年度无经营”的有{evidence['declared_none']}个年度。",
        ]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        return report_cells(
            society, as_of, due_years(self.version_on(as_of).limits["years"], as_of)
        )
