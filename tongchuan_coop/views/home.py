"""The home page: what there is to do now, and the register at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, Reach, reach_of
from common import clock
from tongchuan_coop.danger import danger_to
from tongchuan_coop.duties import duties_of
from tongchuan_coop.duties.queue import queue_of
from tongchuan_coop.load import load_of
from tongchuan_coop.overview import overview_of, own_deliveries, own_societies
from tongchuan_coop.views.help import guide_for

SHOWN_OF_TEAM = 5


@require_safe
@requires(Action.VIEW_HOME)
def home(request: SignedInRequest) -> HttpResponse:
    """Show a person what waits for them and what they may see of the whole."""
    societies = own_societies(request.user)
    sees_own = reach_of(request.user, Action.VIEW_COOPERATIVE) == Reach.OWN
    duties = duties_of(request.user)
    context = {
        "today": clock.today(),
        "duties": duties,
        "groups": queue_of(duties),
        "danger": danger_to(request.user),
        "boards": [board.first(SHOWN_OF_TEAM) for board in load_of(request.user)],
        "overview": overview_of(request.user),
        "societies": societies,
        "serves_nobody": sees_own and not societies,
        "deliveries": own_deliveries(request.user),
        "guide": None if request.user.hints_away_at else guide_for(request.user),
    }
    return render(request, "home/home.html", context)
