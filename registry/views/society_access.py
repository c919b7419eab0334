"""Who of a society gets in: invitations, people with access, and the public page to use a code."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts.client_address import client_address
from accounts.decorators import public, requires
from accounts.http import SignedInRequest
from accounts.operations.public_tries import count_try
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.forms.access import InvitationForm, JoinForm, JoinNewForm
from registry.operations.invitations import (
    WRONG,
    end_access,
    find_invitation,
    invite_agent,
    join_with_account,
    join_with_new_account,
    revoke_invitation,
)
from registry.views.societies import society_of

TRIES_A_MINUTE = 10


@sensitive_variables("code")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.INVITE_AGENT)
def society_access(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show who has access to a society, and open an invitation; its code is shown once."""
    society = society_of(request, uscc, Action.INVITE_AGENT)
    form = InvitationForm(
        request.POST or None, initial={"person_name": society.legal_representative}
    )
    if request.method == "POST" and form.is_valid():
        invitation, code = invite_agent(society, by=request.user, **form.cleaned_data)
        context = {"society": society, "invitation": invitation, "code": code}
        return render(request, "registry/reports/invitation.html", context)
    context = {
        "society": society,
        "form": form,
        "agents": society.agents.select_related("user").order_by("until", "-since", "-pk"),
        "invitations": society.invitations.select_related("issued_by", "used_by").order_by("-pk")[
            :20
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "registry/reports/access.html", context, status=status)


@require_POST
@requires(Action.INVITE_AGENT)
def invitation_revoke(request: SignedInRequest, uscc: str, invitation: int) -> HttpResponse:
    """Make an invitation void."""
    society = society_of(request, uscc, Action.INVITE_AGENT)
    found = get_object_or_404(society.invitations.select_related("cooperative"), pk=invitation)
    revoke_invitation(found, by=request.user)
    messages.success(request, "邀请码已作废。")
    return redirect("reports:access", society.code)


@require_POST
@requires(Action.INVITE_AGENT)
def access_end(request: SignedInRequest, uscc: str, agent: int) -> HttpResponse:
    """End a person's access today."""
    society = society_of(request, uscc, Action.INVITE_AGENT)
    found = get_object_or_404(society.agents.select_related("cooperative", "user"), pk=agent)
    try:
        end_access(found, reason=request.POST.get("reason", "")[:500], by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"{found.user}今天起不能再使用这家合作社的账号，已填的内容都保留。"
        )
    return redirect("reports:access", society.code)


@public
@sensitive_post_parameters("password", "repeated", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Let the holder of a printed code in, with a new account or the one that is signed in."""
    known = request.user.is_authenticated
    kind: type[JoinForm] = JoinForm if known else JoinNewForm
    form = kind(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, 422 if form.errors else 200)
    if count_try("join", client_address(request)) > TRIES_A_MINUTE:
        form.add_error(None, "试得太频繁，请过一分钟再试。")
        return _page(request, form, 429)
    asked = form.cleaned_data
    invitation = find_invitation(asked["society"], asked["code"])
    if invitation is None:
        form.add_error(None, WRONG)
        return _page(request, form, 422)
    try:
        if known:
            join_with_account(invitation, by=request.user)  # type: ignore[arg-type]
        else:
            person = join_with_new_account(
                invitation,
                username=asked["username"],
                full_name=asked["full_name"],
                password=asked["password"],
            )
            login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, 422)
    messages.success(request, f"您现在可以为{invitation.cooperative}填报了。")
    return redirect("reports:society", invitation.cooperative.code)


def _page(request: HttpRequest, form: JoinForm, status: int) -> HttpResponse:
    context: dict[str, Any] = {"form": form}
    return render(request, "registry/reports/join.html", context, status=status)
