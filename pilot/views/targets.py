"""Targets: setting one, changing one, giving one up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.views.acts import incomplete, perform, save_form
from pilot.forms.figures import TargetForm
from pilot.forms.programmes import NewTargetForm
from pilot.indicators import BY_KEY
from pilot.models import Programme, Target
from pilot.operations.targets import change_target, create_target, remove_target
from pilot.views.programmes import page_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_TARGET)
def target_create(request: SignedInRequest, programme: int) -> HttpResponse:
    """Ask a pilot for a value of an indicator."""
    reach = Programme.objects.permitted(request.user, Action.EDIT_TARGET)
    found = get_object_or_404(reach, pk=programme)
    return save_form(
        request,
        NewTargetForm(request.POST or None, programme=found),
        lambda form: create_target(
            found, form.cleaned_data["indicator"], form.facts(), by=request.user
        ),
        done="目标已设定，进度线从起算日期开始。",
        page=page_of(found, "设定目标"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_TARGET)
def target_edit(request: SignedInRequest, target: int) -> HttpResponse:
    """Change what a target asks for; the reason stays on record."""
    found = _target(request, target)
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
            except TransitionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "目标已修改，进度和状态随之重新判断。")
                page = reverse("pilot:indicator", args=[found.indicator])
                return redirect(f"{page}?{found.programme.query}")
    context = {"form": form, "target": found, "asked": BY_KEY[found.indicator], "fresh": fresh}
    return render(request, "pilot/board/target.html", context, status=status)


@require_POST
@requires(Action.EDIT_TARGET)
def target_remove(request: SignedInRequest, target: int) -> HttpResponse:
    """Give a target up."""
    found = _target(request, target)
    back = reverse("pilot:programme-detail", args=[found.programme_id])
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=back)
    asked = form.cleaned_data
    return perform(
        request,
        lambda: remove_target(
            found, version=asked["version"], reason=asked["reason"], by=request.user
        ),
        done="目标已取消。",
        back=back,
    )


def _target(request: SignedInRequest, key: int) -> Target:
    reach = Target.objects.permitted(request.user, Action.EDIT_TARGET)
    return get_object_or_404(reach.select_related("programme"), pk=key)
