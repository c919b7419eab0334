"""The work plan: the Gantt, its file, one task, other days with a preview, what waits for what."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.models import AuditEvent
from accounts.policy import Action, Reach, may, reach_of
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from demonstration.views.acts import incomplete, perform, save_form
from pilot.evidence import shown_proofs
from pilot.exports import plan_workbook
from pilot.forms.work_plan import BoardFilter, DaysForm, MoveForm, NewTaskForm, TaskForm, WaitForm
from pilot.gantt import chart_of
from pilot.models import PlanTask, Programme, TaskDependency, TaskPart
from pilot.network import standings_of
from pilot.operations import work_plan as operations
from pilot.operations.starting_plan import load_starting_plan
from pilot.programmes import chosen_programme, programme_tabs

BOARD = "pilot:plan-board"


@require_safe
@requires(Action.VIEW_WORK_PLAN)
def pilot_home(request: SignedInRequest) -> HttpResponse:
    """Lead to the board, or to the work plan for those who see no figures."""
    sees_figures = may(request.user, Action.VIEW_INDICATOR)
    page = reverse("pilot:board" if sees_figures else BOARD)
    asked = request.GET.urlencode()
    return redirect(f"{page}?{asked}" if asked else page)


@require_safe
@requires(Action.VIEW_WORK_PLAN)
def plan_board(request: SignedInRequest) -> HttpResponse:
    """Show the plan as bars by phase, with what is late and what is critical."""
    programme = chosen_programme(request)
    form = BoardFilter(request.GET, user=request.user, programme=programme)
    context: dict[str, Any] = {
        "form": form,
        "chosen": form.chosen,
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
    }
    if programme is not None:
        tasks, standings = _tasks(request, programme)
        kept = form.keeps(_tasks_of_unit)
        shown = [task for task in tasks if kept(task, standings[task.pk])]
        context |= {
            "chart": chart_of(programme, shown, standings),
            "number": len(shown),
            "late": sum(standings[task.pk].late for task in tasks),
            "critical": sum(standings[task.pk].critical for task in tasks),
            **_finish(programme, standings),
            "total": len(tasks),
            "own_unit": _own_unit(request),
        }
    name = "_chart" if wants_partial(request) else "board"
    return render(request, f"pilot/plan/{name}.html", context)


@require_safe
@requires(Action.VIEW_WORK_PLAN)
def plan_export(request: SignedInRequest) -> FileResponse | HttpResponse:
    """Hand out the plan in reach as a workbook."""
    programme = chosen_programme(request)
    if programme is None:
        messages.error(request, "还没有设立试点，没有可导出的工作表。")
        return redirect(BOARD)
    return FileResponse(
        plan_workbook(programme, by=request.user),
        as_attachment=True,
        filename=f"倒排工作表_{programme}.xlsx",
    )


@require_POST
@requires(Action.EDIT_WORK_PLAN)
def plan_start(request: SignedInRequest) -> HttpResponse:
    """Fill an empty plan with the duties of the document."""
    programme = chosen_programme(request)
    if programme is None:
        messages.error(request, "请先设立试点和阶段。")
        return redirect(BOARD)
    return perform(
        request,
        lambda: load_starting_plan(programme, by=request.user),
        done="已按方案载入全部任务，日期从试点结束日倒排。请逐项核对单位和期限。",
        back=_board_of(programme),
    )


@require_safe
@requires(Action.VIEW_WORK_PLAN)
def task_detail(request: SignedInRequest, task: int) -> HttpResponse:
    """Show a task: its parts in reach, its place in the chain, what proves it."""
    found = _task(request, task, Action.VIEW_WORK_PLAN)
    _, standings = _tasks(request, found.programme)
    reach = TaskPart.objects.permitted(request.user, Action.VIEW_WORK_PLAN)
    edits = may(request.user, Action.EDIT_WORK_PLAN)
    context = {
        "task": found,
        "standing": standings[found.pk],
        "parts": list(reach.filter(task=found).for_list().order_by("unit__kind", "unit__position")),
        "before": _linked(request, found, "dependencies", "waits_for"),
        "after": _linked(request, found, "followers", "task"),
        "standings": standings,
        "proofs": shown_proofs(found, request.user),
        "edits": edits,
        "wait_form": WaitForm(None, found) if edits else None,
        "events": AuditEvent.objects.about(found),
    }
    return render(request, "pilot/plan/task.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_WORK_PLAN)
def task_create(request: SignedInRequest) -> HttpResponse:
    """Add a task to the plan."""
    programme = chosen_programme(request)
    if programme is None:
        messages.error(request, "请先设立试点和阶段。")
        return redirect(BOARD)
    form = NewTaskForm(request.POST or None, programme=programme)
    return save_form(
        request,
        form,
        lambda form: operations.create_task(
            programme, form.facts(), form.cleaned_data["units"], by=request.user
        ),
        done="任务已加入工作表。",
        page={
            "title": "新增任务",
            "lead": str(programme),
            "back": _board_of(programme),
            "crumbs": [("倒排工作表", _board_of(programme))],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_WORK_PLAN)
def task_edit(request: SignedInRequest, task: int) -> HttpResponse:
    """Change what a task is and who takes part."""
    found = _task(request, task, Action.EDIT_WORK_PLAN)
    form = TaskForm(request.POST or None, instance=found, programme=found.programme)
    return save_form(
        request,
        form,
        lambda form: operations.edit_task(
            found,
            form.facts(),
            form.cleaned_data["units"],
            version=form.seen,
            by=request.user,
        ),
        done="已保存。",
        page=_page(found, "修改任务"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_WORK_PLAN)
def task_move(request: SignedInRequest, task: int) -> HttpResponse:
    """Show what other days would do to the followers; move them when that is confirmed."""
    found = _task(request, task, Action.EDIT_WORK_PLAN)
    if request.method == "POST":
        return _move(request, found)
    asked = {"start_on": found.start_on, "due_on": found.due_on}
    form = DaysForm(request.GET if "due_on" in request.GET else None, initial=asked)
    moves, refusal = None, ""
    if form.is_bound and form.is_valid():
        try:
            moves = operations.preview_move(found, **form.cleaned_data)
        except TransitionRefused as refused:
            refusal = str(refused)
    context = {
        "task": found,
        "form": form,
        "moves": moves,
        "beyond": sum(move.beyond for move in moves or ()),
        "refusal": refusal,
    }
    return render(request, "pilot/plan/move.html", context)


@require_POST
@requires(Action.EDIT_WORK_PLAN)
def task_remove(request: SignedInRequest, task: int) -> HttpResponse:
    """Take a task out of the plan."""
    found = _task(request, task, Action.EDIT_WORK_PLAN)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    begun = found.parts.exclude(state="not_begun").exists()
    back = _here(found) if begun else _board_of(found.programme)
    return perform(
        request,
        lambda: operations.remove_task(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="任务已从工作表删除。",
        back=back,
    )


@require_POST
@requires(Action.EDIT_WORK_PLAN)
def wait_add(request: SignedInRequest, task: int) -> HttpResponse:
    """Let a task wait for another."""
    found = _task(request, task, Action.EDIT_WORK_PLAN)
    form = WaitForm(request.POST, found)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    return perform(
        request,
        lambda: operations.add_dependency(found, form.cleaned_data["waits_for"], by=request.user),
        done="先后关系已登记；需要顺延的后续任务已一并顺延。",
        back=_here(found),
    )


@require_POST
@requires(Action.EDIT_WORK_PLAN)
def wait_remove(request: SignedInRequest, task: int, link: int) -> HttpResponse:
    """Let a task no longer wait for another."""
    found = _task(request, task, Action.EDIT_WORK_PLAN)
    one = get_object_or_404(
        TaskDependency.objects.select_related("task", "waits_for"), pk=link, task=found
    )
    return perform(
        request,
        lambda: operations.remove_dependency(one, by=request.user),
        done="先后关系已去掉，日期没有变动。",
        back=_here(found),
    )


def _move(request: SignedInRequest, task: PlanTask) -> HttpResponse:
    form = MoveForm(request.POST)
    back = reverse("pilot:task-move", args=[task.pk])
    if not form.is_valid():
        return incomplete(request, form, back=back)
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.move_task(
            task,
            asked["start_on"],
            asked["due_on"],
            reason=asked["reason"],
            version=asked["version"],
            by=request.user,
        ),
        done="已改期；需要顺延的后续任务已一并顺延。",
        back=_here(task),
    )


def _tasks(request: SignedInRequest, programme: Programme) -> tuple[list[Any], dict[int, Any]]:
    """Return the tasks in reach and where every task of the programme stands."""
    rows = (
        PlanTask.objects.filter(programme=programme)
        .with_progress()
        .select_related("phase", "lead")
        .order_by("start_on", "due_on", "pk")
    )
    tasks = list(rows)
    standings = standings_of(programme, tasks)
    if reach_of(request.user, Action.VIEW_WORK_PLAN) != Reach.DISTRICT:
        reach = PlanTask.objects.permitted(request.user, Action.VIEW_WORK_PLAN)
        mine = set(reach.filter(programme=programme).values_list("pk", flat=True))
        tasks = [task for task in tasks if task.pk in mine]
    return tasks, standings


def _finish(programme: Programme, standings: dict[int, Any]) -> dict[str, Any]:
    """Return when all will be done as things stand, and how far that lies from the end."""
    finish = max((each.slot.finish for each in standings.values()), default=None)
    if finish is None:
        return {"finish": None}
    over = (finish - programme.ends_on).days
    return {"finish": finish, "finish_note": f"比结束日晚 {over} 天" if over > 0 else "在期限之内"}


def _tasks_of_unit(unit: int) -> set[int]:
    return set(TaskPart.objects.filter(unit=unit).values_list("task", flat=True))


def _own_unit(request: SignedInRequest) -> int | None:
    """Return the person's own unit when it may report on tasks."""
    return request.user.unit_id if may(request.user, Action.VIEW_WORK_PLAN) else None


def _linked(
    request: SignedInRequest, task: PlanTask, side: str, other: str
) -> list[tuple[Any, PlanTask]]:
    """Return the links of a task on one side, with the other task where it is in reach."""
    reach = PlanTask.objects.permitted(request.user, Action.VIEW_WORK_PLAN)
    links = getattr(task, side).select_related(other).filter(**{f"{other}__in": reach})
    return [(link, getattr(link, other)) for link in links.order_by(f"{other}__start_on", "pk")]


def _task(request: SignedInRequest, key: int, action: Action) -> PlanTask:
    reach = PlanTask.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("programme", "phase", "lead"), pk=key)


def _board_of(programme: Programme) -> str:
    return f"{reverse(BOARD)}?{programme.query}"


def _here(task: PlanTask) -> str:
    return reverse("pilot:task-detail", args=[task.pk])


def _page(task: PlanTask, heading: str) -> dict[str, Any]:
    return {
        "title": heading,
        "lead": task.title,
        "back": _here(task),
        "crumbs": [("倒排工作表", _board_of(task.programme)), (task.title, _here(task))],
    }
