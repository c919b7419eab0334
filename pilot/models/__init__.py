"""Rows of the pilot programme."""

from pilot.models.edition import Edition
from pilot.models.programme import Phase, Programme
from pilot.models.target import IndicatorFigure, Target
from pilot.models.task import EvidenceLink, PlanTask, TaskDependency, TaskPart

__all__ = [
    "Edition",
    "EvidenceLink",
    "IndicatorFigure",
    "Phase",
    "PlanTask",
    "Programme",
    "Target",
    "TaskDependency",
    "TaskPart",
]
