"""The written matrix of rights, printed from the table that the portal itself obeys."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.choices import Role
from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import REACH_WORDS, Action, Reach, matrix


@require_safe
@requires(Action.VIEW_PEOPLE)
def policy_matrix(request: SignedInRequest) -> HttpResponse:
    """Show who may do what, and how far; made to be printed and signed."""
    context = {
        "roles": [role.label for role in Role],
        "rows": matrix(),
        "reaches": [REACH_WORDS[reach] for reach in Reach if reach],
    }
    return render(request, "accounts/policy/matrix.html", context)
