"""Targets: the list, and the change of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.conflict import EditConflict
from pilot.forms.figures import TargetForm
from pilot.indicators import BY_KEY
from pilot.models import Target
from pilot.operations.targets import change_target


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_TARGET)
def target_edit(request: SignedInRequest, target: int) -> HttpResponse:
    """Change what a target asks for; the reason stays on record."""
    reach = Target.objects.permitted(request.user, Action.EDIT_TARGET)
    found = get_object_or_404(reach.select_related("programme"), pk=target)
    form = TargetForm(request.POST or None, instance=found)
    status, fresh = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            facts = form.cleaned_data
            try:
                change_target(
                    found, facts, version=facts["version"], reason=facts["reason"], by=request.user
                )
            except EditConflict as conflict:
                status, fresh = 409, conflict.fresh
            else:
                messages.success(request, "目标已修改，进度和状态随之重新判断。")
                return redirect("pilot:indicator", key=found.indicator)
    context = {"form": form, "target": found, "asked": BY_KEY[found.indicator], "fresh": fresh}
    return render(request, "pilot/board/target.html", context, status=status)
