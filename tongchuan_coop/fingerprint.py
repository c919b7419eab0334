"""One SHA-256 over the business content, in natural keys, the same on every database.

Left out on purpose: row ids, versions and times of writing, sessions, jobs and the evidence of
how content came in (deliveries, rows, closed versions, cleared flags, the audit trail). So an
undo returns the fingerprint of before, and a repeated delivery changes nothing.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from accounts.models import (
    AliasVillage,
    Attachment,
    IssuedPaper,
    OrganisationUnit,
    UnitAlias,
    User,
)
from demonstration.models import (
    CriteriaItem,
    DemonstrationTitle,
    MonitoringCase,
    NamedListEntry,
    PlanMeasure,
    RatingApplication,
    Score,
    SocietyStrength,
    TitleEvent,
    Undertaking,
)
from liaison.models import ShareGrant
from registry.choices import PairState
from registry.models import (
    FACTS,
    AnnualReport,
    BatchDay,
    BatchEntry,
    BatchResult,
    CaseStep,
    CleanupCase,
    ConflictOfInterest,
    Contradiction,
    ConversionHelp,
    Cooperative,
    CooperativeAgent,
    CooperativeMerge,
    CooperativeVersion,
    Flag,
    FormerName,
    GovernanceFact,
    MatchPair,
    Member,
    MemberAccount,
    NilReturn,
    RectificationTask,
    Relation,
    ReportVersion,
    RosterCertificate,
    SiteFinding,
    Statement,
    SurveyCampaign,
    SurveyFinding,
    SurveyRecord,
    TipOff,
    WordMeaning,
)
from registry.operations.rosters import FACTS as ROSTER_FACTS
from registry.side_choices import ContradictionState
from training.models import (
    Attendance,
    Counsellor,
    CounsellorAssignment,
    GuidanceRecord,
    PairingNeed,
    Promise,
    TrainingEvent,
    Visit,
    VisitProposal,
)

_SOCIETY = ("cooperative__uscc", "cooperative__registration_no")


def fingerprint() -> str:
    """Return the SHA-256 of the canonical content."""
    digest = hashlib.sha256()
    for name, rows in _tables():
        digest.update(f"\n#{name}\n".encode())
        for line in _sorted_lines(rows):
            digest.update(line.encode())
    return digest.hexdigest()


def _tables() -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    yield "units", _values(OrganisationUnit.objects, "code", "name", "kind", "active")
    yield "old-names", _values(UnitAlias.objects, "name", "unit__code")
    yield "old-villages", _values(AliasVillage.objects, "alias__name", "village", "unit__code")
    yield (
        "people",
        _values(User.objects, "username", "full_name", "role", "unit__code", "is_active"),
    )
    yield (
        "societies",
        _values(
            Cooperative.objects,
            "uscc",
            *FACTS,
            "township__code",
            "township_basis",
            "counsellor__username",
            "internal_note",
        ),
    )
    yield "former-names", _values(FormerName.objects, *_SOCIETY, "name", "until")
    yield (
        "contradictions",
        _values(
            Contradiction.objects.exclude(state=ContradictionState.CURED),
            *_SOCIETY,
            "kind",
            "state",
            "assignee__username",
            "due_on",
            "decision_reason",
        ),
    )
    yield (
        "grants",
        _values(
            ShareGrant.objects,
            "shared_list",
            "fields",
            "receiver__code",
            "purpose",
            "valid_until",
            "state",
            "proposed_by__username",
            "approved_by__username",
        ),
    )
    yield (
        "nil-returns",
        _values(NilReturn.objects, "source", "quarter", "sender__code", "signed_by__username"),
    )
    yield (
        "merged",
        _values(
            CooperativeMerge.objects.standing(),
            "kept__uscc",
            "kept__registration_no",
            "absorbed__uscc",
            "absorbed__registration_no",
        ),
    )
    yield (
        "told-apart",
        _values(
            MatchPair.objects.filter(state=PairState.DIFFERENT),
            "left__uscc",
            "left__registration_no",
            "right__uscc",
            "right__registration_no",
        ),
    )
    yield "agents", _values(CooperativeAgent.objects, *_SOCIETY, "user__username", "since", "until")
    yield (
        "versions",
        _values(
            CooperativeVersion.objects.known(),
            *_SOCIETY,
            *FACTS,
            "township__code",
            "true_from",
            "true_to",
            "changed_fields",
        ),
    )
    yield (
        "site-findings",
        _values(
            SiteFinding.objects.standing(),
            "visit_key",
            *_SOCIETY,
            "seen_on",
            "seen_by__username",
            "in_person",
            "at_address",
            "operating",
            "signboard",
            "licence_shown",
            "charter_kept",
            "accounts_kept",
            "member_accounts",
            "affairs_disclosed",
            "members_met",
            "members_told",
            "note",
        ),
    )
    yield "meanings", _values(WordMeaning.objects.in_force(), "key", "word", "code")
    for model in Statement.__subclasses__():
        known = model._default_manager.filter(known_to__isnull=True)
        yield model.__name__, _values(known, *_SOCIETY, *model.said())
    yield (
        "members",
        _values(Member.objects, *_SOCIETY, *ROSTER_FACTS),
    )
    yield (
        "annual-reports",
        _values(
            AnnualReport.objects,
            *_SOCIETY,
            "year",
            "state",
            "latest__sha256",
            "standing__sha256",
            "helped",
        ),
    )
    yield (
        "report-versions",
        _values(
            ReportVersion.objects,
            "society_code",
            "report__year",
            "number",
            "sha256",
            "chair",
            "late",
            "helped",
            "confirmation",
            "paper_number",
        ),
    )
    yield (
        "roster-certificates",
        _values(
            RosterCertificate.objects, *_SOCIETY, "purpose", "state", "members", "paper_number"
        ),
    )
    yield (
        "governance-facts",
        _values(
            GovernanceFact.objects, *_SOCIETY, "year", "kind", "applies", "declared", "verified"
        ),
    )
    yield (
        "member-accounts",
        _values(
            MemberAccount.objects,
            "member__cooperative__uscc",
            "member__name",
            "member__identity_number",
            "year",
            "contribution",
            "reserve_share",
            "transactions",
            "returned",
        ),
    )
    yield (
        "attachments",
        _values(
            Attachment.objects.filter(removed_at__isnull=True),
            "owner_kind",
            "purpose",
            "filename",
            "sha256",
            "note",
        ),
    )
    # Without check codes, bytes and shown facts: codes are drawn by lot and printed in the bytes,
    # and a receipt shows the very minute.
    yield (
        "papers",
        _values(IssuedPaper.objects, "owner_kind", "kind", "number", "title", "state"),
    )
    yield "flags", _values(Flag.objects.open(), *_SOCIETY, "rule", "label", "severity", "state")
    yield from _cleanup()
    yield from _training()


def _cleanup() -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    yield "surveys", _values(SurveyCampaign.objects, "title", "opens_on", "due_on", "note", "state")
    yield (
        "survey-records",
        _values(
            SurveyRecord.objects,
            "campaign__title",
            *_SOCIETY,
            "state",
            "surveyed_on",
            "method",
            "operating_state",
            "met",
            "disposition",
            "note",
            "recorded_by__username",
        ),
    )
    yield (
        "survey-findings",
        _values(
            SurveyFinding.objects,
            "record__campaign__title",
            "record__cooperative__uscc",
            "record__cooperative__registration_no",
            "finding",
        ),
    )
    case = ("case__number",)
    yield (
        "cleanup-cases",
        _values(
            CleanupCase.objects,
            "number",
            *_SOCIETY,
            *(
                field.name
                for field in CleanupCase._meta.concrete_fields
                if not field.is_relation and field.name not in {"id", "number", "version"}
            ),
            "owner__username",
            "department__code",
        ),
    )
    yield (
        "cleanup-steps",
        _values(
            CaseStep.objects,
            *case,
            "position",
            "template__route",
            "template__key",
            "template__valid_from",
            "state",
            "started_on",
            "due_on",
            "done_on",
            "done_by__username",
            "note",
        ),
    )
    yield (
        "cleanup-tasks",
        _values(RectificationTask.objects, *case, "title", "due_on", "state", "outcome", "done_on"),
    )
    yield (
        "batch-days",
        _values(BatchDay.objects, "title", "held_on", "hours", "place", "slots", "note", "state"),
    )
    yield (
        "batch-entries",
        _values(BatchEntry.objects, "day__title", "day__held_on", "slot", "case__number"),
    )
    yield (
        "batch-results",
        _values(
            BatchResult.objects,
            "entry__day__held_on",
            "entry__slot",
            "step__template__key",
            "outcome",
            "note",
        ),
    )
    yield (
        "tip-offs",
        _values(
            TipOff.objects,
            "number",
            "about",
            "cooperative__uscc",
            "content",
            "channel",
            "received_on",
            "due_on",
            "reporter_name",
            "reporter_phone",
            "state",
            "finding",
            "case__number",
        ),
    )
    yield "cleanup-help", _values(ConversionHelp.objects, *case, "kind", "given_on", "note")
    yield (
        "relations",
        _values(
            Relation.objects,
            "kind",
            "cooperative__uscc",
            "other_cooperative__uscc",
            "subject__uscc",
            "subject__name",
            "household",
            "since",
            "until",
            "note",
        ),
    )


def _training() -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    yield (
        "interests",
        _values(
            ConflictOfInterest.objects, *_SOCIETY, "person__username", "kind", "since", "until"
        ),
    )
    yield (
        "counsellors",
        _values(
            Counsellor.objects, "user__username", "specialty", "source", "appointed_on", "until"
        ),
    )
    yield (
        "assignments",
        _values(
            CounsellorAssignment.objects,
            *_SOCIETY,
            "counsellor__username",
            "kind",
            "since",
            "until",
        ),
    )
    yield "pairing-needs", _values(PairingNeed.objects, *_SOCIETY, "basis", "since", "until")
    yield (
        "visits",
        _values(
            Visit.objects,
            *_SOCIETY,
            "counsellor__username",
            "visited_on",
            "method",
            "purpose",
            "met",
            "at_address",
            "operating",
            "seen",
            "members_met",
            "problems",
            "guidance",
            "answers",
            "next_visit_on",
            "state",
        ),
    )
    yield (
        "promises",
        _values(
            Promise.objects,
            *_SOCIETY,
            "kind",
            "text",
            "owner",
            "due_on",
            "grave",
            "state",
            "outcome",
        ),
    )
    yield (
        "trainings",
        _values(
            TrainingEvent.objects,
            "title",
            "audience",
            "unit__code",
            "held_on",
            "hours",
            "place",
            "topics",
            "state",
        ),
    )
    yield (
        "attendance",
        _values(
            Attendance.objects,
            "event__title",
            "event__held_on",
            "name",
            "organisation",
            "invited",
            "signed",
        ),
    )
    yield (
        "guidance",
        _values(GuidanceRecord.objects, "kind", "on", "unit__code", "about", "advice", "outcome"),
    )
    yield (
        "visit-proposals",
        _values(
            VisitProposal.objects,
            "visit__cooperative__uscc",
            "kind",
            "field",
            "stood",
            "value",
            "state",
        ),
    )

    yield from _demonstration()


def _demonstration() -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    yield (
        "criteria",
        _values(
            CriteriaItem.objects,
            "criteria__level",
            "criteria__honour",
            "criteria__region",
            "criteria__number",
            "criteria__state",
            "criteria__effective_from",
            "criteria__effective_until",
            "position",
            "text",
            "kind",
            "points",
            "measure",
            "threshold",
        ),
    )
    yield (
        "titles",
        _values(
            DemonstrationTitle.objects,
            *_SOCIETY,
            "level",
            "honour",
            "document_number",
            "recognised_on",
            "state",
            "ended_on",
        ),
    )
    yield (
        "title-events",
        _values(
            TitleEvent.objects,
            "title__cooperative__uscc",
            "title__level",
            "title__honour",
            "kind",
            "on",
            "document_number",
        ),
    )
    yield (
        "applications",
        _values(
            RatingApplication.objects,
            *_SOCIETY,
            "round__title",
            "round__state",
            "state",
            "statement",
            "total",
            "place",
        ),
    )
    yield (
        "scores",
        _values(
            Score.objects,
            "sheet__application__cooperative__uscc",
            "sheet__reviewer__user__username",
            "item__text",
            "points",
        ),
    )
    yield (
        "monitoring",
        _values(
            MonitoringCase.objects,
            "title__cooperative__uscc",
            "title__level",
            "cause",
            "state",
            "told_on",
            "decision",
        ),
    )
    yield (
        "plans",
        _values(
            PlanMeasure.objects,
            "plan__cooperative__uscc",
            "plan__target",
            "plan__state",
            "dimension",
            "aim",
            "due_on",
            "done_on",
        ),
    )
    yield "named-lists", _values(NamedListEntry.objects, *_SOCIETY, "name", "since", "until")
    yield (
        "strengths",
        _values(
            SocietyStrength.objects,
            *_SOCIETY,
            "what",
            "number",
            "valid_until",
            "verification",
            "withdrawn_on",
        ),
    )
    yield "undertakings", _values(Undertaking.objects, *_SOCIETY, "industry", "base_area")


def _values(rows: Any, *names: str) -> Iterable[tuple[Any, ...]]:
    found: Iterable[tuple[Any, ...]] = rows.values_list(*names).iterator(chunk_size=2_000)
    return found


def _sorted_lines(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Sort in Python: the databases order Chinese text, and the keys of JSON, differently."""
    return sorted(
        json.dumps([_plain(v) for v in row], ensure_ascii=False, sort_keys=True) + "\n"
        for row in rows
    )


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value.normalize():f}"
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
        case _:
            return value
