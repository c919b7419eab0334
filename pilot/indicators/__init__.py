"""Every indicator of the pilot, in the order in which leaders read them."""

from pilot.indicators.frame import Indicator
from pilot.indicators.governance import (
    AccountsComplete,
    AffairsDisclosed,
    GoodOrder,
    ReportsPublished,
    SurplusDistributed,
)
from pilot.indicators.strengths import (
    Certified,
    Converted,
    FarmsJoined,
    Serving,
    United,
    WithFacilities,
)
from pilot.indicators.titles import (
    DistrictThisYear,
    FamilyFarmSocieties,
    NewDistrict,
    NewMunicipal,
    NewNational,
    NewProvincial,
    PairedHolders,
    PlannedSocieties,
    ThreeInOneSocieties,
    TypicalSocieties,
)
from pilot.indicators.work import (
    ChairTraining,
    Cleared,
    CounsellorTraining,
    CoveredTownships,
    FeedQuarters,
    HeardOfTheLaw,
    JointMeetings,
    LeadingGroupMeetings,
    Surveyed,
    TownshipTraining,
)

INDICATORS: tuple[Indicator, ...] = (
    NewNational(),
    NewProvincial(),
    NewMunicipal(),
    NewDistrict(),
    ReportsPublished(),
    AccountsComplete(),
    AffairsDisclosed(),
    SurplusDistributed(),
    GoodOrder(),
    DistrictThisYear(),
    FamilyFarmSocieties(),
    TypicalSocieties(),
    CoveredTownships(),
    CounsellorTraining(),
    ChairTraining(),
    TownshipTraining(),
    ThreeInOneSocieties(),
    JointMeetings(),
    LeadingGroupMeetings(),
    Surveyed(),
    Cleared(),
    FeedQuarters(),
    PairedHolders(),
    PlannedSocieties(),
    HeardOfTheLaw(),
    Serving(),
    WithFacilities(),
    Certified(),
    Converted(),
    FarmsJoined(),
    United(),
)
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
