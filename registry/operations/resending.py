"""Hand a file that is already kept in again, under another quarter, source or scope."""

from django.db import transaction

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, may
from registry.choices import JobState
from registry.models import FeedDelivery
from registry.operations.deliveries import Receipt, cancel_delivery, receive_delivery

_WHY = "所选季度、来源或范围有误，改选后重新报送"


def can_resend(delivery: FeedDelivery, user: User) -> bool:
    """Tell whether this file may go in again: it was sent back, or this person may put it aside."""
    state = delivery.job.state
    if state in {JobState.REFUSED, JobState.CANCELLED, JobState.UNDONE}:
        return may(user, Action.SUBMIT_DELIVERY)
    return state in {JobState.HELD, JobState.STAGED} and may(user, Action.DECIDE_DELIVERY)


def resend_delivery(
    delivery: FeedDelivery,
    *,
    source: str,
    quarter: str,
    scope: str,
    by: User,
    sender: OrganisationUnit | None = None,
) -> Receipt:
    """Receive the kept bytes once more; a delivery still waiting is put aside first.

    Both happen or neither does. Raises TransitionRefused when somebody was quicker.
    """
    with transaction.atomic():
        if delivery.job.state in {JobState.HELD, JobState.STAGED}:
            cancel_delivery(delivery.job, reason=_WHY, by=by)
        with delivery.path.open("rb") as stream:
            receipt = receive_delivery(
                stream,
                filename=delivery.filename,
                source=source,
                quarter=quarter,
                scope=scope,
                by=by,
                sender=sender or delivery.sender,
            )
        if receipt.delivery is None:
            transaction.set_rollback(True)
        return receipt
