"""The charts of clean-up: the way out as a funnel, the age of open cases, days by department."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F
from django.urls import reverse

from common.charts import Chart, ChartKind, Series
from registry.cleanup.choices import EXIT_ROUTES, OPEN_CASES, StepState
from registry.forms.cleanup_filter import AGES, AGREED, CLEARED, EVERY, EXITS, FINISHED
from registry.models import CaseStep
from registry.models.cleanup_case import CaseQuerySet

STAGES = (
    (EXITS, "立案"),
    (AGREED, "合作社同意"),
    (FINISHED, "步骤办完"),
    (CLEARED, "登记数据已注销"),
)


def _list(**asked: str) -> str:
    return f"{reverse('registry:cleanup-list')}?{urlencode(asked)}"


def funnel_of(cases: CaseQuerySet) -> Chart:
    """Return how many cases that lead out came how far; each stage holds the next."""
    exits = cases.filter(route__in=EXIT_ROUTES)
    counts = [
        exits.count(),
        exits.agreed().count(),
        exits.finished().count(),
        exits.cleared().count(),
    ]
    return Chart(
        anchor="funnel",
        title="注销类案件走到哪一步",
        summary=(
            f"立案 {counts[0]} 件，合作社同意 {counts[1]} 件，步骤办完 {counts[2]} 件，"
            f"市场监管局数据确认已注销 {counts[3]} 件。"
        ),
        kind=ChartKind.FUNNEL,
        unit="件",
        category_title="阶段",
        categories=[words for _, words in STAGES],
        series=[Series("案件", counts)],
        urls=[_list(state=EVERY, stage=stage) for stage, _ in STAGES],
    )


def ageing_of(cases: CaseQuerySet) -> Chart:
    """Return the open cases by the days since they were opened, stacked by state."""
    opened = cases.open()
    series = [
        Series(
            state.label,
            [opened.filter(state=state).aged(least, most).count() for least, most, _ in AGES],
        )
        for state in OPEN_CASES
    ]
    old = sum(each.values[-1] or 0 for each in series) + sum(
        each.values[-2] or 0 for each in series
    )
    return Chart(
        anchor="ageing",
        title="在办案件立案至今的时间",
        summary=f"在办 {opened.count()} 件，其中超过 90 天的 {old} 件，逾期 {opened.overdue().count()} 件。",
        kind=ChartKind.COLUMNS,
        unit="件",
        category_title="已立案",
        categories=[words for _, _, words in AGES],
        series=series,
        urls=[_list(age=str(least)) for least, _, _ in AGES],
        stacked=True,
    )


def pace_of(cases: CaseQuerySet) -> Chart:
    """Return how many days a finished step took on average, by who does it (S-029)."""
    took: Any = ExpressionWrapper(F("done_on") - F("ready_on"), output_field=DurationField())
    done = (
        CaseStep.objects.filter(case__in=cases, state=StepState.DONE, ready_on__isnull=False)
        .order_by()
        .values("department__short_name", "department__position")
        .annotate(mean=Avg(took), number=Count("pk"))
    )
    rows = sorted(done, key=lambda row: -row["mean"].total_seconds())
    names = [row["department__short_name"] or "合作社（乡镇街道协助）" for row in rows]
    means = [round(row["mean"].total_seconds() / 86400, 1) for row in rows]
    slowest = f"最慢的是{names[0]}，平均 {means[0]} 天。" if rows else "还没有办结的步骤。"
    return Chart(
        anchor="pace",
        title="每一步平均用几天",
        summary=f"从轮到这一步到办结的平均天数。{slowest}",
        kind=ChartKind.BARS,
        unit="天",
        category_title="经办",
        categories=names,
        series=[Series("平均天数", means)],
    )
