"""Clean-up cases for many societies: the preview and the act."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.bulk_acts import MOST_ROWS, act_of
from accounts.choices import LEADING_UNIT
from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import OrganisationUnit
from accounts.operations.bulk_acts import acts_to_take_back, do_to_many
from accounts.policy import Action
from accounts.views.bulk_acts import ACTS_SHOWN, tell_outcome
from common.workflow import TransitionRefused
from registry.choices import FlagState
from registry.cleanup.bulk_acts import OPEN_CASES
from registry.cleanup.choices import Route
from registry.cleanup.proposals import proposals
from registry.forms.cleanup_bulk import CasesForm
from registry.forms.flags import FlagFilter
from registry.models import Cooperative, Flag, SurveyRecord
from registry.operations.cleanup_cases import Charge, usual_end

SURVEY = "survey"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.OPEN_CLEANUP)
def cleanup_create_many(request: SignedInRequest) -> HttpResponse:
    """Show whom an act would reach and who is left out and why; open the cases."""
    act: Any = act_of(OPEN_CASES)
    initial = {
        "owner": request.user,
        "department": OrganisationUnit.objects.filter(code=LEADING_UNIT).first(),
        "due_on": usual_end(),
    }
    form = CasesForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        charge = Charge(asked["owner"], asked["department"], asked["due_on"])
        facts = {"routes": asked["routes"], "charge": charge}
        try:
            done = do_to_many(
                act, list(asked["routes"]), facts, reason=asked["because"], by=request.user
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_outcome(request, act.title, done)
            return redirect(act.url)
    from_survey = request.GET.get("source") == SURVEY
    chosen = _chosen(request, from_survey=from_survey)
    found = proposals(chosen.select_related("township").order_by("name", "pk")[: MOST_ROWS + 1])
    ticked = set(request.POST.getlist("society"))
    context = {
        "form": form,
        "tabs": [
            {"label": "核实属实的线索", "url": "?", "active": not from_survey},
            {"label": "摸底有处置意见的", "url": f"?source={SURVEY}", "active": from_survey},
        ],
        "more": len(found) > MOST_ROWS,
        "ready": [
            {
                "proposal": each,
                "route": request.POST.get(f"route-{each.society.pk}", each.route),
                "ticked": str(each.society.pk) in ticked,
            }
            for each in found[:MOST_ROWS]
            if not each.skipped
        ],
        "skipped": [each for each in found[:MOST_ROWS] if each.skipped],
        "routes": Route.choices,
        "act": act,
        "acts": acts_to_take_back(act, request.user, ACTS_SHOWN),
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
