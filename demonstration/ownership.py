"""When files of a row may no longer change."""

from demonstration.choices import ApplicationState, MonitoringState, PlanState
from demonstration.models import (
    CultivationPlan,
    InnovationEntry,
    MonitoringCase,
    RatingApplication,
)


def application_is_closed(application: RatingApplication) -> str:
    """Files change as long as the application may be written."""
    if application.state in (ApplicationState.DRAFT, ApplicationState.RETURNED):
        return ""
    return "申报已经提交，证明材料不能再改。要补充请先撤回申报。"


def case_is_closed(case: MonitoringCase) -> str:
    """Files change until the case is closed."""
    return "监测已经结案，凭证不能再改。" if case.state == MonitoringState.CLOSED else ""


def plan_is_closed(plan: CultivationPlan) -> str:
    """Files change as long as the plan is active."""
    return "" if plan.state == PlanState.ACTIVE else "培育方案已经结束，佐证不能再改。"


def innovation_is_taken_back(entry: InnovationEntry) -> str:
    """Files change as long as the line stands."""
    return "" if entry.stands else "这条登记已经撤销，不能再增减材料。"
