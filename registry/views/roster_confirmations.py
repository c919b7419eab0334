"""Confirming a roster against papers, and taking that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.operations.roster_confirmations import confirm_roster, withdraw_confirmation
from registry.views.societies import society_of


@require_POST
@requires(Action.CONFIRM_ROSTER)
def roster_confirm(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Confirm the roster as the page showed it."""
    society = society_of(request, uscc, Action.CONFIRM_ROSTER)
    basis, mark = request.POST.get("basis", ""), request.POST.get("mark", "")
    try:
        made = confirm_roster(society, basis, mark=mark, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            f"已确认名册：成员 {made.total} 名。人数规则今晚计算时起按名册判断。",
        )
    return redirect("registry:roster", society.code)


@require_POST
@requires(Action.CONFIRM_ROSTER)
def roster_withdraw(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Take the confirmation back for a reason."""
    society = society_of(request, uscc, Action.CONFIRM_ROSTER)
    try:
        withdraw_confirmation(society, request.POST.get("reason", ""), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤销名册确认，人数规则改按登记人数判断。")
    return redirect("registry:roster", society.code)
