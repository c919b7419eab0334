"""The ledger of guidance: before registration, on charters, study tours."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action
from common.htmx import wants_partial
from registry.views.pages import cut
from training.forms.events import GuidanceFilter, GuidanceForm
from training.kept_lists import GUIDANCE
from training.models import GuidanceRecord
from training.operations.events import note_guidance


@require_safe
@requires(Action.VIEW_GUIDANCE)
@kept_as(GUIDANCE)
def guidance_list(request: SignedInRequest) -> HttpResponse:
    """List the ledger in reach, newest first."""
    reach = GuidanceRecord.objects.permitted(request.user, Action.VIEW_GUIDANCE)
    form = GuidanceFilter(request.GET)
    found = form.narrow(reach)
    rows = found.select_related("unit", "cooperative", "by")
    context = {
        "form": form,
        "chosen": form.chosen,
        "number": found.count(),
        "page": cut(request, rows, "pk", descending=True),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"training/guidance/{name}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WRITE_GUIDANCE)
def guidance_create(request: SignedInRequest) -> HttpResponse:
    """Add a line to the ledger."""
    form = GuidanceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        note_guidance(form.facts(), by=request.user)
        messages.success(request, "已登记。")
        return redirect("training:guidance-list")
    status = 422 if form.errors else 200
    return render(request, "training/guidance/form.html", {"form": form}, status=status)
