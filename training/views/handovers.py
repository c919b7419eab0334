"""Handing over in one act, and the sheet that both sign."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.workflow import TransitionRefused
from training.forms.counsellors import HandoverForm
from training.models import Counsellor, CounsellorAssignment, Handover
from training.operations.handovers import hand_over


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ASSIGN_COUNSELLOR)
def handover_make(request: SignedInRequest, counsellor: int) -> HttpResponse:
    """Move everything that a counsellor looks after to another."""
    reach = Counsellor.objects.permitted(request.user, Action.ASSIGN_COUNSELLOR)
    giver = get_object_or_404(reach.select_related("user__unit"), pk=counsellor)
    form = HandoverForm(request.POST or None, giver=giver, by=request.user)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = hand_over(
                giver,
                asked["taker"],
                reason=asked["reason"],
                leaves=asked["leaves"],
                by=request.user,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已移交 {len(made.societies)} 项，请打印交接单由双方签字。")
            return redirect("training:handover-sheet", handover=made.pk)
    rows = CounsellorAssignment.objects.open().filter(counsellor=giver.user)
    context = {
        "giver": giver,
        "form": form,
        "rows": rows.select_related("cooperative").order_by("kind", "pk"),
    }
    status = 422 if form.errors else 200
    return render(request, "training/handovers/make.html", context, status=status)


@require_safe
@requires(Action.VIEW_COUNSELLOR)
def handover_sheet(request: SignedInRequest, handover: int) -> HttpResponse:
    """Show the sheet of a handover as it was, ready to be printed and signed."""
    reach = Handover.objects.permitted(request.user, Action.VIEW_COUNSELLOR)
    found = get_object_or_404(
        reach.select_related("giver__unit", "taker__unit", "made_by"), pk=handover
    )
    return render(request, "training/handovers/sheet.html", {"handover": found})
