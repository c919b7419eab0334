"""Survey and clean-up, as the fingerprint sees them."""

from collections.abc import Iterator

from registry.models import (
    BatchDay,
    BatchEntry,
    BatchResult,
    CaseStep,
    CleanupCase,
    ConversionHelp,
    RectificationTask,
    Relation,
    SurveyCampaign,
    SurveyFinding,
    SurveyRecord,
    TipOff,
)
from tongchuan_coop.fingerprint.values import SOCIETY, Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield "surveys", values(SurveyCampaign.objects, "title", "opens_on", "due_on", "note", "state")
    yield (
        "survey-records",
        values(
            SurveyRecord.objects,
            "campaign__title",
            *SOCIETY,
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
        values(
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
        values(
            CleanupCase.objects,
            "number",
            *SOCIETY,
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
        values(
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
        values(RectificationTask.objects, *case, "title", "due_on", "state", "outcome", "done_on"),
    )
    yield (
        "batch-days",
        values(BatchDay.objects, "title", "held_on", "hours", "place", "slots", "note", "state"),
    )
    yield (
        "batch-entries",
        values(BatchEntry.objects, "day__title", "day__held_on", "slot", "case__number"),
    )
    yield (
        "batch-results",
        values(
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
        values(
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
    yield "cleanup-help", values(ConversionHelp.objects, *case, "kind", "given_on", "note")
    yield (
        "relations",
        values(
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
