"""What visits and the counsellors' assignments add to a society's history."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.policy import Action
from common import clock
from registry.models import Cooperative
from registry.society_history import MOST, Provider, register_provider
from registry.timeline import Entry
from training.models import CounsellorAssignment, Visit

VISIT, ASSIGNMENT = "visit", "assignment"


def _visits(user: Any, society: Cooperative) -> Iterator[Entry]:
    reach = Visit.objects.permitted(user, Action.VIEW_VISIT).filter(cooperative=society)
    for visit in reach.select_related("counsellor").order_by("-visited_on", "-pk")[:MOST]:
        yield Entry(
            at=clock.start_of(visit.visited_on),
            kind=VISIT,
            title=f"{visit.get_method_display()}走访：{visit.get_purpose_display()}"
            f"（{visit.get_state_display()}）",
            who=str(visit.counsellor),
            url=reverse("training:visit-detail", args=[visit.key]),
            whole_day=True,
        )


def _assignments(user: Any, society: Cooperative) -> Iterator[Entry]:
    reach = CounsellorAssignment.objects.permitted(user, Action.VIEW_COUNSELLOR)
    held = reach.filter(cooperative=society).select_related("counsellor").order_by("-since", "-pk")
    for assignment in held[:MOST]:
        words = f"{assignment.counsellor}（{assignment.get_kind_display()}）"
        yield Entry(
            at=clock.start_of(assignment.since),
            kind=ASSIGNMENT,
            title=f"安排辅导员：{words}",
            reason=assignment.reason,
            whole_day=True,
        )
        if assignment.until:
            yield Entry(
                at=clock.start_of(assignment.until),
                kind=ASSIGNMENT,
                title=f"不再由其辅导：{words}",
                whole_day=True,
            )


def register() -> None:
    """Add these kinds."""
    register_provider(Provider(VISIT, "走访", Action.VIEW_VISIT, _visits))
    register_provider(Provider(ASSIGNMENT, "辅导员", Action.VIEW_COUNSELLOR, _assignments))
