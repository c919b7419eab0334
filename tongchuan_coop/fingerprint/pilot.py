"""The pilot and its work plan, as the fingerprint sees them."""

from collections.abc import Iterator

from pilot.models import (
    Acceptance,
    AcceptanceFinding,
    CheckItem,
    Edition,
    EvidenceLink,
    IndicatorFigure,
    Phase,
    PlanTask,
    Programme,
    Target,
    TargetCheck,
    TaskDependency,
    TaskPart,
)
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "programmes",
        values(
            Programme.objects,
            "name",
            "level",
            "batch",
            "document",
            "starts_on",
            "ends_on",
            "baseline_on",
        ),
    )
    yield (
        "phases",
        values(Phase.objects, "programme__name", "name", "starts_on", "ends_on", "content"),
    )
    yield (
        "plan_tasks",
        values(
            PlanTask.objects,
            "programme__name",
            "phase__name",
            "source",
            "title",
            "done_when",
            "lead__code",
            "start_on",
            "due_on",
            "proofs",
        ),
    )
    yield (
        "task_dependencies",
        values(
            TaskDependency.objects,
            "task__source",
            "task__title",
            "waits_for__source",
            "waits_for__title",
        ),
    )
    yield (
        "task_parts",
        values(
            TaskPart.objects,
            "task__source",
            "task__title",
            "unit__code",
            "state",
            "progress",
            "note",
            "begun_on",
            "done_on",
            "done_by__username",
            "confirmed_on",
            "confirmed_by__username",
        ),
    )
    yield (
        "evidence_links",
        values(EvidenceLink.objects, "part__task__title", "part__unit__code", "label", "address"),
    )
    yield (
        "targets",
        values(
            Target.objects,
            "programme__name",
            "indicator",
            "definition_version",
            "value",
            "baseline",
            "starts_on",
            "due_on",
            "basis",
        ),
    )
    yield (
        "kept-figures",
        values(
            IndicatorFigure.objects,
            "programme__name",
            "indicator",
            "on",
            "township",
            "numerator",
            "denominator",
            "wide",
        ),
    )
    yield "editions", values(Edition.objects, "number", "title", "on", "known", "sha256")
    yield (
        "acceptances",
        values(Acceptance.objects, "programme__name", "kind", "state", "as_of", "conclusion"),
    )
    yield (
        "check_items",
        values(
            CheckItem.objects,
            "acceptance__kind",
            "acceptance__as_of",
            "position",
            "title",
            "verdict",
            "found",
            "gaps",
            "points",
            "self_points",
            "note",
        ),
    )
    yield (
        "target_checks",
        values(
            TargetCheck.objects,
            "acceptance__kind",
            "acceptance__as_of",
            "position",
            "indicator",
            "target",
            "value",
            "numerator",
            "denominator",
            "due_on",
            "verdict",
        ),
    )
    yield (
        "acceptance_findings",
        values(
            AcceptanceFinding.objects,
            "item__title",
            "target_check__indicator",
            "unit__code",
            "text",
            "due_on",
            "state",
            "outcome",
            "done_by__username",
            "confirmed_by__username",
        ),
    )
