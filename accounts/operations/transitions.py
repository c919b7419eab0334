"""The one door through which a state moves."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from common.workflow import Transition, TransitionRefused, Workflow

STALE = "这条记录刚刚被其他人处理过，请刷新页面后再操作。"
BEYOND_REACH = "“{}”不在您的权限范围内。如确需办理，请联系系统管理员。"


def advance(
    flow: Workflow,
    subject: Any,
    target: str,
    *,
    by: User,
    reason: str = "",
    noted: Any = None,
    **changes: Any,
) -> None:
    """Move a row to another state, or say why not; `noted` is what the trail keeps beside it.

    Looks the row up again within the user's reach for that very step, runs the guard, then writes
    state, version and `changes` with one conditional update, which is right on databases with and
    without row locks. Raises TransitionRefused (a sentence) or PermissionDenied.
    """
    model: type[models.Model] = type(subject)
    with transaction.atomic():
        current = getattr(subject, flow.field)
        arrow = flow.find(current, target)
        held = model._default_manager.permitted(by, arrow.action)  # type: ignore[attr-defined]
        fresh = held.select_for_update(of=("self",)).filter(pk=subject.pk).first()
        if fresh is None:
            raise PermissionDenied(arrow.action)
        if getattr(fresh, flow.field) != current or fresh.version != subject.version:
            raise TransitionRefused(STALE)
        if refusal := arrow.unless(fresh):
            raise TransitionRefused(refusal)
        if arrow.needs_reason and not reason.strip():
            raise TransitionRefused(f"“{arrow.label}”须填写理由。")
        moved = model._default_manager.filter(
            pk=fresh.pk, version=fresh.version, **{flow.field: current}
        ).update(**{flow.field: target, "version": F("version") + 1, **changes})
        if not moved:
            raise TransitionRefused(STALE)
        audit.record(
            arrow.action,
            fresh,
            by=by,
            reason=reason,
            flow=flow.name,
            before=current,
            after=target,
            **(noted or {}),
        )
    subject.refresh_from_db()


@transaction.atomic
def advance_each(
    flow: Workflow,
    rows: models.QuerySet[Any, Any],
    target: str,
    *,
    by: User,
    noted: dict[str, Any] | None = None,
    **changes: Any,
) -> int:
    """Move every row of a query that is in reach and may go there; return how many moved.

    One update and one event per arrow, however many rows. Only for arrows that need no reason and
    have nothing in their way to look at row by row. Rows that somebody else has moved, or that
    stand elsewhere, are left as they are.
    """
    model, moved = rows.model, 0
    for arrow in flow.transitions:
        if arrow.target != target or arrow.source == target or arrow.is_guarded:
            continue
        held = model._default_manager.permitted(by, arrow.action).filter(
            pk__in=rows.values("pk"), **{flow.field: arrow.source}
        )
        keys = list(held.select_for_update(of=("self",)).values_list("pk", flat=True))
        done = model._default_manager.filter(pk__in=keys, **{flow.field: arrow.source}).update(
            **{flow.field: target, "version": F("version") + 1, **changes}
        )
        if done:
            audit.record(
                arrow.action,
                by=by,
                flow=flow.name,
                before=arrow.source,
                after=target,
                number=done,
                items=keys,
                **(noted or {}),
            )
        moved += done
    return moved


def why_not(
    flow: Workflow, rows: Sequence[Any], target: str, *, sources: Collection[str], by: User
) -> dict[Any, str]:
    """Return by key why a row may not go to a state from one of `sources`, "" for one that may.

    The flow's table, the right of each arrow and its guard are asked, as `advance` asks them; a
    reason is the caller's to ask for. One query per arrow, besides what guards look up.
    """
    arrows = [arrow for arrow in flow.transitions if arrow.target == target]
    arrows = [arrow for arrow in arrows if arrow.source in sources]
    told: dict[Any, str] = {}
    for arrow in arrows:
        standing = [row for row in rows if getattr(row, flow.field) == arrow.source]
        if not standing:
            continue
        held = type(standing[0])._default_manager.permitted(by, arrow.action)
        reached = set(held.filter(pk__in=[row.pk for row in standing]).values_list("pk", flat=True))
        for row in standing:
            beyond = "" if row.pk in reached else BEYOND_REACH.format(arrow.label)
            told[row.pk] = beyond or arrow.unless(row)
    for row in rows:
        if row.pk not in told:
            told[row.pk] = _stands_elsewhere(flow, row, arrows)
    return told


def _stands_elsewhere(flow: Workflow, row: Any, arrows: Sequence[Transition]) -> str:
    words = dict(row._meta.get_field(flow.field).flatchoices)
    able = "".join(f"“{words[arrow.source]}”" for arrow in arrows)
    now = words[getattr(row, flow.field)]
    return f"现在是“{now}”，只有{able}的可以办理“{arrows[0].label}”。"
