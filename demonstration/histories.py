"""What titles and applications add to a society's history."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.policy import Action
from common import clock
from demonstration.models import DemonstrationTitle, RatingApplication, TitleEvent
from registry.models import Cooperative
from registry.society_history import MOST, Provider, register_provider
from registry.timeline import Entry

TITLE, APPLICATION = "title", "application"


def _titles(user: Any, society: Cooperative) -> Iterator[Entry]:
    reach = DemonstrationTitle.objects.permitted(user, Action.VIEW_TITLE)
    events = TitleEvent.objects.filter(title__in=reach.filter(cooperative=society))
    for event in events.select_related("title", "recorded_by")[:MOST]:
        title = event.title
        number = f"，{event.document_number}" if event.document_number else ""
        yield Entry(
            at=clock.start_of(event.on),
            kind=TITLE,
            title=f"{title.get_level_display()}{title.get_honour_display()}"
            f"{event.get_kind_display()}{number}",
            who=str(event.recorded_by or ""),
            reason=event.note,
            url=reverse("demonstration:title-detail", args=[title.pk]),
            whole_day=True,
        )


def _applications(user: Any, society: Cooperative) -> Iterator[Entry]:
    reach = RatingApplication.objects.permitted(user, Action.VIEW_APPLICATION)
    found = reach.filter(cooperative=society, submitted_at__isnull=False).select_related("round")
    for application in found.order_by("-submitted_at")[:MOST]:
        if application.submitted_at:
            yield Entry(
                at=application.submitted_at,
                kind=APPLICATION,
                title=f"申报{application.round.title}（{application.get_state_display()}）",
                url=reverse("demonstration:application-detail", args=[application.pk]),
            )


def register() -> None:
    """Add these kinds."""
    register_provider(Provider(TITLE, "示范社称号", Action.VIEW_TITLE, _titles))
    register_provider(Provider(APPLICATION, "示范社申报", Action.VIEW_APPLICATION, _applications))
