"""R2: no income and no trade with members in the latest report year only."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.expressions import Combinable

from registry.choices import FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.days import due_years
from registry.flags.records import RecordRule
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.rules.idle_two_years import (
    IDLE,
    idle_in_all,
    report_cells,
    reported,
    untold,
)
from registry.flags.sources import SourceCell
from registry.models import Cooperative


class IdleOneYear(RecordRule):
    """Idle in the latest report year, and not in the one before: paused rather than gone."""

    code = "R2"
    title = "最近一个年度无经营"
    points_to = (FlagLabel.DORMANT,)
    severity = Severity.MEDIUM
    basis = (legal.YEAR_WITHOUT_BUSINESS,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (Threshold("years", "无经营的年度数", 1, "个年度"),)
    period = "已到报送期限的最近一个报告年度"
    data = "审核通过的年度报告中的营业收入、统一购买额、统一销售额"
    exempt_in_founding_year = True
    look_at = (
        "今年有没有生产、收购、销售",
        "停业的原因，是否季节性或受灾",
        "打算何时恢复，或是否有意注销",
    )
    question = "最近一个年度的年度报告没有经营收入。请说明实际经营情况和今后的打算。"

    def measured(self, limits: Limits) -> str:
        return f"最近{limits['years']}个已到期的报告年度没有营业收入和统一购销，而此前一个年度不是这样。"

    def clears_when(self, limits: Limits) -> str:
        return "该年度的年度报告更正为有经营收入，或下一年度恢复经营，下次计算时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        years = due_years(limits["years"] + 1, as_of)
        before = reported(as_of, years[:1], IDLE).filter(cooperative=OuterRef("pk"))
        return idle_in_all(as_of, years[1:]) & ~Q(Exists(before))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        return untold(as_of, due_years(limits["years"], as_of))

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        years = due_years(limits["years"], as_of)
        return {"first_year": Value(years[0]), "last_year": Value(years[-1])}

    def cured(self, limits: Limits) -> Combinable:
        return Value("年度报告显示已有经营收入或购销，或已连续两年无经营而改列R1")

    def explain(self, evidence: Evidence) -> list[str]:
        first, last = evidence["first_year"], evidence["last_year"]
        when = f"{last}年度" if first == last else f"{first}至{last}年度"
        return [f"{when}的年度报告没有营业收入和统一购销，此前一个年度没有这样填报。"]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        years = due_years(self.version_on(as_of).limits["years"] + 1, as_of)
        return report_cells(society, as_of, years)
