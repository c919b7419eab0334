"""The page 样式一览: every component in every state, for those who look after the portal."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.htmx import wants_partial
from tongchuan_coop.styleguide import examples


@require_safe
@requires(Action.VIEW_SYSTEM)
def styleguide(request: SignedInRequest) -> HttpResponse:
    """Show the components; only the list when the filter bar asks for it."""
    context = examples(request.GET)
    if wants_partial(request):
        return render(request, "styleguide/_results.html", context)
    return render(request, "styleguide/styleguide.html", context)
