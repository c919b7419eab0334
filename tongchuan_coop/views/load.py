"""What lies in whose hands, for supervisors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common import clock
from tongchuan_coop.load import load_of


@require_safe
@requires(Action.VIEW_LOAD)
def team_load(request: SignedInRequest) -> HttpResponse:
    """Show every person and department under a supervisor with what waits for them."""
    context = {"boards": load_of(request.user), "today": clock.today()}
    return render(request, "home/load.html", context)
