"""The steps of a case, the tasks of those that stay, the subject that follows a conversion."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.operations.transitions import STALE
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.bars import bars_of, unwilling
from registry.cleanup.choices import Route, StepState, TermKind
from registry.forms.cleanup import StepForm, SubmissionForm, TaskForm
from registry.forms.relations import FarmForm, HelpForm
from registry.models import CaseStep, RectificationTask, StepTemplate
from registry.operations import cleanup_steps, rectification, relations
from registry.views.cleanup_acts import attempt, case_in_reach, is_stale
from registry.views.cleanup_cases import show_case


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.TAKE_STEP)
def cleanup_step(request: SignedInRequest, step: int) -> HttpResponse:
    """Show one step with what bars it; note that it was done, or that its notice was published."""
    reach = CaseStep.objects.permitted(request.user, Action.TAKE_STEP)
    held = get_object_or_404(
        reach.select_related("case__cooperative", "template__department", "department"), pk=step
    )
    begin = {"on": clock.today(), "version": held.version}
    form = StepForm(request.POST or None, request.FILES or None, initial=begin)
    publishes = held.template.term == TermKind.NOTICE and held.state == StepState.TODO
    if publishes:
        form.fields["on"].label = "公告日期"
        del form.fields["uploads"]
    if request.method == "POST" and form.is_valid() and _taken(request, held, form, publishes):
        return redirect("registry:cleanup-detail", held.case_id)
    context = {
        "step": held,
        "case": held.case,
        "form": form,
        "publishes": publishes,
        "terms": cleanup_steps.terms_on(held, clock.today()),
        "bars": [each for each in (unwilling(held.case), *bars_of(held)) if each],
        "files": Attachment.objects.of(held).select_related("added_by"),
    }
    status = 422 if form.errors else 200
    return render(request, "registry/cleanup/step.html", context, status=status)


def _taken(request: SignedInRequest, held: CaseStep, form: StepForm, publishes: bool) -> bool:
    """Take the step; a refusal goes back into the form."""
    asked = form.cleaned_data
    if asked["version"] != held.version:
        form.add_error(None, STALE)
        return False
    try:
        if publishes:
            cleanup_steps.publish_notice(held, on=asked["on"], note=asked["note"], by=request.user)
        else:
            _, refused = cleanup_steps.finish_step(
                held,
                on=asked["on"],
                note=asked["note"],
                uploads=asked["uploads"],
                by=request.user,
            )
            for sentence in refused:
                messages.warning(request, sentence)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"“{held.template.title}”已登记。")
    return True


@require_POST
@requires(Action.DECIDE_CLEANUP)
def cleanup_step_move(request: SignedInRequest, step: int) -> HttpResponse:
    """Say that a step is not needed, needed after all, or must be done again."""
    reach = CaseStep.objects.permitted(request.user, Action.DECIDE_CLEANUP)
    held = get_object_or_404(reach.select_related("case", "template"), pk=step)
    target, reason = request.POST.get("target", ""), request.POST.get("reason", "")
    if not is_stale(request, held.version):
        attempt(
            request,
            lambda: cleanup_steps.move_step(held, target, reason=reason, by=request.user),
            f"“{held.template.title}”已更新。",
        )
    return redirect("registry:cleanup-detail", held.case_id)


@require_POST
@requires(Action.WORK_CLEANUP)
def cleanup_task_add(request: SignedInRequest, case: int) -> HttpResponse:
    """Ask for one improvement."""
    held = case_in_reach(request, case, Action.WORK_CLEANUP)
    form = TaskForm(request.POST)
    if form.is_valid():
        try:
            rectification.add_task(held, **form.cleaned_data, by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已添加改造任务。")
            return redirect("registry:cleanup-detail", held.pk)
    return show_case(request, held.pk, status=422, task_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WORK_CLEANUP)
def cleanup_task(request: SignedInRequest, task: int) -> HttpResponse:
    """Show one task with its evidence; hand it in for review."""
    reach = RectificationTask.objects.permitted(request.user, Action.WORK_CLEANUP)
    held = get_object_or_404(reach.select_related("case__cooperative"), pk=task)
    form = SubmissionForm(
        request.POST or None, request.FILES or None, initial={"outcome": held.outcome}
    )
    if request.method == "POST" and form.is_valid():
        try:
            refused = rectification.submit_task(held, **form.cleaned_data, by=request.user)
        except TransitionRefused as refusal:
            form.add_error("uploads", str(refusal))
        else:
            for sentence in refused:
                messages.warning(request, sentence)
            messages.success(request, "已提交，等待区农业农村局复查。")
            return redirect("registry:cleanup-detail", held.case_id)
    context = {
        "task": held,
        "case": held.case,
        "form": form,
        "files": Attachment.objects.of(held).select_related("added_by"),
    }
    status = 422 if form.errors else 200
    return render(request, "registry/cleanup/task.html", context, status=status)


@require_POST
@requires(Action.DECIDE_CLEANUP)
def cleanup_task_review(request: SignedInRequest, task: int) -> HttpResponse:
    """Accept a task, or give it back."""
    reach = RectificationTask.objects.permitted(request.user, Action.DECIDE_CLEANUP)
    held = get_object_or_404(reach.select_related("case"), pk=task)
    accepted = request.POST.get("verdict") == "accepted"
    if not is_stale(request, held.version):
        attempt(
            request,
            lambda: rectification.review_task(
                held,
                accepted=accepted,
                reason=request.POST.get("reason", ""),
                by=request.user,
            ),
            "复查结果已登记。",
        )
    return redirect("registry:cleanup-detail", held.case_id)


@require_POST
@requires(Action.EDIT_RELATION)
def cleanup_successor(request: SignedInRequest, case: int) -> HttpResponse:
    """Link a converting society with the subject that follows it."""
    held = case_in_reach(request, case, Action.WORK_CLEANUP)
    form = FarmForm(request.POST)
    if form.is_valid():
        township: Any = held.cooperative.township or request.user.unit
        try:
            relations.record_successor(
                held,
                since=form.cleaned_data["since"],
                by=request.user,
                **form.farm(),
                township=township,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "新主体已录入，与原合作社相连。")
            return redirect("registry:cleanup-detail", held.pk)
    return show_case(request, held.pk, status=422, farm_form=form)


@require_POST
@requires(Action.WORK_CLEANUP)
def cleanup_help(request: SignedInRequest, case: int) -> HttpResponse:
    """Tick one of the four kinds of help, with its day."""
    held = case_in_reach(request, case, Action.WORK_CLEANUP)
    form = HelpForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        attempt(
            request,
            lambda: relations.give_help(held, **asked, by=request.user),
            "帮助已登记。",
        )
        return redirect("registry:cleanup-detail", held.pk)
    return show_case(request, held.pk, status=422, help_form=form)


@require_safe
@requires(Action.VIEW_CLEANUP)
def cleanup_procedures(request: SignedInRequest) -> HttpResponse:
    """Show what every route requires, and from when to when."""
    steps: dict[str, list[StepTemplate]] = {}
    dated = StepTemplate.objects.select_related("department")
    for step in dated.order_by("position", "valid_from"):
        steps.setdefault(step.route, []).append(step)
    context = {
        "routes": [(route, steps.get(route, [])) for route in Route],
        "today": clock.today(),
    }
    return render(request, "registry/cleanup/procedures.html", context)
