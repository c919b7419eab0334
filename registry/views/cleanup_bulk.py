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
from registry.cleanup.choices import Disposition, Route, SurveyState
from registry.cleanup.proposals import proposals
from registry.forms.cleanup_bulk import CasesForm, TakeBackForm
from registry.forms.flags import FlagFilter
from registry.models import Cooperative, Flag, SurveyRecord
from registry.operations.cleanup_bulk import (
    MOST_CASES,
    OPENED,
    TAKEN_BACK,
    open_cases,
    take_cases_back,
)
from registry.operations.cleanup_cases import LEADING_UNIT, Charge, usual_end

SURVEY = "survey"
ACTS_SHOWN = 3


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
            left = len(done.skipped) + done.out_of_reach
            if done.cases:
                messages.success(request, f"已立案 {len(done.cases)} 件。")
            if left:
                messages.warning(
                    request, f"{left} 家没有立案：已有案件、未核实、已注销或不在范围内。"
                )
            return redirect("registry:cleanup-create-many")
    chosen = _chosen(request)
    found = proposals(chosen.select_related("township").order_by("name", "pk")[: MOST_CASES + 1])
    ticked = set(request.POST.getlist("society"))
    context = {
        "form": form,
        "source": request.GET.get("source", ""),
        "most": MOST_CASES,
        "more": len(found) > MOST_CASES,
        "ready": [
            {
                "proposal": each,
                "route": request.POST.get(f"route-{each.society.pk}", each.route),
                "ticked": request.method != "POST" or str(each.society.pk) in ticked,
            }
            for each in found[:MOST_CASES]
            if not each.skipped
        ],
        "skipped": [each for each in found[:MOST_CASES] if each.skipped],
        "routes": Route.choices,
        "acts": _acts() if may(request.user, Action.DECIDE_CLEANUP) else [],
    }
    status = 422 if form.errors else 200
    return render(request, "registry/cleanup/create_many.html", context, status=status)


def _chosen(request: SignedInRequest) -> Any:
    """Return the societies of the list that the address names: of suspicions, or of the survey."""
    reach = Cooperative.objects.permitted(request.user, Action.OPEN_CLEANUP)
    if request.GET.get("source") == SURVEY:
        records = SurveyRecord.objects.filter(state=SurveyState.RECORDED)
        advised = records.exclude(disposition__in=("", Disposition.SUPPORT))
        return reach.filter(pk__in=advised.values("cooperative"))
    asked = request.GET.copy()
    asked.setdefault("state", FlagState.CONFIRMED)
    flags = Flag.objects.permitted(request.user, Action.VIEW_FLAG)
    narrowed = FlagFilter(asked, user=request.user).narrow(flags)
    return reach.filter(pk__in=narrowed.values("cooperative"))


def _acts() -> list[AuditEvent]:
    """Return the last acts that can still be taken back, newest first."""
    taken = {
        tuple(each.detail["items"])
        for each in AuditEvent.objects.filter(action=TAKEN_BACK).order_by("-sequence")[:20]
    }
    acts = AuditEvent.objects.filter(action=OPENED).order_by("-sequence")[:ACTS_SHOWN]
    return [each for each in acts if tuple(each.detail["items"]) not in taken]


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
