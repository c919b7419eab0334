"""What the departments do together: the sharing of lists, meetings and what they decide."""

from liaison.models.body import BodySeat, CoordinationBody
from liaison.models.decision import Decision, DecisionProgress
from liaison.models.grant import ShareFetch, ShareGrant
from liaison.models.meeting import AgendaItem, Meeting, MeetingUnit
from liaison.models.minutes import Consent, Minutes, MinutesTopic, TopicEdition
from liaison.models.sponsorship import SponsorFollowUp, Sponsorship
from liaison.models.support import SupportGrant, SupportInspection

__all__ = [
    "AgendaItem",
    "BodySeat",
    "Consent",
    "CoordinationBody",
    "Decision",
    "DecisionProgress",
    "Meeting",
    "MeetingUnit",
    "Minutes",
    "MinutesTopic",
    "ShareFetch",
    "ShareGrant",
    "SponsorFollowUp",
    "Sponsorship",
    "SupportGrant",
    "SupportInspection",
    "TopicEdition",
]
