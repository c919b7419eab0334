"""The steps of a case: publishing a notice, finishing, going back. Their order is kept by a guard."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.operations.attachments import attach_each
from accounts.operations.transitions import advance
from common import clock, workdays
from common.workflow import TransitionRefused
from registry.cleanup.choices import FINISHED_STEPS, CaseFile, StepState, TermKind
from registry.cleanup.workflows import STEP
from registry.models import CaseStep, CleanupCase, StepTemplate


def terms_on(step: CaseStep, day: dt.date) -> StepTemplate:
    """Return what is required for a step on a day; the one it was laid with when nothing is."""
    dated = StepTemplate.objects.in_force(day).filter(
        route=step.template.route, key=step.template.key
    )
    return dated.first() or step.template


@transaction.atomic
def publish_notice(step: CaseStep, *, on: dt.date, by: User, note: str = "") -> CaseStep:
    """Begin a step that is a public notice; its length is the one in force on that day."""
    _lock(step)
    if on > clock.today():
        raise TransitionRefused("公告日期不能晚于今天。")
    if step.ready_on and on < step.ready_on:
        raise TransitionRefused("公告日期不能早于前一步办结的日期。")
    required = terms_on(step, on)
    due = workdays.last_day_of_notice(on, required.days or 0)
    advance(
        STEP,
        step,
        StepState.RUNNING,
        by=by,
        started_on=on,
        due_on=due,
        template=required,
        note=note,
    )
    return step


@transaction.atomic
def finish_step(
    step: CaseStep, *, on: dt.date, by: User, note: str = "", uploads: Iterable[Any] = ()
) -> tuple[CaseStep, list[str]]:
    """Note that a step is done and hand on to the next; return sentences for refused files."""
    _lock(step)
    if on > clock.today():
        raise TransitionRefused("办结日期不能晚于今天。")
    if step.ready_on and on < step.ready_on:
        raise TransitionRefused("办结日期不能早于轮到这一步的日期。")
    if step.state == StepState.RUNNING and step.due_on and on <= step.due_on:
        raise TransitionRefused("办结日期不能在公告期内。")
    advance(STEP, step, StepState.DONE, by=by, done_on=on, done_by=by, note=note)
    _, refused = attach_each(step, uploads, purpose=CaseFile.STEP, by=by, note=step.template.title)
    hand_on(step.case, on=on)
    return step, refused


@transaction.atomic
def move_step(step: CaseStep, target: str, *, reason: str, by: User) -> CaseStep:
    """Say that a step is not needed, needed after all, or must be done again."""
    _lock(step)
    changes: dict[str, Any] = {"note": reason.strip()[:300]}
    if target == StepState.TODO:
        changes |= {"done_on": None, "done_by": None, "started_on": None, "due_on": None}
    advance(STEP, step, target, by=by, reason=reason, **changes)
    hand_on(step.case)
    return step


def hand_on(case: CleanupCase, *, on: dt.date | None = None) -> None:
    """Let the first unfinished step of a case have its turn, from a day on, with its deadline."""
    day = on or clock.today()
    rest = case.steps.exclude(state__in=FINISHED_STEPS).order_by("position")
    following = rest.select_related("template").first()
    if following is None or following.ready_on is not None:
        return
    required = terms_on(following, day)
    due = None
    if required.term == TermKind.DEADLINE and required.days:
        due = workdays.last_day_to_act(day, required.days)
    CaseStep.objects.filter(pk=following.pk).update(ready_on=day, due_on=due, template=required)


def _lock(step: CaseStep) -> None:
    """Let two people who work on the steps of one case come one after the other."""
    CleanupCase.objects.select_for_update().filter(pk=step.case_id).first()
