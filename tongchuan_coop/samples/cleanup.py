"""Samples of survey, clean-up and relations."""

from typing import Any

from registry.models import (
    BatchDay,
    BatchEntry,
    CaseStep,
    CleanupCase,
    RectificationTask,
    Relation,
    SurveyCampaign,
    SurveyRecord,
    TipOff,
)
from tongchuan_coop.samples.first import first, known

LIKELY: dict[str, Any] = {"registry:cleanup-task:task": 1, "registry:cleanup-task-review:task": 1}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    found: dict[str, Any] = {
        "campaign": first(SurveyCampaign),
        "record": first(SurveyRecord),
        "case": first(CleanupCase),
        "step": first(CaseStep),
        "registry:cleanup-task:task": first(RectificationTask),
        "registry:cleanup-task-review:task": first(RectificationTask),
        "batch": first(BatchDay),
        "entry": first(BatchEntry),
        "place": first(BatchEntry),
        "api:rectification-tasks-detail:task": first(RectificationTask),
        "relation": first(Relation),
        "tip": first(TipOff),
    }
    return known(found)
