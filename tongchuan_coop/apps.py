"""The composition root as an application: it holds the commands that concern the whole portal."""

from django.apps import AppConfig

from accounts import deeds
from liaison.choices import FetchForm, GrantState, SharedList
from liaison.exemplar_choices import ExemplarState
from liaison.help_choices import HelpState
from liaison.meeting_choices import (
    ConsentAnswer,
    DecisionState,
    MeetingState,
    MinutesState,
    ReplyKind,
)
from liaison.watch_choices import WatchState
from pilot.plan_choices import AcceptanceState, ArchiveState, PartState
from registry.choices import (
    CooperativeFile,
    FeedScope,
    FeedSource,
    FindingState,
    FlagState,
    JobState,
    OperatingState,
    PairBasis,
    PairState,
    RowDecision,
    RowOutcome,
    Seen,
)
from registry.cleanup.choices import (
    BatchOutcome,
    BatchState,
    CampaignState,
    CaseFile,
    CaseState,
    HelpKind,
    RelationKind,
    Route,
    StepState,
    SurveyState,
    TaskState,
    TipOffState,
)
from registry.flag_choices import RehearsalState
from registry.side_choices import ContradictionKind, ContradictionState
from training.choices import EventState, PromiseState, ProposalState, VisitState

# Sets of words that stand in stored rows and so in the trail; a later one wins over an earlier.
STORED = (
    HelpState,
    DecisionState,
    MinutesState,
    MeetingState,
    ConsentAnswer,
    ReplyKind,
    JobState,
    RowOutcome,
    RowDecision,
    FlagState,
    FeedSource,
    FeedScope,
    CooperativeFile,
    FetchForm,
    GrantState,
    SharedList,
    PairBasis,
    PairState,
    ContradictionKind,
    ContradictionState,
    FindingState,
    OperatingState,
    Seen,
    CampaignState,
    SurveyState,
    CaseState,
    StepState,
    TaskState,
    Route,
    CaseFile,
    RelationKind,
    HelpKind,
    BatchState,
    BatchOutcome,
    TipOffState,
    EventState,
    VisitState,
    PromiseState,
    ProposalState,
    PartState,
    AcceptanceState,
    ArchiveState,
    RehearsalState,
    WatchState,
    ExemplarState,
)


class PortalConfig(AppConfig):
    name = "tongchuan_coop"
    label = "portal"
    verbose_name = "通川区农民合作社质量提升平台"

    def ready(self) -> None:
        """Teach the audit trail the words of stored states, which it may not import itself."""
        for words in STORED:
            deeds.learn(words)
        # Parts of the house beside each other, which may not import each other, meet here.
        from tongchuan_coop import exporting, milestones, pairing  # noqa: PLC0415 - models are loaded by now

        exporting.invite()
        milestones.invite()
        pairing.invite()
