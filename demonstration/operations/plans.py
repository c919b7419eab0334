"""Cultivation plans, their measures, and the named lists."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import NamedList, PlanState
from demonstration.hearers import standing_moved
from demonstration.models import CultivationPlan, NamedListEntry, PlanMeasure
from registry.models import Cooperative

CLOSED = "方案已经结束，不能再改。"


@transaction.atomic
def open_plan(cooperative: Cooperative, facts: dict[str, Any], *, by: User) -> CultivationPlan:
    """Begin the one plan of a society: target, due_on, situation, responsible, department.

    Raises TransitionRefused when the society has an active plan already.
    """
    reach = Cooperative.objects.permitted(by, Action.EDIT_PLAN)
    if not reach.select_for_update(of=("self",)).filter(pk=cooperative.pk).exists():
        raise PermissionDenied(Action.EDIT_PLAN)
    if CultivationPlan.objects.active().filter(cooperative=cooperative).exists():
        raise TransitionRefused(
            "这家合作社已有一份正在实施的培育方案（一社一案），请在原方案里修改。"
        )
    if facts["due_on"] <= clock.today():
        raise TransitionRefused("达标期限须在今天之后。")
    plan = CultivationPlan.objects.create(cooperative=cooperative, opened_on=clock.today(), **facts)
    audit.record("plan-opened", plan, by=by)
    standing_moved(cooperative.pk)
    return plan


@transaction.atomic
def edit_plan(
    plan: CultivationPlan, facts: dict[str, Any], *, version: int, by: User
) -> CultivationPlan:
    """Change an active plan. Raises EditConflict, TransitionRefused."""
    held = _held(plan, by)
    if held.version != version:
        raise EditConflict(held)
    if facts["due_on"] <= held.opened_on:
        raise TransitionRefused("达标期限须在开始日期之后。")
    CultivationPlan.objects.filter(pk=held.pk).update(**facts, version=F("version") + 1)
    held.refresh_from_db()
    audit.record("plan-changed", held, by=by)
    return held


@transaction.atomic
def close_plan(
    plan: CultivationPlan, state: PlanState, *, reason: str, version: int, by: User
) -> None:
    """End a plan, reached or stopped, with a reason. Raises EditConflict, TransitionRefused."""
    held = _held(plan, by)
    if held.version != version:
        raise EditConflict(held)
    if not reason.strip():
        raise TransitionRefused("请写明结束的情况。")
    unfinished = held.measures.filter(done_on__isnull=True).count()
    if state == PlanState.REACHED and unfinished:
        raise TransitionRefused(f"还有 {unfinished} 项措施没有完成，不能按达标结束。")
    CultivationPlan.objects.filter(pk=held.pk).update(
        state=state, closed_on=clock.today(), closed_because=reason[:300], version=F("version") + 1
    )
    plan.refresh_from_db()
    audit.record("plan-closed", plan, by=by, reason=reason, state=state)
    standing_moved(plan.cooperative_id)


@transaction.atomic
def save_measure(
    plan: CultivationPlan,
    measure: PlanMeasure | None,
    facts: dict[str, Any],
    *,
    version: int,
    by: User,
) -> PlanMeasure:
    """Add a measure or change one; `version` is the measure's, ignored for a new one."""
    held = _held(plan, by)
    if measure is None:
        saved = PlanMeasure.objects.create(plan=held, **facts)
    else:
        changed = PlanMeasure.objects.filter(pk=measure.pk, plan=held, version=version).update(
            **facts, version=F("version") + 1
        )
        if not changed:
            raise EditConflict(PlanMeasure.objects.get(pk=measure.pk))
        saved = PlanMeasure.objects.get(pk=measure.pk)
    audit.record("measure-saved", held, by=by, changes={"目标": saved.aim})
    return saved


@transaction.atomic
def finish_measure(measure: PlanMeasure, *, note: str, version: int, by: User) -> None:
    """Mark a measure done and say how. Raises EditConflict, TransitionRefused."""
    held = _held(measure.plan, by)
    if not note.strip():
        raise TransitionRefused("请写明完成情况。")
    changed = PlanMeasure.objects.filter(
        pk=measure.pk, version=version, done_on__isnull=True
    ).update(done_on=clock.today(), done_note=note[:300], version=F("version") + 1)
    if not changed:
        raise EditConflict(PlanMeasure.objects.get(pk=measure.pk))
    audit.record("measure-done", held, by=by, reason=note, changes={"目标": measure.aim})


@transaction.atomic
def enter_on_list(
    cooperative: Cooperative, name: NamedList, reason: str, *, by: User
) -> NamedListEntry:
    """Put a society on a named list, with the reason. Entering it twice changes nothing."""
    _check_list_right(by)
    if not reason.strip():
        raise TransitionRefused("请写明入选理由。")
    entry, made = NamedListEntry.objects.get_or_create(
        cooperative=cooperative,
        name=name,
        until=None,
        defaults={"reason": reason[:300], "since": clock.today(), "entered_by": by},
    )
    if made:
        audit.record("list-entered", entry, by=by, reason=reason)
    return entry


@transaction.atomic
def leave_list(entry: NamedListEntry, *, reason: str, version: int, by: User) -> None:
    """Take a society off a named list; the entry stays with its end. Raises EditConflict."""
    _check_list_right(by)
    if not reason.strip():
        raise TransitionRefused("请写明退出原因。")
    changed = NamedListEntry.objects.filter(
        pk=entry.pk, version=version, until__isnull=True
    ).update(until=clock.today(), left_because=reason[:300], version=F("version") + 1)
    if not changed:
        raise EditConflict(NamedListEntry.objects.get(pk=entry.pk))
    audit.record("list-left", entry, by=by, reason=reason)


def _held(plan: CultivationPlan, by: User) -> CultivationPlan:
    reach = CultivationPlan.objects.permitted(by, Action.EDIT_PLAN)
    held = reach.select_for_update(of=("self",)).filter(pk=plan.pk).first()
    if held is None:
        raise PermissionDenied(Action.EDIT_PLAN)
    if held.state != PlanState.ACTIVE:
        raise TransitionRefused(CLOSED)
    return held


def _check_list_right(by: User) -> None:
    if not may(by, Action.EDIT_NAMED_LIST):
        raise PermissionDenied(Action.EDIT_NAMED_LIST)
