"""What people do about a contradiction: give it to somebody with a day, or settle it with a reason."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.models import Contradiction
from registry.side_choices import ContradictionState
from registry.workflows import CONTRADICTION

PAST_DAY = "期限不能早于今天。"
OUT_OF_REACH = (
    "{}看不到这家合作社，不能作为核实人。请选择区农业农村局、该乡镇街道经办人或其辅导员。"
)
CLOSED = "这一条已经了结，不用再交办。"


@transaction.atomic
def assign_contradiction(
    contradiction: Contradiction, person: User, due_on: dt.date, *, by: User, version: int
) -> Contradiction:
    """Give a contradiction to a person who reaches the society, with a day by which to find out.

    Raises EditConflict when somebody was quicker, TransitionRefused with a sentence otherwise.
    """
    reach = Contradiction.objects.permitted(by, Action.ASSIGN_CONTRADICTION)
    fresh = reach.select_for_update(of=("self",)).filter(pk=contradiction.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.ASSIGN_CONTRADICTION)
    if fresh.version != version:
        raise EditConflict(fresh)
    if fresh.state != ContradictionState.OPEN:
        raise TransitionRefused(CLOSED)
    if due_on < clock.today():
        raise TransitionRefused(PAST_DAY)
    seen = Contradiction.objects.permitted(person, Action.VIEW_CONTRADICTION)
    if not person.is_active or not seen.filter(pk=fresh.pk).exists():
        raise TransitionRefused(OUT_OF_REACH.format(person))
    saved = Contradiction.objects.filter(pk=fresh.pk, version=version).update(
        assignee=person, due_on=due_on, version=F("version") + 1
    )
    if not saved:
        raise EditConflict(Contradiction.objects.get(pk=fresh.pk))
    audit.record(
        Action.ASSIGN_CONTRADICTION, fresh, by=by, person=str(person), due_on=due_on.isoformat()
    )
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def settle_contradiction(contradiction: Contradiction, *, reason: str, by: User) -> None:
    """Close a contradiction by a reasoned decision; it comes back when the sources change."""
    advance(
        CONTRADICTION,
        contradiction,
        ContradictionState.SETTLED,
        by=by,
        reason=reason,
        decision_reason=reason,
        closed_by=by,
        closed_at=clock.now(),
    )


@transaction.atomic
def reopen_contradiction(contradiction: Contradiction, *, reason: str, by: User) -> None:
    """Take a decision back."""
    advance(
        CONTRADICTION,
        contradiction,
        ContradictionState.OPEN,
        by=by,
        reason=reason,
        closed_by=None,
        closed_at=None,
    )
