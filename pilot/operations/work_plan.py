"""The work plan itself: tasks, who takes part, what waits for what, other days."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.policy import Action, may
from common.conflict import EditConflict
from common.template_tags import day
from common.workflow import TransitionRefused
from pilot.models import PlanTask, Programme, TaskDependency, TaskPart
from pilot.network import steps_of
from pilot.plan_choices import PartState
from pilot.schedule import CircularDependency, replan

OUTSIDE = "任务的日期须在试点期限之内（{}至{}）。"
RING = "这样会形成循环：{}。请先去掉其中一个先后关系。"
BEYOND = "这样改动后，有 {} 项任务会拖到试点结束日（{}）以后：{}。请缩短工期或先调整后续任务。"
BEGUN_ALREADY = "{}已经开始或已有进展，不能从这项任务中去掉。"
NOT_REMOVED = "已经有单位开始办理，不能删除；如不再需要，请在说明中注明。"
NO_PARTS = "请至少选择一个承担单位。"
ANOTHER_PROGRAMME = "前置任务须属于同一个试点。"


@dataclass(frozen=True)
class Move:
    """One task that gets other days when the plan is moved."""

    task: PlanTask
    start_on: dt.date
    due_on: dt.date
    beyond: bool

    @property
    def days(self) -> int:
        """By how many days its end moves."""
        return (self.due_on - self.task.due_on).days

    @property
    def earlier(self) -> int:
        """By how many days its end comes earlier."""
        return -self.days


@transaction.atomic
def create_task(
    programme: Programme,
    facts: Mapping[str, Any],
    units: Collection[OrganisationUnit],
    *,
    by: User,
) -> PlanTask:
    """Add a task (phase, title, done_when, lead, start_on, due_on) with a part for each unit."""
    _may_edit(by)
    _refuse_if_outside(programme, facts["start_on"], facts["due_on"])
    if not units:
        raise TransitionRefused(NO_PARTS)
    task = PlanTask.objects.create(programme=programme, **facts)
    TaskPart.objects.bulk_create(TaskPart(task=task, unit=unit) for unit in units)
    audit.record("task-planned", task, by=by, units=[unit.short_name for unit in units])
    return task


@transaction.atomic
def edit_task(
    task: PlanTask,
    facts: Mapping[str, Any],
    units: Collection[OrganisationUnit],
    *,
    version: int,
    by: User,
) -> PlanTask:
    """Change what a task is and who takes part; its days change by `move_task` alone.

    A unit that has begun cannot be left out. Raises EditConflict, TransitionRefused.
    """
    held = _held(task, by)
    if held.version != version:
        raise EditConflict(held)
    if not units:
        raise TransitionRefused(NO_PARTS)
    wanted = {unit.pk: unit for unit in units}
    parts = {part.unit_id: part for part in held.parts.select_related("unit")}
    for key, part in parts.items():
        if key not in wanted and part.state != PartState.NOT_BEGUN:
            raise TransitionRefused(BEGUN_ALREADY.format(part.unit))
    held.parts.exclude(unit__in=wanted).delete()
    TaskPart.objects.bulk_create(
        TaskPart(task=held, unit=unit) for key, unit in wanted.items() if key not in parts
    )
    PlanTask.objects.filter(pk=held.pk).update(**facts, version=F("version") + 1)
    held.refresh_from_db()
    audit.record("task-changed", held, by=by, units=[unit.short_name for unit in units])
    return held


@transaction.atomic
def remove_task(task: PlanTask, *, reason: str, version: int, by: User) -> None:
    """Take a task out of the plan as long as nobody has begun it."""
    held = _held(task, by)
    if held.version != version:
        raise EditConflict(held)
    if held.parts.exclude(state=PartState.NOT_BEGUN).exists():
        raise TransitionRefused(NOT_REMOVED)
    audit.record("task-removed", held, by=by, reason=reason, title=held.title)
    held.delete()


def preview_move(task: PlanTask, start_on: dt.date, due_on: dt.date) -> list[Move]:
    """Return every task that moves when one gets other days, in the order of the plan; no writing.

    The task itself comes first when it moves at all. `beyond` marks what would end after the
    programme. Raises TransitionRefused for days outside the programme.
    """
    _refuse_if_outside(task.programme, start_on, due_on)
    moves = _moves(task.programme, {task.pk: (start_on, due_on)})
    return sorted(moves, key=lambda move: (move.task.pk != task.pk, move.start_on, move.task.pk))


@transaction.atomic
def move_task(
    task: PlanTask, start_on: dt.date, due_on: dt.date, *, reason: str, version: int, by: User
) -> int:
    """Give a task other days and push what waits for it; return how many tasks moved.

    Refused when a task would end after the programme: the plan is made back from its end.
    Raises EditConflict, TransitionRefused.
    """
    held = _held(task, by)
    if held.version != version:
        raise EditConflict(held)
    list(PlanTask.objects.select_for_update(of=("self",)).filter(programme=held.programme_id))
    moves = preview_move(held, start_on, due_on)
    _write(moves, held.programme)
    if moves:
        days = [f"{m.task}：{day(m.start_on)}至{day(m.due_on)}" for m in moves]
        audit.record("plan-moved", held, by=by, reason=reason, tasks=days)
    return len(moves)


@transaction.atomic
def add_dependency(task: PlanTask, waits_for: PlanTask, *, by: User) -> int:
    """Let a task wait for another; return how many tasks were pushed later by it.

    Refused when tasks would wait for each other in a ring, or be pushed beyond the programme.
    """
    held = _held(task, by)
    if held.programme_id != waits_for.programme_id:
        raise TransitionRefused(ANOTHER_PROGRAMME)
    list(PlanTask.objects.select_for_update(of=("self",)).filter(programme=held.programme_id))
    _, new = TaskDependency.objects.get_or_create(task=held, waits_for=waits_for)
    if not new:
        return 0
    moves = _moves(held.programme, {})
    _write(moves, held.programme)
    audit.record("dependency-added", held, by=by, title=waits_for.title, number=len(moves))
    return len(moves)


@transaction.atomic
def remove_dependency(link: TaskDependency, *, by: User) -> None:
    """Let a task no longer wait for another; no days change."""
    held = _held(link.task, by)
    audit.record("dependency-removed", held, by=by, title=link.waits_for.title)
    link.delete()


def _moves(programme: Programme, changed: Mapping[int, tuple[dt.date, dt.date]]) -> list[Move]:
    moved = _moved(programme, changed)
    tasks = PlanTask.objects.in_bulk(moved)
    return [
        Move(tasks[key], start, due, beyond=due > programme.ends_on)
        for key, (start, due) in moved.items()
    ]


def _moved(
    programme: Programme, changed: Mapping[int, tuple[dt.date, dt.date]]
) -> dict[int, tuple[dt.date, dt.date]]:
    """Return what moves; a ring of tasks is a refusal in their names."""
    try:
        return replan(steps_of(programme), changed)
    except CircularDependency as circle:
        names = PlanTask.objects.in_bulk(circle.ring)
        ring = "→".join(f"“{names[key]}”" for key in circle.ring)
        raise TransitionRefused(RING.format(ring)) from circle


def _write(moves: Collection[Move], programme: Programme) -> None:
    """Give the locked tasks their new days, unless one would end after the programme."""
    beyond = [move.task.title for move in moves if move.beyond]
    if beyond:
        named = "、".join(f"“{title}”" for title in beyond[:3])
        raise TransitionRefused(BEYOND.format(len(beyond), day(programme.ends_on), named))
    for move in moves:
        move.task.start_on, move.task.due_on = move.start_on, move.due_on
        move.task.version += 1
    PlanTask.objects.bulk_update([move.task for move in moves], ["start_on", "due_on", "version"])


def _refuse_if_outside(programme: Programme, start_on: dt.date, due_on: dt.date) -> None:
    if not programme.starts_on <= start_on <= due_on <= programme.ends_on:
        raise TransitionRefused(OUTSIDE.format(day(programme.starts_on), day(programme.ends_on)))


def _may_edit(by: User) -> None:
    if not may(by, Action.EDIT_WORK_PLAN):
        raise PermissionDenied(Action.EDIT_WORK_PLAN)


def _held(task: PlanTask, by: User) -> PlanTask:
    """Return the task as it stands, locked, with its programme."""
    reach = PlanTask.objects.permitted(by, Action.EDIT_WORK_PLAN).select_related("programme")
    fresh = reach.select_for_update(of=("self",)).filter(pk=task.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.EDIT_WORK_PLAN)
    return fresh
