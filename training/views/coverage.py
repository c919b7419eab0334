"""Coverage of visits: the grid of townships, counsellors, classes, and who waits for longest."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common import clock
from common.quarter import Quarter
from registry.completeness import last_quarters
from training import coverage

MOST_SHOWN = 200


@require_safe
@requires(Action.VIEW_COVERAGE)
def coverage_page(request: SignedInRequest) -> HttpResponse:
    """Show how far the visits of a quarter reach; each number leads to the list it counts."""
    since, until = coverage.period(request.GET)
    places = coverage.places(request.user, since, until)
    societies = coverage.reach_for(request.user).count()
    waiting = coverage.unseen(request.user, since, until)
    number = waiting.count()
    context = {
        "since": since,
        "until": until,
        "quarter": Quarter.of(since),
        "quarters": last_quarters(clock.today())[::-1],
        "places": places,
        "visits": sum(place.visits for place in places),
        "societies": societies,
        "seen": societies - number,
        "number": number,
        "unseen_url": f"{reverse('training:coverage-plan')}?quarter={Quarter.of(since)}",
        "counsellors": coverage.by_counsellor(request.user, since, until),
        "classes": coverage.by_class(request.user, since, until),
    }
    return render(request, "training/coverage/page.html", context)


@require_safe
@requires(Action.VIEW_COVERAGE)
def coverage_plan(request: SignedInRequest) -> HttpResponse:
    """List who was not seen in a quarter, those who wait for longest first: the plan of visits."""
    since, until = coverage.period(request.GET)
    waiting = coverage.unseen(request.user, since, until).select_related("township", "counsellor")
    if township := request.GET.get("township", ""):
        waiting = waiting.filter(township__code=township)
    number = waiting.count()
    context = {
        "rows": waiting.order_by(F("last").asc(nulls_first=True), "pk")[:MOST_SHOWN],
        "number": number,
        "more": max(0, number - MOST_SHOWN),
        "quarter": Quarter.of(since),
    }
    return render(request, "training/coverage/plan.html", context)
