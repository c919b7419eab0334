"""The ledger and the charts: the same rows everywhere, every figure with its list."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from accounts.policy import Action
from common import clock
from common.charts import Chart, ChartKind, Series
from registry.cleanup.choices import CaseState, Route
from registry.cleanup.figures import ageing_of, funnel_of, pace_of
from registry.models import CleanupCase
from registry.operations.cleanup_cases import move_case, open_case
from registry.operations.cleanup_steps import finish_step
from tests.factories.cleanup import begin, finish_all, leave_register
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast):
    """One case at every stage of the way out, and one that stays."""
    made = []
    for stage in range(4):
        with clock.on_day(clock.today() - dt.timedelta(days=40 * stage)):
            society = CooperativeFactory(township=cast.near.township, name=f"第{stage}合作社")
            case = open_case(society, route=Route.SIMPLIFIED, because="停业", by=cast.clerk)
            if stage:
                case = begin(case, cast.bureau)
            if stage > 1:
                finish_all(case, cast.bureau)
                move_case(case, CaseState.AWAITING, by=cast.bureau)
        if stage > 2:
            leave_register(society)
            move_case(case, CaseState.CLEARED, by=cast.bureau)
        made.append(case)
    open_case(cast.near.cooperative, route=Route.RECTIFICATION, because="不规范", by=cast.clerk)
    return made


def test_workbook_and_paper_hold_the_same_rows(cast, cases, browser_of):
    client = browser_of(cast.clerk)
    paper = client.get(reverse("registry:cleanup-ledger"), {"state": "all"})
    answer = client.get(reverse("registry:cleanup-export"), {"state": "all"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book["清理整顿台账"].iter_rows(values_only=True))[1:]
    assert [row[0] for row in rows] == [each["case"].number for each in paper.context["rows"]]
    assert len(rows) == CleanupCase.objects.count() == 5
    assert [row[-1] for row in rows].count("是") == 1
    assert AuditEvent.objects.get(action=Action.EXPORT_CLEANUP).detail["number"] == 5


def test_every_figure_of_a_chart_is_the_length_of_its_list(cast, cases, browser_of):
    reach = CleanupCase.objects.permitted(cast.bureau, Action.VIEW_CLEANUP)
    funnel, ageing = funnel_of(reach), ageing_of(reach)
    assert list(funnel.series[0].values) == [4, 3, 2, 1]
    client = browser_of(cast.bureau)
    for chart in (funnel, ageing):
        for row in chart.rows:
            listed = client.get(row["url"]).context["number"]
            assert listed == sum(cell["value"] for cell in row["cells"]), row


def test_the_pace_is_the_mean_of_days_by_who_does_it(cast, cases):
    case = cases[1]
    with clock.on_day(clock.today() + dt.timedelta(days=2)):
        step = case.steps.select_related("case", "template").get(template__key="commitment")
        finish_step(step, on=clock.today(), by=cast.bureau)
    chart = pace_of(CleanupCase.objects.all())
    assert list(chart.categories) == ["合作社（乡镇街道协助）"]
    assert list(chart.series[0].values) == [42]


def test_a_chart_page_carries_its_table_and_its_words(cast, cases, browser_of):
    words = browser_of(cast.leader).get(reverse("registry:cleanup-charts")).content.decode()
    assert "立案 4 件，合作社同意 3 件" in words
    assert 'type="application/json"' in words
    assert "build/charts" in words
    home = browser_of(cast.leader).get("/").content.decode()
    assert "build/charts" not in home


def test_the_ledger_costs_a_fixed_number_of_queries(
    cast, cases, browser_of, django_assert_max_num_queries
):
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(14):
        client.get(reverse("registry:cleanup-ledger"), {"state": "all"})


def test_a_chart_refuses_figures_that_do_not_fit():
    with pytest.raises(ValueError, match="every category"):
        Chart("x", "图", "话", ChartKind.BARS, "件", ["甲", "乙"], [Series("数", [1])])
    empty = Chart("x", "图", "话", ChartKind.BARS, "件", ["甲"], [Series("数", [None])])
    assert empty.is_empty
