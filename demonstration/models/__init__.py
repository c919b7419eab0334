"""Criteria, honours, rounds, monitoring, plans, what societies do and have, how they innovate."""

from demonstration.models.application import (
    DepartmentOpinion,
    Objection,
    RatingApplication,
    UpwardForwarding,
)
from demonstration.models.criteria import CriteriaItem, CriteriaSet
from demonstration.models.innovation import InnovationEntry, ShareDividend
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
    "InnovationEntry",
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
    "ShareDividend",
    "SocietyStrength",
    "Standing",
    "TitleEvent",
    "Undertaking",
    "UpwardForwarding",
]
