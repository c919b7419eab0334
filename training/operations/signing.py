"""Both confirm a visit, which locks it; afterwards only addenda; the bureau may call it void."""

from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from training.choices import VisitState
from training.models import Addendum, Visit
from training.operations.effects import write_finding
from training.workflows import VISIT


@transaction.atomic
def confirm_visit(visit: Visit, *, by: User) -> None:
    """The society says that the record is right; the counsellor said so by sending it."""
    advance(
        VISIT,
        visit,
        VisitState.CONFIRMED,
        by=by,
        confirmed_by=str(by)[:60],
        confirmed_at=clock.now(),
    )
    write_finding(visit)


@transaction.atomic
def confirm_on_paper(visit: Visit, signer: str, *, by: User) -> None:
    """Both signed the printed sheet, whose photo is attached; `signer` is who signed for the society."""
    if len(signer.strip()) < 2:
        raise TransitionRefused("请写明合作社一方是谁签的字。")
    advance(
        VISIT,
        visit,
        VisitState.ON_PAPER,
        by=by,
        confirmed_by=signer.strip()[:60],
        confirmed_at=clock.now(),
    )
    write_finding(visit)


@transaction.atomic
def void_visit(visit: Visit, reason: str, *, by: User) -> None:
    """Call a visit void: it stays on record and counts nowhere."""
    advance(VISIT, visit, VisitState.VOID, by=by, reason=reason)
    write_finding(visit)


@transaction.atomic
def add_addendum(visit: Visit, text: str, *, by: User) -> Addendum:
    """Add to a locked visit; what was confirmed stays as it is."""
    if not visit.is_locked:
        raise TransitionRefused("走访还没有锁定，请直接修改记录。")
    if not may_add(visit, by):
        raise TransitionRefused(
            "只有填写人和审阅人可以补充说明。如有不同意见，请向区农业农村局反映。"
        )
    if len(text.strip()) < 2:
        raise TransitionRefused("请写明补充的内容。")
    made = Addendum.objects.create(visit=visit, text=text.strip(), by=by)
    audit.record("visit-addendum", visit, by=by, reason=text.strip())
    return made


def may_add(visit: Visit, user: User) -> bool:
    """Tell whether this person may add to a locked visit: its writer, or who reviews it."""
    actions = (Action.WRITE_VISIT, Action.REVIEW_VISIT)
    return visit.is_locked and any(
        Visit.objects.permitted(user, action).filter(pk=visit.pk).exists() for action in actions
    )
