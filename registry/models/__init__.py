"""Cooperatives, their versions, the feeds they came from, and the suspicions about them."""

from registry.models.cooperative import Cooperative, CooperativeAgent, FormerName
from registry.models.delivery import FeedDelivery, GoneNotice
from registry.models.facts import CARRIED, FACTS, RegisteredFacts
from registry.models.flag import Flag, FlagCandidate, FlagRun
from registry.models.job import IngestJob
from registry.models.row import FeedRow, RegistrationRow
from registry.models.rule import RuleVersion
from registry.models.site_finding import SiteFinding
from registry.models.version import CooperativeVersion

__all__ = [
    "CARRIED",
    "FACTS",
    "Cooperative",
    "CooperativeAgent",
    "CooperativeVersion",
    "FeedDelivery",
    "FeedRow",
    "Flag",
    "FlagCandidate",
    "FlagRun",
    "FormerName",
    "GoneNotice",
    "IngestJob",
    "RegisteredFacts",
    "RegistrationRow",
    "RuleVersion",
    "SiteFinding",
]
