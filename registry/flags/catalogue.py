"""Every rule in force, in the order people read them. No discovery: what is not here does not run."""

from collections.abc import Mapping

from registry.choices import FlagLabel
from registry.flags.rule import FlagRule
from registry.flags.rules.cannot_be_contacted import CannotBeContacted
from registry.flags.rules.capital_outlier import CapitalOutlier
from registry.flags.rules.farmer_share_too_low import FarmerShareTooLow
from registry.flags.rules.founded_together import FoundedTogether
from registry.flags.rules.idle_one_year import IdleOneYear
from registry.flags.rules.idle_two_years import IdleTwoYears
from registry.flags.rules.members_too_few import MembersTooFew
from registry.flags.rules.nothing_found import NothingFound
from registry.flags.rules.on_abnormal_list import OnAbnormalList
from registry.flags.rules.one_contributor import OneContributor
from registry.flags.rules.one_household import OneHousehold
from registry.flags.rules.one_surname import OneSurname
from registry.flags.rules.one_trader import OneTrader
from registry.flags.rules.report_missed_twice import ReportMissedTwice
from registry.flags.rules.report_not_published import ReportNotPublished
from registry.flags.rules.revoked_not_closed import RevokedNotClosed
from registry.flags.rules.shared_chair_or_address import SharedChairOrAddress
from registry.flags.rules.spot_check_inactive import SpotCheckInactive
from registry.flags.rules.tax_silent import TaxSilent
from registry.flags.rules.too_many_units import TooManyUnits

RULES: tuple[FlagRule, ...] = (
    IdleTwoYears(),
    IdleOneYear(),
    ReportNotPublished(),
    ReportMissedTwice(),
    OnAbnormalList(),
    CannotBeContacted(),
    SpotCheckInactive(),
    MembersTooFew(),
    FarmerShareTooLow(),
    TooManyUnits(),
    OneContributor(),
    OneTrader(),
    OneHousehold(),
    OneSurname(),
    TaxSilent(),
    NothingFound(),
    CapitalOutlier(),
    SharedChairOrAddress(),
    FoundedTogether(),
    RevokedNotClosed(),
)
RULES_BY_CODE: dict[str, FlagRule] = {rule.code: rule for rule in RULES}


def codes_pointing_to(label: str) -> list[str]:
    """Return the codes of the rules that point to a label."""
    return [rule.code for rule in RULES if label in rule.points_to]


def counts_by_label(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many suspicions point to each label; a rule may point to more than one."""
    return {
        label.value: sum(counts.get(code, 0) for code in codes_pointing_to(label))
        for label in FlagLabel
    }
