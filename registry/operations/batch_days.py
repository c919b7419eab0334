"""现场批量注销: planning a day, inviting cases, taking results on the spot, carrying leftovers on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock, locks
from common.conflict import EditConflict
from common.row_words import changes_by
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


@transaction.atomic
def correct_day(
    day: BatchDay, facts: DayFacts, *, version: int, reason: str = "", by: User
) -> BatchDay:
    """Set right when and where a day is held; the trail keeps what stood before.

    Freely until somebody is invited, then for a reason; the date no more once results were taken
    on it. Raises EditConflict, or TransitionRefused for a day that is over or facts that cannot be.
    """
    locks.hold("batch-days")  # who is invited meanwhile would count on the former slots
    held = BatchDay.objects.permitted(by, Action.MANAGE_BATCH).filter(pk=day.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_BATCH)
    if held.version != version:
        raise EditConflict(held)
    changes = changes_by(held, asdict(facts))
    if not changes:
        return held
    if refusal := _uncorrectable(held, facts, reason):
        raise TransitionRefused(refusal)
    fresh = BatchDay.objects.filter(pk=held.pk, version=version, state=BatchState.PLANNED)
    changed = fresh.update(**asdict(facts), version=F("version") + 1)
    held.refresh_from_db()
    if not changed:
        raise EditConflict(held)
    audit.record("batch-corrected", held, by=by, reason=reason.strip(), changes=changes)
    return held


def _uncorrectable(day: BatchDay, facts: DayFacts, reason: str) -> str:
    """Return why a day cannot be set right like that, or ""."""
    invited = day.entries.count()
    if not day.is_planned:
        return "这一天已结束或已取消，不能再改。"
    if facts.slots < invited:
        return f"已经安排了 {invited} 家，名额不能少于 {invited}。"
    if facts.held_on != day.held_on:
        if BatchResult.objects.filter(entry__day=day).exists():
            return "这一天已经登记了现场结果，日期不能再改。"
        if facts.held_on < clock.today():
            return "日期不能早于今天。"
    if invited and not reason.strip():
        return f"已经安排了 {invited} 家，请写明更正的理由。"
    return ""


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
