"""Cooperatives, their versions, the feeds they came from, and the suspicions about them."""

from registry.models.batch_day import BatchDay, BatchEntry, BatchResult
from registry.models.certificate import RosterCertificate
from registry.models.cleanup_case import CaseStep, CleanupCase, RectificationTask
from registry.models.contradiction import Contradiction, ContradictionCandidate
from registry.models.cooperative import Cooperative, CooperativeAgent, FormerName
from registry.models.delivery import FeedDelivery, GoneNotice
from registry.models.facts import CARRIED, FACTS, RegisteredFacts
from registry.models.flag import Flag, FlagAnswer, FlagCandidate, FlagRun
from registry.models.interest import ConflictOfInterest
from registry.models.invitation import AgentInvitation, ReportReminder
from registry.models.job import IngestJob
from registry.models.meaning import WordMeaning
from registry.models.member import Member, MemberAccount, RosterUpload
from registry.models.merge import CooperativeMerge, MovedRow
from registry.models.nil_return import FeedReminder, NilReturn
from registry.models.pair import MatchPair, NameKey, NameStem
from registry.models.regulator import (
    AbnormalListing,
    DeregistrationNotice,
    RegistrationChange,
    ReportPublication,
    SpotCheck,
)
from registry.models.rehearsal import Rehearsal, RehearsalFinding
from registry.models.relation import ConversionHelp, FarmSubject, Relation
from registry.models.report import (
    FIGURES,
    AnnualReport,
    GovernanceFact,
    ReportFigures,
    ReportSeason,
    ReportVersion,
)
from registry.models.roster_confirmation import RosterConfirmation
from registry.models.row import FeedRow, RegistrationRow, StatementRow
from registry.models.rule import RuleVersion
from registry.models.site_finding import SiteFinding
from registry.models.statement import Statement
from registry.models.step_template import StepTemplate
from registry.models.survey import SurveyCampaign, SurveyFinding, SurveyRecord
from registry.models.tax import TaxStanding
from registry.models.tip_off import TipOff
from registry.models.version import CooperativeVersion

__all__ = [
    "CARRIED",
    "FACTS",
    "FIGURES",
    "AbnormalListing",
    "AgentInvitation",
    "AnnualReport",
    "BatchDay",
    "BatchEntry",
    "BatchResult",
    "CaseStep",
    "CleanupCase",
    "ConflictOfInterest",
    "Contradiction",
    "ContradictionCandidate",
    "ConversionHelp",
    "Cooperative",
    "CooperativeAgent",
    "CooperativeMerge",
    "CooperativeVersion",
    "DeregistrationNotice",
    "FarmSubject",
    "FeedDelivery",
    "FeedReminder",
    "FeedRow",
    "Flag",
    "FlagAnswer",
    "FlagCandidate",
    "FlagRun",
    "FormerName",
    "GoneNotice",
    "GovernanceFact",
    "IngestJob",
    "MatchPair",
    "Member",
    "MemberAccount",
    "MovedRow",
    "NameKey",
    "NameStem",
    "NilReturn",
    "RectificationTask",
    "RegisteredFacts",
    "RegistrationChange",
    "RegistrationRow",
    "Rehearsal",
    "RehearsalFinding",
    "Relation",
    "ReportFigures",
    "ReportPublication",
    "ReportReminder",
    "ReportSeason",
    "ReportVersion",
    "RosterCertificate",
    "RosterConfirmation",
    "RosterUpload",
    "RuleVersion",
    "SiteFinding",
    "SpotCheck",
    "Statement",
    "StatementRow",
    "StepTemplate",
    "SurveyCampaign",
    "SurveyFinding",
    "SurveyRecord",
    "TaxStanding",
    "TipOff",
    "WordMeaning",
]
