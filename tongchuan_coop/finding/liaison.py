"""Finding meetings, their minutes, what they decided, and who sponsors whom."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.policy import Action
from common.template_tags import day
from liaison.models import Decision, Meeting, Minutes, Sponsorship
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit, in_list


def _meetings(asked: Asked) -> Iterator[Hit]:
    text = asked.term.text
    reach = Meeting.objects.permitted(asked.user, Action.VIEW_MEETING)
    named = Q(pk__in=reach.named(text).values("pk")) | Q(place__contains=text)
    on_agenda = Q(pk__in=reach.filter(agenda__title__contains=text).values("pk"))
    found = reach.filter(named | on_agenda).select_related("body").order_by("-last_day", "-pk")
    for meeting in found[: asked.most + 1]:
        held = f"{day(meeting.held_on)}召开" if meeting.held_on else meeting.get_state_display()
        yield Hit(
            title=str(meeting),
            note=" · ".join(note for note in (held, meeting.place) if note),
            url=page("liaison:meeting-detail", meeting=meeting.pk),
        )


def _minutes(asked: Asked) -> Iterator[Hit]:
    reach = Minutes.objects.permitted(asked.user, Action.VIEW_MEETING)
    found = reach.matching(asked.term.text).select_related("meeting__body")
    for minutes in found.order_by("-meeting__last_day", "-pk")[: asked.most + 1]:
        notes = (minutes.number, minutes.get_state_display())
        yield Hit(
            title=str(minutes),
            note=" · ".join(str(note) for note in notes if note),
            url=page("liaison:minutes-detail", meeting=minutes.meeting_id),
        )


def _decisions(asked: Asked) -> Iterator[Hit]:
    reach = Decision.objects.permitted(asked.user, Action.VIEW_DECISION).issued()
    found = reach.filter(text__icontains=asked.term.text).select_related("lead")
    for decision in found.order_by("-due_on", "-pk")[: asked.most + 1]:
        state = f"{decision.get_state_display()} · {day(decision.due_on)}前办结"
        yield Hit(
            title=str(decision),
            note=f"{decision.lead.short_name}牵头 · {state}",
            url=page("liaison:decision-detail", decision=decision.pk),
        )


def _sponsorships(asked: Asked) -> Iterator[Hit]:
    reach = Sponsorship.objects.permitted(asked.user, Action.VIEW_SPONSORSHIP)
    by_society = Q(cooperative__in=asked.keys(Action.VIEW_SPONSORSHIP))
    found = reach.filter(by_society | Q(person__contains=asked.term.text))
    for each in found.select_related("cooperative", "department").order_by("-since", "-pk")[
        : asked.most + 1
    ]:
        standing = "挂包中" if each.is_current else "已结束"
        yield Hit(
            title=str(each.cooperative),
            note=f"{each.department.short_name} · {each.person} · {standing}",
            url=page("liaison:sponsorship-detail", sponsorship=each.pk),
        )


FINDERS = (
    Finder("会议", "calendar", Action.VIEW_MEETING, _meetings),
    Finder("会议纪要", "report", Action.VIEW_MEETING, _minutes),
    Finder(
        "议定事项", "report", Action.VIEW_DECISION, _decisions, in_list("liaison:decision-list")
    ),
    Finder(
        "部门挂包",
        "people",
        Action.VIEW_SPONSORSHIP,
        _sponsorships,
        in_list("liaison:sponsorship-list"),
    ),
)
