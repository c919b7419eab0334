"""Sets of criteria: drawn up from the last one, edited while drafts, released from a day on."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import CriteriaState, ItemKind
from demonstration.models import CriteriaItem, CriteriaSet

NOT_A_DRAFT = "已发布的标准不能改动。请先起草新的一版。"
_COPIED = (
    "section",
    "position",
    "text",
    "kind",
    "points",
    "measure",
    "threshold",
    "basis",
    "confirmed",
)


@transaction.atomic
def draft_criteria(former: CriteriaSet, *, by: User) -> CriteriaSet:
    """Begin the next version of a set as a copy of it. Returns the draft that is already there."""
    _check_right(by)
    same = CriteriaSet.objects.filter(
        level=former.level, honour=former.honour, region=former.region
    )
    if standing := same.filter(state=CriteriaState.DRAFT).first():
        return standing
    number = (same.aggregate(Max("number"))["number__max"] or 0) + 1
    draft = CriteriaSet.objects.create(
        level=former.level,
        honour=former.honour,
        region=former.region,
        number=number,
        title=former.title,
        document=former.document,
    )
    CriteriaItem.objects.bulk_create(
        CriteriaItem(criteria=draft, **{name: getattr(item, name) for name in _COPIED})
        for item in former.items.all()
    )
    audit.record("criteria-drafted", draft, by=by, former=str(former))
    return draft


@transaction.atomic
def edit_criteria(
    criteria: CriteriaSet, facts: dict[str, Any], *, version: int, by: User
) -> CriteriaSet:
    """Change title and document of a draft. Raises EditConflict."""
    held = _held_draft(criteria, version, by)
    CriteriaSet.objects.filter(pk=held.pk).update(**facts, version=version + 1)
    held.refresh_from_db()
    audit.record("criteria-changed", held, by=by, changes=facts)
    return held


@transaction.atomic
def save_item(
    criteria: CriteriaSet,
    item: CriteriaItem | None,
    facts: dict[str, Any],
    *,
    version: int,
    by: User,
) -> CriteriaItem:
    """Add an item to a draft, or change one of it. `version` is the draft's. Raises EditConflict."""
    held = _held_draft(criteria, version, by)
    if facts["kind"] != ItemKind.SCORED:
        facts = {**facts, "points": 0}
    if item is None:
        last = held.items.aggregate(Max("position"))["position__max"] or 0
        item = CriteriaItem(criteria=held, position=last + 1)
    elif item.criteria_id != held.pk:
        raise PermissionDenied(Action.EDIT_CRITERIA)
    for name, value in facts.items():
        setattr(item, name, value)
    item.save()
    CriteriaSet.objects.filter(pk=held.pk).update(version=F("version") + 1)
    audit.record("criteria-changed", held, by=by, changes={"项目": item.text})
    return item


@transaction.atomic
def remove_item(item: CriteriaItem, *, version: int, by: User) -> None:
    """Take an item out of a draft. Raises EditConflict."""
    held = _held_draft(item.criteria, version, by)
    audit.record("criteria-changed", held, by=by, changes={"删除项目": item.text})
    item.delete()
    CriteriaSet.objects.filter(pk=held.pk).update(version=F("version") + 1)


@transaction.atomic
def release_criteria(
    criteria: CriteriaSet, effective_from: dt.date, *, version: int, reason: str, by: User
) -> CriteriaSet:
    """Put a draft in force from a day on; what was in force ends the day before.

    Rounds keep the set they were called with. Raises EditConflict, TransitionRefused.
    """
    held = _held_draft(criteria, version, by)
    if not held.items.exists():
        raise TransitionRefused("标准里还没有项目，不能发布。")
    former = CriteriaSet.objects.filter(
        level=held.level,
        honour=held.honour,
        region=held.region,
        state=CriteriaState.RELEASED,
        effective_until__isnull=True,
    )
    if former.filter(effective_from__gte=effective_from).exists():
        raise TransitionRefused("施行日期须晚于上一版的施行日期。")
    former.update(effective_until=effective_from - dt.timedelta(days=1), version=F("version") + 1)
    CriteriaSet.objects.filter(pk=held.pk).update(
        state=CriteriaState.RELEASED, effective_from=effective_from, version=version + 1
    )
    held.refresh_from_db()
    audit.record("criteria-released", held, by=by, reason=reason, day=effective_from)
    return held


def _held_draft(criteria: CriteriaSet, version: int, by: User) -> CriteriaSet:
    _check_right(by)
    held = CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria.pk)
    if not held.is_draft:
        raise TransitionRefused(NOT_A_DRAFT)
    if held.version != version:
        raise EditConflict(held)
    return held


def _check_right(by: User) -> None:
    if not may(by, Action.EDIT_CRITERIA):
        raise PermissionDenied(Action.EDIT_CRITERIA)
