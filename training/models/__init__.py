"""Counsellors, what they do in the field, and what people learn."""

from training.models.assignment import CounsellorAssignment, PairingNeed
from training.models.counsellor import Counsellor
from training.models.handover import Handover

__all__ = [
    "Counsellor",
    "CounsellorAssignment",
    "Handover",
    "PairingNeed",
]
