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

LIKELY: dict[str, Any] = {}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    found: dict[str, Any] = {
        "campaign": first(SurveyCampaign),
        "record": first(SurveyRecord),
        "case": first(CleanupCase),
        "step": first(CaseStep),
        "task": first(RectificationTask),
        "batch": first(BatchDay),
        "entry": first(BatchEntry),
        "relation": first(Relation),
        "tip": first(TipOff),
    }
    return known(found)
