"""The search box of every page: suggestions while one types, and the page with everything found."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.htmx import wants_partial
from registry.search_terms import LONGEST
from tongchuan_coop.finding import find

SUGGESTED, SHOWN = 4, 20


@require_safe
@requires(Action.VIEW_HOME)
def find_anything(request: SignedInRequest) -> HttpResponse:
    """Show what a term finds within the person's reach, grouped by kind, the surest first."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    partial = wants_partial(request)
    groups = find(request.user, text, SUGGESTED if partial else SHOWN)
    name = "_suggestions" if partial else "page"
    return render(request, f"find/{name}.html", {"text": text, "groups": groups})
