"""Samples of the pilot's work plan: what the clerk's own unit takes part in."""

from typing import Any

from accounts.models import User
from accounts.policy import Action, Reach, roles_with
from pilot.models import (
    Acceptance,
    AcceptanceFinding,
    Archive,
    CheckItem,
    EvidenceLink,
    TaskDependency,
    TaskPart,
)
from tongchuan_coop.samples.first import first, known

LIKELY: dict[str, Any] = {
    "part": 1,
    "acceptance": 1,
    "pilot:acceptance-item:item": 1,
    "finding": 1,
    "archive": 1,
    "link": 1,
    "pilot:task-detail:task": 1,
    "pilot:task-edit:task": 1,
    "pilot:task-move:task": 1,
    "pilot:task-remove:task": 1,
    "pilot:wait-add:task": 1,
    "pilot:wait-remove:task": 1,
    "pilot:wait-remove:link": 1,
    "pilot:part-unlink:link": 1,
    "pilot:unit-page:unit": 1,
}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    part = _clerks_part()
    link = TaskDependency.objects.order_by("pk").first()
    found: dict[str, Any] = {
        "part": part.pk if part else first(TaskPart),
        "acceptance": first(Acceptance),
        "pilot:acceptance-item:item": CheckItem.objects.order_by("acceptance", "position")
        .values_list("pk", flat=True)
        .first(),
        "finding": _clerks_finding(),
        "archive": first(Archive),
        "link": first(EvidenceLink),
        "pilot:part-unlink:link": first(EvidenceLink),
        "pilot:unit-page:unit": part.unit_id if part else None,
        "pilot:wait-remove:task": link.task_id if link else None,
        "pilot:wait-remove:link": link.pk if link else None,
    }
    for page in ("task-detail", "task-edit", "task-move", "task-remove", "wait-add"):
        found[f"pilot:{page}:task"] = part.task_id if part else None
    return known(found)


def _clerk() -> User | None:
    clerks = User.objects.filter(role__in=roles_with(Action.REPORT_TASK, Reach.TOWNSHIP))
    found: User | None = clerks.order_by("pk").first()
    return found


def _clerks_part() -> TaskPart | None:
    clerk = _clerk()
    parts = TaskPart.objects.filter(unit=clerk.unit_id if clerk else None)
    return parts.order_by("pk").first()


def _clerks_finding() -> int | None:
    clerk = _clerk()
    own = AcceptanceFinding.objects.filter(unit=clerk.unit_id if clerk else None)
    return own.order_by("pk").values_list("pk", flat=True).first() or first(AcceptanceFinding)
