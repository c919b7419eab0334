"""Clean-up cases for many societies: the preview, the act, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import AuditEvent, OrganisationUnit
from accounts.policy import Action, may
from common.workflow import TransitionRefused
from registry.choices import FlagState
from registry.cleanup.choices import Route
from registry.cleanup.proposals import proposals
from registry.forms.cleanup_bulk import CasesForm, TakeBackForm
from registry.forms.flags import FlagFilter
from registry.models import Cooperative, Flag, SurveyRecord
from registry.operations.cleanup_bulk import (
    MOST_CASES,
    OPENED,
    acts_to_take_back,
    open_cases,
    take_cases_back,
)
from registry.operations.cleanup_cases import LEADING_UNIT, Charge, usual_end

SURVEY = "survey"
ACTS_SHOWN = 3
LEFT_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.OPEN_CLEANUP)
def cleanup_create_many(request: SignedInRequest) -> HttpResponse:
    """Show whom an act would reach and who is left out and why; open the cases."""
    initial = {
        "owner": request.user,
        "department": OrganisationUnit.objects.filter(code=LEADING_UNIT).first(),
        "due_on": usual_end(),
    }
    form = CasesForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            done = open_cases(
                asked["routes"],
                because=asked["because"],
                by=request.user,
                charge=Charge(asked["owner"], asked["department"], asked["due_on"]),
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if done.cases:
                messages.success(request, f"已立案 {len(done.cases)} 件。")
            if left := done.left_out():
                messages.warning(
                    request, f"{len(left)} 家没有立案：{'；'.join(left[:LEFT_SHOWN])}。"
                )
            return redirect("registry:cleanup-create-many")
    from_survey = request.GET.get("source") == SURVEY
    chosen = _chosen(request, from_survey=from_survey)
    found = proposals(chosen.select_related("township").order_by("name", "pk")[: MOST_CASES + 1])
    ticked = set(request.POST.getlist("society"))
    context = {
        "form": form,
        "tabs": [
            {"label": "核实属实的线索", "url": "?", "active": not from_survey},
            {"label": "摸底有处置意见的", "url": f"?source={SURVEY}", "active": from_survey},
        ],
        "more": len(found) > MOST_CASES,
        "ready": [
            {
                "proposal": each,
                "route": request.POST.get(f"route-{each.society.pk}", each.route),
                "ticked": str(each.society.pk) in ticked,
            }
            for each in found[:MOST_CASES]
            if not each.skipped
        ],
        "skipped": [each for each in found[:MOST_CASES] if each.skipped],
        "routes": Route.choices,
        "acts": acts_to_take_back(ACTS_SHOWN) if may(request.user, Action.DECIDE_CLEANUP) else [],
    }
    status = 422 if form.errors else 200
    return render(request, "registry/cleanup/create_many.html", context, status=status)


def _chosen(request: SignedInRequest, *, from_survey: bool) -> Any:
    """Return the societies of the list that the address names: of suspicions, or of the survey."""
    reach = Cooperative.objects.permitted(request.user, Action.OPEN_CLEANUP)
    if from_survey:
        records = SurveyRecord.objects.permitted(request.user, Action.VIEW_SURVEY)
        return reach.filter(pk__in=records.advising_clean_up().values("cooperative"))
    asked = request.GET.copy()
    asked["state"] = FlagState.CONFIRMED  # of the list at hand, what was verified
    flags = Flag.objects.permitted(request.user, Action.VIEW_FLAG)
    narrowed = FlagFilter(asked, user=request.user).narrow(flags)
    return reach.filter(pk__in=narrowed.values("cooperative"))


@require_POST
@requires(Action.DECIDE_CLEANUP)
def cleanup_take_back(request: SignedInRequest) -> HttpResponse:
    """Call off what one act has opened."""
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有撤销：请写明撤销理由。")
        return redirect("registry:cleanup-create-many")
    event = get_object_or_404(AuditEvent, pk=form.cleaned_data["event"], action=OPENED)
    try:
        done = take_cases_back(event, reason=form.cleaned_data["reason"], by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已撤销，{done} 件案件已终止。")
    return redirect("registry:cleanup-create-many")
