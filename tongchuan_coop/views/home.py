"""The home page: what there is to do now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action


@require_safe
@requires(Action.VIEW_HOME)
def home(request: SignedInRequest) -> HttpResponse:
    """Show a person what waits for them."""
    return render(request, "home/home.html")
