"""Targets are changed by the bureau, with a reason that stays."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common.conflict import EditConflict
from pilot.indicators import BY_KEY
from pilot.models import Target

WORDS = {
    "value": "目标值",
    "baseline": "起点值",
    "starts_on": "起算日期",
    "due_on": "完成期限",
    "basis": "依据",
}
COLUMNS = tuple(WORDS)


@transaction.atomic
def change_target(
    target: Target, facts: dict[str, Any], *, version: int, reason: str, by: User
) -> Target:
    """Set what a target asks for; it then speaks of the definition that is in force.

    Raises EditConflict when somebody saved in between, PermissionDenied without the right.
    """
    if not may(by, Action.EDIT_TARGET):
        raise PermissionDenied(Action.EDIT_TARGET)
    before = Target.objects.get(pk=target.pk)
    chosen = {name: facts[name] for name in COLUMNS}
    changed = Target.objects.filter(pk=target.pk, version=version).update(
        **chosen,
        definition_version=BY_KEY[target.indicator].definition_version,
        version=F("version") + 1,
    )
    fresh = Target.objects.get(pk=target.pk)
    if not changed:
        raise EditConflict(fresh)
    audit.record(
        "target-changed",
        fresh,
        by=by,
        reason=reason,
        changes={
            WORDS[name]: [
                _word(getattr(before, name)),
                _word(getattr(fresh, name)),
            ]
            for name in COLUMNS
            if getattr(before, name) != getattr(fresh, name)
        },
    )
    return fresh


def _word(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
