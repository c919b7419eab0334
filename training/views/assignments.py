"""Societies that nobody looks after, and giving one a counsellor."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common import clock
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.models import ConflictOfInterest, Cooperative
from registry.views.pages import cut
from training import gaps
from training.choices import AssignmentKind
from training.forms.counsellors import AssignmentForm
from training.models import CounsellorAssignment
from training.operations.assignments import (
    assign_counsellor,
    deal_out_societies,
    suggest_counsellors,
)


@require_safe
@requires(Action.VIEW_COUNSELLOR)
def gap_list(request: SignedInRequest) -> HttpResponse:
    """List the gaps: townships without a counsellor now or soon, societies without a pair."""
    townships, needs = gaps.township_gaps(request.user), gaps.pairing_gaps(request.user)
    context = {"gaps": townships, "needs": needs, "number": len(townships) + len(needs)}
    return render(request, "training/assignments/gaps.html", context)


@require_safe
@requires(Action.ASSIGN_COUNSELLOR)
def assignment_queue(request: SignedInRequest) -> HttpResponse:
    """List living societies without a counsellor; a unit's can be dealt out in one press."""
    reach = Cooperative.objects.permitted(request.user, Action.ASSIGN_COUNSELLOR)
    waiting = reach.living().filter(counsellor__isnull=True).select_related("township")
    context = {
        "page": cut(request, waiting, "pk"),
        "number": waiting.count(),
        "units": gaps.waiting_by_unit(waiting),
    }
    name = "_results" if wants_partial(request) else "queue"
    return render(request, f"training/assignments/{name}.html", context)


@require_POST
@requires(Action.ASSIGN_COUNSELLOR)
def assignment_deal(request: SignedInRequest) -> HttpResponse:
    """Deal out the waiting societies of one unit evenly."""
    number = deal_out_societies(request.POST.get("unit", ""), by=request.user)
    if number:
        messages.success(request, f"已按工作量平均安排 {number} 家合作社。")
    else:
        messages.warning(
            request, "没有可安排的：该乡镇街道没有在聘的辅导员，或合作社都已有辅导员。"
        )
    return redirect("training:assignment-queue")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ASSIGN_COUNSELLOR)
def assignment_make(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Choose a counsellor for a society; the portal suggests by distance and load."""
    reach = Cooperative.objects.permitted(request.user, Action.ASSIGN_COUNSELLOR)
    society = get_object_or_404(reach.select_related("township", "counsellor"), uscc=uscc)
    suggestions = suggest_counsellors(society)
    first: dict[str, Any] = {"counsellor": suggestions[0].counsellor.pk} if suggestions else {}
    asked_kind = request.GET.get("kind", "")
    if asked_kind in AssignmentKind.values:
        first["kind"] = asked_kind
    form = AssignmentForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = assign_counsellor(
                society,
                asked["counsellor"],
                kind=asked["kind"],
                reason=asked["reason"],
                by=request.user,
            )
        except TransitionRefused as refusal:
            form.add_error("counsellor", str(refusal))
        else:
            messages.success(request, f"已安排{made.counsellor}{made.get_kind_display()}。")
            return redirect("training:assignment-make", uscc=society.code)
    interests = ConflictOfInterest.objects.on(clock.today()).filter(cooperative=society)
    rows = CounsellorAssignment.objects.filter(cooperative=society).select_related("counsellor")
    context = {
        "society": society,
        "form": form,
        "suggestions": suggestions,
        "interests": interests.select_related("person"),
        "rows": rows.order_by("kind", "-since", "-pk"),
    }
    status = 422 if form.errors else 200
    return render(request, "training/assignments/make.html", context, status=status)
