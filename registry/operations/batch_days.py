"""现场批量注销: planning a day, inviting cases, taking results on the spot, carrying leftovers on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock, locks
from common.workflow import TransitionRefused
from registry.cleanup.bars import unwilling
from registry.cleanup.choices import EXIT_ROUTES, BatchOutcome, BatchState, CaseState
from registry.cleanup.workflows import BATCH
from registry.models import BatchDay, BatchEntry, BatchResult, CaseStep, CleanupCase
from registry.models.cleanup_case import CaseQuerySet
from registry.operations.cleanup_steps import finish_step


@dataclass(frozen=True)
class DayFacts:
    """When and where a day is held, for how many."""

    title: str
    held_on: dt.date
    hours: str
    place: str
    slots: int
    note: str = ""


@transaction.atomic
def plan_day(facts: DayFacts, *, by: User) -> BatchDay:
    """Plan a day. Raises TransitionRefused for one that is past."""
    if not may(by, Action.MANAGE_BATCH):
        raise PermissionDenied(Action.MANAGE_BATCH)
    if facts.held_on < clock.today():
        raise TransitionRefused("日期不能早于今天。")
    day = BatchDay.objects.create(**facts.__dict__, planned_by=by)
    audit.record("batch-planned", day, by=by)
    return day


def candidates() -> CaseQuerySet:
    """Return the cases that can be invited: willing, on their way out, in no other planned day."""
    planned = BatchEntry.objects.filter(day__state=BatchState.PLANNED).values("case")
    return CleanupCase.objects.filter(state=CaseState.UNDER_WAY, route__in=EXIT_ROUTES).exclude(
        pk__in=planned
    )


@transaction.atomic
def invite_cases(day: BatchDay, cases: Sequence[CleanupCase], *, by: User) -> int:
    """Give cases a slot of a day, in the order given; return how many. Safe to repeat."""
    locks.hold("batch-days")
    held = BatchDay.objects.permitted(by, Action.MANAGE_BATCH).filter(pk=day.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_BATCH)
    if not held.is_planned:
        raise TransitionRefused("这一天已结束，不能再安排。")
    chosen = list(candidates().filter(pk__in=[case.pk for case in cases]).order_by("pk"))
    for case in chosen:
        if refusal := unwilling(case):
            raise TransitionRefused(f"{case.number}：{refusal}")
    _seat(held, [(case, None) for case in chosen])
    if chosen:
        audit.record("batch-invited", held, by=by, number=len(chosen))
    return len(chosen)


def _seat(day: BatchDay, guests: list[tuple[CleanupCase, BatchEntry | None]]) -> None:
    taken = day.entries.count()
    if taken + len(guests) > day.slots:
        free = max(day.slots - taken, 0)
        raise TransitionRefused(f"“{day}”只剩 {free} 个名额，安排不下 {len(guests)} 家。")
    last = day.entries.aggregate(last=Max("slot"))["last"] or 0
    BatchEntry.objects.bulk_create(
        BatchEntry(day=day, case=case, slot=last + place, carried_from=former)
        for place, (case, former) in enumerate(guests, start=1)
    )


@transaction.atomic
def take_result(
    entry: BatchEntry, step: CaseStep, outcome: str, *, note: str = "", by: User
) -> BatchResult:
    """Note what a department did for an entry; done finishes the step, with all its guards.

    Said twice, who said it first stays on record. Raises TransitionRefused when the step is not its
    turn, is barred, or was done meanwhile and this says otherwise.
    """
    reach = CaseStep.objects.permitted(by, Action.TAKE_STEP).select_related("case", "template")
    held = reach.filter(pk=step.pk, case=entry.case_id).first()
    if held is None:
        raise PermissionDenied(Action.TAKE_STEP)
    if not entry.day.is_planned:
        raise TransitionRefused("这一天已结束，不能再登记结果。")
    if entry.day.held_on > clock.today():
        raise TransitionRefused("还没有到这一天，不能登记结果。")
    done = BatchResult.objects.filter(entry=entry, step=held, outcome=BatchOutcome.DONE).first()
    if done is not None and held.is_finished:
        if outcome == BatchOutcome.DONE:
            return done
        raise TransitionRefused(
            f"“{held.template.title}”已由{done.taken_by}登记办结，没有改动。确需重办的，请在案件里退回。"
        )
    if outcome == BatchOutcome.DONE and not held.is_finished:
        finish_step(held, on=clock.today(), note=note or f"{entry.day}现场办结", by=by)
    result, _ = BatchResult.objects.update_or_create(
        entry=entry,
        step=held,
        defaults={
            "outcome": BatchOutcome(outcome),
            "note": note,
            "taken_by": by,
            "taken_at": clock.now(),
        },
    )
    audit.record("batch-result", entry, by=by, outcome=result.outcome, why=note)
    return result


def cancel_day(day: BatchDay, *, reason: str, by: User) -> BatchDay:
    """Call a day off; its cases can be invited to another."""
    advance(BATCH, day, BatchState.CANCELLED, by=by, reason=reason)
    return day


@transaction.atomic
def close_day(day: BatchDay, following: BatchDay | None, *, reason: str, by: User) -> int:
    """Close a day and move what is left to the next one; return how many moved.

    Without `following` the leftovers stay with their owners.
    """
    locks.hold("batch-days")
    left = list(day.entries.left_over().select_related("case").order_by("slot"))
    advance(BATCH, day, BatchState.CLOSED, by=by, reason=reason)
    if following is None or not left:
        return 0
    if following.pk == day.pk or not following.is_planned:
        raise TransitionRefused("转入的日子必须是另一个还没有结束的批量注销日。")
    already = set(following.entries.values_list("case", flat=True))
    moved = [(entry.case, entry) for entry in left if entry.case_id not in already]
    _seat(following, list(moved))
    audit.record("batch-carried", following, by=by, number=len(moved))
    return len(moved)
