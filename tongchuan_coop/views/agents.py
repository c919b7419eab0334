"""Which societies a person acts for: joins an account with the register."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.models import Cooperative, CooperativeAgent
from registry.operations.agents import appoint_agent, dismiss_agent
from tongchuan_coop.forms import AppointForm, ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_PEOPLE)
def agent_list(request: SignedInRequest, person: int) -> HttpResponse:
    """Show the societies of a person, and take up another one."""
    found = _person(request, person)
    societies = Cooperative.objects.permitted(request.user, Action.MANAGE_PEOPLE)
    form = AppointForm(request.POST or None, societies=societies)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            appoint_agent(form.society, found, reason=reason, by=request.user)
        except TransitionRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, f"{found}现在可以代表{form.society}。")
            return redirect("agent-list", person=found.pk)
    services = CooperativeAgent.objects.filter(user=found).select_related("cooperative")
    context = {"person": found, "form": form, "services": services.order_by("until", "-since")}
    status = 422 if form.errors else 200
    return render(request, "agents/list.html", context, status=status)


@require_POST
@requires(Action.MANAGE_PEOPLE)
def agent_dismiss(request: SignedInRequest, person: int, agent: int) -> HttpResponse:
    """End a person's service for a society."""
    found = _person(request, person)
    service = get_object_or_404(
        CooperativeAgent.objects.select_related("cooperative", "user"), pk=agent, user=found
    )
    form = ReasonForm(request.POST)
    if form.is_valid():
        dismiss_agent(service, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{found}不再代表{service.cooperative}。")
    else:
        messages.error(request, "没有办理：须填写理由。")
    return redirect("agent-list", person=found.pk)


def _person(request: SignedInRequest, key: int) -> User:
    people = User.objects.permitted(request.user, Action.MANAGE_PEOPLE).people()
    found: User = get_object_or_404(people, pk=key)
    return found
