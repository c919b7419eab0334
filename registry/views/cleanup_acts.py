"""What is done to a case: its will, its state, its route, who answers for it, its conditions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.operations.transitions import STALE
from accounts.policy import Action
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.forms.cleanup import CaseEditForm, ConditionsForm, RouteForm, WillingnessForm
from registry.models import CleanupCase
from registry.operations import cleanup_cases
from registry.views.cleanup_cases import show_case


def case_in_reach(request: SignedInRequest, case: int, action: Action) -> CleanupCase:
    """Return a case that this person reaches for an action, or answer 404."""
    reach = CleanupCase.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("cooperative"), pk=case)


def attempt(request: SignedInRequest, act: Callable[[], Any], done: str) -> bool:
    """Do something and tell how it went; a refusal is a sentence for the person."""
    try:
        act()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    except EditConflict:
        messages.warning(request, STALE)
    else:
        messages.success(request, done)
        return True
    return False


def is_stale(request: SignedInRequest, version: int) -> bool:
    """Tell whether the row has another version than the one on the person's page, and say so."""
    seen = request.POST.get("version", "")
    if seen == str(version):
        return False
    messages.warning(request, STALE)
    return True


@require_safe
@requires(Action.WORK_CLEANUP)
def cleanup_paper(request: SignedInRequest, case: int) -> HttpResponse:
    """Show the blank statement of will, to be printed and signed."""
    held = case_in_reach(request, case, Action.WORK_CLEANUP)
    return render(request, "registry/cleanup/paper.html", {"case": held})


@require_POST
@requires(Action.WORK_CLEANUP)
def cleanup_willingness(request: SignedInRequest, case: int) -> HttpResponse:
    """Keep the signed will of the society and begin."""
    held = case_in_reach(request, case, Action.WORK_CLEANUP)
    form = WillingnessForm(request.POST, request.FILES)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            cleanup_cases.record_willingness(held, **asked, by=request.user)
        except TransitionRefused as refusal:
            form.add_error("uploads", str(refusal))
        except EditConflict:
            form.add_error(None, STALE)
        else:
            messages.success(request, f"{held.number} 意愿书已登记，开始办理。")
            return redirect("registry:cleanup-detail", held.pk)
    return show_case(request, held.pk, status=422, willingness_form=form)


@require_POST
@requires(Action.VIEW_CLEANUP)
def cleanup_move(request: SignedInRequest, case: int) -> HttpResponse:
    """Move a case on; the flow says who may ask for which step."""
    held = case_in_reach(request, case, Action.VIEW_CLEANUP)
    target, reason = request.POST.get("target", ""), request.POST.get("reason", "")
    if not is_stale(request, held.version):
        attempt(
            request,
            lambda: cleanup_cases.move_case(held, target, by=request.user, reason=reason),
            f"{held.number} 已更新。",
        )
    return redirect("registry:cleanup-detail", held.pk)


@require_POST
@requires(Action.DECIDE_CLEANUP)
def cleanup_route(request: SignedInRequest, case: int) -> HttpResponse:
    """Take another route."""
    held = case_in_reach(request, case, Action.DECIDE_CLEANUP)
    form = RouteForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            lambda: cleanup_cases.change_route(held, **form.cleaned_data, by=request.user),
            f"{held.number} 已改变途径，请重新征求意愿。",
        )
    else:
        messages.error(request, "没有改变途径：请选择途径并写明理由。")
    return redirect("registry:cleanup-detail", held.pk)


@require_POST
@requires(Action.WORK_CLEANUP)
def cleanup_conditions(request: SignedInRequest, case: int) -> HttpResponse:
    """Note which conditions of simplified deregistration were checked."""
    held = case_in_reach(request, case, Action.WORK_CLEANUP)
    form = ConditionsForm(request.POST, held)
    if form.is_valid():
        version = form.cleaned_data["version"]
        attempt(
            request,
            lambda: cleanup_cases.check_conditions(
                held, form.facts(), by=request.user, version=version
            ),
            "简易注销条件已保存。",
        )
    else:
        messages.error(request, "没有保存：请在每一项里选择“是”“否”或“尚未核对”。")
    return redirect("registry:cleanup-detail", held.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.DECIDE_CLEANUP)
def cleanup_edit(request: SignedInRequest, case: int) -> HttpResponse:
    """Set who answers for a case, by when, and what it costs."""
    held = case_in_reach(request, case, Action.DECIDE_CLEANUP)
    stored = CleanupCase.objects.get(pk=held.pk)  # the form writes what was typed on its own copy
    form = CaseEditForm(request.POST or None, stored)
    clash: dict[str, Any] = {}
    status = 200
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            cleanup_cases.edit_case(
                held,
                form.facts(),
                reason=asked["reason"],
                by=request.user,
                version=asked["version"],
            )
        except EditConflict as conflict:
            form, differing = form.upon(conflict.fresh)
            clash, status = {"clashes": differing}, 409
        else:
            messages.success(request, f"{held.number} 已保存。")
            return redirect("registry:cleanup-detail", held.pk)
    if form.errors and status == 200:
        status = 422
    context = {"case": held, "form": form, **clash}
    return render(request, "registry/cleanup/edit.html", context, status=status)
