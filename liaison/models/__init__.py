"""What the departments do together: the sharing of lists, meetings and what they decide."""

from liaison.models.body import BodySeat, CoordinationBody
from liaison.models.contact import UnitContact
from liaison.models.decision import Decision, DecisionProgress
from liaison.models.exemplar import Exemplar
from liaison.models.grant import ShareFetch, ShareGrant
from liaison.models.help_request import HelpLine, HelpRequest
from liaison.models.library import DocumentReader, LibraryDocument
from liaison.models.meeting import AgendaItem, Meeting, MeetingUnit
from liaison.models.minutes import Consent, Minutes, MinutesTopic, TopicEdition
from liaison.models.paper import PaperAnswer
from liaison.models.sponsorship import SponsorFollowUp, Sponsorship
from liaison.models.support import SupportGrant, SupportInspection
from liaison.models.upward import UpwardLine
from liaison.models.watch import FundWatch

__all__ = [
    "AgendaItem",
    "BodySeat",
    "Consent",
    "CoordinationBody",
    "Decision",
    "DecisionProgress",
    "DocumentReader",
    "Exemplar",
    "FundWatch",
    "HelpLine",
    "HelpRequest",
    "LibraryDocument",
    "Meeting",
    "MeetingUnit",
    "Minutes",
    "MinutesTopic",
    "PaperAnswer",
    "ShareFetch",
    "ShareGrant",
    "SponsorFollowUp",
    "Sponsorship",
    "SupportGrant",
    "SupportInspection",
    "TopicEdition",
    "UnitContact",
    "UpwardLine",
]
