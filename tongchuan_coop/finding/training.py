"""Finding visits and training events."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.policy import Action
from common.template_tags import day
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit, in_list
from training.models import TrainingEvent, Visit


def _visits(asked: Asked) -> Iterator[Hit]:
    reach = Visit.objects.permitted(asked.user, Action.VIEW_VISIT)
    by_society = Q(cooperative__in=asked.keys(Action.VIEW_VISIT))
    found = reach.filter(by_society | Q(counsellor__full_name=asked.term.text))
    for visit in found.for_list().order_by("-visited_on", "-pk")[: asked.most + 1]:
        yield Hit(
            title=str(visit.cooperative),
            note=f"{day(visit.visited_on)}走访 · {visit.counsellor} · {visit.get_state_display()}",
            url=page("training:visit-detail", visit=visit.key),
        )


def _events(asked: Asked) -> Iterator[Hit]:
    reach = TrainingEvent.objects.permitted(asked.user, Action.VIEW_EVENT)
    for event in reach.filter(title__contains=asked.term.text).order_by("-pk")[: asked.most + 1]:
        yield Hit(
            title=event.title,
            note=f"{day(event.held_on)} · {event.get_state_display()}",
            url=page("training:event-detail", event=event.pk),
        )


FINDERS = (
    Finder("走访记录", "visit", Action.VIEW_VISIT, _visits, in_list("training:visit-list")),
    Finder("培训", "calendar", Action.VIEW_EVENT, _events),
)
