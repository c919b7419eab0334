"""The steps of a case: publishing a notice, finishing, going back. Their order is kept by a guard."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.operations.attachments import attach_each
from accounts.operations.transitions import advance
from common import clock, workdays
from common.workflow import TransitionRefused
from registry.cleanup.bars import LISTED
from registry.cleanup.choices import FINISHED_STEPS, CaseFile, StepState, TermKind
from registry.cleanup.workflows import STEP
from registry.models import AbnormalListing, CaseStep, CleanupCase, StepTemplate

NOT_DATED = "这条途径在今天没有生效的办理规程，不能立案。请联系系统管理员。"


def lay_steps(cases: Sequence[CleanupCase], *, after: int = 0) -> None:
    """Write down the steps of each case's route as they are required today, but not one twice.

    Three queries, however many cases. Raises TransitionRefused for a route without a procedure.
    """
    required: dict[str, list[StepTemplate]] = {}
    in_force = StepTemplate.objects.in_force(clock.today())
    for step in in_force.filter(route__in={case.route for case in cases}).order_by("position"):
        required.setdefault(step.route, []).append(step)
    there: dict[int, set[str]] = {}
    laid = CaseStep.objects.filter(case__in=cases).values_list("case", "template__key")
    for case_id, key in laid:
        there.setdefault(case_id, set()).add(key)
    listings = AbnormalListing.objects.known().open()
    listed = set(
        listings.filter(cooperative__in=[case.cooperative_id for case in cases]).values_list(
            "cooperative", flat=True
        )
    )
    steps = []
    for case in cases:
        done = there.get(case.pk, set())
        if not done and case.route not in required:
            raise TransitionRefused(NOT_DATED)
        wanted = [step for step in required.get(case.route, ()) if step.key not in done]
        for place, step in enumerate(wanted, start=1):
            needed = step.only_when != LISTED or case.cooperative_id in listed
            steps.append(
                CaseStep(
                    case=case,
                    template=step,
                    position=after + place,
                    department_id=step.department_id,
                    state=StepState.TODO if needed else StepState.NOT_NEEDED,
                    note="" if needed else "立案时未列入经营异常名录",
                )
            )
    CaseStep.objects.bulk_create(steps)


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
    hand_on(step.case, on=on, since=step.due_on if step.template.term == TermKind.NOTICE else None)
    return step, refused


@transaction.atomic
def move_step(step: CaseStep, target: str, *, reason: str, by: User) -> CaseStep:
    """Say that a step is not needed, needed after all, or must be done again."""
    _lock(step)
    changes: dict[str, Any] = {"note": reason.strip()[:300]}
    if target == StepState.TODO:
        changes |= {"done_on": None, "done_by": None, "started_on": None}
        if step.template.term != TermKind.DEADLINE:  # a deadline runs on while the step is redone
            changes["due_on"] = None
    advance(STEP, step, target, by=by, reason=reason, **changes)
    hand_on(step.case)
    return step


def hand_on(case: CleanupCase, *, on: dt.date | None = None, since: dt.date | None = None) -> None:
    """Let the first unfinished step of a case have its turn, from a day on, with its deadline.

    The deadline counts from that day, or from `since`, the day on which a public notice ran out.
    """
    day = on or clock.today()
    rest = case.steps.exclude(state__in=FINISHED_STEPS).order_by("position")
    following = rest.select_related("template").first()
    if following is None or following.ready_on is not None:
        return
    required = terms_on(following, day)
    due = None
    if required.term == TermKind.DEADLINE and required.days:
        due = workdays.last_day_to_act(since or day, required.days)
    CaseStep.objects.filter(pk=following.pk).update(ready_on=day, due_on=due, template=required)


def _lock(step: CaseStep) -> None:
    """Let two people who work on the steps of one case come one after the other."""
    CleanupCase.objects.select_for_update().filter(pk=step.case_id).first()
