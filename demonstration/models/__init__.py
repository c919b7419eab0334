"""Criteria, honours, rating rounds, monitoring, plans, and what societies do and have."""

from demonstration.models.application import (
    DepartmentOpinion,
    Objection,
    RatingApplication,
    UpwardForwarding,
)
from demonstration.models.criteria import CriteriaItem, CriteriaSet
from demonstration.models.monitoring import MonitoringCase, MonitoringRound, MonitoringTask
from demonstration.models.plan import CultivationPlan, NamedListEntry, PlanMeasure
from demonstration.models.review import InterestDeclaration, Score, ScoreChange, ScoreSheet
from demonstration.models.round import RatingRound, Reviewer
from demonstration.models.standing import Standing
from demonstration.models.strength import SocietyStrength, Undertaking
from demonstration.models.title import DemonstrationTitle, TitleEvent

__all__ = [
    "CriteriaItem",
    "CriteriaSet",
    "CultivationPlan",
    "DemonstrationTitle",
    "DepartmentOpinion",
    "InterestDeclaration",
    "MonitoringCase",
    "MonitoringRound",
    "MonitoringTask",
    "NamedListEntry",
    "Objection",
    "PlanMeasure",
    "RatingApplication",
    "RatingRound",
    "Reviewer",
    "Score",
    "ScoreChange",
    "ScoreSheet",
    "SocietyStrength",
    "Standing",
    "TitleEvent",
    "Undertaking",
    "UpwardForwarding",
]
