"""Tokens for programs: the list, issuing one, withdrawing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.tokens import TokenForm, WithdrawForm
from accounts.http import SignedInRequest
from accounts.models import ApiToken
from accounts.operations import tokens
from accounts.policy import Action, Reach, reach_of
from common.workflow import TransitionRefused

PAGE_SIZE = 50


@require_safe
@requires(Action.ISSUE_TOKEN)
def token_list(request: SignedInRequest) -> HttpResponse:
    """List one's own tokens; the administrator sees everybody's."""
    reach = ApiToken.objects.permitted(request.user, Action.ISSUE_TOKEN).for_list()
    context = {
        "page": Paginator(reach, PAGE_SIZE).get_page(request.GET.get("page")),
        "everybody": reach_of(request.user, Action.ISSUE_TOKEN) == Reach.DISTRICT,
    }
    return render(request, "accounts/tokens/list.html", context)


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ISSUE_TOKEN)
def token_create(request: SignedInRequest) -> HttpResponse:
    """Issue a token and show its secret once."""
    form = TokenForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            token, secret = tokens.issue_token(
                asked["name"],
                scope=asked["scope"],
                expires_on=asked["expires_on"],
                liaison=asked.get("liaison"),
                by=request.user,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {"token": token, "secret": secret}
            return render(request, "accounts/tokens/slip.html", context)
    status = 422 if form.errors else 200
    return render(request, "accounts/tokens/create.html", {"form": form}, status=status)


@require_POST
@requires(Action.ISSUE_TOKEN)
def token_withdraw(request: SignedInRequest) -> HttpResponse:
    """Withdraw a token; the next call of the program is refused."""
    form = WithdrawForm(request.POST, by=request.user)
    if form.is_valid():
        found = form.cleaned_data["token"]
        tokens.withdraw_token(found, by=request.user)
        messages.success(request, f"已收回令牌“{found}”，系统再用它调用会被拒绝。")
    else:
        messages.error(request, "没有找到要收回的令牌，请刷新页面后再试。")
    return redirect("accounts:token-list")
