"""Targets are set, changed and given up by the bureau, with a reason that stays."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common.conflict import EditConflict
from common.row_words import changes_of, words_of
from common.workflow import TransitionRefused
from pilot.board import as_of
from pilot.figures import district_reader
from pilot.indicators import BY_KEY
from pilot.models import Programme, Target

COLUMNS = ("value", "baseline", "starts_on", "due_on", "basis")
KNOWN = "这个试点已对该项指标定了目标，请直接修改那一项。"
OUTSIDE = "目标的日期须在试点期限之内。"
FROZEN = "这个试点已有定版或验收核对引用过它的目标，不能取消。任务调整的，请修改目标值并写明依据。"


@transaction.atomic
def create_target(
    programme: Programme, indicator: str, facts: dict[str, Any], *, by: User
) -> Target:
    """Ask a pilot for a value of an indicator, by the definition that is in force.

    Without `baseline` it is what the indicator measured on the day of the baseline. Raises
    TransitionRefused for a second target, or for days outside the pilot.
    """
    _may_edit(by)
    held = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    _refuse_outside(held, facts)
    chosen = {name: facts[name] for name in COLUMNS}
    if chosen["baseline"] is None:
        chosen["baseline"] = baseline_of(held, indicator)
    try:
        with transaction.atomic():
            made = Target.objects.create(
                programme=held,
                indicator=indicator,
                definition_version=BY_KEY[indicator].definition_version,
                **chosen,
            )
    except IntegrityError as known:
        raise TransitionRefused(KNOWN) from known
    words = {"指标": BY_KEY[indicator].title, **words_of(made, COLUMNS)}
    audit.record("target-created", made, by=by, changes=words)
    return made


@transaction.atomic
def change_target(
    target: Target, facts: dict[str, Any], *, version: int, reason: str, by: User
) -> Target:
    """Set what a target asks for; it then speaks of the definition that is in force.

    Raises EditConflict when somebody saved in between, PermissionDenied without the right,
    TransitionRefused for days outside the pilot.
    """
    _may_edit(by)
    before = Target.objects.select_related("programme").get(pk=target.pk)
    _refuse_outside(before.programme, facts)
    chosen = {name: facts[name] for name in COLUMNS}
    if chosen["baseline"] is None:
        chosen["baseline"] = baseline_of(before.programme, before.indicator)
    changed = Target.objects.filter(pk=target.pk, version=version).update(
        **chosen,
        definition_version=BY_KEY[target.indicator].definition_version,
        version=F("version") + 1,
    )
    fresh = Target.objects.get(pk=target.pk)
    if not changed:
        raise EditConflict(fresh)
    changes = changes_of(before, fresh, COLUMNS)
    audit.record("target-changed", fresh, by=by, reason=reason, changes=changes)
    return fresh


@transaction.atomic
def remove_target(target: Target, *, version: int, reason: str, by: User) -> None:
    """Give a target up, as long as no edition and no check has spoken of the pilot's targets.

    Raises TransitionRefused, EditConflict.
    """
    _may_edit(by)
    held = Programme.objects.select_for_update(of=("self",)).get(pk=target.programme_id)
    if held.editions.exists() or held.acceptances.exists():
        raise TransitionRefused(FROZEN)
    fresh = Target.objects.filter(pk=target.pk).first()
    if fresh is None or fresh.version != version:
        raise EditConflict(fresh or target)
    words = {"指标": BY_KEY[fresh.indicator].title, **words_of(fresh, COLUMNS)}
    audit.record("target-removed", fresh, by=by, reason=reason, changes=words)
    fresh.delete()


def baseline_of(programme: Programme, indicator: str) -> Decimal:
    """Return what an indicator measures for the whole district on the day of the baseline."""
    when = as_of(programme, programme.baseline_day)
    return BY_KEY[indicator].measure(district_reader(), when).figure.value or Decimal(0)


def _refuse_outside(programme: Programme, facts: dict[str, Any]) -> None:
    if not programme.starts_on <= facts["starts_on"] < facts["due_on"] <= programme.ends_on:
        raise TransitionRefused(OUTSIDE)


def _may_edit(by: User) -> None:
    if not may(by, Action.EDIT_TARGET):
        raise PermissionDenied(Action.EDIT_TARGET)
