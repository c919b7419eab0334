"""Rows of the pilot programme."""

from pilot.models.acceptance import Acceptance, AcceptanceFinding, CheckItem, TargetCheck
from pilot.models.archive import Archive
from pilot.models.edition import Edition
from pilot.models.programme import Phase, Programme
from pilot.models.target import IndicatorFigure, Target
from pilot.models.task import EvidenceLink, PlanTask, TaskDependency, TaskPart

__all__ = [
    "Acceptance",
    "AcceptanceFinding",
    "Archive",
    "CheckItem",
    "Edition",
    "EvidenceLink",
    "IndicatorFigure",
    "Phase",
    "PlanTask",
    "Programme",
    "Target",
    "TargetCheck",
    "TaskDependency",
    "TaskPart",
]
