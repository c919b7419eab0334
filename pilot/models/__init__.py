"""Rows of the pilot programme."""

from pilot.models.programme import Phase, Programme
from pilot.models.task import EvidenceLink, PlanTask, TaskDependency, TaskPart

__all__ = [
    "EvidenceLink",
    "Phase",
    "PlanTask",
    "Programme",
    "TaskDependency",
    "TaskPart",
]
