"""Counsellors, what they do in the field, and what people learn."""

from training.models.assignment import CounsellorAssignment, PairingNeed
from training.models.counsellor import Counsellor
from training.models.event import Attendance, TrainingEvent
from training.models.guidance import GuidanceRecord
from training.models.handover import Handover
from training.models.promise import Promise
from training.models.proposal import VisitProposal
from training.models.visit import (
    Addendum,
    FieldKey,
    Visit,
    VisitHint,
    VisitPhoto,
    VisitRevision,
)

__all__ = [
    "Addendum",
    "Attendance",
    "Counsellor",
    "CounsellorAssignment",
    "FieldKey",
    "GuidanceRecord",
    "Handover",
    "PairingNeed",
    "Promise",
    "TrainingEvent",
    "Visit",
    "VisitHint",
    "VisitPhoto",
    "VisitProposal",
    "VisitRevision",
]
