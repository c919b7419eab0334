"""Finding tasks of the work plan, all or those of one's own unit, and editions by their number."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.policy import Action
from common.template_tags import day
from pilot.models import Edition, PlanTask
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit


def _tasks(asked: Asked) -> Iterator[Hit]:
    text = asked.term.text
    reach = PlanTask.objects.permitted(asked.user, Action.VIEW_WORK_PLAN)
    named = Q(title__contains=text) | Q(done_when__contains=text) | Q(source__iexact=text)
    found = reach.filter(named | Q(lead__name__contains=text)).select_related("lead")
    for task in found.order_by("due_on", "pk")[: asked.most + 1]:
        yield Hit(
            title=task.title,
            note=f"{task.lead.short_name}牵头 · {day(task.due_on)}到期",
            url=page("pilot:task-detail", task=task.pk),
        )


def _editions(asked: Asked) -> Iterator[Hit]:
    reach = Edition.objects.permitted(asked.user, Action.VIEW_EDITION)
    found = reach.matching(asked.term.text).defer("content")
    for edition in found.order_by("-pk")[: asked.most + 1]:
        yield Hit(
            title=f"{edition.number} {edition.title}",
            note=f"统计日 {day(edition.on)}",
            url=page("pilot:edition-detail", number=edition.number),
        )


FINDERS = (
    Finder("试点任务", "calendar", Action.VIEW_WORK_PLAN, _tasks),
    Finder("定版", "report", Action.VIEW_EDITION, _editions),
)
