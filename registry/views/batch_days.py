"""现场批量注销: the days, a list for each department, results on a phone, leftovers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import OrganisationUnit
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.keyset import in_order
from common.workflow import TransitionRefused
from registry.cleanup.choices import FINISHED_STEPS, BatchOutcome, BatchState
from registry.forms.batch_days import (
    CloseForm,
    DayCorrectionForm,
    DayForm,
    InviteForm,
    ResultForm,
)
from registry.models import BatchDay, BatchEntry, CaseStep
from registry.nouns.clean_up import DAYS
from registry.operations import batch_days
from registry.views.cleanup_acts import attempt


@require_safe
@requires(Action.VIEW_CLEANUP)
def batch_list(request: SignedInRequest) -> HttpResponse:
    """List the days, the newest first."""
    days = BatchDay.objects.permitted(request.user, Action.VIEW_CLEANUP)
    shown = in_order(days.with_guests(request.user), DAYS.order)[:60]
    return render(request, "registry/days/list.html", {"days": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_BATCH)
def batch_create(request: SignedInRequest) -> HttpResponse:
    """Plan a day."""
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            day = batch_days.plan_day(form.facts(), by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{day}”已安排，请添加要办理的合作社。")
            return redirect("registry:batch-invite", day.pk)
    status = 422 if form.errors else 200
    return render(request, "registry/days/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_BATCH)
def batch_edit(request: SignedInRequest, batch: int) -> HttpResponse:
    """Set right when and where a day is held; whoever saves second sees both texts."""
    day = get_object_or_404(BatchDay.objects.permitted(request.user, Action.MANAGE_BATCH), pk=batch)
    form = DayCorrectionForm(request.POST or None, day)
    context: dict[str, Any] = {"day": day}
    status = 200
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            batch_days.correct_day(
                day,
                form.facts(),
                version=asked["version"],
                reason=asked["reason"],
                by=request.user,
            )
        except EditConflict as conflict:
            form, context["clashes"] = form.upon(conflict.fresh)
            status = 409
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已更正，原来的内容保留在操作记录中。")
            return redirect("registry:batch-detail", day.pk)
    if form.errors and status == 200:
        status = 422
    return render(request, "registry/days/edit.html", {**context, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_BATCH)
def batch_invite(request: SignedInRequest, batch: int) -> HttpResponse:
    """Choose who comes, as long as there are slots."""
    day = get_object_or_404(BatchDay.objects.permitted(request.user, Action.MANAGE_BATCH), pk=batch)
    offered = batch_days.candidates().for_list().order_by("cooperative__township__position", "pk")
    form = InviteForm(request.POST or None, offered)
    if request.method == "POST" and form.is_valid():
        try:
            number = batch_days.invite_cases(day, form.cleaned_data["cases"], by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已安排 {number} 家。")
            return redirect("registry:batch-detail", day.pk)
    context = {
        "day": day,
        "form": form,
        "offered": offered[:300],
        "free": day.slots - day.entries.count(),
    }
    status = 422 if form.errors else 200
    return render(request, "registry/days/invite.html", context, status=status)


@require_safe
@requires(Action.VIEW_CLEANUP)
def batch_detail(request: SignedInRequest, batch: int) -> HttpResponse:
    """Show a day: everybody by number, or what one department has to do; both can be printed."""
    day = get_object_or_404(BatchDay.objects.permitted(request.user, Action.VIEW_CLEANUP), pk=batch)
    reach = BatchEntry.objects.permitted(request.user, Action.VIEW_CLEANUP).filter(day=day)
    entries = list(reach.for_list().prefetch_related("results"))
    steps = _steps(entries)
    departments = _departments(steps)
    chosen = request.GET.get("department", "")
    current = next((unit for unit in departments if unit.code == chosen), None)
    lines = [_line(request, day, entry, steps.get(entry.case_id, []), current) for entry in entries]
    if current is not None:
        lines = [line for line in lines if line["own"]]
    manages = may(request.user, Action.MANAGE_BATCH)
    context = {
        "day": day,
        "lines": lines,
        "current": current,
        "tabs": _tabs(departments, steps, chosen, len(entries)),
        "outcomes": BatchOutcome.choices,
        "free": day.slots - day.entries.count(),
        "left": day.entries.left_over().count() if manages else 0,
        "close_form": CloseForm(None, day) if manages and day.is_planned else None,
        "cancel": [("target", BatchState.CANCELLED.value)],
        "has_come": day.held_on <= clock.today(),
    }
    return render(request, "registry/days/detail.html", context)


def _steps(entries: list[BatchEntry]) -> dict[int, list[CaseStep]]:
    """Return the steps of the cases of a day, in order, by case: one query."""
    found: dict[int, list[CaseStep]] = {}
    steps = CaseStep.objects.filter(case__in=[entry.case_id for entry in entries])
    for step in steps.select_related("template", "department").order_by("case", "position"):
        found.setdefault(step.case_id, []).append(step)
    return found


def _departments(steps: dict[int, list[CaseStep]]) -> list[OrganisationUnit]:
    units = {
        step.department.pk: step.department
        for each in steps.values()
        for step in each
        if step.department is not None
    }
    return sorted(units.values(), key=lambda unit: unit.position)


def _tabs(
    departments: list[OrganisationUnit],
    steps: dict[int, list[CaseStep]],
    chosen: str,
    number: int,
) -> list[dict[str, Any]]:
    """Return one tab for everybody and one for each department, with the cases that need it."""
    tabs = [{"label": "全部", "url": "?", "active": not chosen, "count": number}]
    for unit in departments:
        needing = sum(
            any(step.department_id == unit.pk and step.state != "not_needed" for step in each)
            for each in steps.values()
        )
        tabs.append(
            {
                "label": unit.short_name,
                "url": f"?{urlencode({'department': unit.code})}",
                "active": unit.code == chosen,
                "count": needing,
            }
        )
    return tabs


def _line(
    request: SignedInRequest,
    day: BatchDay,
    entry: BatchEntry,
    steps: list[CaseStep],
    current: OrganisationUnit | None,
) -> dict[str, Any]:
    """Return one entry: its next step, the steps of one department, and what was noted."""
    results = {result.step_id: result for result in entry.results.all()}
    rest = [step for step in steps if step.state not in FINISHED_STEPS]
    own = [
        step
        for step in steps
        if step.state != "not_needed" and (current is None or step.department_id == current.pk)
    ]
    following = rest[0] if rest else None
    takes = day.is_planned and day.held_on <= clock.today() and may(request.user, Action.TAKE_STEP)
    mine = may(request.user, Action.WORK_CLEANUP) or (
        following is not None and following.department_id == request.user.unit_id
    )
    return {
        "entry": entry,
        "society": entry.case.cooperative,
        "next": following,
        "own": [(step, results.get(step.pk)) for step in own],
        "may_take": takes and mine and following in own,
    }


@require_POST
@requires(Action.TAKE_STEP)
def batch_result(request: SignedInRequest, entry: int, step: int) -> HttpResponse:
    """Take the result of one step on the spot."""
    entries = BatchEntry.objects.permitted(request.user, Action.TAKE_STEP).select_related("day")
    held = get_object_or_404(entries, pk=entry)
    steps = CaseStep.objects.permitted(request.user, Action.TAKE_STEP)
    subject = get_object_or_404(steps.filter(case=held.case_id), pk=step)
    form = ResultForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        attempt(
            request,
            lambda: batch_days.take_result(held, subject, **asked, by=request.user),
            f"{held.slot}号已登记。",
        )
    else:
        messages.error(request, "没有登记：请选择结果，说明不超过 200 字。")
    back = reverse("registry:batch-detail", args=[held.day_id])
    # Back to the list on which it was pressed.
    shown = request.POST.get("department", "")
    return redirect(f"{back}?{urlencode({'department': shown})}" if shown else back)


@require_POST
@requires(Action.MANAGE_BATCH)
def batch_close(request: SignedInRequest, batch: int) -> HttpResponse:
    """End a day and carry what is left to the next, or call it off."""
    day = get_object_or_404(BatchDay.objects.permitted(request.user, Action.MANAGE_BATCH), pk=batch)
    form = CloseForm(request.POST, day)
    if request.POST.get("target") == BatchState.CANCELLED:
        reason = request.POST.get("reason", "")
        attempt(
            request,
            lambda: batch_days.cancel_day(day, reason=reason, by=request.user),
            f"“{day}”已取消。",
        )
    elif form.is_valid():
        asked = form.cleaned_data
        attempt(
            request,
            lambda: batch_days.close_day(
                day, asked["following"], reason=asked["reason"], by=request.user
            ),
            f"“{day}”已结束，没办完的已按选择处理。",
        )
    else:
        messages.error(request, "没有结束：请写小结。")
    return redirect("registry:batch-detail", day.pk)
