"""The page 运行状态 for those who look after the machinery."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from registry.stages import tone
from tongchuan_coop.machinery import latest_jobs, parts, versions


@require_safe
@requires(Action.VIEW_SYSTEM)
def machinery(request: SignedInRequest) -> HttpResponse:
    """Show every part with its light, the last jobs and what runs here."""
    found = parts(request.user)
    context = {
        "parts": found,
        "red": [part for part in found if part.tone == "bad"],
        "jobs": [(job, tone(job)) for job in latest_jobs()],
        "versions": versions(),
    }
    return render(request, "machinery/machinery.html", context)
