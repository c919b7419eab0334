"""What visits proposed: the queue, and deciding."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.views.pages import cut_by
from registry.wording import label_of
from training.models import VisitProposal
from training.nouns import PROPOSALS
from training.operations.proposals import accept_proposal, decline_proposal


@require_safe
@requires(Action.DECIDE_PROPOSAL)
def proposal_list(request: SignedInRequest) -> HttpResponse:
    """List what visits proposed and nobody has decided."""
    reach = VisitProposal.objects.permitted(request.user, Action.DECIDE_PROPOSAL).waiting()
    page = cut_by(request, reach.for_list(), PROPOSALS.order)
    for row in page.rows:
        row.label = label_of(row.field) if row.field else ""
    context = {"page": page, "number": reach.count()}
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"training/proposals/{name}.html", context)


@require_POST
@requires(Action.DECIDE_PROPOSAL)
def proposal_decide(request: SignedInRequest, proposal: int) -> HttpResponse:
    """Take over what a visit proposed, or leave things as they are with a reason."""
    reach = VisitProposal.objects.permitted(request.user, Action.DECIDE_PROPOSAL)
    found = get_object_or_404(reach, pk=proposal)
    try:
        if request.POST.get("decision") == "accept":
            accept_proposal(found, by=request.user)
            messages.success(request, "已采纳，来源写明走访。")
        else:
            decline_proposal(found, request.POST.get("reason", ""), by=request.user)
            messages.success(request, "未采纳，理由已记入操作记录。")
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("training:proposal-list")
