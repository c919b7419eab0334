"""Trying out other thresholds on past facts, and releasing them by a second person."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.quarter import Quarter
from common.workflow import TransitionRefused
from registry.choices import RuleAuthority
from registry.flag_choices import RehearsalState
from registry.flags.catalogue import RULES_BY_CODE
from registry.flags.evaluate import evaluate_flags
from registry.flags.rule import FlagRule
from registry.flags.workflows import REHEARSAL
from registry.models import Rehearsal, RuleVersion
from registry.operations.rehearsal_runs import start_rehearsal

NOTE_CHARACTERS = 200
ONE_PERSON = "发布须由另一位同事进行：试算人不能发布自己的规则。"
SAME = "阈值与现行的完全相同，没有可以试算的变化。"


@transaction.atomic
def rehearse_rule(
    rule: str,
    thresholds: dict[str, int],
    *,
    quarter: str,
    effective_from: dt.date,
    reason: str,
    by: User,
) -> Rehearsal:
    """Try a rule out with other thresholds on the facts of a quarter. Nothing live changes.

    A small register is computed at once, a large one by a worker.
    """
    rehearsal = Rehearsal(rule=rule, drafted_by=by)
    _set(rehearsal, thresholds, quarter, effective_from, reason)
    start_rehearsal(rehearsal)
    _record(rehearsal, by)
    return rehearsal


@transaction.atomic
def change_rehearsal(
    rehearsal: Rehearsal,
    thresholds: dict[str, int],
    *,
    quarter: str,
    effective_from: dt.date,
    reason: str,
    by: User,
    version: int,
) -> None:
    """Try the same draft with something else. Raises EditConflict or TransitionRefused."""
    held = Rehearsal.objects.permitted(by, Action.REHEARSE_RULE).select_for_update()
    fresh = held.get(pk=rehearsal.pk)
    if fresh.version != version:
        raise EditConflict(fresh)
    if fresh.state != RehearsalState.DRAFT:
        raise TransitionRefused("这次试算已提交或办结，不能再改。请另作一次试算。")
    _set(fresh, thresholds, quarter, effective_from, reason)
    fresh.version = version + 1
    start_rehearsal(fresh)
    _record(fresh, by)
    rehearsal.refresh_from_db()


@transaction.atomic
def move_rehearsal(
    rehearsal: Rehearsal, target: RehearsalState, *, by: User, version: int, reason: str = ""
) -> None:
    """Hand a rehearsal in, send it back or give it up."""
    if rehearsal.version != version:
        raise EditConflict(rehearsal)
    advance(REHEARSAL, rehearsal, target, by=by, reason=reason)


@transaction.atomic
def release_rule(rehearsal: Rehearsal, reason: str, *, by: User, version: int) -> RuleVersion:
    """Put the tried thresholds in force from their day; only a second person may.

    Suspicions that stand keep the version with which they were found. Where the day is today the
    rules are computed at once, else on that day.
    """
    if rehearsal.version != version:
        raise EditConflict(rehearsal)
    if rehearsal.drafted_by_id == by.pk:
        raise TransitionRefused(ONE_PERSON)
    rule = RULES_BY_CODE[rehearsal.rule]
    newest = RuleVersion.objects.of(rule.code).aggregate(most=Max("number"))["most"] or 1
    advance(
        REHEARSAL,
        rehearsal,
        RehearsalState.RELEASED,
        by=by,
        reason=reason,
        noted={"rule": rule.code, "rule_version": newest + 1},
        released_by=by,
        released_at=clock.now(),
    )
    made = RuleVersion.objects.create(
        rule=rule.code,
        number=newest + 1,
        effective_from=rehearsal.effective_from,
        thresholds=rehearsal.thresholds,
        authority=_authority(rule, rehearsal.thresholds),
        note=f"{rehearsal.reason}（{rehearsal.drafted_by}试算，{by}发布）"[:NOTE_CHARACTERS],
    )
    if rehearsal.effective_from <= clock.today():
        evaluate_flags(clock.today(), cause=f"{rule.code}改用第{made.number}版阈值")
    return made


def _authority(rule: FlagRule, thresholds: dict[str, int]) -> RuleAuthority:
    """Only what the law itself says is statutory; every other number is the bureau's own."""
    defaults = {threshold.key: threshold.default for threshold in rule.thresholds}
    return rule.authority if thresholds == defaults else RuleAuthority.PROPOSAL


def _set(
    rehearsal: Rehearsal,
    thresholds: dict[str, int],
    quarter: str,
    effective_from: dt.date,
    reason: str,
) -> None:
    rule = RULES_BY_CODE[rehearsal.rule]
    now = rule.version_on(clock.today())
    if thresholds == now.limits:
        raise TransitionRefused(SAME)
    if not reason.strip():
        raise TransitionRefused("请写明为什么要调整。")
    if effective_from < clock.today():
        raise TransitionRefused("拟启用日期不能早于今天。")
    rehearsal.thresholds, rehearsal.compared = thresholds, dict(now.limits)
    rehearsal.compared_version = now.number
    rehearsal.quarter = quarter
    rehearsal.as_of = min(Quarter.parse(quarter).last_day, clock.today())
    rehearsal.effective_from, rehearsal.reason = effective_from, reason.strip()


def _record(rehearsal: Rehearsal, by: User) -> None:
    audit.record(
        Action.REHEARSE_RULE,
        rehearsal,
        by=by,
        reason=rehearsal.reason,
        rule=rehearsal.rule,
        thresholds=rehearsal.thresholds,
        quarter=rehearsal.quarter,
        effective=rehearsal.effective_from.isoformat(),
    )
