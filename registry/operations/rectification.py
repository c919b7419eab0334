"""规范改造: the tasks of a society that stays, with evidence and a second look."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.operations.attachments import attach_each
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.choices import CaseFile, Route, TaskState
from registry.cleanup.workflows import TASK
from registry.models import CleanupCase, RectificationTask


@transaction.atomic
def add_task(case: CleanupCase, title: str, *, due_on: dt.date, by: User) -> RectificationTask:
    """Ask for one improvement by a day. The same title twice is the same task."""
    held = CleanupCase.objects.permitted(by, Action.WORK_CLEANUP).filter(pk=case.pk).first()
    if held is None:
        raise PermissionDenied(Action.WORK_CLEANUP)
    if held.route != Route.RECTIFICATION or not held.is_open:
        raise TransitionRefused("只有在办的规范改造案件才能添加任务。")
    if due_on < clock.today():
        raise TransitionRefused("完成期限不能早于今天。")
    task, made = RectificationTask.objects.get_or_create(
        case=held, title=title.strip(), defaults={"due_on": due_on}
    )
    if made:
        audit.record("task-added", task, by=by)
    return task


@transaction.atomic
def submit_task(
    task: RectificationTask, *, outcome: str, uploads: Iterable[Any], by: User
) -> list[str]:
    """Hand a task in for review with its evidence; return sentences for refused files."""
    _, refused = attach_each(task, uploads, purpose=CaseFile.TASK, by=by, note=task.title)
    advance(
        TASK,
        task,
        TaskState.DONE,
        by=by,
        outcome=outcome.strip(),
        done_on=clock.today(),
    )
    return refused


def review_task(
    task: RectificationTask, *, accepted: bool, reason: str = "", by: User
) -> RectificationTask:
    """Accept a task, or give it back with what is still lacking."""
    if accepted:
        advance(TASK, task, TaskState.ACCEPTED, by=by, reason=reason)
    else:
        advance(TASK, task, TaskState.TODO, by=by, reason=reason, done_on=None)
    return task
