"""The first page: what departments do together, and each department's own desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, Reach, may, reach_of
from liaison.meeting_choices import MinutesState
from liaison.models import Consent, Decision, Meeting, MeetingUnit, Minutes
from liaison.tiles import tiles_of

SHOWN = 10


@require_safe
@requires(Action.VIEW_MEETING)
def home(request: SignedInRequest) -> HttpResponse:
    """Show what waits: for a department its own things and nothing else."""
    user = request.user
    whole = reach_of(user, Action.VIEW_MEETING) == Reach.DISTRICT
    meetings = Meeting.objects.permitted(user, Action.VIEW_MEETING)
    decisions = Decision.objects.permitted(user, Action.VIEW_DECISION).undone().for_list()
    context = {
        "whole": whole,
        "tiles": tiles_of(user),
        "ahead": meetings.ahead().select_related("body").order_by("last_day", "pk")[:SHOWN],
        "decisions": decisions.order_by("due_on", "pk")[:SHOWN],
        "under_way": _under_way(request) if whole else [],
        "to_agree": _to_agree(request),
        "to_reply": _to_reply(request),
    }
    return render(request, "liaison/home.html", context)


def _under_way(request: SignedInRequest) -> list[Minutes]:
    reach = Minutes.objects.permitted(request.user, Action.VIEW_MEETING)
    open_ones = reach.exclude(state__in=(MinutesState.ISSUED, MinutesState.ARCHIVED))
    return list(open_ones.select_related("meeting__body").order_by("meeting__held_on")[:SHOWN])


def _to_agree(request: SignedInRequest) -> list[Minutes]:
    if not may(request.user, Action.AGREE_MINUTES):
        return []
    waiting = Consent.objects.permitted(request.user, Action.AGREE_MINUTES).waiting()
    reach = Minutes.objects.permitted(request.user, Action.AGREE_MINUTES)
    own = reach.filter(pk__in=waiting.values("edition__topic__minutes"))
    return list(own.select_related("meeting__body").order_by("circulated_on", "pk")[:SHOWN])


def _to_reply(request: SignedInRequest) -> list[MeetingUnit]:
    if reach_of(request.user, Action.REPLY_MEETING) not in (Reach.OWN, Reach.TOWNSHIP):
        return []
    reach = MeetingUnit.objects.permitted(request.user, Action.REPLY_MEETING).to_reply()
    return list(reach.select_related("meeting__body").order_by("meeting__starts_at", "pk")[:SHOWN])
